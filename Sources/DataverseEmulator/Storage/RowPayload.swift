import GRDB
import ODataCore

/// The body of a create or an update, sorted by what is to be done with each member.
struct RowPayload {
    /// Columns and their new values.
    var columns: [(column: ColumnSchema, value: DatabaseValue)] = []
    /// Lookups to set, by the address of a row, or to clear.
    var links: [(lookup: LookupSchema, reference: String?)] = []
    /// New rows for lookups to refer to.
    var newTargets: [(lookup: LookupSchema, body: Record)] = []
    /// New rows for collections.
    var newMembers: [(collection: CollectionSchema, bodies: [Record])] = []
    /// Rows to add to collections, by their addresses.
    var newLinks: [(collection: CollectionSchema, references: [String])] = []

    /// - Throws: ``ServiceError`` with status 400 for a member that the table does not have, or a value of another type.
    init(_ body: Record, table: TableSchema) throws {
        for (name, value) in body.members {
            if let at = name.firstIndex(of: "@") {
                try addAnnotation(property: String(name[..<at]), term: String(name[at...]), value, table)
            } else if let column = table.column(name) {
                try add(value, for: column, table)
            } else if let lookup = table.lookups[name] {
                try add(value, for: lookup, table)
            } else if let collection = table.collections[name] {
                try add(value, for: collection, table)
            } else {
                throw ServiceError.invalidProperty(name, of: table)
            }
        }
    }

    func contains(_ column: String) -> Bool { columns.contains { $0.column.name == column } }

    private mutating func addAnnotation(
        property: String,
        term: String,
        _ value: Value,
        _ table: TableSchema
    ) throws {
        // Other annotations, such as formatted values, are what a client got from the service and sends back.
        guard term == "@odata.bind" else { return }
        if let lookup = table.lookups[property] {
            switch value {
            case .null: links.append((lookup, nil))
            case .string(let reference): links.append((lookup, reference))
            default: throw ServiceError.badPayload("'\(property)@odata.bind' must be the address of a row.")
            }
        } else if let collection = table.collections[property] {
            guard let references = value.arrayValue?.map(\.stringValue), !references.contains(nil) else {
                throw ServiceError.badPayload("'\(property)@odata.bind' must be an array of addresses.")
            }
            newLinks.append((collection, references.compactMap { $0 }))
        } else {
            throw ServiceError.badPayload(
                """
                An undeclared property '\(property)' which only has property annotations in the payload but no property \
                value was found in the payload. In OData, only declared navigation properties and declared named \
                streams can be represented as properties without values.
                """,
                table: table.entitySetName
            )
        }
    }

    private mutating func add(_ value: Value, for column: ColumnSchema, _ table: TableSchema) throws {
        if column.role == .lookup {
            throw ServiceError.badQuery(
                """
                CRM do not support direct update of Entity Reference properties, Use Navigation properties instead. \
                The property is '\(column.name)'.
                """
            )
        }
        if column.isReadOnly { return }
        columns.append((column, try Self.stored(value, for: column, table)))
    }

    /// The stored form of a value for a column.
    static func stored(_ value: Value, for column: ColumnSchema, _ table: TableSchema) throws -> DatabaseValue {
        guard column.type != .stream else {
            throw ServiceError.unsupported("writing the stream '\(column.name)'")
        }
        guard let stored = column.type.stored(value) else {
            throw ServiceError.badPayload(
                """
                Cannot convert the literal '\(JSONWriter.string(from: value).prefix(100))' to the expected type \
                '\(column.type.edmName)' of the property '\(column.name)'.
                """,
                table: table.entitySetName
            )
        }
        if stored.isNull, !column.isNullable {
            throw ServiceError.badPayload(
                "The property '\(column.name)' has a null value, which its type does not allow.",
                table: table.entitySetName
            )
        }
        if case .string(let limit?) = column.type, let text = String.fromDatabaseValue(stored), text.utf16.count > limit
        {
            throw ServiceError(
                status: 400,
                code: ServiceError.Code.tooLong,
                message: """
                    A validation error occurred. The length of the '\(column.name)' attribute of the \
                    '\(table.logicalName)' entity exceeded the maximum allowed length of '\(limit)'.
                    """
            )
        }
        try requireAllowed(stored, for: column, table)
        return stored
    }

    /// Refuses numbers outside of the column's range, and options that it does not have.
    private static func requireAllowed(
        _ stored: DatabaseValue,
        for column: ColumnSchema,
        _ table: TableSchema
    ) throws {
        var isAllowed = true
        var hint = ""
        if let choices = column.choices?.labels {
            let values: [Int64?] =
                switch stored.storage {
                case .int64(let number): [number]
                case .string(let text): text.split(separator: ",").map { Int64($0) }
                default: []
                }
            isAllowed = values.allSatisfy { $0.map { choices[$0] != nil } ?? false }
            hint = " Accepted Values: \(choices.keys.sorted().map(String.init).joined(separator: ","))"
        }
        if let range = column.range {
            let number: Double? =
                switch stored.storage {
                case .int64(let number): Double(number)
                case .double(let number): number
                case .string(let text): Double(text)
                default: nil
                }
            isAllowed = isAllowed && number.map(range.contains) ?? true
        }
        guard !isAllowed else { return }
        throw ServiceError(
            status: 400,
            code: ServiceError.Code.outOfRange,
            message: """
                A validation error occurred. The value \(JSONWriter.string(from: .string(stored.description))) of \
                '\(column.name)' on record of type '\(table.logicalName)' is outside the valid range.\(hint)
                """
        )
    }

    private mutating func add(_ value: Value, for lookup: LookupSchema, _ table: TableSchema) throws {
        switch value {
        case .null: links.append((lookup, nil))
        case .object(let body):
            if let reference = body["@odata.id"]?.stringValue {
                links.append((lookup, reference))
            } else {
                newTargets.append((lookup, body))
            }
        default:
            throw ServiceError.badPayload(
                "The value of the navigation property '\(lookup.navigationProperty)' must be an object or null.",
                table: table.entitySetName
            )
        }
    }

    private mutating func add(_ value: Value, for collection: CollectionSchema, _ table: TableSchema) throws {
        guard let bodies = value.arrayValue?.map(\.objectValue), !bodies.contains(nil) else {
            throw ServiceError.badPayload(
                "The value of the navigation property '\(collection.navigationProperty)' must be an array of objects.",
                table: table.entitySetName
            )
        }
        let members = bodies.compactMap { $0 }
        newLinks.append((collection, members.compactMap { $0["@odata.id"]?.stringValue }))
        newMembers.append((collection, members.filter { $0["@odata.id"] == nil }))
    }
}

extension Record {
    /// The members with their values.
    var members: [(name: String, value: Value)] { names.map { ($0, self[$0] ?? .null) } }
}
