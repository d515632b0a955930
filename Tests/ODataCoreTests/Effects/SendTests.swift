import HTTPTypes
import ODataCore
import TestSupport
import Testing

@Suite("Sending a request")
struct SendTests {
    private let call: CallContext
    private var script = EffectScript()

    init() throws { call = try ClientContext.scripted().beginCall() }

    private let get = ServiceRequest(.get, "accounts")
    private let post = ServiceRequest(.post, "accounts", body: [])
    private let lost = TransportError(.connectionLost, message: "gone", mayHaveBeenProcessed: true)
    private let refused = TransportError(.cannotConnect, message: "nobody there", mayHaveBeenProcessed: false)

    private static let token = "token https://contoso.example/.default"
    private static let sendGet = "send GET https://contoso.example/api/data/v9.2/accounts"
    private static let sendPost = "send POST https://contoso.example/api/data/v9.2/accounts"

    @Test("asks for a token, then sends it with the headers every request has")
    mutating func plain() throws {
        let reply = try script.run(call.send(post), .token("t1"), .reply(204)).get()
        #expect(reply.status.code == 204)
        #expect(script.effects == [Self.token, Self.sendPost])
        let headers = script.exchanges[0].headers
        #expect(headers[.authorization] == "Bearer t1")
        #expect(headers[.accept] == "application/json")
        #expect(headers[.contentType] == "application/json")
        #expect(headers[.odataVersion] == "4.0")
        #expect(headers[.odataMaxVersion] == "4.0")
        #expect(headers[.clientRequestID] == "00000000-0000-4000-8000-000000000001")
        #expect(headers[.correlationID] == "00000000-0000-4000-8000-000000000001")
        #expect(headers[.userAgent]?.hasPrefix("swift-dataverse/") == true)
    }

    @Test("a refused token is replaced once")
    mutating func expiredToken() throws {
        _ = try script.run(call.send(post), .token("old"), .reply(401), .token("new"), .reply(204)).get()
        #expect(script.effects == [Self.token, Self.sendPost, Self.token + " after old", Self.sendPost])
        #expect(script.exchanges[1].headers[.authorization] == "Bearer new")
    }

    @Test("a second refusal is the caller's to know")
    mutating func refusedTwice() throws {
        let body = #"{"error":{"code":"0x80072560","message":"The user is not a member of the organization."}}"#
        let result = try script.run(call.send(get), .token("a"), .reply(401), .token("b"), .reply(401, body: body))
        #expect(throws: DataverseError.self) { try result.get() }
        guard case .failure(let error) = result else { return }
        #expect(error.kind == .unauthorized)
        #expect(error.serviceCode == "0x80072560")
        #expect(error.message == "The user is not a member of the organization.")
    }

