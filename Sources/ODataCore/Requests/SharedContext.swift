#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What a ``ClientContext`` refers to; what each request needs of it is made once.
final class SharedContext: Sendable {
    /// What comes in from outside: time and chance.
    struct Outside: Sendable {
        let now: @Sendable () -> ContinuousClock.Instant
        let date: (@Sendable () -> Date)?
        let makeIdentifier: @Sendable () -> UUID
        let jitter: @Sendable () -> Double
    }

    /// What is known about the service, for all clients that differ in their options only.
    struct Known: Sendable {
        let tables = TableCache()
        let choices = ChoiceCache()
        let signals = ServiceSignalStore()
        let rows = RowMemory()
    }

    let root: ServiceRoot
    let configuration: ClientConfiguration
    let outside: Outside
    let known: Known
    let options: RequestOptions
    /// Whether the options are any.
    let hasOptions: Bool
    let tokenScope: String
    let userAgent: String

    convenience init(root: ServiceRoot, configuration: ClientConfiguration, outside: Outside) {
        self.init(root: root, configuration: configuration, outside: outside, known: Known(), options: RequestOptions())
    }

    /// The same with other options.
    convenience init(_ other: SharedContext, options: RequestOptions) {
        self.init(
            root: other.root,
            configuration: other.configuration,
            outside: other.outside,
            known: other.known,
            options: options
        )
    }

    private init(
        root: ServiceRoot,
        configuration: ClientConfiguration,
        outside: Outside,
        known: Known,
        options: RequestOptions
    ) {
        self.root = root
        self.configuration = configuration
        self.outside = outside
        self.known = known
        self.options = options
        hasOptions = options != RequestOptions()
        tokenScope = root.origin + "/.default"
        userAgent = configuration.userAgent
    }
}
