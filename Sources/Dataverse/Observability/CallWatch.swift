import HTTPTypes
import Synchronization

/// Tells the observers of a client what happens to one call. Both drivers report to it; where nobody observes, there is
/// none.
///
/// A call may be run in several parts, some of them at the same time: each has a watch of its own, made by ``part()``, with
/// the same followers and the same count of exchanges.
package final class CallWatch: Sendable {
    /// A request that is under way.
    struct Sending: Sendable {
        /// The request, with the headers of observers.
        let exchange: HTTPExchange
        let observed: ObservedExchange
        let startedAt: ContinuousClock.Instant
    }

    /// What the last exchange of this part of the call was, and what became of it.
    private struct Last: Sendable {
        let method: HTTPRequest.Method
        let url: String
        let attempt: Int
        var failure: RepetitionCause?
        var retryAfter: Duration?
    }

    /// Counts the exchanges of a call.
    private final class Counter: Sendable {
        private let count = Mutex(0)

        func next() -> Int {
            count.withLock { count in
                count += 1
                return count
            }
        }
    }

    private let call: ObservedCall
    private let followers: [any CallFollower]
    private let startedAt: ContinuousClock.Instant
    private let now: @Sendable () -> ContinuousClock.Instant
    private let counter: Counter
    private let causeOfPauses: RepetitionCause
    private let last = Mutex<Last?>(nil)

    /// Tells the observers that a call begins; `nil` if there are none.
    package convenience init?(
        _ name: CallName,
        correlationID: UUID,
        service: String?,
        observers: [any CallObserver],
        now: @escaping @Sendable () -> ContinuousClock.Instant,
        causeOfPauses: RepetitionCause = .notReady
    ) {
        if observers.isEmpty { return nil }
        let call = ObservedCall(
            name: name,
            correlationID: correlationID,
            service: service,
            isSignIn: service == nil
        )
        self.init(
            call: call,
            followers: observers.map { $0.callBegins(call) },
            startedAt: now(),
            now: now,
            counter: Counter(),
            causeOfPauses: causeOfPauses
        )
    }

    private init(
        call: ObservedCall,
        followers: [any CallFollower],
        startedAt: ContinuousClock.Instant,
        now: @escaping @Sendable () -> ContinuousClock.Instant,
        counter: Counter,
        causeOfPauses: RepetitionCause
    ) {
        self.call = call
        self.followers = followers
        self.startedAt = startedAt
        self.now = now
        self.counter = counter
        self.causeOfPauses = causeOfPauses
    }

    /// A watch for a part of the call that runs beside others.
    func part() -> CallWatch {
        CallWatch(
            call: call,
            followers: followers,
            startedAt: startedAt,
            now: now,
            counter: counter,
            causeOfPauses: causeOfPauses
        )
    }

    func beginToken() -> ContinuousClock.Instant {
        for follower in followers { follower.tokenBegins() }
        return now()
    }

    func endToken(_ result: Result<AccessToken, CredentialError>, since start: ContinuousClock.Instant) {
        let duration = now() - start
        let failure: CredentialError? = if case .failure(let error) = result { error } else { nil }
        for follower in followers { follower.tokenEnds(failure, after: duration) }
    }

    /// Tells that a request is about to be sent, and gives it with the headers of the observers, who see the bodies of
    /// replies: none goes straight into a file.
    func begin(_ exchange: HTTPExchange) -> Sending {
        let previous = last.withLock(\.self)
        let isSame = previous?.method == exchange.method && previous?.url == exchange.url
        let repeats = isSame ? previous?.failure : nil
        let attempt = repeats == nil ? 1 : (previous?.attempt ?? 0) + 1
        last.withLock { $0 = Last(method: exchange.method, url: exchange.url, attempt: attempt) }
        let number = counter.next()
        var exchange = exchange
        exchange.destination = nil
        var observed = observe(exchange, number, attempt, repeats)
        for follower in followers {
            let headers = follower.exchangeBegins(observed)
            guard !headers.isEmpty else { continue }
            for field in headers where exchange.headers[field.name] == nil { exchange.headers.append(field) }
            observed = observe(exchange, number, attempt, repeats)
        }
        return Sending(exchange: exchange, observed: observed, startedAt: now())
    }

    private func observe(
        _ exchange: HTTPExchange,
        _ number: Int,
        _ attempt: Int,
        _ repeats: RepetitionCause?
    ) -> ObservedExchange {
        ObservedExchange(exchange, number: number, attempt: attempt, repeats: repeats, isSignIn: call.isSignIn)
    }

    func end(_ sending: Sending, _ result: Result<HTTPReply, TransportError>) {
        let duration = now() - sending.startedAt
        let observed = result.map { ObservedReply($0, to: sending.exchange, isSignIn: call.isSignIn) }
            .mapError { $0.withoutSecrets(of: sending.exchange) }
        last.withLock { last in
            last?.failure = Self.cause(of: result)
            last?.retryAfter = (try? observed.get())?.retryAfter
        }
        for follower in followers { follower.exchangeEnds(sending.observed, observed, after: duration) }
    }

    private static func cause(of result: Result<HTTPReply, TransportError>) -> RepetitionCause? {
        switch result {
        case .failure: .connection
        case .success(let reply):
            switch reply.status.code {
            case 429: .throttled
            case 500...: .serviceFailed
            case 401: .tokenRefused
            default: nil
            }
        }
    }

    func wait(_ duration: Duration) {
        let last = last.withLock(\.self)
        let wait = ObservedWait(
            duration: duration,
            cause: last?.failure ?? causeOfPauses,
            retryAfter: last?.retryAfter
        )
        for follower in followers { follower.waitBegins(wait) }
    }

    /// Tells that the call has ended.
    package func end(_ failure: DataverseError?) {
        let duration = now() - startedAt
        for follower in followers { follower.callEnds(failure, after: duration) }
    }

    /// Runs the call, and tells of its end.
    func watching<Output>(_ body: () throws -> Output) throws -> Output {
        do {
            let output = try body()
            end(nil)
            return output
        } catch {
            end(Self.failure(error))
            throw error
        }
    }

    /// Runs the call, and tells of its end.
    func watching<Output>(
        isolation: isolated (any Actor)? = #isolation,
        _ body: () async throws -> Output
    ) async throws -> Output {
        do {
            let output = try await body()
            end(nil)
            return output
        } catch {
            end(Self.failure(error))
            throw error
        }
    }

    /// An app's own closures may throw anything; what they throw is the app's.
    private static func failure(_ error: any Error) -> DataverseError {
        if let error = error as? DataverseError { return error }
        if error is CancellationError { return DataverseError(.cancelled, "The call was cancelled.") }
        return DataverseError(.invalidRequest, "The app ended the call with an error of type \(type(of: error)).")
    }
}

extension CallWatch {
    /// Tells that a credential ends its sign-in.
    package func endSignIn(_ failure: CredentialError?) {
        end(
            failure.map { error in
                var failure = DataverseError(DataverseError.Kind(error.reason), error.message)
                failure.serviceCode = error.code
                failure.serviceRequestID = error.traceID
                return failure
            }
        )
    }
}
