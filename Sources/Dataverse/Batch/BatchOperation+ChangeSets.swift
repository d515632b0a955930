extension BatchOperation {
    /// Makes another output of this one: operations of several kinds fit in one array when they give the same.
    ///
    /// - Parameter transform: what becomes of the output.
    public func map<Other: Sendable>(_ transform: @escaping @Sendable (Output) -> Other) -> BatchOperation<Other> {
        BatchOperation<Other>(group: group) { read($0).map(transform) }
    }

    /// Does several things in one transaction, among the other operations of a batch: all of them, or none.
    ///
    /// Later operations of a change set refer to rows that it creates by their ``NewRow``.
    ///
    /// - Parameter operations: what to do; none of them may only read.
    public static func changeSet<Element>(_ operations: [BatchOperation<Element>]) -> Self where Output == [Element] {
        BatchOperation(group: BatchGroup(changeSet: operations.map(\.group))) { outcomes in
            var outcomes = BatchOutcomes(outcomes)
            return Result { () throws(DataverseError) in
                try operations.map { operation throws(DataverseError) in
                    try operation.read(outcomes.next(operation.group.steps.count)).get()
                }
            }
        }
    }
}
