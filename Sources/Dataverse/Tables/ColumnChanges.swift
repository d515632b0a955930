/// What to change about a column that exists; what is `nil` stays as it is.
///
///     try client.tables.updateColumn("new_Comment", of: "new_Project", ColumnChanges(maxLength: 4000))
public struct ColumnChanges: Sendable, Hashable {
    /// The largest number of characters.
    public var maxLength: Int?
    /// The smallest number.
    public var minimum: Decimal?
    /// The largest number.
    public var maximum: Decimal?
    /// Digits after the point.
    public var precision: Int?
    /// What kind of text, number or time it is.
    public var format: ColumnFormat?
    /// Whether there must be a value.
    public var required: RequiredLevel?
    /// What people read; labels in other languages stay.
    public var displayName: LocalizedLabel?
    /// What the column is for; descriptions in other languages stay.
    public var description: LocalizedLabel?

    /// - Parameters:
    ///   - maxLength: the largest number of characters.
    ///   - minimum: the smallest number.
    ///   - maximum: the largest number.
    ///   - precision: digits after the point.
    ///   - format: what kind of text, number or time it is.
    ///   - required: whether there must be a value.
    ///   - displayName: what people read.
    ///   - description: what the column is for.
    public init(
        maxLength: Int? = nil,
        minimum: Decimal? = nil,
        maximum: Decimal? = nil,
        precision: Int? = nil,
        format: ColumnFormat? = nil,
        required: RequiredLevel? = nil,
        displayName: LocalizedLabel? = nil,
        description: LocalizedLabel? = nil
    ) {
        self.maxLength = maxLength
        self.minimum = minimum
        self.maximum = maximum
        self.precision = precision
        self.format = format
        self.required = required
        self.displayName = displayName
        self.description = description
    }

    var isEmpty: Bool { self == ColumnChanges() }
}
