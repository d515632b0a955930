// Query functions of Dataverse for columns of any type, and for text and whole numbers.
//
// Source: Dataverse Web API, "Query functions".

extension FilterOperand where Self: SelectableColumn {
    /// Whether the value is one of these, in a form that stays short for many (`In`).
    public func isOneOf(_ values: some Sequence<ColumnType>) -> Filter<Row> {
        queryFunction("In", .list(values.map(\.queryFunctionText)))
    }
    /// Whether the value is none of these (`NotIn`).
    public func isNoneOf(_ values: some Sequence<ColumnType>) -> Filter<Row> {
        queryFunction("NotIn", .list(values.map(\.queryFunctionText)))
    }
    /// Whether the value lies between two others, or is one of them (`Between`).
    public func isWithin(_ lower: ColumnType, _ upper: ColumnType) -> Filter<Row> {
        queryFunction("Between", .list([lower.queryFunctionText, upper.queryFunctionText]))
    }
    /// Whether the value lies outside of two others (`NotBetween`).
    public func isOutside(_ lower: ColumnType, _ upper: ColumnType) -> Filter<Row> {
        queryFunction("NotBetween", .list([lower.queryFunctionText, upper.queryFunctionText]))
    }
    /// Whether a column with several choices has these (`ContainValues`): `$0.interests.containsValues(.sailing)`.
    public func containsValues<Choice: ODataChoice>(_ choices: Choice...) -> Filter<Row>
    where ColumnType == ChoiceSet<Choice> {
        queryFunction("ContainValues", .list(choices.map { String($0.value) }))
    }
    /// Whether a column with several choices has none of these (`DoesNotContainValues`).
    public func doesNotContainValues<Choice: ODataChoice>(_ choices: Choice...) -> Filter<Row>
    where ColumnType == ChoiceSet<Choice> {
        queryFunction("DoesNotContainValues", .list(choices.map { String($0.value) }))
    }
    /// Whether a column with several choices has these, by their numbers (`ContainValues`).
    public func containsValues(_ values: Int...) -> Filter<Row> {
        queryFunction("ContainValues", .list(values.map(String.init)))
    }
    /// Whether a column with several choices has none of these, by their numbers (`DoesNotContainValues`).
    public func doesNotContainValues(_ values: Int...) -> Filter<Row> {
        queryFunction("DoesNotContainValues", .list(values.map(String.init)))
    }
}

extension FilterOperand where Self: SelectableColumn, ColumnType: TextColumnType {
    /// Whether some text is in a column with a full-text index (`Contains`).
    public func containsText(_ text: String) -> Filter<Row> { queryFunction("Contains", .text(text)) }
}

extension FilterOperand where Self: SelectableColumn, ColumnType: NumericColumnType {
    /// Whether the column has the number of the caller's language (`EqualUserLanguage`).
    public var isCurrentUserLanguage: Filter<Row> { queryFunction("EqualUserLanguage") }
}
