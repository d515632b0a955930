/// A column to create: its name, its type and its constraints.
///
///     try client.tables.create(TableDefinition("new_Product", columns: [
///         .string("new_Title", maxLength: 100, required: .required),
///         .decimal("new_Price", in: 0...1_000_000, precision: 2),
///         .choice("new_Status", of: ProductStatus.self),
///     ]))
///
/// What is left out has the values that Microsoft's Python SDK gives it. The functions that make a column of each
/// type are below; a lookup is created together with its relationship, see ``OneToManyRelationship``.
public struct ColumnDefinition: Sendable, Hashable {
    /// The name with the publisher's prefix, such as `new_Title`; its lowercase form names the column in requests.
    public let schemaName: String
    /// What people read; the part of the name after the last underscore unless something else is said.
    public var displayName: LocalizedLabel?
    /// What the column is for.
    public var description: LocalizedLabel?
    /// Whether the column must have a value.
    public var required: RequiredLevel
    /// Further properties of the column's metadata, as the service names them; they win over all others.
    public var additionalMetadata: Record = [:]
    let type: ColumnType
}

/// What a column holds.
enum ColumnType: Sendable, Hashable {
    case string(maxLength: Int, format: ColumnFormat, autoNumberFormat: String?)
    case memo(maxLength: Int, format: ColumnFormat)
    case integer(ClosedRange<Int32>, format: ColumnFormat)
    case bigInteger
    case decimal(ClosedRange<Decimal>, precision: Int)
    case double(ClosedRange<Double>, precision: Int)
    case money(ClosedRange<Double>?, precision: Int?)
    case dateTime(format: ColumnFormat, behavior: DateTimeBehavior?)
    case boolean(trueLabel: LocalizedLabel, falseLabel: LocalizedLabel, defaultValue: Bool?)
    case choice(ChoiceOptions, defaultValue: Int?)
    case multipleChoice(ChoiceOptions)
    case file(maximumKilobytes: Int?)
    case image(maximumKilobytes: Int?, storesFullImage: Bool?)

    /// The name of the metadata type without `AttributeMetadata`.
    var metadataName: String {
        switch self {
        case .string: "String"
        case .memo: "Memo"
        case .integer: "Integer"
        case .bigInteger: "BigInt"
        case .decimal: "Decimal"
        case .double: "Double"
        case .money: "Money"
        case .dateTime: "DateTime"
        case .boolean: "Boolean"
        case .choice: "Picklist"
        case .multipleChoice: "MultiSelectPicklist"
        case .file: "File"
        case .image: "Image"
        }
    }

    var isChoice: Bool {
        switch self {
        case .choice, .multipleChoice, .boolean: true
        default: false
        }
    }

    /// Whether the action that creates tables can create the column too. It knows neither choices of several values
    /// nor references to choices of the environment.
    var canBeCreatedWithTable: Bool {
        switch self {
        case .multipleChoice, .choice(.global, _): false
        default: true
        }
    }
}
