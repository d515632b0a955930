// Portions of many changes. Sources: Dataverse, "Use bulk operation messages" and "Optimize performance for bulk
// operations".
extension CallContext {
    /// Sends a portion once, and tells what came of it; the operation itself does not fail.
    func bulkStep<Row: ODataRow>(
        _ portion: BulkPortion<Row>,
        in source: EntitySetSource,
        options: BulkOptions
    ) -> ODataOperation<BulkStep<Row>> {
        var portion = portion
        portion.attempts += 1
        let call = withoutRetries
        let step: ODataOperation<BulkStep<Row>> =
            switch portion.method {
            case .multiple: call.multipleStep(portion, in: source, options)
            case .batch: call.batchStep(portion, in: source, options)
            }
        return step.map { step in
            var step = step
            step.signal.recommended = service.signals.current.recommendedParallelism
            return step
        }
    }

    /// Sends a portion until each of its changes has an outcome.
    func bulk<Row: ODataRow>(
        _ portion: BulkPortion<Row>,
        in source: EntitySetSource,
        options: BulkOptions,
        after results: [BulkResult<Row>] = []
    ) -> ODataOperation<[BulkResult<Row>]> {
        bulkStep(portion, in: source, options: options).flatMap { step in
            let results = results + step.results
            guard let remaining = step.remaining else {
                return .done(results.sorted { $0.position < $1.position })
            }
            let again: @Sendable () -> ODataOperation<[BulkResult<Row>]> = {
                bulk(remaining, in: source, options: options, after: results)
            }
            guard let pause = step.signal.pause else { return again() }
            return .sleep(pause, then: again)
        }
    }

    private func multipleStep<Row: ODataRow>(
        _ portion: BulkPortion<Row>,
        in source: EntitySetSource,
        _ options: BulkOptions
    ) -> ODataOperation<BulkStep<Row>> {
        let writes = portion.writes.map(\.write)
        let ids: ODataOperation<[Row.PrimaryKey?]>
        switch portion.kind {
        case .create:
            let rows = writes.compactMap { write in if case .create(let row) = write { row } else { nil } }
            ids = createMany(rows, in: source).map { ids in ids.map(Optional.some) }
        case .update:
            let rows = writes.compactMap { write -> (id: Row.PrimaryKey, changes: Row)? in
                if case .update(let id, let row) = write { (id, row) } else { nil }
            }
            ids = updateMany(rows, in: source).map { rows.map { _ in nil } }
        case .upsert:
            let rows = writes.compactMap { write -> (key: RowKey<Row>, values: Row)? in
                if case .upsert(let key, let row) = write { (key, row) } else { nil }
            }
            ids = upsertMany(rows, in: source).map { rows.map { _ in nil } }
        case .delete:
            var portion = portion
            portion.method = .batch
            return batchStep(portion, in: source, options)
        }
        return ids.map { ids in
            BulkStep(
                results: zip(portion.writes, ids).map { BulkResult(position: $0.position, outcome: .done(id: $1)) }
            )
        }.recover { error in .done(step(after: error, of: portion, options)) }
    }

    private func batchStep<Row: ODataRow>(
        _ portion: BulkPortion<Row>,
        in source: EntitySetSource,
        _ options: BulkOptions
    ) -> ODataOperation<BulkStep<Row>> {
        let requests = portion.writes.map { request(for: $0.write, in: source) }
        return batch(requests.map { BatchGroup($0) }, continuesOnError: true).map { outcomes in
            var step = BulkStep<Row>()
            var again: [(position: Int, write: BulkWrite<Row>)] = []
            for (entry, outcome) in zip(portion.writes, outcomes) {
                switch result(of: entry.write, outcome) {
                case .success(let id):
                    step.results.append(BulkResult(position: entry.position, outcome: .done(id: id)))
                case .failure(let error)
                where error.kind == .notFound && portion.kind == .delete && portion.mayHaveBeenProcessed:
                    // An attempt whose reply was lost has deleted it.
                    step.results.append(BulkResult(position: entry.position, outcome: .done(id: nil)))
                case .failure(let error) where isRefusal(error) && portion.attempts < options.maximumAttempts:
                    again.append(entry)
                    step.signal.pause = max(step.signal.pause ?? .zero, pause(after: error, portion.attempts))
                case .failure(let error):
                    step.results.append(BulkResult(position: entry.position, outcome: .failed(error)))
                }
            }
            if !again.isEmpty {
                step.remaining = portion
                step.remaining?.writes = again
            }
            return step
        }.recover { error in .done(step(after: error, of: portion, options)) }
    }

    private func request<Row: ODataRow>(for write: BulkWrite<Row>, in source: EntitySetSource) -> BatchStep {
        switch write {
        case .create(let row): { $0.requestToCreate(row, in: source) }
        case .update(let id, let row): { $0.requestToUpdate(row, key: .id(id), ifMatch: .any, in: source) }
        case .upsert(let key, let row): { $0.requestToUpsert(row, key: key, in: source) }
        case .delete(let key): { $0.requestToDelete(key, ifMatch: nil, in: source) }
        }
    }

    private func result<Row: ODataRow>(
        of write: BulkWrite<Row>,
        _ outcome: BatchOutcome
    ) -> Result<Row.PrimaryKey?, DataverseError> {
        switch write {
        case .create: ReplyReader.key(of: Row.self).read(outcome).map(Optional.some)
        case .update, .upsert, .delete: outcome.map { _ in nil }
        }
    }

    /// What a failure of a whole portion means for its changes.
    private func step<Row: ODataRow>(
        after error: DataverseError,
        of portion: BulkPortion<Row>,
        _ options: BulkOptions
    ) -> BulkStep<Row> {
        let mayBeSentAgain = portion.attempts < options.maximumAttempts
        var step = BulkStep<Row>(remaining: portion)
        if isRefusal(error), mayBeSentAgain {
            step.signal.pause = pause(after: error, portion.attempts)
            return step
        }
        let isIdempotent = portion.kind != .create
        if error.isTransient, isIdempotent || !error.mayHaveBeenProcessed, mayBeSentAgain {
            step.signal.pause = pause(after: error, portion.attempts)
            step.remaining?.mayHaveBeenProcessed = portion.mayHaveBeenProcessed || error.mayHaveBeenProcessed
            return step
        }
        if portion.method == .multiple, isAboutData(error) {
            // One bad row has the whole portion refused: in a batch each row stands for itself.
            step.remaining?.method = .batch
            step.remaining?.attempts = 0
            return step
        }
        let isUnknown = error.mayHaveBeenProcessed
        step.remaining = nil
        step.results = portion.writes.map {
            BulkResult(position: $0.position, outcome: isUnknown ? .unknown(error) : .failed(error))
        }
        return step
    }

    /// Whether the service has refused to do anything at all, so that anything may be sent again.
    private func isRefusal(_ error: DataverseError) -> Bool { error.kind == .throttled || error.status == 503 }

    private func isAboutData(_ error: DataverseError) -> Bool {
        switch error.kind {
        case .invalidRequest: error.status != nil
        case .duplicate, .preconditionFailed, .notFound: true
        default: false
        }
    }

    private func pause(after error: DataverseError, _ attempts: Int) -> Duration {
        if let retryAfter = error.retryAfter { return retryAfter }
        let policy = service.configuration.retry
        return min(policy.baseDelay * (1 << min(attempts - 1, 20)), policy.maximumDelay)
    }
}
