import DataverseCurl
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Dataverse

@Suite("Transports send what they are given, and give what they receive")
struct TransportTests {
    private func server(_ respond: @escaping @Sendable (ScriptedServer.Request) -> [ScriptedServer.Step]) throws
        -> ScriptedServer
    {
        try ScriptedServer(respond)
    }

    @Test("methods, headers and bodies arrive as they are", arguments: TransportKind.allCases)
    func requests(kind: TransportKind) async throws {
        let server = try server { _ in [.reply("ok")] }
        defer { server.stop() }
        let perform = kind.make()
        let text = Array("{\"a\":\"ü\"}".utf8)
        let cases: [(HTTPRequest.Method, HTTPBody?)] = [
            (.get, nil), (.post, .bytes(text)), (.post, nil), (.patch, .bytes(text)), (.put, .bytes(text)),
            (.delete, nil), (.delete, .bytes(text)), (.get, nil),
        ]
        for (method, body) in cases {
            var headers: HTTPFields = [.accept: "application/json", .init("X-One")!: "a: b"]
            if body != nil { headers[.contentType] = "application/json" }
            let exchange = HTTPExchange(
                method: method,
                url: server.url + "/a/../b?$filter=x%20eq%20'1'",
                headers: headers,
                body: body
            )
            let reply = try await perform(exchange)
            #expect(reply.status == .ok)
            #expect(reply.body == Array("ok".utf8))
            let request = try #require(server.requests.last)
            #expect(request.method == method.rawValue)
            if kind.isCurl { #expect(request.target == "/a/../b?$filter=x%20eq%20'1'") }
            #expect(request.values(of: "X-One") == ["a: b"])
            #expect(request.values(of: "Accept") == ["application/json"])
            #expect(request.values(of: "Expect").isEmpty)
            #expect(request.body == (body == nil ? [] : text), "\(method)")
            if kind.isCurl {
                #expect(request.values(of: "Content-Type") == (body == nil ? [] : ["application/json"]))
                #expect(
                    request.values(of: "Content-Length")
                        == (method == .post || body != nil ? ["\(request.body.count)"] : [])
                )
            }
        }
    }

    @Test("bodies from files, of several parts and in Base64 are streamed", arguments: TransportKind.allCases)
    func bodies(kind: TransportKind) async throws {
        let server = try server { _ in [.reply()] }
        defer { server.stop() }
        let perform = kind.make()
        let folder = try TemporaryFolder()
        let content = (0..<3_000_001).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        let path = try folder.write(content, to: "content")
        let part = HTTPBody.file(path: path, offset: 1_000, length: 2_000_000)
        let bodies: [(HTTPBody, [UInt8])] = [
            (.file(path: path, offset: 0, length: 3_000_001), content),
            (part, Array(content[1_000..<2_001_000])),
            (.bytes(content), content),
            (
                .sequence([.bytes([1, 2]), .base64(part), .bytes([3])]),
                [1, 2] + Array(Data(content[1_000..<2_001_000]).base64EncodedData()) + [3]
            ),
            (.bytes([]), []),
        ]
        for (body, bytes) in bodies {
            let exchange = HTTPExchange(method: .patch, url: server.url, headers: [.contentType: "a/b"], body: body)
            #expect(try await perform(exchange).status == .ok)
            #expect(server.requests.last?.body == bytes)
        }
        let missing = HTTPExchange(
            method: .put,
            url: server.url,
            body: .file(path: folder.path("missing"), offset: 0, length: 3_000_000)
        )
        #expect(await perform.failure(missing)?.kind == .unreadableBody)
        let shorter = HTTPExchange(
            method: .put,
            url: server.url,
            body: .file(path: path, offset: 0, length: 4_000_000)
        )
        #expect(await perform.failure(shorter)?.kind == .unreadableBody)
    }

