// Source: OData URL Conventions 4.01, sections 5.1.1.5 to 5.1.1.7 "String and Collection Functions".

extension FilterOperand where ColumnType: TextColumnType {
    /// Whether the text begins so.
    public func hasPrefix(_ prefix: String) -> Filter<Row> { condition("startswith", prefix.urlLiteral) }
    /// Whether the text begins as another one.
    public func hasPrefix(_ prefix: some FilterOperand<Row, ColumnType>) -> Filter<Row> {
        condition("startswith", prefix.expressionText)
    }
    /// Whether the text ends so.
    public func hasSuffix(_ suffix: String) -> Filter<Row> { condition("endswith", suffix.urlLiteral) }
    /// Whether the text ends as another one.
    public func hasSuffix(_ suffix: some FilterOperand<Row, ColumnType>) -> Filter<Row> {
        condition("endswith", suffix.expressionText)
    }
    /// Whether the text has this in it.
    public func contains(_ text: String) -> Filter<Row> { condition("contains", text.urlLiteral) }
    /// Whether the text has another one in it.
    public func contains(_ text: some FilterOperand<Row, ColumnType>) -> Filter<Row> {
        condition("contains", text.expressionText)
    }
    /// Whether the text matches a regular expression, as ECMAScript has them. Dataverse does not support it.
    public func matches(pattern: String) -> Filter<Row> { condition("matchesPattern", pattern.urlLiteral) }

    /// Whether the text matches a pattern of SQL's `LIKE` with `%` at its beginning, at its end, at both or nowhere.
    ///
    /// - Parameter pattern: `Con%`, `%oso`, `%tos%` or `Contoso`.
    /// - Throws: `DataverseError` of kind `DataverseError.Kind.invalidRequest` for a `%` at another place, which
    ///   OData has no function for.
    public func like(_ pattern: String) throws -> Filter<Row> {
        let isOpenAtStart = pattern.hasPrefix("%")
        let isOpenAtEnd = pattern.hasSuffix("%")
        var text = Substring(pattern)
        while text.hasPrefix("%") { text.removeFirst() }
        while text.hasSuffix("%") { text.removeLast() }
        guard !text.contains("%") else {
            throw DataverseError(
                .invalidRequest,
                """
                OData has no function for the pattern “\(pattern)”. Use `%` only at its beginning and its end, \
                or ask with FetchXML or SQL.
                """
            )
        }
        let literal = String(text).urlLiteral
        return switch (isOpenAtStart, isOpenAtEnd) {
        case (false, true): condition("startswith", literal)
        case (true, false): condition("endswith", literal)
        case (true, true): condition("contains", literal)
        case (false, false): Filter(term: "\(expressionText) eq \(literal)")
        }
    }

    /// Whether the text does not match a pattern; the same as `!like(pattern)`.
    public func notLike(_ pattern: String) throws -> Filter<Row> { !(try like(pattern)) }

    /// The text in lower case.
    public var lowercased: FilterExpression<Row, String> { call("tolower") }
    /// The text in upper case.
    public var uppercased: FilterExpression<Row, String> { call("toupper") }
    /// The text without white space around it.
    public var trimmed: FilterExpression<Row, String> { call("trim") }
    /// The number of characters.
    public var count: FilterExpression<Row, Int> { call("length") }

    /// Where some text begins, counted from 0; -1 where it is not there.
    public func index(of text: String) -> FilterExpression<Row, Int> { call("indexof", text.urlLiteral) }

    /// A part of the text.
    ///
    /// - Parameters:
    ///   - start: the place of the first character, counted from 0.
    ///   - length: the number of characters; all the rest if it is left out.
    public func substring(from start: Int, length: Int? = nil) -> FilterExpression<Row, String> {
        if let length { call("substring", String(start), String(length)) } else { call("substring", String(start)) }
    }

    /// The text with some more behind it: `$0.firstname.appending(" ").appending($0.lastname)`.
    public func appending(_ text: String) -> FilterExpression<Row, String> { call("concat", text.urlLiteral) }

    /// The text with another one behind it.
    public func appending(_ text: some FilterOperand<Row, String>) -> FilterExpression<Row, String> {
        call("concat", text.expressionText)
    }
}
