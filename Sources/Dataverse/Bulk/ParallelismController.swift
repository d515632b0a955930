/// Decides how many requests are under way at a time, and when none may begin: a state machine that is told what
/// happened and when, and neither reads a clock nor waits.
///
///     idle ──begin──▶ running ──finish(success)──▶ one more at a time, up to the service's recommendation
///                        │
///                        └──────finish(throttled)──▶ half as many, and no beginning before the time the service named
///
/// Sources: Dataverse, "Send parallel requests" and "Service protection API limits": begin low, rise slowly, and let the
/// service say how long to wait.
struct ParallelismController: Sendable {
    /// What a reply said about the load of the service.
    struct Signal: Sendable, Hashable {
        /// How many requests the service recommends to have under way at a time.
        var recommended: Int?
        /// How long the service wants no requests; `nil` if it did not refuse one.
        var pause: Duration?
    }

    /// What to do next.
    enum Decision: Sendable, Hashable {
        /// Begin a request.
        case start
        /// Wait until a request has ended.
        case full
        /// Begin no request before this time has passed.
        case wait(Duration)
    }

    private let maximum: Int
    private var recommended: Int?
    private var allowed: Int
    private var successesInARow = 0
    private var pausedUntil: ContinuousClock.Instant?
    /// How many requests are under way.
    private(set) var running = 0

    /// - Parameters:
    ///   - maximum: how many requests are under way at a time at the most.
    ///   - recommended: what the service recommended before, if it did.
    init(maximum: Int, recommended: Int? = nil) {
        self.maximum = max(maximum, 1)
        self.recommended = recommended
        allowed = min(self.maximum, recommended ?? 4)
    }

    /// How many requests may be under way at a time now.
    var limit: Int { max(1, min(allowed, maximum, recommended ?? maximum)) }

    /// Asks whether a request may begin; on ``Decision/start`` it counts as under way.
    mutating func begin(at now: ContinuousClock.Instant) -> Decision {
        if let pausedUntil {
            if now < pausedUntil { return .wait(pausedUntil - now) }
            self.pausedUntil = nil
        }
        guard running < limit else { return .full }
        running += 1
        return .start
    }

    /// Takes back a beginning that had nothing to send.
    mutating func cancelBegin() { running -= 1 }

    /// Tells that a request has ended.
    mutating func finish(_ signal: Signal, at now: ContinuousClock.Instant) {
        running -= 1
        if let hint = signal.recommended, hint > 0 {
            // The first recommendation is taken at once; later ones bound what was learned since.
            if recommended == nil { allowed = max(allowed, min(hint, maximum)) }
            recommended = hint
        }
        guard let pause = signal.pause else {
            successesInARow += 1
            if successesInARow >= limit, limit < min(maximum, recommended ?? maximum) {
                allowed = limit + 1
                successesInARow = 0
            }
            return
        }
        successesInARow = 0
        let end = now + pause
        // Replies of requests that were under way together stand for one refusal.
        if pausedUntil.map({ $0 <= now }) ?? true { allowed = max(1, limit / 2) }
        pausedUntil = max(pausedUntil ?? end, end)
    }
}
