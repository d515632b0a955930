import ContosoBindings
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Dataverse

/// Whatever fails because of a reply says which exchange it was, so that support finds it.
@Suite("Service request ids")
struct ServiceRequestIDTests {
    private static let rowID = UUID(uuidString: "5A1B2C3D-0000-4000-8000-00000000000F")!
    private static let requestID = "7F4E0A5C-request"
    private static let location = FileLocation(table: "account", row: rowID, column: "new_X")

    /// A call that fails, and what the service answers.
    struct Failure: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let kind: DataverseError.Kind
        let outcomes: [ScriptedTransport.Outcome]
        let blocking: @Sendable (DataverseClient) throws -> Void
        let asynchronous: @Sendable (AsyncDataverseClient) async throws -> Void
    }

    private static let named: HTTPFields = [.serviceRequestID: requestID]

    private static func named(_ type: String) -> HTTPFields { [.serviceRequestID: requestID, .contentType: type] }

    private static func query(
        _ description: String,
        _ kind: DataverseError.Kind,
        _ outcomes: ScriptedTransport.Outcome...
    ) -> Failure {
        Failure(
            testDescription: description,
            kind: kind,
            outcomes: outcomes,
            blocking: { _ = try $0.accounts.all() },
            asynchronous: { _ = try await $0.accounts.all() }
        )
    }

    private static func batch(
        _ description: String,
        _ kind: DataverseError.Kind,
        _ body: String,
        type: String = "multipart/mixed; boundary=b",
        status: Int = 200
    ) -> Failure {
        Failure(
            testDescription: description,
            kind: kind,
            outcomes: [.reply(status, named(type), body)],
            blocking: { client in
                let (first, second) = try client.batch(
                    .query(RowQuery<Account>()),
                    .delete(RowKey<Account>.id(rowID))
                )
                _ = try first.get()
                try second.get()
            },
            asynchronous: { client in
                let (first, second) = try await client.batch(
                    .query(RowQuery<Account>()),
                    .delete(RowKey<Account>.id(rowID))
                )
                _ = try first.get()
                try second.get()
            }
        )
    }

    private static let longFilter = String(repeating: "x", count: CallContext.maximumURLLength)

    private static func longQuery(_ description: String, _ kind: DataverseError.Kind, _ body: String, type: String)
        -> Failure
    {
        Failure(
            testDescription: description,
            kind: kind,
            outcomes: [.reply(200, named(type), body)],
            blocking: { _ = try $0.accounts.where { $0.name == longFilter }.all() },
            asynchronous: { _ = try await $0.accounts.where { $0.name == longFilter }.all() }
        )
    }

    static let failures: [Failure] = {
        let statuses: [(Int, DataverseError.Kind)] = [
            (302, .unexpectedReply), (400, .invalidRequest), (401, .unauthorized), (403, .forbidden), (404, .notFound),
            (408, .timedOut), (409, .preconditionFailed), (412, .preconditionFailed), (500, .service),
        ]
        var failures = statuses.map { status, kind in query("\(status)", kind, .reply(status, named)) }
        failures += [(429, DataverseError.Kind.throttled), (502, .service), (503, .service), (504, .service)].map {
            query("\($0), until patience ends", $1, .reply($0), .reply($0, named))
        }
        let part = "--b\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{\"value\":[]}\r\n"
        failures += [
            query("by its old name", .service, .reply(500, [HTTPField.Name("REQ_ID")!: requestID])),
            query("by the gateway's name", .service, .reply(500, [.requestID: requestID])),
            query("JSON that ends early", .unexpectedReply, .reply(200, named("application/json"), "{")),
            query("JSON that is something else", .unexpectedReply, .reply(200, named("application/json"), "{}")),
            query("a web page", .unexpectedReply, .reply(200, named("text/html"), "<html>")),
            batch("a batch that is no multipart", .unexpectedReply, "{}", type: "application/json"),
            batch("a batch that is refused", .invalidRequest, "{}", type: "application/json", status: 400),
            batch("a batch that ends early", .unexpectedReply, "--b\r\n\r\nHTTP/1"),
            batch("a request of a batch", .notFound, "\(part)--b\r\n\r\nHTTP/1.1 404 Not Found\r\n\r\n{}\r\n--b--"),
            batch("a request that was not run", .notRun, "\(part)--b--"),
            batch(
                "a reply of a batch that cannot be read",
                .unexpectedReply,
                "--b\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{\r\n--b\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n\r\n--b--"
            ),
            longQuery("a long URL, and no batch", .unexpectedReply, "{}", type: "application/json"),
            longQuery(
                "a long URL, and an error",
                .forbidden,
                "--b\r\n\r\nHTTP/1.1 403 Forbidden\r\n\r\n{}\r\n--b--",
                type: "multipart/mixed; boundary=b"
            ),
            Failure(
                testDescription: "a change set",
                kind: .preconditionFailed,
                outcomes: [
                    .reply(
                        200,
                        named("multipart/mixed; boundary=b"),
                        "--b\r\n\r\nHTTP/1.1 412 Precondition Failed\r\n\r\n{}\r\n--b--"
                    )
                ],
                blocking: {
                    _ = try $0.changeSet(.delete(RowKey<Account>.id(rowID)), .delete(RowKey<Account>.id(UUID())))
                },
                asynchronous: {
                    _ = try await $0.changeSet(.delete(RowKey<Account>.id(rowID)), .delete(RowKey<Account>.id(UUID())))
                }
            ),
            Failure(
                testDescription: "a new row without a key",
                kind: .unexpectedReply,
                outcomes: [.reply(204, named)],
                blocking: { _ = try $0.accounts.create(Account()) },
                asynchronous: { _ = try await $0.accounts.create(Account()) }
            ),
            Failure(
                testDescription: "a table that the service does not know",
                kind: .metadata,
                outcomes: [.reply(200, named("application/json"), #"{"value":[]}"#)],
                blocking: { _ = try $0.table("nothing").all() },
                asynchronous: { _ = try await $0.table("nothing").all() }
            ),
            Failure(
                testDescription: "a piece of a file that does not fit",
                kind: .unexpectedReply,
                outcomes: [
                    .json(
                        #"{"value":[{"LogicalName":"a","EntitySetName":"accounts","PrimaryIdAttribute":"accountid"}]}"#
                    ),
                    .reply(206, named, "x"),
                ],
                blocking: { _ = try $0.files.download(location, range: 0..<4) },
                asynchronous: { _ = try await $0.files.download(location, range: 0..<4) }
            ),
            Failure(
                testDescription: "a portion of a bulk",
                kind: .forbidden,
                outcomes: [.reply(403, named)],
                blocking: { client in
                    try client.accounts.bulk([.create(Account { $0.name = "a" })]) { try $0.check() }
                },
                asynchronous: { client in
                    try await client.accounts.bulk([.create(Account { $0.name = "a" })]) { try $0.check() }
                }
            ),
            Failure(
                testDescription: "the result of a function that cannot be read",
                kind: .unexpectedReply,
                outcomes: [.reply(200, named("application/json"), #"{"value":"x"}"#)],
                blocking: { _ = try $0.call(OperationCall<Int>.function("F", returning: .value())) },
                asynchronous: { _ = try await $0.call(OperationCall<Int>.function("F", returning: .value())) }
            ),
        ]
        return failures
    }()

    private static let configuration = ClientConfiguration(
        retry: RetryPolicy(maximumAttempts: 2, baseDelay: .milliseconds(1))
    )

    @Test("every error that stems from a reply has its id, and says it", arguments: failures)
    func failure(_ failure: Failure) async throws {
        let transports = (ScriptedTransport(failure.outcomes), ScriptedTransport(failure.outcomes))
        let client = try DataverseClient(
            environment: "https://contoso.example",
            credential: StaticTokenCredential("t"),
            configuration: Self.configuration,
            transport: transports.0
        )
        let asyncClient = try AsyncDataverseClient(
            environment: "https://contoso.example",
            credential: StaticTokenCredential("t"),
            configuration: Self.configuration,
            transport: transports.1
        )
        let errors = [
            #expect(throws: DataverseError.self) { try failure.blocking(client) },
            await #expect(throws: DataverseError.self) { try await failure.asynchronous(asyncClient) },
        ]
        for error in errors.compactMap(\.self) {
            #expect(error.kind == failure.kind)
            #expect(error.serviceRequestID == Self.requestID)
            #expect(error.correlationID != nil)
            #expect(error.description.contains("service request \(Self.requestID)"))
        }
        #expect(transports.0.isUsedUp && transports.1.isUsedUp)
    }

    @Test("an error without a reply does not have the id of an earlier exchange")
    func broken() throws {
        let client = try DataverseClient(
            environment: "https://contoso.example",
            credential: StaticTokenCredential("t"),
            configuration: Self.configuration,
            transport: ScriptedTransport([.reply(503, Self.named), .broken(.connectionLost)])
        )
        let error = #expect(throws: DataverseError.self) { try client.accounts.all() }
        #expect(error?.kind == .transport && error?.serviceRequestID == nil)
        #expect(error?.clientRequestID != nil && error?.correlationID != nil)
    }

    @Test("a token that was refused twice, and one that there is no other of")
    func refusedTokens() throws {
        for tokens in [["a"], ["a", "b"]] {
            let client = try DataverseClient(
                environment: "https://contoso.example",
                credential: TokenList(tokens),
                configuration: Self.configuration,
                transport: ScriptedTransport(tokens.map { _ in .reply(401, Self.named) })
            )
            let error = #expect(throws: DataverseError.self) { try client.accounts.all() }
            #expect(error?.serviceRequestID == Self.requestID)
        }
    }

    @Test("a sign-in that failed has the identifiers of the identity provider, with and without a body of its own")
    func signIn() throws {
        let named = #"{"error":"invalid_client","error_description":"no","trace_id":"T-1","correlation_id":"C-1"}"#
        for (outcome, texts) in [
            (ScriptedTransport.Outcome.json(named, status: 401), ["T-1", "C-1"]),
            (.reply(400, [.requestID: "T-2"], "<html>"), ["T-2"]),
            (.json("{}", [.requestID: "T-3"]), ["T-3"]),
        ] {
            let credential = try ClientSecretCredential(
                tenant: "contoso.com",
                clientID: "app",
                secret: "s3cret-s3cret",
                options: CredentialOptions(transport: ScriptedTransport([outcome]))
            )
            let client = try DataverseClient(
                environment: "https://contoso.example",
                credential: credential,
                transport: ScriptedTransport([])
            )
            let error = try #require(throws: DataverseError.self) { try client.accounts.all() }
            #expect(error.kind == .credential && error.serviceRequestID == texts[0])
            for text in texts { #expect(error.description.contains(text)) }
        }
    }
}

extension BulkResult {
    fileprivate func check() throws {
        if case .failed(let error) = outcome { throw error }
    }
}
