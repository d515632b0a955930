import HTTPTypes

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension CallContext {
    /// The outcomes of a batch, for operations to read their outputs from.
    func outcomes(of groups: [BatchGroup], continuesOnError: Bool) -> ODataOperation<BatchOutcomes> {
        batch(groups, continuesOnError: continuesOnError).map { BatchOutcomes($0[...], correlationID: correlationID) }
    }

    /// Prepares the requests of a batch, sends them as one, and gives the outcomes in order.
    func batch(_ groups: [BatchGroup], continuesOnError: Bool) -> ODataOperation<[BatchOutcome]> {
        prepare(steps(of: groups)[...], into: []).flatMap { prepared in
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

    /// The steps of a batch; those of change sets know the rows that are created before them.
    private func steps(of groups: [BatchGroup]) -> [BatchStep] {
        var position = 0
        return groups.flatMap { group -> [BatchStep] in
            guard group.isChangeSet else { return group.steps }
            var contentIDs: [UUID: Int] = [:]
            return zip(group.steps, group.createdRows).map { step, createdRow in
                position += 1
                defer { if let createdRow { contentIDs[createdRow] = position } }
                if contentIDs.isEmpty { return step }
                return { [contentIDs] call in
                    var call = call
                    call.contentIDs = contentIDs
                    return step(call)
                }
            }
        }
    }

    /// Content identifiers count the operations of all change sets of a batch, those with nothing to send included:
    /// operations refer to others by their positions.
    private func requests(of groups: [BatchGroup], prepared: ArraySlice<ServiceRequest?>) -> [BatchRequest] {
        var prepared = prepared
        var batch: [BatchRequest] = []
        var nextContentID = 1
        for group in groups {
            let requests = prepared.prefix(group.steps.count)
            prepared = prepared.dropFirst(group.steps.count)
            if !group.isChangeSet {
                batch += requests.compactMap { $0.map(BatchRequest.single) }
                continue
            }
            let members = zip(nextContentID..., requests).compactMap { id, request in request.map { (id, $0) } }
            nextContentID += requests.count
            if !members.isEmpty { batch.append(.changeSet(members.map(\.1), contentIDs: members.map(\.0))) }
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
    /// What later steps know the row by that a step creates; `nil` for steps whose rows nothing refers to.
    let createdRows: [UUID?]
    /// Whether all of them are done, or none.
    let isChangeSet: Bool

    /// One request by itself.
    init(_ step: @escaping BatchStep, creating row: UUID? = nil) {
        steps = [step]
        createdRows = [row]
        isChangeSet = false
    }

    /// The requests of several groups in one transaction.
    init(changeSet groups: [BatchGroup]) {
        steps = groups.flatMap(\.steps)
        createdRows = groups.flatMap(\.createdRows)
        isChangeSet = true
    }
}

/// The outcome of one request of a batch.
typealias BatchOutcome = Result<HTTPReply, DataverseError>

/// Hands out the outcomes of a batch in order.
struct BatchOutcomes: Sendable {
    private var remaining: ArraySlice<BatchOutcome>
    /// The identifier of the call that has sent the batch; `nil` within a change set.
    private let correlationID: UUID?

    init(_ outcomes: ArraySlice<BatchOutcome>, correlationID: UUID? = nil) {
        remaining = outcomes
        self.correlationID = correlationID
    }

    mutating func next() -> BatchOutcome {
        remaining.popFirst() ?? .failure(DataverseError(.notRun, "The batch has no outcome for this operation."))
    }

    mutating func next(_ count: Int) -> ArraySlice<BatchOutcome> {
        guard count <= remaining.count else { return ArraySlice((0..<count).map { _ in next() }) }
        defer { remaining = remaining.dropFirst(count) }
        return remaining.prefix(count)
    }

    /// Reads the output of the next operation.
    mutating func read<Output>(_ operation: BatchOperation<Output>) -> Result<Output, DataverseError> {
        operation.read(next(operation.group.steps.count)).mapError { error in
            var error = error
            if error.correlationID == nil { error.correlationID = correlationID }
            return error
        }
    }
}
