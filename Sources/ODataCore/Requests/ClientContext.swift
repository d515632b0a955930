#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What all calls of a client share: where the service is, how to talk to it, and what is known about its tables.
///
/// Random numbers and the time come in from outside, so that a test knows every identifier and every wait beforehand.
public struct ClientContext: Sendable {
    /// Where the service is.
    public let root: ServiceRoot
    /// How to talk to it.
    public let configuration: ClientConfiguration
    /// What is known about its tables.
    public let tables: TableCache
    /// What is known about their choice columns.
    public let choices: ChoiceCache
    /// What its replies said last about the service itself.
    public let signals: ServiceSignalStore
    /// What holds for every request.
    public private(set) var options = RequestOptions()
    /// Tells the time, for what expires.
    public let now: @Sendable () -> ContinuousClock.Instant
    let date: (@Sendable () -> Date)?
    let makeIdentifier: @Sendable () -> UUID
    let jitter: @Sendable () -> Double

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
        self.root = root
        self.configuration = configuration
        self.tables = TableCache()
        self.choices = ChoiceCache()
        self.signals = ServiceSignalStore()
        self.now = now
        self.date = date
        if let makeIdentifier {
            self.makeIdentifier = makeIdentifier
        } else {
            let source = IdentifierSource()
            self.makeIdentifier = { source.next() }
        }
        self.jitter = jitter
    }

    /// The same service with other options; caches and signals are shared.
    ///
    /// - Parameter change: changes the options.
    public func with(_ change: (inout RequestOptions) -> Void) -> ClientContext {
        var context = self
        change(&context.options)
        return context
    }

    /// The scope of the access tokens for this service.
    public var tokenScope: String { root.origin + "/.default" }

    /// Begins a call; its exchanges share the correlation identifier of ``CallScope``, or a new one.
    public func beginCall() -> CallContext {
        CallContext(service: self, correlationID: CallScope.correlationID ?? makeIdentifier())
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
        retry = service.configuration.retry
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
