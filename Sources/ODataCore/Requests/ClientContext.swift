#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What all calls of a client share: where the service is, how to talk to it, and what is known about its tables.
///
/// Random numbers and the time come in from outside, so that a test knows every identifier and every wait beforehand.
public struct ClientContext: Sendable {
    /// Every step of an operation carries a context, so it is one reference.
    let shared: SharedContext

    /// Where the service is.
    public var root: ServiceRoot { shared.root }
    /// How to talk to it.
    public var configuration: ClientConfiguration { shared.configuration }
    /// What is known about its tables.
    public var tables: TableCache { shared.known.tables }
    /// What is known about their choice columns.
    public var choices: ChoiceCache { shared.known.choices }
    /// What its replies said last about the service itself.
    public var signals: ServiceSignalStore { shared.known.signals }
    /// Which members the latest rows had.
    package var rows: RowMemory { shared.known.rows }
    /// What holds for every request.
    public var options: RequestOptions { shared.options }
    /// Tells the time, for what expires.
    public var now: @Sendable () -> ContinuousClock.Instant { shared.outside.now }
    var date: (@Sendable () -> Date)? { shared.outside.date }
    var makeIdentifier: @Sendable () -> UUID { shared.outside.makeIdentifier }
    var jitter: @Sendable () -> Double { shared.outside.jitter }

    /// - Parameters:
    ///   - root: where the service is.
    ///   - configuration: how to talk to it.
    ///   - now: tells the time; nothing in the core reads a clock.
    ///   - date: tells the date, for waits until a date that come without the service's own; `nil` ignores those.
    ///   - makeIdentifier: makes the identifiers of calls and requests; `nil` for random ones.
    ///   - jitter: gives a number from 0 up to 1 for each wait.
    public init(
        root: ServiceRoot,
        configuration: ClientConfiguration = ClientConfiguration(),
        now: @escaping @Sendable () -> ContinuousClock.Instant,
        date: (@Sendable () -> Date)? = nil,
        makeIdentifier: (@Sendable () -> UUID)? = nil,
        jitter: @escaping @Sendable () -> Double = { .random(in: 0..<1) }
    ) {
        let source = IdentifierSource()
        shared = SharedContext(
            root: root,
            configuration: configuration,
            outside: SharedContext.Outside(
                now: now,
                date: date,
                makeIdentifier: makeIdentifier ?? { source.next() },
                jitter: jitter
            )
        )
    }

    private init(_ shared: SharedContext) { self.shared = shared }

    /// The same service with other options; caches and signals are shared.
    ///
    /// - Parameter change: changes the options.
    public func with(_ change: (inout RequestOptions) -> Void) -> ClientContext {
        var options = shared.options
        change(&options)
        return ClientContext(SharedContext(shared, options: options))
    }

    /// The scope of the access tokens for this service.
    public var tokenScope: String { shared.tokenScope }

    /// Begins a call; its exchanges share the correlation identifier of ``CallScope``, or a new one.
    public func beginCall() -> CallContext {
        CallContext(service: self, correlationID: CallScope.correlationID ?? shared.outside.makeIdentifier())
    }
}

/// One call of a client, which may take several exchanges.
public struct CallContext: Sendable {
    /// What all calls share.
    public let service: ClientContext
    /// Marks the exchanges of this call in the service's log.
    public let correlationID: UUID
    /// When failed exchanges of this call are repeated.
    var retry: RetryPolicy
    /// The content identifiers of the rows that earlier operations of the same change set create.
    public var contentIDs: [UUID: Int] = [:]

    init(service: ClientContext, correlationID: UUID) {
        self.service = service
        self.correlationID = correlationID
        retry = service.shared.configuration.retry
    }

    /// The same call, whose exchanges are sent once: whoever makes it deals with failures itself.
    public var withoutRetries: CallContext {
        var call = self
        call.retry = .never
        return call
    }
}

/// Marks several calls as belonging together.
public enum CallScope {
    /// The correlation identifier of all calls made inside `CallScope.$correlationID.withValue(…) { … }`.
    @TaskLocal public static var correlationID: UUID?
}
