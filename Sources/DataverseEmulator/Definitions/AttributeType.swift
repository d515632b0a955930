import ODataCore

/// The types of columns, as the metadata API names them.
enum AttributeType: String, CaseIterable {
    case string = "String"
    case memo = "Memo"
    case integer = "Integer"
    case bigInt = "BigInt"
    case boolean = "Boolean"
    case decimal = "Decimal"
    case double = "Double"
    case money = "Money"
    case dateTime = "DateTime"
    case picklist = "Picklist"
    case multiSelectPicklist = "MultiSelectPicklist"
    case state = "State"
    case status = "Status"
    case lookup = "Lookup"
    case owner = "Owner"
    case uniqueIdentifier = "UniqueIdentifier"
    case file = "File"
    case image = "Image"
    case virtual = "Virtual"

    /// The value of `AttributeType`: types that came later are virtual there.
    var code: String {
        switch self {
        case .multiSelectPicklist, .file, .image: "Virtual"
        case .uniqueIdentifier: "Uniqueidentifier"
        default: rawValue
        }
    }

    /// The value of `AttributeTypeName`.
    var typeName: String { (self == .uniqueIdentifier ? code : rawValue) + "Type" }

    var metadataType: String {
        switch self {
        case .virtual: "AttributeMetadata"
        case .owner: "LookupAttributeMetadata"
        default: rawValue + "AttributeMetadata"
        }
    }

    var hasOptions: Bool {
        switch self {
        case .picklist, .multiSelectPicklist, .state, .status, .boolean: true
        default: false
        }
    }

    /// Whether clients can create columns of the type by themselves, without a relationship.
    var canBeCreated: Bool {
        switch self {
        case .state, .status, .lookup, .owner, .uniqueIdentifier, .virtual: false
        default: true
        }
    }

    /// The type that a name such as `Microsoft.Dynamics.CRM.ComplexStringAttributeMetadata` means.
    init?(metadataType name: String) {
        guard var text = name.split(separator: ".").last?[...], text.hasSuffix("AttributeMetadata") else { return nil }
        text = text.dropLast("AttributeMetadata".count)
        if text.hasPrefix("Complex") { text = text.dropFirst("Complex".count) }
        self.init(rawValue: String(text))
    }

    /// What a column of the document is, as far as CSDL tells it.
    init(_ column: ColumnSchema, of table: TableSchema) {
        switch (column.role, column.type) {
        case (.state, _): self = .state
        case (.status, _): self = .status
        case (.owner, _): self = .owner
        case (.file, _): self = .file
        case (.image, _): self = .image
        case (_, .string(let length)):
            self = column.choices != nil ? .multiSelectPicklist : (length ?? 0) >= 2000 ? .memo : .string
        case (_, .boolean): self = .boolean
        case (_, .integer("Edm.Int64", _)): self = .bigInt
        case (_, .integer): self = column.choices != nil ? .picklist : .integer
        case (_, .decimal): self = column.isMoney ? .money : .decimal
        case (_, .double), (_, .single): self = .double
        case (_, .guid): self = table.lookups(using: column.name).isEmpty ? .uniqueIdentifier : .lookup
        case (_, .date), (_, .dateTimeOffset): self = .dateTime
        default: self = .virtual
        }
    }
}
