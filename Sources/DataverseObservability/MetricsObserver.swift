import HTTPTypes
public import Metrics
import Synchronization

/// Counts and times calls with swift-metrics.
///
///     let client = try DataverseClient(environment: url, credential: credential, observers: [MetricsObserver()])
///
/// | name | kind | dimensions |
/// |---|---|---|
/// | `dataverse.client.calls` | counter | `operation`, `outcome`: `ok` or the kind of the error |
/// | `dataverse.client.call.duration` | timer | the same |
/// | `dataverse.client.exchanges` | counter | `method`, `status`: `2xx`, `4xx` …, or `none` without a reply |
/// | `dataverse.client.exchange.duration` | timer | the same |
/// | `dataverse.client.request.bytes`, `dataverse.client.response.bytes` | counters | none |
/// | `dataverse.client.retries` | counter | `cause`: a `RepetitionCause` |
/// | `dataverse.client.throttled` | counter | none: replies with status 429 |
/// | `dataverse.client.wait.duration` | timer | `cause` |
/// | `dataverse.client.token.duration` | timer | `outcome`: `ok` or the reason of the failure |
///
/// Bytes are those of bodies. All dimensions have few values; names and dimensions stay as they are between versions.
public final class MetricsObserver: CallObserver {
    /// What is measured.
    public struct Options: Sendable, Hashable {
        /// What the names of all metrics begin with.
        public var prefix = "dataverse.client"
        /// Whether calls have a dimension `target`: the entity set, the table or the operation. An environment may have
        /// hundreds of them, and each makes a series of its own.
        public var includesTarget = false

        /// What the table above says.
        public init() {}
    }

    private struct Key: Hashable {
        let name: String
        let dimensions: [String]
    }

    private struct Handlers {
        var counters: [Key: Counter] = [:]
        var timers: [Key: Timer] = [:]
    }

    private let options: Options
    private let factory: (any MetricsFactory)?
    /// Making a handler takes the lock of its factory, and often a search.
    private let handlers = Mutex(Handlers())

    /// - Parameters:
    ///   - options: what is measured.
    ///   - factory: makes the metrics; `nil` for the one of the whole process.
    public init(_ options: Options = Options(), factory: (any MetricsFactory)? = nil) {
        self.options = options
        self.factory = factory
    }

    public func callBegins(_ call: ObservedCall) -> any CallFollower {
        var dimensions = [("operation", call.name.operation)]
        if options.includesTarget, let target = call.name.target { dimensions.append(("target", target)) }
        return MeasuredCall(observer: self, dimensions: dimensions)
    }

    fileprivate func count(_ name: String, by amount: Int64 = 1, _ dimensions: [(String, String)] = []) {
        let key = Key(name: name, dimensions: dimensions.map(\.1))
        let counter = handlers.withLock { handlers in
            if let known = handlers.counters[key] { return known }
            let counter = Counter(
                label: "\(options.prefix).\(name)",
                dimensions: dimensions,
                factory: factory ?? MetricsSystem.factory
            )
            handlers.counters[key] = counter
            return counter
        }
        counter.increment(by: amount)
    }

    fileprivate func time(_ name: String, _ duration: Duration, _ dimensions: [(String, String)]) {
        let key = Key(name: name, dimensions: dimensions.map(\.1))
        let timer = handlers.withLock { handlers in
            if let known = handlers.timers[key] { return known }
            let timer = Timer(
                label: "\(options.prefix).\(name)",
                dimensions: dimensions,
                preferredDisplayUnit: .milliseconds,
                factory: factory ?? MetricsSystem.factory
            )
            handlers.timers[key] = timer
            return timer
        }
        timer.recordNanoseconds(Int64(clamping: Int(max(0, min(duration / .nanoseconds(1), 9e18)))))
    }
}

/// Measures one call.
private struct MeasuredCall: CallFollower {
    let observer: MetricsObserver
    let dimensions: [(String, String)]

    func tokenEnds(_ failure: CredentialError?, after duration: Duration) {
        observer.time("token.duration", duration, [("outcome", failure?.reason.rawValue ?? "ok")])
    }

    func exchangeBegins(_ exchange: ObservedExchange) -> HTTPFields {
        if let cause = exchange.repeats { observer.count("retries", [("cause", cause.rawValue)]) }
        return [:]
    }

    func exchangeEnds(
        _ exchange: ObservedExchange,
        _ result: Result<ObservedReply, TransportError>,
        after duration: Duration
    ) {
        let reply = try? result.get()
        let dimensions = [
            ("method", exchange.method.rawValue), ("status", reply.map { "\($0.status.code / 100)xx" } ?? "none"),
        ]
        observer.count("exchanges", dimensions)
        observer.time("exchange.duration", duration, dimensions)
        if let body = exchange.body { observer.count("request.bytes", by: body.length) }
        guard let reply else { return }
        observer.count("response.bytes", by: reply.body.length)
        if reply.status.code == 429 { observer.count("throttled") }
    }

    func waitBegins(_ wait: ObservedWait) {
        observer.time("wait.duration", wait.duration, [("cause", wait.cause.rawValue)])
    }

    func callEnds(_ failure: DataverseError?, after duration: Duration) {
        let dimensions = dimensions + [("outcome", failure?.kind.rawValue ?? "ok")]
        observer.count("calls", dimensions)
        observer.time("call.duration", duration, dimensions)
    }
}