    @Test("a credential that has only the refused token ends the call with the service's reason")
    mutating func sameTokenAgain() throws {
        let result = try script.run(call.send(get), .token("a"), .reply(401, body: "{}"), .token("a"))
        guard case .failure(let error) = result else { return #expect(Bool(false), "must fail") }
        #expect(error.kind == .unauthorized)
        #expect(error.status == 401)
        #expect(script.exchanges.count == 1)
    }

    @Test("without a token nothing is sent")
    mutating func noToken() throws {
        let result = try script.run(call.send(get), .noToken("Sign in with `az login`."))
        guard case .failure(let error) = result else { return #expect(Bool(false), "must fail") }
        #expect(error.kind == .credential)
        #expect(error.message == "Sign in with `az login`.")
        #expect(script.exchanges.isEmpty)
    }

    @Test("claims that the service asks for are asked for, once")
    mutating func claims() throws {
        let challenge =
            #"Bearer realm="", authorization_uri="https://login.example/common/oauth2/authorize", "#
            + #"error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnt9fQ==""#
        let headers: HTTPFields = [.wwwAuthenticate: challenge]
        let result = try script.run(
            call.send(get),
            .token("a"),
            .reply(401, headers: headers),
            .token("b"),
            .reply(401, headers: headers)
        )
        #expect(script.tokenRequests.map(\.claims) == [nil, #"{"access_token":{}}"#])
        guard case .failure(let error) = result else { return #expect(Bool(false), "must fail") }
        #expect(error.kind == .unauthorized)
    }

    @Test("a token that cannot be replaced is an error with both reasons")
    mutating func noOther() throws {
        let body = #"{"error":{"code":"1","message":"Expired."}}"#
        let result = try script.run(call.send(get), .token("a"), .reply(401, body: body), .noToken("Sign in again."))
        guard case .failure(let error) = result else { return #expect(Bool(false), "must fail") }
        #expect(error.kind == .unauthorized)
        #expect(error.status == 401)
        #expect(error.message == "The service refused the token (Expired.), and there is no other: Sign in again.")
    }

    @Test("waits as long as Retry-After says, in seconds")
    mutating func throttled() throws {
        _ = try script.run(
            call.send(post),
            .token("t"),
            .reply(429, headers: [.retryAfter: "7"]),
            .wake,
            .token("t"),
            .reply(204)
        ).get()
        #expect(script.effects == [Self.token, Self.sendPost, "sleep 7.0 seconds", Self.token, Self.sendPost])
    }

    @Test("waits until the date of Retry-After, by the service's own clock")
    mutating func throttledUntilDate() throws {
        let headers: HTTPFields = [
            .date: "Sun, 06 Nov 1994 08:49:37 GMT", .retryAfter: "Sun, 06 Nov 1994 08:50:07 GMT",
        ]
        _ = try script.run(
            call.send(get),
            .token("t"),
            .reply(503, headers: headers),
            .wake,
            .token("t"),
            .reply(200)
        ).get()
        #expect(script.effects[2] == "sleep 30.0 seconds")
    }

    @Test("without Retry-After the waits double, and the last answer counts")
    mutating func backoff() throws {
        let result = try script.run(
            call.send(get),
            .token("t"),
            .reply(503),
            .wake,
            .token("t"),
            .reply(503),
            .wake,
            .token("t"),
            .reply(503),
            .wake,
            .token("t"),
            .reply(503),
            .wake,
            .token("t"),
            .reply(503, body: "busy")
        )
        #expect(
            script.effects.filter { $0.hasPrefix("sleep") }
                == ["sleep 0.5 seconds", "sleep 1.0 seconds", "sleep 2.0 seconds", "sleep 4.0 seconds"]
        )
        guard case .failure(let error) = result else { return #expect(Bool(false), "must fail") }
        #expect(error.kind == .service)
        #expect(error.isTransient)
        #expect(error.bodyExcerpt == "busy")
    }

    @Test("a wait beyond the budget ends the call and says how long to wait")
    mutating func budget() throws {
        let result = try script.run(call.send(get), .token("t"), .reply(429, headers: [.retryAfter: "3600"]))
        guard case .failure(let error) = result else { return #expect(Bool(false), "must fail") }
        #expect(error.kind == .throttled)
        #expect(error.retryAfter == .seconds(3600))
    }

    @Test("a broken read is repeated")
    mutating func brokenRead() throws {
        _ = try script.run(call.send(get), .token("t"), .broken(lost), .wake, .token("t"), .reply(200)).get()
        #expect(script.effects == [Self.token, Self.sendGet, "sleep 0.5 seconds", Self.token, Self.sendGet])
    }

    @Test("a create is repeated only if the server cannot have seen it")
    mutating func brokenWrite() throws {
        let result = try script.run(call.send(post), .token("t"), .broken(lost))
        guard case .failure(let error) = result else { return #expect(Bool(false), "must fail") }
        #expect(error.kind == .transport)
        #expect(error.isTransient)
        _ = try script.run(call.send(post), .token("t"), .broken(refused), .wake, .token("t"), .reply(204)).get()
    }

    @Test("a gateway's failure repeats a read, not a create", arguments: [502, 504])
    mutating func gateway(status: Int) throws {
        _ = try script.run(call.send(get), .token("t"), .reply(status), .wake, .token("t"), .reply(200)).get()
        let result = try script.run(call.send(post), .token("t"), .reply(status))
        guard case .failure(let error) = result else { return #expect(Bool(false), "must fail") }
        #expect(error.kind == .service)
    }

    @Test("tokens go to the configured service only")
    mutating func foreignURL() throws {
        let stolen = ServiceRequest(.get, "https://contoso.example.evil.test/api/data/v9.2/accounts?$skiptoken=1")
        guard case .failure(let error) = try script.run(call.send(stolen)) else {
            return #expect(Bool(false), "must fail")
        }
        #expect(error.kind == .invalidRequest)
        #expect(script.effects.isEmpty)
        _ = try script.run(
            call.send(ServiceRequest(.get, "https://contoso.example/api/data/v9.2/accounts?$skiptoken=1")),
            .token("t"),
            .reply(200)
        ).get()
    }

    @Test(
        "a status is an error of its kind",
        arguments: [
            (400, "0x80048d19", DataverseError.Kind.invalidRequest), (403, "0x80040220", .forbidden),
            (404, "0x80040217", .notFound), (412, "0x80060882", .preconditionFailed), (412, "0x80060892", .duplicate),
            (409, "", .preconditionFailed), (500, "0x80040216", .service), (301, "", .unexpectedReply),
        ]
    )
    mutating func kinds(status: Int, code: String, kind: DataverseError.Kind) throws {
        let body = #"{"error":{"code":"\#(code)","message":" No. ","innererror":{"message":"Because."}}}"#
        let result = try script.run(
            call.send(get),
            .token("t"),
            .reply(status, headers: [.serviceRequestID: "s-1"], body: body)
        )
        guard case .failure(let error) = result else { return #expect(Bool(false), "must fail") }
        #expect(error.kind == kind)
        #expect(error.message == "No.: Because.")
        #expect(error.serviceRequestID == "s-1")
        #expect(error.description.contains("https://contoso.example/api/data/v9.2/accounts"))
    }

    @Test("an error without a message says so, and the service's identifier has several names")
    mutating func silentError() throws {
        let names = ["x-ms-service-request-id", "REQ_ID", "x-ms-request-id"]
        for (position, name) in names.enumerated() {
            var headers = HTTPFields()
            for later in names[position...] { headers[try #require(HTTPField.Name(later))] = "id-\(later)" }
            let result = try script.run(call.send(get), .token("t"), .reply(404, headers: headers, body: "<html>"))
            guard case .failure(let error) = result else { return #expect(Bool(false), "must fail") }
            #expect(error.message == "The service gave no reason.")
            #expect(error.serviceRequestID == "id-\(name)")
        }
    }

    @Test("a token shows in no description")
    func redaction() {
        let token = AccessToken("very-secret")
        #expect(!"\(token)".contains("secret"))
        #expect(!String(reflecting: token).contains("very-secret"))
        var dumped = ""
        dump(TokenRequest(scope: "s", rejected: token), to: &dumped)
        #expect(!dumped.contains("very-secret"))
    }
}
