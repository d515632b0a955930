// Query functions of Dataverse for lookups and keys: the caller and what belongs to the caller, and hierarchies.
//
// Source: Dataverse Web API, "Query functions".

extension FilterOperand where Self: SelectableColumn, ColumnType: IdentifierColumnType {
    /// Whether it is the caller (`EqualUserId`).
    public var isCurrentUser: Filter<Row> { queryFunction("EqualUserId") }
    /// Whether it is another user than the caller (`NotEqualUserId`).
    public var isNotCurrentUser: Filter<Row> { queryFunction("NotEqualUserId") }
    /// Whether it is a team of the caller (`EqualUserTeams`).
    public var isTeamOfCurrentUser: Filter<Row> { queryFunction("EqualUserTeams") }
    /// Whether it is the caller or a team of the caller (`EqualUserOrUserTeams`).
    public var isCurrentUserOrTeam: Filter<Row> { queryFunction("EqualUserOrUserTeams") }
    /// Whether it is the caller or someone below the caller in the hierarchy (`EqualUserOrUserHierarchy`).
    public var isCurrentUserOrSubordinate: Filter<Row> { queryFunction("EqualUserOrUserHierarchy") }
    /// Whether it is the caller, someone below, or a team of one of them (`EqualUserOrUserHierarchyAndTeams`).
    public var isCurrentUserOrSubordinateOrTeam: Filter<Row> { queryFunction("EqualUserOrUserHierarchyAndTeams") }
    /// Whether it is the business unit of the caller (`EqualBusinessId`).
    public var isCurrentBusinessUnit: Filter<Row> { queryFunction("EqualBusinessId") }
    /// Whether it is another business unit than the caller's (`NotEqualBusinessId`).
    public var isNotCurrentBusinessUnit: Filter<Row> { queryFunction("NotEqualBusinessId") }
    /// Whether it is the business unit of the caller's role (`EqualRoleBusinessId`).
    public var isRoleBusinessUnit: Filter<Row> { queryFunction("EqualRoleBusinessId") }
    /// Whether the row is above another one in the hierarchy (`Above`).
    public func isAbove(_ row: ColumnType) -> Filter<Row> { queryFunction("Above", .text(row.queryFunctionText)) }
    /// Whether the row is above another one in the hierarchy, or that one (`AboveOrEqual`).
    public func isAboveOrEqual(_ row: ColumnType) -> Filter<Row> {
        queryFunction("AboveOrEqual", .text(row.queryFunctionText))
    }
    /// Whether the row is below another one in the hierarchy (`Under`).
    public func isUnder(_ row: ColumnType) -> Filter<Row> { queryFunction("Under", .text(row.queryFunctionText)) }
    /// Whether the row is below another one in the hierarchy, or that one (`UnderOrEqual`).
    public func isUnderOrEqual(_ row: ColumnType) -> Filter<Row> {
        queryFunction("UnderOrEqual", .text(row.queryFunctionText))
    }
    /// Whether the row is not below another one in the hierarchy (`NotUnder`).
    public func isNotUnder(_ row: ColumnType) -> Filter<Row> { queryFunction("NotUnder", .text(row.queryFunctionText)) }
}
