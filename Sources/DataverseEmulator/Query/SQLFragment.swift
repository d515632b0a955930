import GRDB

/// A piece of SQL and the values bound in it.
///
/// A fragment is written as a literal. What is interpolated is either another fragment, a value that is bound, or an
/// identifier that is quoted, so that text of a request can never become SQL.
///
/// ```swift
/// let condition: SQLFragment = "\(identifier: "name") = \(value: text.databaseValue)"
/// ```
struct SQLFragment: Sendable, ExpressibleByStringInterpolation {
    private(set) var sql: String
    private(set) var arguments: [DatabaseValue]

    init(stringLiteral value: StaticString) {
        sql = value.description
        arguments = []
    }

    init(stringInterpolation: StringInterpolation) {
        sql = stringInterpolation.sql
        arguments = stringInterpolation.arguments
    }

    private init(sql: String, arguments: [DatabaseValue]) {
        self.sql = sql
        self.arguments = arguments
    }

    /// What builds a fragment from a literal.
    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var sql = ""
        fileprivate var arguments: [DatabaseValue] = []

        init(literalCapacity: Int, interpolationCount: Int) { sql.reserveCapacity(literalCapacity * 2) }

        mutating func appendLiteral(_ literal: StaticString) { sql += literal.description }

        mutating func appendInterpolation(_ fragment: SQLFragment) {
            sql += fragment.sql
            arguments += fragment.arguments
        }

        mutating func appendInterpolation(value: DatabaseValue) {
            sql += "?"
            arguments.append(value)
        }

        mutating func appendInterpolation(identifier: String) { sql += identifier.sqlIdentifier }

        mutating func appendInterpolation(number: Int) { sql += String(number) }
    }

    /// A call of one of SQLite's functions or of ``SQLFunctions``.
    static func call(_ function: StaticString, _ arguments: [SQLFragment]) -> SQLFragment {
        "\(SQLFragment(stringLiteral: function))(\(list(arguments)))"
    }

    static func list(_ fragments: [SQLFragment], separator: StaticString = ", ") -> SQLFragment {
        SQLFragment(
            sql: fragments.map(\.sql).joined(separator: separator.description),
            arguments: fragments.flatMap(\.arguments)
        )
    }

    /// Operands joined by AND, or by OR, as a balanced tree, because SQLite bounds the depth of expressions.
    static func all(_ fragments: [SQLFragment]) -> SQLFragment {
        fragments.isEmpty ? "1" : balanced(fragments[...], by: " AND ")
    }

    static func any(_ fragments: [SQLFragment]) -> SQLFragment {
        fragments.isEmpty ? "0" : balanced(fragments[...], by: " OR ")
    }

    private static func balanced(_ fragments: ArraySlice<SQLFragment>, by word: StaticString) -> SQLFragment {
        if fragments.count == 1, let only = fragments.first { return only }
        if fragments.count <= 16 { return "(\(list(Array(fragments), separator: word)))" }
        let middle = fragments.startIndex + fragments.count / 2
        let (left, right) = (balanced(fragments[..<middle], by: word), balanced(fragments[middle...], by: word))
        return "(\(list([left, right], separator: word)))"
    }
}

/// An SQL expression and what its values are.
struct TypedSQL: Sendable {
    /// The kinds of values that comparisons and functions tell apart.
    enum Kind: Sendable, Hashable {
        case null, boolean, integer, decimal, double, string, guid, date, dateTimeOffset, timeOfDay, duration, binary
        case enumeration(EnumerationSchema)

        init?(_ type: ColumnType) {
            switch type {
            case .string: self = .string
            case .boolean: self = .boolean
            case .integer: self = .integer
            case .decimal: self = .decimal
            case .double, .single: self = .double
            case .guid: self = .guid
            case .date: self = .date
            case .dateTimeOffset: self = .dateTimeOffset
            case .timeOfDay: self = .timeOfDay
            case .duration: self = .duration
            case .binary: self = .binary
            case .enumeration(let schema): self = .enumeration(schema)
            case .json, .stream: return nil
            }
        }

        var edmName: String {
            switch self {
            case .null: "null"
            case .boolean: "Edm.Boolean"
            case .integer: "Edm.Int32"
            case .decimal: "Edm.Decimal"
            case .double: "Edm.Double"
            case .string: "Edm.String"
            case .guid: "Edm.Guid"
            case .date: "Edm.Date"
            case .dateTimeOffset: "Edm.DateTimeOffset"
            case .timeOfDay: "Edm.TimeOfDay"
            case .duration: "Edm.Duration"
            case .binary: "Edm.Binary"
            case .enumeration(let schema): schema.typeName
            }
        }

        var isNumber: Bool { self == .integer || self == .decimal || self == .double }
    }

    let fragment: SQLFragment
    let kind: Kind
    /// The literal that the expression is, for types that depend on the other operand.
    let text: String?

    init(_ fragment: SQLFragment, _ kind: Kind, text: String? = nil) {
        self.fragment = fragment
        self.kind = kind
        self.text = text
    }

    /// The expression with the collation of its kind, for comparing and ordering.
    var ordered: SQLFragment {
        switch kind {
        case .string: "\(fragment) COLLATE dataverse_text"
        case .decimal: "\(fragment) COLLATE dataverse_decimal"
        default: fragment
        }
    }
}
