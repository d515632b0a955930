/// What a client does, as a value: a state machine that asks for one effect at a time until it has its output.
///
/// An operation never does anything itself. It says which effect it needs next, and a driver performs it and hands
/// the result to `then`, which gives the next state. There are three effects, and a driver is one loop over them;
/// everything else that happens in a call happens in pure code between two effects.
///
///     acquireToken ──▶ send ──▶ done
///                       │ 401: acquireToken once more, then send
///                       │ 429, 503…: sleep, then send
///                       ▼
///                     failed
public enum ODataOperation<Output: Sendable>: Sendable {
    /// The operation has ended with its output.
    case done(Output)
    /// The operation has ended without an output.
    case failed(DataverseError)
    /// The operation needs an access token.
    indirect case acquireToken(TokenRequest, then: @Sendable (Result<AccessToken, CredentialError>) -> ODataOperation)
    /// The operation needs one HTTP exchange.
    indirect case send(HTTPExchange, then: @Sendable (Result<HTTPReply, TransportError>) -> ODataOperation)
    /// The operation needs time to pass.
    indirect case sleep(Duration, then: @Sendable () -> ODataOperation)
}

extension ODataOperation {
    /// An operation that goes on with another one when this one is done.
    @inlinable
    public func flatMap<Next>(
        _ transform: @escaping @Sendable (Output) -> ODataOperation<Next>
    ) -> ODataOperation<Next> {
        switch self {
        case .done(let output): transform(output)
        case .failed(let error): .failed(error)
        case .acquireToken(let request, let then):
            .acquireToken(request) { then($0).flatMap(transform) }
        case .send(let exchange, let then):
            .send(exchange) { then($0).flatMap(transform) }
        case .sleep(let duration, let then):
            .sleep(duration) { then().flatMap(transform) }
        }
    }

    /// An operation with another output; an error of the transform is an error of the operation.
    @inlinable
    public func map<NewOutput: Sendable>(
        _ transform: @escaping @Sendable (Output) throws(DataverseError) -> NewOutput
    ) -> ODataOperation<NewOutput> {
        flatMap { output in
            do throws(DataverseError) {
                return .done(try transform(output))
            } catch {
                return .failed(error)
            }
        }
    }

    /// An operation that goes on with what becomes of this one, be it an error.
    @inlinable
    public func flatMapResult<Next>(
        _ transform: @escaping @Sendable (Result<Output, DataverseError>) -> ODataOperation<Next>
    ) -> ODataOperation<Next> {
        switch self {
        case .done(let output): transform(.success(output))
        case .failed(let error): transform(.failure(error))
        case .acquireToken(let request, let then):
            .acquireToken(request) { then($0).flatMapResult(transform) }
        case .send(let exchange, let then):
            .send(exchange) { then($0).flatMapResult(transform) }
        case .sleep(let duration, let then):
            .sleep(duration) { then().flatMapResult(transform) }
        }
    }

    /// An operation that may still succeed where this one fails.
    @inlinable
    public func recover(
        _ handler: @escaping @Sendable (DataverseError) -> ODataOperation
    ) -> ODataOperation {
        switch self {
        case .done: self
        case .failed(let error): handler(error)
        case .acquireToken(let request, let then):
            .acquireToken(request) { then($0).recover(handler) }
        case .send(let exchange, let then):
            .send(exchange) { then($0).recover(handler) }
        case .sleep(let duration, let then):
            .sleep(duration) { then().recover(handler) }
        }
    }
}
