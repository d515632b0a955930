import HTTPTypes

extension CallContext {
    /// Prepares the requests of a batch, sends them as one, and gives the outcomes in order.
    func batch(_ groups: [BatchGroup], continuesOnError: Bool) -> ODataOperation<[BatchOutcome]> {
        prepare(groups.flatMap(\.steps)[...], into: []).flatMap { prepared in
            let batch = requests(of: groups, prepared: prepared[...])
            return sendBatch(batch, continuesOnError: continuesOnError).map { results in
                var remaining = results[...]
                return prepared.map { request in
                    // What had nothing to send has succeeded.
                    guard request != nil else { return .success(HTTPReply(status: .noContent)) }
                    return remaining.popFirst() ?? .success(HTTPReply(status: .noContent))
                }
            }
        }
    }

    private func requests(of groups: [BatchGroup], prepared: ArraySlice<ServiceRequest?>) -> [BatchRequest] {
        var prepared = prepared
        var batch: [BatchRequest] = []
        // Content identifiers count through all change sets of a batch.
        var nextContentID = 1
        for group in groups {
            let requests = prepared.prefix(group.steps.count).compactMap(\.self)
            prepared = prepared.dropFirst(group.steps.count)
            if !group.isChangeSet {
                batch += requests.map { .single($0) }
            } else if !requests.isEmpty {
                batch.append(.changeSet(requests, firstContentID: nextContentID))
                nextContentID += requests.count
            }
        }
        return batch
    }

    private func prepare(
        _ steps: ArraySlice<BatchStep>,
        into prepared: [ServiceRequest?]
    ) -> ODataOperation<[ServiceRequest?]> {
        var remaining = steps
        var prepared = prepared
        // Most requests are ready at once; a call for each of a thousand would be too deep for a small stack.
        while let step = remaining.popFirst() {
            let request = step(self)
            guard case .done(let ready) = request else {
                return request.flatMap { [remaining, prepared] in prepare(remaining, into: prepared + [$0]) }
            }
            prepared.append(ready)
        }
        return .done(prepared)
    }
}

/// Gives the request of one operation of a batch; `nil` if there is nothing to send.
typealias BatchStep = @Sendable (CallContext) -> ODataOperation<ServiceRequest?>

/// Requests that belong together in a batch.
struct BatchGroup: Sendable {
    let steps: [BatchStep]
    /// Whether all of them are done, or none.
    let isChangeSet: Bool
}

/// The outcome of one request of a batch.
typealias BatchOutcome = Result<HTTPReply, DataverseError>

/// Hands out the outcomes of a batch in order.
struct BatchOutcomes: Sendable {
    private var remaining: ArraySlice<BatchOutcome>

    init(_ outcomes: [BatchOutcome]) { remaining = outcomes[...] }

    mutating func next() -> BatchOutcome {
        remaining.popFirst() ?? .failure(DataverseError(.notRun, "The batch has no outcome for this operation."))
    }

    mutating func next(_ count: Int) -> [BatchOutcome] { (0..<count).map { _ in next() } }
}
