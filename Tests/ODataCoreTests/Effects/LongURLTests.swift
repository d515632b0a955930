import HTTPTypes
import TestSupport
import Testing

@testable import ODataCore

@Suite("URLs that are too long for a request by itself")
struct LongURLTests {
    private let call: CallContext
    private var script = EffectScript()
    private static let api = "https://contoso.example/api/data/v9.2"

    init() throws { call = try ClientContext.scripted().beginCall() }

    private static func target(length: Int) -> String {
        let start = "accounts?fetchXml="
        return start + String(repeating: "a", count: length - api.utf8.count - 1 - start.utf8.count)
    }

    private static func answer(_ inner: String) -> EffectScript.Step {
        .reply(
            200,
            headers: [.contentType: "multipart/mixed; boundary=x", .serviceRequestID: "outer"],
            body:
                "--x\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n\(inner)\r\n--x--\r\n"
        )
    }

    @Test("up to the limit a GET goes out by itself")
    mutating func short() throws {
        let request = ServiceRequest(.get, Self.target(length: CallContext.maximumURLLength))
        _ = try script.run(call.send(request), .token("t"), .reply(200)).get()
        #expect(script.exchanges[0].method == .get)
    }

    @Test("beyond it, the GET is the only request of a batch, and its reply looks as if it had gone out by itself")
    mutating func long() throws {
        let headers: HTTPFields = [.prefer: "odata.maxpagesize=5"]
        let request = ServiceRequest(.get, Self.target(length: CallContext.maximumURLLength + 1), headers: headers)
        let inner = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"value\":[]}"
        let reply = try script.run(call.send(request), .token("t"), Self.answer(inner)).get()
        let exchange = script.exchanges[0]
        #expect(exchange.method == .post)
        #expect(exchange.url == "\(Self.api)/$batch")
        #expect(exchange.headers[.contentType]?.hasPrefix("multipart/mixed; boundary=") == true)
        #expect(exchange.headers[.prefer] == nil, "the preference is the inner request's")
        let body = String(decoding: try #require(exchange.body?.inMemory), as: UTF8.self)
        #expect(body.contains("\r\nGET \(Self.api)/\(request.target) HTTP/1.1\r\n"))
        #expect(body.contains("\r\nPrefer: odata.maxpagesize=5\r\n"))
        #expect(reply.status == .ok)
        #expect(reply.headers[.contentType] == "application/json")
        #expect(reply.headers[.serviceRequestID] == "outer")
        #expect(String(decoding: reply.body, as: UTF8.self) == #"{"value":[]}"#)
    }

    @Test("the inner reply decides about errors and repetitions")
    mutating func innerStatus() throws {
        let request = ServiceRequest(.get, Self.target(length: 40_000))
        let busy =
            "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 3\r\n\r\n{\"error\":{\"code\":\"0x80072322\",\"message\":\"Slow.\"}}"
        let missing = "HTTP/1.1 404 Not Found\r\n\r\n{\"error\":{\"code\":\"0x80040217\",\"message\":\"Gone.\"}}"
        let result = try script.run(
            call.send(request),
            .token("t"),
            Self.answer(busy),
            .wake,
            .token("t"),
            Self.answer(missing)
        )
        guard case .failure(let error) = result else {
            Issue.record("must fail")
            return
        }
        #expect(script.effects[2] == "sleep 3.0 seconds")
        #expect(error.kind == .notFound)
        #expect(error.request?.hasPrefix("GET \(Self.api)/accounts?fetchXml=aaa") == true)
        #expect(try #require(error.request).count < 2_100, "an error is for people")
    }

    @Test("a batch that is refused as a whole, or cannot be read, is an error")
    mutating func outerFailures() throws {
        let request = ServiceRequest(.get, Self.target(length: 40_000))
        for (step, kind) in [
            (EffectScript.Step.reply(403, body: "{}"), DataverseError.Kind.forbidden),
            (.reply(200, headers: [.contentType: "text/html"], body: "<html>"), .unexpectedReply),
            (.reply(200, headers: [.contentType: "multipart/mixed; boundary=x"], body: "--x--"), .unexpectedReply),
        ] {
            guard case .failure(let error) = try script.run(call.send(request), .token("t"), step) else {
                Issue.record("must fail")
                continue
            }
            #expect(error.kind == kind)
        }
    }

    @Test("what is too long for a batch too is refused with what to do")
    mutating func tooLong() throws {
        let request = ServiceRequest(.get, Self.target(length: CallContext.maximumURLLengthInBatch + 1))
        guard case .failure(let error) = try script.run(call.send(request)) else {
            Issue.record("must fail")
            return
        }
        #expect(error.kind == .invalidRequest)
        #expect(error.message.contains("65536"))
    }
}
