// As many changes as there are, in portions.
extension EntitySet {
    /// Makes many changes, portion by portion, and tells what became of each.
    ///
    ///     let summary = try client.accounts.bulk(rows.lazy.map { .create($0) }) { result in
    ///         if case .failed(let error) = result.outcome { print(result.position, error) }
    ///     }
    ///
    /// A portion that the service has no time for is sent again after the wait that the service asks for. No change is
    /// sent again that may have been made and could be made twice. Changes are taken from the sequence as they are
    /// sent, so the input can be larger than memory.
    ///
    /// - Parameters:
    ///   - writes: the changes.
    ///   - options: portions and method.
    ///   - report: is called with what became of each change, in the order of the changes; an error that it throws ends
    ///     the work.
    /// - Returns: how many changes were made.
    @discardableResult
    public func bulk(
        _ writes: some Sequence<BulkWrite<Row>>,
        options: BulkOptions = BulkOptions(),
        _ report: (BulkResult<Row>) throws -> Void
    ) throws -> BulkSummary {
        var iterator = writes.makeIterator()
        return try bulk(next: { iterator.next() }, options: options, report)
    }

    /// Makes many changes that a closure gives one by one, such as the rows of a file.
    ///
    /// - Parameters:
    ///   - next: gives the next change, or `nil` after the last one; an error that it throws ends the work.
    ///   - options: portions and method.
    ///   - report: is called with what became of each change, in the order of the changes.
    /// - Returns: how many changes were made.
    @discardableResult
    public func bulk(
        next: () throws -> BulkWrite<Row>?,
        options: BulkOptions = BulkOptions(),
        _ report: (BulkResult<Row>) throws -> Void
    ) throws -> BulkSummary {
        try client.observing(as: CallName("bulk", in: source), causeOfPauses: .throttled) { call, watch in
            var portions = BulkPortions<Row>(options)
            var summary = BulkSummary()
            var isAtEnd = false
            while !isAtEnd {
                let write = try next()
                isAtEnd = write == nil
                guard let portion = write.map({ portions.add($0) }) ?? portions.rest() else { continue }
                let bulk = call.bulk(portion, in: source, options: options)
                for result in try client.run(bulk, of: call, watch) {
                    summary.count(result.outcome)
                    try report(result)
                }
            }
            return summary
        }
    }
}
