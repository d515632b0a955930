import Synchronization

/// A clock that stands still until a test moves it on.
public final class ManualClock: Sendable {
    private let time = Mutex(ContinuousClock.now)

    public init() {}

    /// What time it is.
    public var now: ContinuousClock.Instant { time.withLock { $0 } }

    /// Lets time pass.
    public func advance(by duration: Duration) { time.withLock { $0 += duration } }
}
