import DataverseCurl
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Dataverse

@Suite("What transports make of failures")
struct TransportFailureTests {
    private typealias Step = ScriptedServer.Step

    @Test(
        "a request that may have been processed is not sent again by the transport",
        arguments: TransportKind.curl,
        [HTTPRequest.Method.post, .patch, .put, .delete]
    )
    func sentOnce(kind: TransportKind, method: HTTPRequest.Method) async throws {
        for (body, ending) in [(nil, Step.close), (HTTPBody.bytes([1]), .close), (.bytes([1]), .reset)] {
            // The first exchange leaves a connection that ends when the second comes.
            let server = try ScriptedServer { request in
                request.number == 1 ? [.reply("ok")] : [ending]
            }
            defer { server.stop() }
            let perform = kind.make()
            _ = try await perform(HTTPExchange(method: .get, url: server.url))
            let error = await perform.failure(HTTPExchange(method: method, url: server.url, body: body))
            #expect(error?.kind == .connectionLost, "\(error as Any)")
            #expect(error?.mayHaveBeenProcessed == true)
            #expect(server.requests.filter { $0.method == method.rawValue }.count == 1)
            // The transport is none the worse for it.
            #expect(try await perform(HTTPExchange(method: method, url: server.url, body: body)).status == .ok)
        }
    }

