import Foundation
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@testable import Dataverse

/// Runs a credential's operation without a network and without a clock: canned results in, effects out, in order.
///
/// `EffectScript` does so for operations of clients, which have other effects.
struct CredentialScript {
    enum Step: Sendable {
        case reply(Int, headers: HTTPFields = [:], String = "{}")
        case broken(TransportError)
        /// Time passes.
        case wake
        /// Whatever is asked outside is asked.
        case outside
    }

    private(set) var effects: [String] = []
    private(set) var exchanges: [HTTPExchange] = []

    /// The fields of the forms that were sent.
    var forms: [[String: String]] {
        exchanges.map { exchange in
            let text = String(decoding: exchange.body?.inMemory ?? [], as: UTF8.self)
            return Dictionary(
                text.split(separator: "&").map { pair in
                    let parts = pair.split(separator: "=", maxSplits: 1).map { $0.removingPercentEncoding ?? "" }
                    return (parts[0], parts.count > 1 ? parts[1] : "")
                },
                uniquingKeysWith: { _, last in last }
            )
        }
    }

    mutating func run<Output>(
        _ operation: CredentialOperation<Output>,
        _ steps: Step...
    ) throws -> Result<Output, CredentialError> {
        try run(operation, steps: steps)
    }

    mutating func run<Output>(
        _ operation: CredentialOperation<Output>,
        steps: [Step]
    ) throws -> Result<Output, CredentialError> {
        var state = operation
        var remaining = steps[...]
        while true {
            switch state {
            case .done(let output):
                try #require(remaining.isEmpty, "ended with steps left: \(remaining)")
                return .success(output)
            case .failed(let error):
                try #require(remaining.isEmpty, "failed with steps left: \(remaining), \(error)")
                return .failure(error)
            case .send(let exchange, let then):
                effects.append("\(exchange.method) \(exchange.url)")
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
            case .ask: throw ScriptError("asked another credential")
            case .outside(let work):
                effects.append("outside")
                guard case .outside = remaining.popFirst() else { throw ScriptError("asked outside") }
                state = work(Interruption())
            }
        }
    }
}

extension CredentialSystem {
    /// A machine without variables, files and programs, whose clock stands still.
    static func scripted(
        variables: [String: String] = [:],
        files: [String: String] = [:],
        clock: ManualClock = ManualClock()
    ) -> CredentialSystem {
        let start = clock.now
        return CredentialSystem(
            date: { Date(timeIntervalSince1970: 1_700_000_000 + (clock.now - start) / .seconds(1)) },
            now: { clock.now },
            variable: { variables[$0] },
            readFile: { path in
                guard let text = files[path] else { throw CocoaError(.fileNoSuchFile) }
                return Array(text.utf8)
            },
            run: { _, _ throws(CredentialError) in throw CredentialError("no programs here", reason: .unavailable) },
            makeIdentifier: { UUID(uuid: (0, 0, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, 1)) },
            jitter: { 1 }
        )
    }
}

extension CredentialOptions {
    /// Options for scripts.
    static func scripted(
        variables: [String: String] = [:],
        files: [String: String] = [:],
        clock: ManualClock = ManualClock(),
        transport: any BlockingTransport & AsyncTransport = ListTransport([])
    ) -> CredentialOptions {
        var options = CredentialOptions(transport: transport)
        options.system = .scripted(variables: variables, files: files, clock: clock)
        return options
    }
}

extension TokenRequest {
    static let contoso = TokenRequest(scope: "https://contoso.crm.dynamics.com/.default")
}

extension Result where Failure == CredentialError {
    /// The error of a failure.
    var failure: CredentialError? { if case .failure(let error) = self { error } else { nil } }
}

extension TokenCredential {
    /// The token that the synchronous client gets, asked for from code that is asynchronous.
    func blockingToken(for request: TokenRequest = .contoso) throws(CredentialError) -> AccessToken {
        try token(for: request)
    }
}
