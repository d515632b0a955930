/// Decides what happens next in a bulk of changes of which several portions are under way: takes changes, gives
/// portions, takes what came of them, and gives results in order. It is a state machine that neither reads a clock nor
/// waits nor sends.
struct BulkFeed<Row: ODataRow>: Sendable {
    /// What to do next.
    enum Action: Sendable {
        /// Give it the next change, or the end of the input.
        case needsInput
        /// Send a portion, and tell what came of it.
        case send(BulkPortion<Row>)
        /// Let time pass.
        case wait(Duration)
        /// Wait for one of the portions that are under way.
        case waitForReply
        /// All changes have an outcome.
        case ended
    }

    private var portions: BulkPortions<Row>
    private var controller: ParallelismController
    private var reorder = BulkReorder<Row>()
    private let window: Int
    /// Portions that are ready, those to be sent again first.
    private var ready: [BulkPortion<Row>] = []
    /// Results of portions that are not complete yet.
    private var partial: [Int: [BulkResult<Row>]] = [:]
    private var isAtEnd = false

    init(_ options: BulkOptions, recommended: Int? = nil) {
        portions = BulkPortions(options)
        controller = ParallelismController(maximum: options.maximumParallelism, recommended: recommended)
        window = 2 * max(options.maximumParallelism, 1)
    }

    /// What to do next. A portion that is given counts as under way.
    mutating func begin(at now: ContinuousClock.Instant) -> Action {
        if let portion = ready.first {
            // A portion far ahead of one that is late waits, so that results do not pile up.
            let isTooFarAhead = portion.number >= reorder.nextNumber + window
            switch isTooFarAhead ? .full : controller.begin(at: now) {
            case .start: return .send(ready.removeFirst())
            case .full: return .waitForReply
            case .wait(let duration): return controller.running > 0 ? .waitForReply : .wait(duration)
            }
        }
        if !isAtEnd { return .needsInput }
        return controller.running > 0 ? .waitForReply : .ended
    }

    /// Takes the next change; `nil` is the end of the input.
    mutating func take(_ write: BulkWrite<Row>?) {
        isAtEnd = write == nil
        if let portion = write.map({ portions.add($0) }) ?? portions.rest() { ready.append(portion) }
    }

    /// Takes what came of a portion; gives the results that can be handed over now, in order.
    mutating func finish(
        _ number: Int,
        _ step: BulkStep<Row>,
        at now: ContinuousClock.Instant
    ) -> [BulkResult<Row>] {
        controller.finish(step.signal, at: now)
        let results = partial.removeValue(forKey: number, default: []) + step.results
        guard let remaining = step.remaining else { return reorder.finish(number, results) }
        partial[number] = results
        let place = ready.firstIndex { $0.number > number } ?? ready.endIndex
        ready.insert(remaining, at: place)
        return []
    }
}

extension Dictionary {
    /// Takes out the value of a key, or gives another one if there is none.
    fileprivate mutating func removeValue(forKey key: Key, default other: Value) -> Value {
        removeValue(forKey: key) ?? other
    }
}
