import HTTPTypes
import TestSupport
import Testing

@testable import ODataCore

@Suite("Batches")
struct SendBatchTests {
    private let call: CallContext
    private var script = EffectScript()
    private let two: [BatchRequest] = [
        .single(ServiceRequest(.get, "accounts?$top=1")),
        .single(ServiceRequest(.delete, "accounts(5a1b2c3d-0000-4000-8000-00000000000f)", headers: [.ifMatch: "*"])),
    ]

    init() throws { call = try ClientContext.scripted().beginCall() }

    private mutating func outcomes(
        _ requests: [BatchRequest],
        _ body: String,
        contentType: String = "multipart/mixed; boundary=b"
    ) throws -> Result<[Result<HTTPReply, DataverseError>], DataverseError> {
        try script.run(
            call.sendBatch(requests),
            .token("t"),
            .reply(200, headers: [.contentType: contentType], body: body)
        )
    }

    @Test("requests and change sets become one multipart body")
    mutating func body() throws {
        let create = ServiceRequest(.post, "contacts", body: Array(#"{"lastname":"Ö"}"#.utf8))
        let update = ServiceRequest(.patch, "$1", body: Array("{}".utf8))
        _ = try outcomes(
            [two[0], .changeSet([create, update], contentIDs: [1, 2])],
            "--b\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{}\r\n--b\r\n\r\nHTTP/1.1 204 \r\n\r\n--b--",
        ).get()
        let exchange = script.exchanges[0]
        let id = "00000000-0000-4000-8000-000000000001"
        #expect(exchange.url == "https://contoso.example/api/data/v9.2/$batch")
        #expect(exchange.headers[.contentType] == "multipart/mixed; boundary=\"batch_\(id)\"")
        let expected = """
            --batch_\(id)
            Content-Type: application/http
            Content-Transfer-Encoding: binary

            GET https://contoso.example/api/data/v9.2/accounts?$top=1 HTTP/1.1


            --batch_\(id)
            Content-Type: multipart/mixed; boundary="changeset_\(id)_1"

            --changeset_\(id)_1
            Content-Type: application/http
            Content-Transfer-Encoding: binary
            Content-ID: 1

            POST https://contoso.example/api/data/v9.2/contacts HTTP/1.1
            Content-Type: application/json; type=entry

            {"lastname":"Ö"}
            --changeset_\(id)_1
            Content-Type: application/http
            Content-Transfer-Encoding: binary
            Content-ID: 2

            PATCH $1 HTTP/1.1
            Content-Type: application/json; type=entry

            {}
            --changeset_\(id)_1--

            --batch_\(id)--

            """
        let sent = String(decoding: try #require(exchange.body?.inMemory), as: UTF8.self)
        #expect(sent == expected.replacing("\n", with: "\r\n"))
    }

    @Test(
        "replies are read whatever the line ends, and whatever stands around the boundaries",
        arguments: ["\r\n", "\n"],
        ["", "preamble"]
    )
    mutating func lineEnds(end: String, preamble: String) throws {
        let lines = [
            preamble, "--b  ", "Content-Type: application/http", "", "HTTP/1.1 200 OK",
            "Content-Type: application/json", "",
            #"{"value":[{"name":"--b"}]}"#, "--b", "content-type:application/http", "", "HTTP/1.1 404 Not Found", "",
            #"{"error":{"code":"0x80040217","message":"gone"}}"#, "--b--", "epilogue",
        ]
        let results = try outcomes(
            two,
            lines.joined(separator: end),
            contentType: "Multipart/Mixed; x=1; boundary=\"b\""
        ).get()
        #expect(try results[0].get().body == Array(#"{"value":[{"name":"--b"}]}"#.utf8))
        #expect(results[1].failure?.kind == .notFound)
        #expect(results[1].failure?.message == "gone")
    }

    @Test("requests after a failure were not run")
    mutating func stopped() throws {
        let results = try outcomes(two, "--b\n\nHTTP/1.1 400 Bad Request\n\n{}\n--b--").get()
        #expect(results.map { $0.failure?.kind } == [.invalidRequest, .notRun])
    }

    @Test("a service that stops at a failure may answer 400, with the outcomes in the parts")
    mutating func statusOfFailure() throws {
        let body = "--b\n\nHTTP/1.1 204 X\n\n--b\n\nHTTP/1.1 404 X\n\n--b--"
        let headers: HTTPFields = [.contentType: "multipart/mixed; boundary=b"]
        let results = try script.run(call.sendBatch(two), .token("t"), .reply(400, headers: headers, body: body)).get()
        #expect(results.map { $0.failure?.kind } == [nil, .notFound])
        let refusal = try script.run(
            call.sendBatch(two),
            .token("t"),
            .reply(400, body: #"{"error":{"code":"0x0","message":"no batch"}}"#)
        )
        #expect(refusal.failure?.kind == .invalidRequest)
        #expect(refusal.failure?.message == "no batch")
        #expect(refusal.failure?.request == "POST https://contoso.example/api/data/v9.2/$batch")
    }

    @Test("a change set that failed gives its error to each member")
    mutating func failedChangeSet() throws {
        let member = ServiceRequest(.post, "accounts", body: [])
        let error = #"{"error":{"code":"0x80060892","message":"A record with matching key values already exists."}}"#
        for body in [
            "--b\n\nHTTP/1.1 412 X\n\n\(error)\n--b--",
            "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\nHTTP/1.1 412 X\n\n\(error)\n--c--\n--b--",
        ] {
            let results = try outcomes([.changeSet([member, member, member], contentIDs: [1, 2, 3])], body).get()
            #expect(results.map { $0.failure?.kind } == [.duplicate, .duplicate, .duplicate])
        }
    }

    @Test("replies of a change set go by their content identifiers")
    mutating func contentIDs() throws {
        let member = ServiceRequest(.post, "accounts", body: [])
        let body = """
            --b
            Content-Type: multipart/mixed; boundary=c

            --c
            Content-ID: 6

            HTTP/1.1 204 B
            OData-EntityId: second

            --c
            Content-ID: 5

            HTTP/1.1 204 A
            OData-EntityId: first

            --c--
            --b--
            """
        let results = try outcomes([.changeSet([member, member], contentIDs: [5, 6])], body).get()
        #expect(try results.map { try $0.get().headers[.odataEntityID] } == ["first", "second"])
    }

    @Test(
        "a body that is broken off or is something else is an error",
        arguments: [
            "", "--b\n\nHTTP/1.1 200 OK\n\n{}", "--b\n\nHTTP/1.1 200 OK", "no boundary", "--b\n\nnonsense\n--b--",
            "--b\n\nHTTP/1.1 x\n--b--",
        ]
    )
    mutating func broken(body: String) throws {
        #expect(try outcomes(two, body).failure?.kind == .unexpectedReply)
    }

    @Test("a reply with very many header fields is an error")
    mutating func manyFields() throws {
        let fields = (0..<70_000).map { "x-\($0): 1\n" }.joined()
        let body = "--b\n\nHTTP/1.1 204 No Content\n\(fields)\n\n--b--"
        #expect(try outcomes([two[0]], body).failure?.kind == .unexpectedReply)
    }

    @Test("limits and empty batches")
    mutating func limits() throws {
        #expect(try script.run(call.sendBatch([])).get().isEmpty)
        let many = Array(repeating: two[0], count: 1_001)
        #expect(try script.run(call.sendBatch(many)).failure?.kind == .invalidRequest)
        #expect(script.exchanges.isEmpty)
    }

    @Test("mutated bodies never crash the reader", arguments: 0..<20)
    func fuzz(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let valid = Array(
            """
            --b\r
            Content-Type: multipart/mixed; boundary=c\r
            \r
            --c\r
            Content-ID: 1\r
            \r
            HTTP/1.1 204 OK\r
            \r
            --c--\r
            --b\r
            \r
            HTTP/1.1 200 OK\r
            \r
            {}\r
            --b--
            """.utf8
        )
        let requests: [BatchRequest] = [.changeSet([ServiceRequest(.post, "a")], contentIDs: [1]), two[0]]
        for _ in 0..<300 {
            var bytes = valid
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.removeSubrange(place..<min(bytes.count, place + 5))
                }
                if bytes.isEmpty { bytes = valid }
            }
            let reply = HTTPReply(status: .ok, headers: [.contentType: "multipart/mixed; boundary=b"], body: bytes)
            if let replies = try? BatchReplies(reply, to: requests).replies { #expect(replies.count == 2) }
        }
    }
}

extension Result {
    fileprivate var failure: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}
