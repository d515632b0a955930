/// How a credential gets a token, as a value: a state machine that asks for one effect at a time.
///
/// It is to credentials what `ODataOperation` is to calls, and it has the same three effects: an exchange, a wait, and
/// a token, here of another credential. A fourth one is for what is neither: a program that is run, or a browser that
/// is waited for. Both clients perform them with one loop each, see `Drivers/CredentialDrivers.swift`.
package enum CredentialOperation<Output: Sendable>: Sendable {
    /// The operation has ended with its output.
    case done(Output)
    /// The operation has ended without an output.
    case failed(CredentialError)
    /// The operation needs one HTTP exchange.
    indirect case send(HTTPExchange, then: @Sendable (Result<HTTPReply, TransportError>) -> CredentialOperation)
    /// The operation needs time to pass.
    indirect case sleep(Duration, then: @Sendable () -> CredentialOperation)
    /// The operation needs a token of another credential.
    indirect case ask(
        any TokenCredential & AsyncTokenCredential,
        TokenRequest,
        then: @Sendable (Result<AccessToken, CredentialError>) -> CredentialOperation
    )
    /// The operation needs something from outside; the closure blocks its thread until it has it or is interrupted.
    indirect case outside(@Sendable (Interruption) -> CredentialOperation)
}

extension CredentialOperation {
    /// An operation that goes on with another one when this one is done.
    package func flatMap<Next>(
        _ transform: @escaping @Sendable (Output) -> CredentialOperation<Next>
    ) -> CredentialOperation<Next> {
        switch self {
        case .done(let output): transform(output)
        case .failed(let error): .failed(error)
        case .send(let exchange, let then): .send(exchange) { then($0).flatMap(transform) }
        case .sleep(let duration, let then): .sleep(duration) { then().flatMap(transform) }
        case .ask(let credential, let request, let then): .ask(credential, request) { then($0).flatMap(transform) }
        case .outside(let work): .outside { work($0).flatMap(transform) }
        }
    }

    /// An operation that may still succeed where this one fails.
    package func recover(
        _ handler: @escaping @Sendable (CredentialError) -> CredentialOperation
    ) -> CredentialOperation {
        switch self {
        case .done: self
        case .failed(let error): handler(error)
        case .send(let exchange, let then): .send(exchange) { then($0).recover(handler) }
        case .sleep(let duration, let then): .sleep(duration) { then().recover(handler) }
        case .ask(let credential, let request, let then): .ask(credential, request) { then($0).recover(handler) }
        case .outside(let work): .outside { work($0).recover(handler) }
        }
    }

    /// The operation of a closure that may fail.
    package static func attempt(
        _ body: () throws(CredentialError) -> CredentialOperation
    ) -> CredentialOperation {
        do throws(CredentialError) {
            return try body()
        } catch {
            return .failed(error)
        }
    }
}
