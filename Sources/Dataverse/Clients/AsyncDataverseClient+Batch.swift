// Many operations in one request. Sources: OData Protocol 4.0, section 11.7; Dataverse Web API, "Execute batch operations".
extension AsyncDataverseClient {
    /// Does several things in one request; each has its own outcome, typed by what was asked for.
    ///
    /// - Parameters:
    ///   - operations: what to do, at most 1,000.
    ///   - continuesOnError: whether operations after one that failed are done all the same.
    /// - Returns: one result for each operation, in order.
    public func batch<each Output: Sendable>(
        _ operations: repeat BatchOperation<each Output>,
        continuingOnError continuesOnError: Bool = false
    ) async throws -> (repeat Result<each Output, DataverseError>) {
        var outcomes = try await outcomes(of: (repeat each operations), asChangeSet: false, continuesOnError)
        return (repeat outcomes.read(each operations))
    }

    /// Does several things of the same kind in one request; each has its own outcome.
    ///
    /// - Parameters:
    ///   - operations: what to do, at most 1,000.
    ///   - continuesOnError: whether operations after one that failed are done all the same.
    /// - Returns: one result for each operation, in order.
    public func batch<Output>(
        _ operations: [BatchOperation<Output>],
        continuingOnError continuesOnError: Bool = false
    ) async throws -> [Result<Output, DataverseError>] {
        var outcomes = try await run(as: CallName("batch")) {
            $0.outcomes(of: operations.map(\.group), continuesOnError: continuesOnError)
        }
        return operations.map { outcomes.read($0) }
    }

    /// Does several things in one transaction: all of them, or none.
    ///
    /// - Parameter operations: what to do, at most 1,000; none of them may only read.
    /// - Returns: the outputs, in order.
    /// - Throws: the `DataverseError` of the operation that failed.
    public func changeSet<each Output: Sendable>(
        _ operations: repeat BatchOperation<each Output>
    ) async throws -> (repeat each Output) {
        var outcomes = try await outcomes(of: (repeat each operations), asChangeSet: true, false)
        return (repeat try outcomes.read(each operations).get())
    }

    private func outcomes<each Output: Sendable>(
        of operations: (repeat BatchOperation<each Output>),
        asChangeSet: Bool,
        _ continuesOnError: Bool
    ) async throws -> BatchOutcomes {
        var groups: [BatchGroup] = []
        repeat groups.append((each operations).group)
        if asChangeSet { groups = [BatchGroup(changeSet: groups)] }
        return try await run(as: CallName(asChangeSet ? "change set" : "batch")) { [groups] in
            $0.outcomes(of: groups, continuesOnError: continuesOnError)
        }
    }
}
