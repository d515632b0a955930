import ContosoBindings
import HTTPTypes
import TestSupport
import Testing

@testable import Dataverse

@Suite("Typed batches")
struct BatchOperationTests {
    private let contact = "https://contoso.example/api/data/v9.2/contacts(5a1b2c3d-0000-4000-8000-00000000000f)"

    @Test("outcomes have the types of what was asked for")
    func types() throws {
        let transport = CannedTransport(
            """
            --b

            HTTP/1.1 204 No Content
            OData-EntityId: \(contact)

            --b

            HTTP/1.1 200 OK

            {"value":[{"name":"Contoso"}]}
            --b

            HTTP/1.1 404 Not Found

            {"error":{"code":"0x80040217","message":"gone"}}
            --b--
            """
        )
        let (created, page, row, unchanged) = try transport.client.batch(
            .create(Contact { $0.lastname = "Lidman" }),
            .query(RowQuery<Account>().top(5)),
            .retrieve(RowKey<Account>.accountnumber("A-1")),
            .update(RowKey<Account>.accountnumber("A-2"), Account())
        )
        #expect(try created.get() == UUID(uuidString: "5A1B2C3D-0000-4000-8000-00000000000F"))
        #expect(try page.get().rows.map(\.name) == ["Contoso"])
        #expect(try row.get() == nil)
        try unchanged.get()
    }

    @Test("a full batch needs no deep stack")
    func fullBatch() throws {
        let part = "--b\n\nHTTP/1.1 204 No Content\n\n"
        let client = try CannedTransport(String(repeating: part, count: 1_000) + "--b--").client
        let operations = (0..<1_000).map { BatchOperation.delete(RowKey<Account>.accountnumber("A-\($0)")) }
        let results = try client.batch(operations)
        #expect(results.count == 1_000)
        #expect(results.allSatisfy { if case .success = $0 { true } else { false } })
    }

    @Test("a change set gives its outputs, or throws the error of the one that failed")
    func changeSet() throws {
        let account = Account {
            $0.name = "Contoso"
            $0.bind(\.primarycontactid, toRowCreatedBy: 1)
        }
        let transport = CannedTransport(
            """
            --b
            Content-Type: multipart/mixed; boundary=c

            --c
            Content-ID: 1

            HTTP/1.1 204 No Content
            OData-EntityId: \(contact)

            --c
            Content-ID: 2

            HTTP/1.1 204 No Content
            OData-EntityId: \(contact.replacing("contacts", with: "accounts"))

            --c--
            --b--
            """
        )
        let (first, second) = try transport.client.changeSet(.create(Contact { $0.lastname = "L" }), .create(account))
        #expect(first == second)
        let failing = CannedTransport("--b\n\nHTTP/1.1 412 X\n\n{}\n--b--")
        #expect(throws: DataverseError.self) {
            _ = try failing.client.changeSet(.create(Contact()), .delete(RowKey<Account>.accountnumber("A-1")))
        }
    }
}

/// Answers every request with one multipart body.
private struct CannedTransport: BlockingTransport {
    let body: String

    init(_ body: String) { self.body = body }

    var client: DataverseClient {
        get throws {
            try DataverseClient(
                environment: "https://contoso.example",
                credential: StaticTokenCredential("t"),
                transport: self
            )
        }
    }

    func perform(_ exchange: HTTPExchange) throws(TransportError) -> HTTPReply {
        HTTPReply(
            status: .ok,
            headers: [.contentType: "multipart/mixed; boundary=b"],
            body: Array(body.utf8)
        )
    }
}
