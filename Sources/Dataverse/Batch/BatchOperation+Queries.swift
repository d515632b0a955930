import HTTPTypes

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

    /// Reads the rows on the first page of a SQL query.
    ///
    /// - Parameter query: one `SELECT` with named columns, in the subset that the service reads.
    public static func query(_ query: SQLQuery) -> Self where Output == Page<Record> {
        BatchOperation(request: { $0.requestForFirstPage(of: query) }, reader: .page())
    }

    /// Reads one page of a FetchXML query.
    ///
    /// - Parameter query: the query, or the one that the previous page gave.
    public static func query(_ query: FetchXML) -> Self where Output == FetchXMLPage {
        BatchOperation(
            request: { $0.requestForPage(of: query) },
            reader: ReplyReader { reply throws(DataverseError) in try reply.page(of: query) }
        )
    }

    /// Reads what a table is like; `nil` if there is none with this name.
    ///
    /// - Parameter name: the table's logical or schema name.
    public static func table(_ name: String) -> Self where Output == TableInfo? {
        BatchOperation(
            request: { .done(ServiceRequest(.get, $0.tableInfoTarget(of: name))) },
            reader: ReplyReader<Page<Record>>.page(of: Record.self).map { $0.rows.first.map(TableInfo.init(metadata:)) }
        )
    }

    /// Lists the tables of the environment, as far as they fit on one page.
    ///
    /// - Parameters:
    ///   - filter: an OData filter on the definitions.
    ///   - select: the properties of the definitions to read; all of them if there are none.
    public static func tables(filter: String? = nil, select: [String] = []) -> Self where Output == [TableInfo] {
        BatchOperation(
            request: { .done(ServiceRequest(.get, $0.tablesTarget(filter: filter, select: select))) },
            reader: ReplyReader<Page<Record>>.page(of: Record.self).map { $0.rows.map(TableInfo.init(metadata:)) }
        )
    }

    /// Sends any request below the service root; its body must be in memory.
    ///
    /// - Parameter request: what to send.
    public static func send(_ request: ServiceRequest) -> Self where Output == HTTPReply {
        BatchOperation(request: { _ in .done(request) }, reader: ReplyReader { $0 })
    }
}