    @Test("a read goes out again when a kept connection turns out to be closed", arguments: TransportKind.curl)
    func readAgain(kind: TransportKind) async throws {
        let server = try ScriptedServer { request in request.number == 1 ? [.reply("ok")] : [.close] }
        defer { server.stop() }
        let perform = kind.make()
        for _ in 0..<3 { #expect(try await perform(HTTPExchange(method: .get, url: server.url)).status == .ok) }
    }

    @Test("a connection that was closed while it was idle is not used", arguments: TransportKind.curl)
    func idle(kind: TransportKind) async throws {
        let server = try ScriptedServer { _ in [.reply("ok"), .close] }
        defer { server.stop() }
        let perform = kind.make()
        for _ in 0..<5 {
            #expect(try await perform(HTTPExchange(method: .post, url: server.url, body: .bytes([1]))).status == .ok)
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    // URLSession on Linux ends the process when a reply is not HTTP.
    @Test(
        "broken replies",
        arguments: TransportKind.curl,
        [
            "nothing", "reset", "half a head", "half a body", "reset in the body", "not HTTP", "half a chunk",
        ]
    )
    func broken(kind: TransportKind, fault: String) async throws {
        let half = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"value\""
        let server = try ScriptedServer { _ in
            switch fault {
            case "nothing": [.close]
            case "reset": [.reset]
            case "half a head": [.send("HTTP/1.1 200 OK\r\nContent-"), .close]
            case "half a body": [.send(half), .close]
            case "reset in the body": [.send(half), .pause(.milliseconds(50)), .reset]
            case "half a chunk": [.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\nhello"), .close]
            default: [.send("SSH-2.0-OpenSSH_9.2\r\n"), .close]
            }
        }
        defer { server.stop() }
        let exchange = HTTPExchange(method: .post, url: server.url, body: .bytes([1]), timeout: .seconds(10))
        let error = await kind.make().failure(exchange)
        #expect(error?.mayHaveBeenProcessed == true)
        #expect(error?.kind == .connectionLost || fault == "not HTTP", "\(error as Any)")
        #expect(server.requests.count == 1)
    }

    @Test("deadlines hold, whatever the server does", arguments: TransportKind.allCases, ["silent", "dribbling"])
    func deadlines(kind: TransportKind, fault: String) async throws {
        let server = try ScriptedServer { _ in
            if fault == "silent" { return [.pause(.seconds(600))] }
            let dribble = (0..<12_000).flatMap { _ in [Step.send("x"), .pause(.milliseconds(50))] }
            return [.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")] + dribble
        }
        defer { server.stop() }
        // URLSession's time-outs are about the pauses between bytes.
        guard kind.isCurl || fault == "silent" else { return }
        let exchange = HTTPExchange(method: .post, url: server.url, body: .bytes([1]), timeout: .milliseconds(300))
        let error = await kind.make().failure(exchange)
        #expect(error?.kind == .timedOut, "\(error as Any)")
        #expect(error?.mayHaveBeenProcessed == true)
    }

    @Test("nobody there: nothing was sent", arguments: TransportKind.allCases)
    func unreachable(kind: TransportKind) async throws {
        let server = try ScriptedServer { _ in [] }
        server.stop()
        let perform = kind.make()
        for url in ["http://127.0.0.1:1/", "http://nobody.invalid/", "gopher://127.0.0.1/", "http://a b/", "", "\u{0}"]
        {
            let error = await perform.failure(
                HTTPExchange(method: .post, url: url, body: .bytes([1]), timeout: .seconds(20))
            )
            #expect(error?.kind == .cannotConnect, "\(url): \(error as Any)")
            #expect(error?.mayHaveBeenProcessed == false, "\(url)")
        }
    }

    @Test("a server that accepts and says nothing of TLS", arguments: TransportKind.curl)
    func silentHandshake(kind: TransportKind) async throws {
        let server = try ScriptedServer { _ in [] }
        defer { server.stop() }
        let perform = kind.make(CurlConfiguration(connectTimeout: .milliseconds(200)))
        let exchange = HTTPExchange(method: .post, url: "https://127.0.0.1:\(server.port)", body: .bytes([1]))
        let error = await perform.failure(exchange)
        #expect(error?.kind == .cannotConnect, "\(error as Any)")
        #expect(error?.mayHaveBeenProcessed == false)
    }

    @Test("heads and bodies beyond the limits end the exchange", arguments: TransportKind.curl)
    func limits(kind: TransportKind) async throws {
        let server = try ScriptedServer { request in
            switch request.target {
            case "/header": [.send("HTTP/1.1 200 OK\r\nX-Long: " + String(repeating: "a", count: 1 << 20) + "\r\n\r\n")]
            case "/headers":
                [
                    .send(
                        "HTTP/1.1 200 OK\r\n" + String(repeating: "X-Many: aaaaaaaaaaaaaaaaaaa\r\n", count: 20_000)
                            + "\r\n"
                    )
                ]
            default: [.reply(String(repeating: "a", count: 100_001))]
            }
        }
        defer { server.stop() }
        let perform = kind.make(CurlConfiguration(maximumResponseSize: 100_000))
        for path in ["header", "headers", "body"] {
            let error = await perform.failure(HTTPExchange(method: .get, url: "\(server.url)/\(path)"))
            #expect(error?.mayHaveBeenProcessed == true, "\(path)")
        }
    }

    @Test(
        "cancelling ends an exchange at once, and its connection",
        arguments: [TransportKind.asyncCurl, .asyncURLSession]
    )
    func cancellation(kind: TransportKind) async throws {
        let server = try ScriptedServer { _ in [.pause(.seconds(600)), .reply("ok")] }
        defer { server.stop() }
        let perform = kind.make()
        let exchange = HTTPExchange(method: .get, url: server.url)
        let tasks = (0..<20).map { _ in Task { await perform.failure(exchange) } }
        while server.requests.count < 5 { try await Task.sleep(for: .milliseconds(2)) }
        for task in tasks { task.cancel() }
        for task in tasks { #expect(await task.value?.kind == .cancelled) }
        // Cancelled before it began.
        let early = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await perform.failure(exchange)
        }
        #expect(await early.value?.kind == .cancelled)
    }

    @Test("a date to wait for is read by the clock that it came from", arguments: ["ahead", "behind"])
    func clockSkew(clock: String) async throws {
        let year = clock == "ahead" ? 2099 : 2001
        let server = try ScriptedServer { request in
            let dates = "Date: Thu, 01 Jan \(year) 00:00:00 GMT\r\nRetry-After: Thu, 01 Jan \(year) 00:00:01 GMT\r\n"
            return request.number == 1 ? [.reply(status: "503 Busy", headers: dates)] : [.reply("{}")]
        }
        defer { server.stop() }
        let client = try AsyncDataverseClient(
            environment: server.url,
            credential: StaticTokenCredential("t"),
            transport: CurlTransport()
        )
        let start = ContinuousClock.now
        _ = try await client.send(ServiceRequest(.get, "WhoAmI"))
        #expect(ContinuousClock.now - start >= .seconds(1))
        #expect(server.requests.count == 2)
    }

    @Test(
        "cancelling at any moment neither hangs nor mixes up replies",
        arguments: [TransportKind.asyncCurl, .asyncURLSession]
    )
    func cancellationRaces(kind: TransportKind) async throws {
        let server = try ScriptedServer { request in [.reply(request.target)] }
        defer { server.stop() }
        let perform = kind.make(CurlConfiguration(maximumConnections: 4))
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<400 {
                group.addTask {
                    let task = Task {
                        try await perform(HTTPExchange(method: .get, url: "\(server.url)/\(number)"))
                    }
                    if number % 2 == 0 {
                        try? await Task.sleep(for: .microseconds(number * 7 % 1500))
                        task.cancel()
                    }
                    switch await task.result {
                    case .success(let reply): #expect(String(decoding: reply.body, as: UTF8.self) == "/\(number)")
                    case .failure(let error): #expect((error as? TransportError)?.kind == .cancelled)
                    }
                }
            }
        }
    }
}
