/// What to read of an entity set: a value that a client runs.
///
/// Source: OData URL Conventions 4.01, section 5.1 "System Query Options".
public struct RowQuery<Row: ODataRow>: Sendable, Hashable {
    /// The names of the columns to read; all of them if empty.
    public var selection: [String] = []
    /// Which rows.
    public var filter: Filter<Row>?
    /// In which order, as terms of `$orderby`.
    public var order: [String] = []
    /// What to read together with each row, as terms of `$expand`.
    public var expansions: [String] = []
    /// What is done with the rows before anything else, as transformations of `$apply`.
    public var apply: String?
    /// How many rows at the most.
    public var top: Int?
    /// How many rows to leave out first. Dataverse does not support it.
    public var skip: Int?
    /// Whether to count all rows that the filter lets through.
    public var countsRows = false
    /// How many rows a page has at the most.
    public var pageSize: Int?
    /// Which annotations to send with the values, `*` for all.
    public var annotations: String?

    /// All rows, with all columns.
    public init() {}

    /// The query options, before percent encoding.
    var options: [(name: String, value: String)] {
        var options: [(name: String, value: String)] = []
        options.reserveCapacity(8)
        if let apply { options.append(("$apply", apply)) }
        if !selection.isEmpty { options.append(("$select", selection.joined(separator: ","))) }
        if let filter { options.append(("$filter", filter.text)) }
        if !order.isEmpty { options.append(("$orderby", order.joined(separator: ","))) }
        if !expansions.isEmpty { options.append(("$expand", expansions.joined(separator: ","))) }
        if let top { options.append(("$top", String(top))) }
        if let skip { options.append(("$skip", String(skip))) }
        if countsRows { options.append(("$count", "true")) }
        return options
    }
}

extension RowQuery {
    /// What of the query applies to one row that is read by its key.
    var forOneRow: RowQuery {
        var query = RowQuery()
        query.selection = selection
        query.expansions = expansions
        query.annotations = annotations
        return query
    }

    /// What of the query matters to know whether there is a row: only the key is read.
    var forExistence: RowQuery {
        var query = RowQuery()
        query.filter = filter
        query.skip = skip
        query.apply = apply
        if let key = Row.entitySchema?.key, apply == nil { query.selection = key.filter { !$0.contains("/") } }
        return query
    }
}
