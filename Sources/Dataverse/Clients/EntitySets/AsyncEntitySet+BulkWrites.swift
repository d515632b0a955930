// As many changes as there are, in portions, several at a time.
extension AsyncEntitySet {
    /// Makes many changes, several portions at a time, and tells what became of each.
    ///
    ///     let summary = try await client.accounts.bulk(rows.lazy.map { .create($0) }) { result in
    ///         if case .failed(let error) = result.outcome { print(result.position, error) }
    ///     }
    ///
    /// As many portions are under way as the service recommends; when it has no time for one, all of them wait as long
    /// as it asks for, and fewer are sent at a time. No change is sent again that may have been made and could be made
    /// twice. Changes are taken from the sequence as they are sent, so the input can be larger than memory.
    ///
    /// - Parameters:
    ///   - writes: the changes.
    ///   - options: portions, method and parallelism.
    ///   - isolation: where the closures run: where the caller does.
    ///   - report: is called with what became of each change, in the order of the changes; an error that it throws ends
    ///     the work.
    /// - Returns: how many changes were made.
    @discardableResult
    public func bulk(
        _ writes: some Sequence<BulkWrite<Row>>,
        options: BulkOptions = BulkOptions(),
        isolation: isolated (any Actor)? = #isolation,
        _ report: (BulkResult<Row>) async throws -> Void
    ) async throws -> BulkSummary {
        var iterator = writes.makeIterator()
        return try await bulk(next: { iterator.next() }, options: options, isolation: isolation, report)
    }

    /// Makes many changes that come one by one, several portions at a time.
    ///
    /// - Parameters:
    ///   - writes: the changes; an error of the sequence ends the work.
    ///   - options: portions, method and parallelism.
    ///   - isolation: where the closures run: where the caller does.
    ///   - report: is called with what became of each change, in the order of the changes.
    /// - Returns: how many changes were made.
    @discardableResult
    public func bulk<Writes: AsyncSequence>(
        _ writes: Writes,
        options: BulkOptions = BulkOptions(),
        isolation: isolated (any Actor)? = #isolation,
        _ report: (BulkResult<Row>) async throws -> Void
    ) async throws -> BulkSummary where Writes.Element == BulkWrite<Row> {
        var iterator = writes.makeAsyncIterator()
        return try await bulk(
            next: { try await iterator.next(isolation: isolation) },
            options: options,
            isolation: isolation,
            report
        )
    }

    /// Makes many changes that a closure gives one by one, such as the rows of a file.
    ///
    /// - Parameters:
    ///   - next: gives the next change, or `nil` after the last one; an error that it throws ends the work.
    ///   - options: portions, method and parallelism.
    ///   - isolation: where the closures run: where the caller does.
    ///   - report: is called with what became of each change, in the order of the changes.
    /// - Returns: how many changes were made.
    @discardableResult
    public func bulk(
        next: () async throws -> BulkWrite<Row>?,
        options: BulkOptions = BulkOptions(),
        isolation: isolated (any Actor)? = #isolation,
        _ report: (BulkResult<Row>) async throws -> Void
    ) async throws -> BulkSummary {
        try await client.observing(as: CallName("bulk", in: source), causeOfPauses: .throttled) { call, watch in
            var feed = BulkFeed<Row>(options, recommended: client.signals.recommendedParallelism)
            var summary = BulkSummary()
            // A portion that is sent again is told as such.
            var watches: [Int: CallWatch] = [:]
            try await withThrowingTaskGroup(of: (number: Int, step: BulkStep<Row>).self) { group in
                while true {
                    switch feed.begin(at: client.context.now()) {
                    case .needsInput:
                        feed.take(try await next())
                    case .send(let portion):
                        let watch = watches[portion.number] ?? watch?.part()
                        watches[portion.number] = watch
                        group.addTask {
                            let operation = call.bulkStep(portion, in: source, options: options)
                            return (portion.number, try await client.run(operation, of: call, watch))
                        }
                    case .wait(let duration):
                        let pause = ODataOperation<Void>.sleep(duration) { .done(()) }
                        try await client.run(pause, of: call, watch)
                    case .waitForReply:
                        guard let (number, step) = try await group.next() else { continue }
                        if step.remaining == nil { watches[number] = nil }
                        for result in feed.finish(number, step, at: client.context.now()) {
                            summary.count(result.outcome)
                            try await report(result)
                        }
                    case .ended:
                        return
                    }
                }
            }
            return summary
        }
    }
}
