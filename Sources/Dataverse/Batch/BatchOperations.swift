import HTTPTypes

extension CallContext {
    /// Prepares the requests of a batch, sends them as one, and gives the outcomes in order.
    func batch(
        _ steps: [BatchStep],
        asChangeSet: Bool,
        continuesOnError: Bool
    ) -> ODataOperation<[BatchOutcome]> {
        prepare(steps[...], into: []).flatMap { prepared in
            let requests = prepared.compactMap(\.self)
            let batch: [BatchRequest] =
                asChangeSet
                ? (requests.isEmpty ? [] : [.changeSet(requests, firstContentID: 1)])
                : requests.map { .single($0) }
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

/// The outcome of one request of a batch.
typealias BatchOutcome = Result<HTTPReply, DataverseError>

/// Hands out the outcomes of a batch in order.
struct BatchOutcomes: Sendable {
    private var remaining: ArraySlice<BatchOutcome>

    init(_ outcomes: [BatchOutcome]) { remaining = outcomes[...] }

    mutating func next() -> BatchOutcome {
        remaining.popFirst() ?? .failure(DataverseError(.notRun, "The batch has no outcome for this operation."))
    }
}
