import HTTPTypes
import ODataCore
import ODataTransport
import Synchronization

/// Answers exchanges from a list, for both clients, and remembers them.
public final class ScriptedTransport: BlockingTransport, AsyncTransport {
    public typealias Outcome = Result<HTTPReply, TransportError>

    private let state: Mutex<(outcomes: [Outcome], exchanges: [HTTPExchange])>
    private let onLast: @Sendable () -> Void

    /// - Parameters:
    ///   - outcomes: what becomes of the exchanges, in order.
    ///   - onLast: is called when the last of them was asked for.
    public init(_ outcomes: [Outcome], onLast: @escaping @Sendable () -> Void = {}) {
        state = Mutex((outcomes, []))
        self.onLast = onLast
    }

    public var exchanges: [HTTPExchange] { state.withLock(\.exchanges) }
    public var isUsedUp: Bool { state.withLock(\.outcomes.isEmpty) }

    public func perform(_ exchange: HTTPExchange) throws(TransportError) -> HTTPReply {
        let (outcome, isLast) = state.withLock { state in
            state.exchanges.append(exchange)
            let outcome = state.outcomes.isEmpty ? nil : state.outcomes.removeFirst()
            return (outcome, state.outcomes.isEmpty)
        }
        if isLast { onLast() }
        guard let outcome else { throw TransportError(.other, message: "no reply left", mayHaveBeenProcessed: true) }
        return try outcome.get()
    }
}

extension Result where Success == HTTPReply, Failure == TransportError {
    public static func reply(_ status: Int, _ headers: HTTPFields = [:], _ body: String = "") -> Self {
        .success(HTTPReply(status: .init(code: status), headers: headers, body: Array(body.utf8)))
    }

    public static func json(_ body: String, status: Int = 200, _ headers: HTTPFields = [:]) -> Self {
        var headers = headers
        headers[.contentType] = "application/json; odata.metadata=minimal"
        return reply(status, headers, body)
    }

    public static func broken(_ kind: TransportError.Kind, mayHaveBeenProcessed: Bool = true) -> Self {
        .failure(TransportError(kind, message: "broken", mayHaveBeenProcessed: mayHaveBeenProcessed))
    }
}
