/// What queries are built on: an entity set, a query of one, or a navigation property that is to be expanded.
///
/// Each call gives a new query and leaves the old one as it is.
public protocol QueryBuilding<QueriedRow> {
    /// The rows that are read.
    associatedtype QueriedRow: ODataRow
    /// What the calls give.
    associatedtype Built: QueryBuilding where Built.QueriedRow == QueriedRow
    /// The query with a change made to it.
    func building(_ change: (inout RowQuery<QueriedRow>) -> Void) -> Built
}

extension QueryBuilding {
    /// Only rows that meet a condition; with several calls, all conditions.
    ///
    /// - Parameter condition: gives the condition, in terms of the table's columns.
    public func `where`(_ condition: (QueriedRow.Columns) throws -> Filter<QueriedRow>) rethrows -> Built {
        let condition = try condition(QueriedRow.columns)
        return building { query in query.filter = query.filter.map { $0 && condition } ?? condition }
    }

    /// Only rows that meet a condition with a value, if there is a value: `.where(searchText) { $0.name.contains($1) }`.
    ///
    /// - Parameters:
    ///   - value: the value; `nil` leaves the query as it is.
    ///   - condition: gives the condition, in terms of the table's columns and the value.
    public func `where`<Known>(
        _ value: Known?,
        _ condition: (QueriedRow.Columns, Known) throws -> Filter<QueriedRow>
    ) rethrows -> Built {
        guard let value else { return building { _ in } }
        return try self.where { try condition($0, value) }
    }

    /// Only rows that meet a condition in OData's own words.
    ///
    /// - Parameter odata: a `$filter` expression, not percent-encoded.
    public func `where`(odata: String) -> Built { self.where { _ in Filter(odata: odata) } }

    /// Only these columns; with several calls, all that were named.
    ///
    /// - Parameter columns: gives the columns to read.
    public func select(_ columns: (QueriedRow.Columns) -> [any SelectableColumn<QueriedRow>]) -> Built {
        select(columns(QueriedRow.columns).map(\.columnName))
    }

    /// Only these columns; with several calls, all that were named: `.select(\.name, \.revenue)`.
    ///
    /// - Parameters:
    ///   - first: a column to read.
    ///   - others: more columns to read.
    public func select<First: SelectableColumn, each Other: SelectableColumn>(
        _ first: KeyPath<QueriedRow.Columns, First>,
        _ others: repeat KeyPath<QueriedRow.Columns, each Other>
    ) -> Built {
        var names: [String] = []
        names.reserveCapacity(8)
        names.append(QueriedRow.columns[keyPath: first].columnName)
        repeat names.append(QueriedRow.columns[keyPath: each others].columnName)
        return select(names)
    }

    /// Only the columns with these names.
    public func select(_ names: [String]) -> Built {
        building { query in query.selection += names.filter { !query.selection.contains($0) } }
    }

    /// In this order; with several calls, the earlier one comes first.
    ///
    /// - Parameter order: gives the order, in terms of the table's columns.
    public func orderBy(_ order: (QueriedRow.Columns) -> Ordering<QueriedRow>) -> Built {
        let terms = order(QueriedRow.columns).terms
        return building { $0.order += terms }
    }

    /// Together with the rows of a navigation property, which may be a query of its own:
    /// `.expand { $0.primarycontactid.select { [$0.fullname] } }`.
    ///
    /// - Parameter navigation: gives the navigation property.
    public func expand(_ navigation: (QueriedRow.Columns) -> some Expandable<QueriedRow>) -> Built {
        let term = navigation(QueriedRow.columns).expandTerm
        return building { $0.expansions.append(term) }
    }

    /// Together with the rows of a navigation property, in OData's own words.
    ///
    /// - Parameter odata: a term of `$expand`, not percent-encoded.
    public func expand(odata: String) -> Built { building { $0.expansions.append(odata) } }

    /// What transformations make of the rows, in OData's own words; see `group(by:)` for those with types.
    ///
    /// - Parameter odata: transformations of `$apply`, not percent-encoded.
    public func apply(odata: String) -> Built { building { $0.apply = odata } }

    /// At most so many rows.
    public func top(_ count: Int) -> Built { building { $0.top = count } }

    /// Without the first rows. Dataverse does not support it; page through the rows there.
    public func skip(_ count: Int) -> Built { building { $0.skip = count } }

    /// With the number of all rows that the filter lets through, see ``Page/totalCount``.
    public func withTotalCount() -> Built { building { $0.countsRows = true } }

    /// At most so many rows in a page.
    public func pageSize(_ count: Int) -> Built { building { $0.pageSize = count } }

    /// With annotations such as formatted values and the tables of lookups.
    ///
    /// - Parameter annotations: which ones; `*` for all.
    public func includeAnnotations(_ annotations: String = "*") -> Built { building { $0.annotations = annotations } }

    /// With the texts that the service shows for values: `account.formatted.revenue`.
    public func includeFormattedValues() -> Built {
        includeAnnotations("OData.Community.Display.V1.FormattedValue")
    }
}

extension QueryBuilding where QueriedRow.Columns == UntypedColumns<QueriedRow> {
    /// Only the columns with these names.
    public func select(_ names: String...) -> Built { select(names) }
}

extension RowQuery: QueryBuilding {
    public func building(_ change: (inout RowQuery<Row>) -> Void) -> RowQuery<Row> {
        var query = self
        change(&query)
        return query
    }
}
