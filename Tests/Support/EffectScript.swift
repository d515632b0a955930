import HTTPTypes
import ODataCore

/// Runs an operation without a network and without a clock: canned results in, effects out, in order.
public struct EffectScript {
    /// A result that is handed to the operation when it asks for the effect.
    public enum Step: Sendable {
        case token(String)
        case noToken(String)
        case reply(Int, headers: HTTPFields = [:], body: String = "")
        case broken(TransportError)
        /// Time passes.
        case wake
    }

    /// What the operation asked for, one line each, such as `send GET https://…`.
    public private(set) var effects: [String] = []
    /// The exchanges that the operation asked for.
    public private(set) var exchanges: [HTTPExchange] = []

    /// What the operation asked tokens for.
    public private(set) var tokenRequests: [TokenRequest] = []

    /// A script that has not been run.
    public init() {}

    /// Runs an operation against the steps, all of which must be used.
    public mutating func run<Output>(
        _ operation: ODataOperation<Output>,
        _ steps: Step...
    ) throws -> Result<Output, DataverseError> {
        try run(operation, steps: steps)
    }

    /// Runs an operation against the steps, all of which must be used.
    public mutating func run<Output>(
        _ operation: ODataOperation<Output>,
        steps: [Step]
    ) throws -> Result<Output, DataverseError> {
        var state = operation
        var remaining = steps[...]
        while true {
            switch state {
            case .done(let output):
                guard remaining.isEmpty else { throw ScriptError("ended with steps left: \(remaining)") }
                return .success(output)
            case .failed(let error):
                guard remaining.isEmpty else { throw ScriptError("failed with steps left: \(remaining)") }
                return .failure(error)
            case .acquireToken(let request, let then):
                tokenRequests.append(request)
                effects.append("token \(request.scope)\(request.rejected.map { " after \($0.secret)" } ?? "")")
                switch remaining.popFirst() {
                case .token(let secret): state = then(.success(AccessToken(secret)))
                case .noToken(let reason): state = then(.failure(CredentialError(reason)))
                case let step: throw ScriptError("asked for a token, the script has \(String(describing: step))")
                }
            case .send(let exchange, let then):
                effects.append("send \(exchange.method) \(exchange.url)")
                exchanges.append(exchange)
                switch remaining.popFirst() {
                case .reply(let status, let headers, let body):
                    state = then(.success(.scripted(status, headers, body)))
                case .broken(let error): state = then(.failure(error))
                case let step: throw ScriptError("asked to send, the script has \(String(describing: step))")
                }
            case .sleep(let duration, let then):
                effects.append("sleep \(duration)")
                guard case .wake = remaining.popFirst() else { throw ScriptError("asked to sleep") }
                state = then()
            }
        }
    }
}

/// The operation asked for something else than the script has.
public struct ScriptError: Error, CustomStringConvertible {
    public let description: String

    /// - Parameter description: What was asked for, and what the script has.
    public init(_ description: String) { self.description = description }
}

extension HTTPReply {
    /// A reply with a text.
    public static func scripted(_ status: Int, _ headers: HTTPFields, _ body: String) -> HTTPReply {
        HTTPReply(status: .init(code: status), headers: headers, body: Array(body.utf8))
    }
}

extension ClientContext {
    /// A service at `https://contoso.example` whose identifiers and waits are known beforehand.
    public static func scripted(
        retry: RetryPolicy = RetryPolicy(),
        clock: ManualClock = ManualClock()
    ) throws -> ClientContext {
        ClientContext(
            root: try ServiceRoot(environment: "https://contoso.example"),
            configuration: ClientConfiguration(retry: retry),
            now: { clock.now },
            makeIdentifier: { UUID(uuid: (0, 0, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, 1)) },
            jitter: { 1 }
        )
    }
}
