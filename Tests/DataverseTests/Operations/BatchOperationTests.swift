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

    @Test("operations of every kind fit in one array, change sets among them")
    func mixed() async throws {
        let transport = CannedTransport(
            """
            --b

            HTTP/1.1 200 OK

            {"value":[{"name":"a"},{"name":"b"}]}
            --b
            Content-Type: multipart/mixed; boundary=c

            --c

            HTTP/1.1 204 No Content

            --c

            HTTP/1.1 204 No Content

            --c--
            --b

            HTTP/1.1 200 OK

            {"value":[{"LogicalName":"account"}]}
            --b
            Content-Type: multipart/mixed; boundary=c

            --c

            HTTP/1.1 204 No Content

            --c--
            --b

            HTTP/1.1 200 OK

            {"value":[]}
            --b

            HTTP/1.1 200 OK

            plain
            --b--
            """
        )
        let delete = BatchOperation<Void>.delete(RowKey<Account>.accountnumber("A-1"))
        let operations: [BatchOperation<Int>] = [
            BatchOperation<Page<Account>>.query(RowQuery<Account>()).map { $0.rows.count },
            BatchOperation<[Void]>.changeSet([delete, delete]).map { $0.count },
            BatchOperation<TableInfo?>.table("Account").map { $0?.logicalName.count ?? 0 },
            BatchOperation<[Void]>.changeSet([delete]).map { $0.count },
            BatchOperation<[TableInfo]>.tables(filter: "IsActivity eq true").map { $0.count },
            BatchOperation<HTTPReply>.request(ServiceRequest(.get, "accounts/$count")).map { $0.body.count },
        ]
        #expect(try transport.client.batch(operations).map { try $0.get() } == [2, 2, 7, 1, 0, 5])
        let twin = try AsyncDataverseClient(
            environment: "https://contoso.example",
            credential: StaticTokenCredential("t"),
            transport: transport
        )
        #expect(try await twin.batch(operations).map { try $0.get() } == [2, 2, 7, 1, 0, 5])
    }

    @Test("content identifiers count through all change sets of a batch")
    func contentIDs() throws {
        let call = try ClientContext.scripted().beginCall()
        var script = EffectScript()
        let delete = BatchOperation<Void>.delete(RowKey<Account>.accountnumber("A-1"))
        let groups = [
            delete.group, BatchOperation.changeSet([delete, delete]).group, BatchOperation.changeSet([delete]).group,
        ]
        let failure = "--b\n\nHTTP/1.1 500 X\n\n--b--"
        let outcomes = try script.run(
            call.batch(groups, continuesOnError: false),
            .token("t"),
            .reply(200, headers: [.contentType: "multipart/mixed; boundary=b"], body: failure)
        ).get()
        #expect(outcomes.count == 4)
        let body = String(decoding: script.exchanges[0].body?.inMemory ?? [], as: UTF8.self)
        #expect(body.matches(of: /Content-ID: (\d)/).map(\.output.1) == ["1", "2", "3"])
    }

    @Test("text queries in a batch ask for the entity set, and for the first page")
    func textQueries() throws {
        let call = try ClientContext.scripted().beginCall()
        call.service.tables.store(TableCache.Entry(entitySetName: "accounts", primaryKey: "accountid"), for: "account")
        var script = EffectScript()
        let sql = BatchOperation<Page<Record>>.query(try SQLQuery("SELECT name FROM account"))
        let fetch = BatchOperation<FetchXMLPage>.query(try FetchXML("<fetch><entity name='account'/></fetch>"))
        let outcomes = try script.run(
            call.batch([sql.group, fetch.group], continuesOnError: true),
            .token("t"),
            .reply(
                200,
                headers: [.contentType: "multipart/mixed; boundary=b"],
                body: """
                    --b

                    HTTP/1.1 200 OK

                    {"value":[{"name":"a"}]}
                    --b

                    HTTP/1.1 200 OK

                    {"value":[{"name":"b"}],"@Microsoft.Dynamics.CRM.morerecords":true}
                    --b--
                    """
            )
        ).get()
        #expect(try sql.read([outcomes[0]]).get().rows == [["name": "a"]])
        let page = try fetch.read([outcomes[1]]).get()
        #expect(page.rows == [["name": "b"]])
        #expect(page.next?.pageNumber == 2)
        let body = String(decoding: script.exchanges[0].body?.inMemory ?? [], as: UTF8.self)
        #expect(
            body.contains("GET https://contoso.example/api/data/v9.2/accounts?sql=SELECT%20name%20FROM%20account HTTP")
        )
        #expect(body.contains("Prefer: odata.include-annotations="))
    }

    @Test("references to new rows become content identifiers, counted through the batch")
    func newRows() throws {
        let contact = NewRow(Contact { $0.lastname = "L" })
        let account = BatchOperation.create(Account { $0.bind(\.primarycontactid, to: contact) })
        let nothing = BatchOperation.update(.id(UUID()), Account()).map { UUID() }
        let call = try ClientContext.scripted().beginCall()
        var script = EffectScript()
        let groups = [
            BatchOperation.changeSet([nothing, nothing]).group,
            BatchOperation.changeSet([nothing, .create(contact), account]).group,
        ]
        let outcomes = try script.run(
            call.batch(groups, continuesOnError: false),
            .token("t"),
            .reply(
                200,
                headers: [.contentType: "multipart/mixed; boundary=b"],
                body: """
                    --b
                    Content-Type: multipart/mixed; boundary=c

                    --c
                    Content-ID: 5

                    HTTP/1.1 204 No Content
                    X-Second: yes

                    --c
                    Content-ID: 4

                    HTTP/1.1 204 No Content

                    --c--
                    --b--
                    """
            )
        ).get()
        #expect(outcomes.count == 5)
        #expect(try outcomes[4].get().headers[.init("X-Second")!] == "yes")
        let body = String(decoding: script.exchanges[0].body?.inMemory ?? [], as: UTF8.self)
        #expect(body.contains("Content-ID: 4\r\n"))
        #expect(body.contains("Content-ID: 5\r\n"))
        #expect(!body.contains("Content-ID: 1\r\n"))
        #expect(body.contains(#"{"primarycontactid@odata.bind":"$4"}"#))
    }

    @Test("a reference to a new row that nothing creates before is an error that says so")
    func newRowWithoutCreation() throws {
        let contact = NewRow(Contact { $0.lastname = "L" })
        let account = Account { $0.bind(\.primarycontactid, to: contact) }
        let client = try CannedTransport("").client
        let asksForOrder: @Sendable (any Error) -> Bool = {
            ($0 as? DataverseError)?.kind == .invalidRequest && "\($0)".contains("primarycontactid")
        }
        #expect(performing: { _ = try client.changeSet(.create(account), .create(contact)) }, throws: asksForOrder)
        #expect(performing: { _ = try client.batch(.create(contact), .create(account)) }, throws: asksForOrder)
        #expect(performing: { _ = try client.accounts.create(account) }, throws: asksForOrder)
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
        let new = NewRow(Contact { $0.lastname = "L" })
        let account = Account {
            $0.name = "Contoso"
            $0.bind(\.primarycontactid, to: new)
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
        let (first, second) = try transport.client.changeSet(.create(new), .create(account))
        #expect(first == second)
        let failing = CannedTransport("--b\n\nHTTP/1.1 412 X\n\n{}\n--b--")
        #expect(throws: DataverseError.self) {
            _ = try failing.client.changeSet(.create(Contact()), .delete(RowKey<Account>.accountnumber("A-1")))
        }
    }
}

/// Answers every request with one multipart body.
private struct CannedTransport: BlockingTransport, AsyncTransport {
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
