import CSDL

/// What a column holds, and so how it is stored and compared.
enum ColumnType: Sendable, Hashable {
    /// Text, compared without regard to case.
    case string(maxLength: Int?)
    case boolean
    /// A whole number; the name is that of its Edm type.
    case integer(String, ClosedRange<Int64>)
    /// Exact, stored as text in plain notation.
    case decimal
    case double
    case single
    /// Stored as text in lower case.
    case guid
    /// Stored as `YYYY-MM-DD`.
    case date
    /// Stored as the number of 100-nanosecond ticks since 1970.
    case dateTimeOffset
    /// Stored as ticks since midnight.
    case timeOfDay
    /// Stored as ticks.
    case duration
    case binary
    /// Stored as the number that the members stand for.
    case enumeration(EnumerationSchema)
    /// Complex values, collections and shapes: stored as JSON, which can be read and written but not searched.
    case json(String)
    /// A media stream; it has no column in the table.
    case stream

    /// The name of the Edm type, for messages.
    var edmName: String {
        switch self {
        case .string: "Edm.String"
        case .boolean: "Edm.Boolean"
        case .integer(let name, _): name
        case .decimal: "Edm.Decimal"
        case .double: "Edm.Double"
        case .single: "Edm.Single"
        case .guid: "Edm.Guid"
        case .date: "Edm.Date"
        case .dateTimeOffset: "Edm.DateTimeOffset"
        case .timeOfDay: "Edm.TimeOfDay"
        case .duration: "Edm.Duration"
        case .binary: "Edm.Binary"
        case .enumeration(let schema): schema.typeName
        case .json(let name): name
        case .stream: "Edm.Stream"
        }
    }

    /// The type and collation of the column in SQLite.
    var sqlDeclaration: String {
        switch self {
        case .string: "TEXT COLLATE \(Collation.text)"
        case .decimal: "TEXT COLLATE \(Collation.decimal)"
        case .guid, .date, .json: "TEXT"
        case .boolean, .integer, .dateTimeOffset, .timeOfDay, .duration, .enumeration: "INTEGER"
        case .double, .single: "REAL"
        case .binary, .stream: "BLOB"
        }
    }
}

/// An enumeration type.
struct EnumerationSchema: Sendable, Hashable {
    struct Member: Sendable, Hashable {
        let name: String
        let value: Int64
    }

    let typeName: String
    let isFlags: Bool
    let members: [Member]

    init(typeName: String, isFlags: Bool, members: [Member]) {
        self.typeName = typeName
        self.isFlags = isFlags
        self.members = members
    }

    init(_ declared: SchemaIndex.Declared<EnumType>) {
        self.init(
            typeName: declared.qualifiedName,
            isFlags: declared.element.isFlags,
            members: declared.element.members.map { Member(name: $0.name, value: $0.value) }
        )
    }

    /// The number that member names or numbers stand for; `nil` if one is unknown.
    func value(of names: [some StringProtocol]) -> Int64? {
        var total: Int64 = 0
        for name in names {
            let trimmed = name.trimmingPrefix { $0 == " " }
            if let member = members.first(where: { $0.name == trimmed }) {
                total |= member.value
            } else if let number = Int64(trimmed) {
                total |= number
            } else {
                return nil
            }
        }
        return names.count == 1 || isFlags ? total : nil
    }

    /// The name of a value: a member, or the members of a flags value separated by commas, or the number.
    func name(of value: Int64) -> String {
        if let member = members.first(where: { $0.value == value }) { return member.name }
        guard isFlags else { return String(value) }
        var rest = value
        var names: [String] = []
        for member in members where member.value != 0 && rest & member.value == member.value {
            names.append(member.name)
            rest &= ~member.value
        }
        return rest == 0 && !names.isEmpty ? names.joined(separator: ",") : String(value)
    }
}

/// A column of a table.
struct ColumnSchema: Sendable, Hashable {
    init(name: String, type: ColumnType, isNullable: Bool, isReadOnly: Bool, role: Role) {
        self.name = name
        self.type = type
        self.isNullable = isNullable
        self.isReadOnly = isReadOnly
        self.role = role
        var json = JSONBuffer()
        json.name(name)
        jsonName = json.bytes
    }

    /// What the service itself does with a column.
    enum Role: Sendable, Hashable {
        case plain
        /// The value of a lookup: set through its navigation property.
        case lookup
        case versionNumber, createdOn, modifiedOn
        /// The user who created or changed the row, or owns it.
        case createdBy, modifiedBy, owner
        /// The user who did so on the other one's behalf.
        case createdOnBehalfBy, modifiedOnBehalfBy
        case owningBusinessUnit
        case state, status
        /// `fullname`, made of `firstname` and `lastname`.
        case fullName
        /// `x_base`: the value of the column `x` in the base currency.
        case baseAmount(of: String)
        case exchangeRate
        /// A file: the value is the identifier of what is stored.
        case file
        /// An image, which the row has in itself.
        case image
        /// What the service says of an image: `x_timestamp`, `x_url` and `xid` beside the column `x`.
        case imageDetail
    }

    /// What the names of the columns that describe an image add to its own name.
    static let imageDetails = ["id", "_timestamp", "_url"]

    let name: String
    /// The name as a member of JSON, with its quotes and colon.
    let jsonName: [UInt8]
    var type: ColumnType
    let isNullable: Bool
    /// Whether values that a client sends are ignored.
    var isReadOnly: Bool
    var role: Role
    /// Whether the column holds an amount of money.
    var isMoney = false
    /// Whether a new row needs a value.
    var isRequired = false
    /// The options, where they are known.
    var choices: ChoiceLabels?
    /// The numbers that are allowed, where a definition says so.
    var range: ClosedRange<Double>?
}

/// Names of columns that the emulator adds to every table, which no CSDL name can clash with.
enum HiddenColumn {
    /// The row's number in its table: the order of creation.
    static let row = "@row"
    /// The version behind the row's ETag.
    static let version = "@version"
    /// In a union of tables: the logical name of the table that a row is from.
    static let type = "@type"

    /// The column that says which table a polymorphic lookup refers to.
    static func targetType(of column: String) -> String { column + "@type" }

    /// The column of a lookup that has no `_x_value` property.
    static func key(of navigationProperty: String) -> String { navigationProperty + "@key" }
}

extension String {
    /// The name as an identifier of SQL.
    var sqlIdentifier: String {
        guard utf8.contains(UInt8(ascii: "\"")) else { return "\"\(self)\"" }
        return "\"" + split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