    @Test("replies of all forms are read whole", arguments: TransportKind.allCases)
    func replies(kind: TransportKind) async throws {
        let zipped = Data(base64Encoded: "H4sIAAAAAAAAA8tIzcnJVyjPL8pJAQCFEUoNCwAAAA==") ?? Data()
        let server = try server { request in
            switch request.target {
            case "/chunked":
                [.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n")]
            case "/continue": [.send("HTTP/1.1 100 Continue\r\nX-Early: 1\r\n\r\n"), .reply("hello world")]
            case "/close": [.send("HTTP/1.1 200 OK\r\n\r\nhello world"), .close]
            case "/zip":
                [
                    .send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(zipped.count)\r\n\r\n"),
                    .send([UInt8](zipped)),
                ]
            case "/none": [.send("HTTP/1.1 204 No Content\r\nOData-EntityId: x\r\nPreference-Applied: a=b\r\n\r\n")]
            case "/moved": [.reply("hello world", status: "302 Found", headers: "Location: /chunked\r\n")]
            default: [.reply("hello world", status: "404 Not Found", headers: "X-Odd:\r\nX-Two:  a \r\n")]
            }
        }
        defer { server.stop() }
        let perform = kind.make()
        for (path, status) in ["chunked": 200, "continue": 200, "close": 200, "zip": 200, "moved": 302, "other": 404] {
            let reply = try await perform(HTTPExchange(method: .get, url: "\(server.url)/\(path)"))
            #expect(reply.status.code == status)
            // URLSession hands over a redirection that it does not follow without its body.
            if kind.isCurl || path != "moved" {
                #expect(String(decoding: reply.body, as: UTF8.self) == "hello world", "\(path)")
            }
            #expect(reply.headers[.init("X-Early")!] == nil)
            if path == "other" { #expect(reply.headers[.init("X-Two")!] == "a") }
            if path == "moved" { #expect(reply.headers[.location] == "/chunked") }
        }
        let none = try await perform(HTTPExchange(method: .post, url: "\(server.url)/none", body: .bytes([1])))
        #expect(none.status == .noContent)
        #expect(none.body.isEmpty)
        #expect(none.headers[.init("OData-EntityId")!] == "x")
        #expect(!server.requests.contains { $0.target == "/chunked" && $0.number == 0 })
        #expect(server.requests.filter { $0.target == "/chunked" }.count == 1)
    }

    @Test("a connection is used again", arguments: TransportKind.curl)
    func reuse(kind: TransportKind) async throws {
        let server = try server { _ in [.reply("ok")] }
        defer { server.stop() }
        let perform = kind.make()
        for method in [HTTPRequest.Method.get, .post, .patch, .delete, .get, .post] {
            _ = try await perform(
                HTTPExchange(method: method, url: server.url, body: method == .get ? nil : .bytes([1]))
            )
        }
        #expect(server.connectionCount == 1)
    }

    @Test("many exchanges at once get their own replies", arguments: TransportKind.curl)
    func concurrent(kind: TransportKind) async throws {
        let server = try server { request in [.pause(.milliseconds(1)), .reply(request.target)] }
        defer { server.stop() }
        let perform = kind.make(CurlConfiguration(maximumConnections: 8))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<300 {
                group.addTask {
                    let reply = try await perform(HTTPExchange(method: .get, url: "\(server.url)/\(number)"))
                    #expect(String(decoding: reply.body, as: UTF8.self) == "/\(number)")
                }
            }
            try await group.waitForAll()
        }
        #expect(server.requests.count == 300)
        if kind == .asyncCurl { #expect(server.connectionCount <= 8) }
    }

    @Test("after closing, exchanges are refused; those under way may end", arguments: TransportKind.curl)
    func closing(kind: TransportKind) async throws {
        let server = try server { _ in [.pause(.milliseconds(200)), .reply("ok")] }
        defer { server.stop() }
        let perform = kind.make()
        async let underWay = perform(HTTPExchange(method: .get, url: server.url))
        while server.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        perform.transport.close()
        #expect(try await underWay.status == .ok)
        let error = await perform.failure(HTTPExchange(method: .get, url: server.url))
        #expect(error?.mayHaveBeenProcessed == false)
        #expect(server.requests.count == 1)
    }
}
