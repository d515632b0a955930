extension BatchOperation {
    /// Makes another output of this one: operations of several kinds fit in one array when they give the same.
    ///
    /// - Parameter transform: what becomes of the output.
    public func map<Other: Sendable>(_ transform: @escaping @Sendable (Output) -> Other) -> BatchOperation<Other> {
        BatchOperation<Other>(group: group) { read($0).map(transform) }
    }

    /// Does several things in one transaction, among the other operations of a batch: all of them, or none.
    ///
    /// The position of an operation among those of all change sets, counted from 1, is its content identifier:
    /// later operations of the same change set name the row that it creates with it.
    ///
    /// - Parameter operations: what to do; none of them may only read.
    public static func changeSet<Element>(_ operations: [BatchOperation<Element>]) -> Self where Output == [Element] {
        let steps = operations.flatMap(\.group.steps)
        return BatchOperation(group: BatchGroup(steps: steps, isChangeSet: true)) { outcomes in
            var outcomes = BatchOutcomes(outcomes)
            return Result { () throws(DataverseError) in
                try operations.map { operation throws(DataverseError) in
                    try operation.read(outcomes.next(operation.group.steps.count)).get()
                }
            }
        }
    }
}
