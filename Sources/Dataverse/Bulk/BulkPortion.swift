/// Changes of one kind that go out together.
struct BulkPortion<Row: ODataRow>: Sendable {
    /// Which portion of the input it is, counted from 0.
    let number: Int
    /// The changes that have no outcome yet, with their positions in the input.
    var writes: [(position: Int, write: BulkWrite<Row>)]
    /// How they are sent next.
    var method: BulkOptions.Method
    /// How often they have been sent.
    var attempts = 0
    /// Whether one of the attempts may have been processed although no reply came.
    var mayHaveBeenProcessed = false

    var kind: BulkWrite<Row>.Kind { writes.first?.write.kind ?? .create }
}

/// Cuts the changes of an input into portions: up to a size, and of one kind each.
struct BulkPortions<Row: ODataRow>: Sendable {
    private let size: Int
    private let method: BulkOptions.Method
    private var pending: [(position: Int, write: BulkWrite<Row>)] = []
    private var position = 0
    private var number = 0

    init(_ options: BulkOptions) {
        size = options.effectivePortionSize
        method = options.method
    }

    /// Takes the next change; gives a portion when one is complete.
    mutating func add(_ write: BulkWrite<Row>) -> BulkPortion<Row>? {
        let isOfOtherKind = pending.first.map { $0.write.kind != write.kind } ?? false
        let early = isOfOtherKind ? rest() : nil
        pending.append((position, write))
        position += 1
        return early ?? (pending.count == size ? rest() : nil)
    }

    /// The changes that are left; `nil` if there are none.
    mutating func rest() -> BulkPortion<Row>? {
        guard let first = pending.first else { return nil }
        defer {
            pending = []
            number += 1
        }
        return BulkPortion(number: number, writes: pending, method: first.write.kind == .delete ? .batch : method)
    }
}

/// What came of sending a portion once.
struct BulkStep<Row: ODataRow>: Sendable {
    /// The changes whose outcome is certain, or certainly unknown.
    var results: [BulkResult<Row>] = []
    /// What is to be sent again; `nil` if nothing is.
    var remaining: BulkPortion<Row>?
    /// What the service said about its load.
    var signal = ParallelismController.Signal()
}

/// Puts results of portions that end in any order back into the order of the input.
struct BulkReorder<Row: ODataRow>: Sendable {
    private var finished: [Int: [BulkResult<Row>]] = [:]
    private var next = 0

    /// The number of the portion whose results come next.
    var nextNumber: Int { next }

    /// Takes the results of a portion; gives all that can be handed over now, in order.
    mutating func finish(_ number: Int, _ results: [BulkResult<Row>]) -> [BulkResult<Row>] {
        finished[number] = results.sorted { $0.position < $1.position }
        var ready: [BulkResult<Row>] = []
        while let results = finished.removeValue(forKey: next) {
            ready += results
            next += 1
        }
        return ready
    }
}
