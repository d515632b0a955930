/// A generated struct for the rows of a table.
///
/// Copies are cheap: a row is two references to its values and names, which are copied when one of the copies changes.
/// Two rows are equal when they have the same columns with the same values, in any order; which of them were changed
/// does not count, and the ETag and other annotations do. To know whether they are the same row, compare ``id``.
public protocol ODataEntity: ODataStructuredType, ODataRow, Identifiable where ID == PrimaryKey? {
    /// What the metadata says about the table.
    static var schema: EntitySchema { get }
}

extension ODataEntity {
    public static var entitySchema: EntitySchema? { schema }

    /// The primary key; `nil` for a row that has none yet. Setting it chooses the key of a row before it is created.
    public var id: PrimaryKey? {
        get { PrimaryKey(record: Self.schema.keyRecord(of: record), key: Self.schema.key) }
        set {
            let names = Self.schema.key
            guard names.count == 1 else { return }
            record.set((newValue as? any ColumnValue)?.json ?? .null, at: Self.schema.path(ofKey: names[0]))
        }
    }

    /// A reference to this row, to set lookups with; `nil` for a row that has no key yet.
    public var reference: Reference<Self>? { id.map { Reference($0) } }

    /// The version of the row, for optimistic concurrency.
    public var etag: String? { record.etag }
}

/// What the metadata says about a table.
public struct EntitySchema: Sendable, Hashable {
    /// The name of the table: the entity type without its namespace, such as `account`.
    public let logicalName: String
    /// The qualified name of the entity type, such as `Microsoft.Dynamics.CRM.account`.
    public let typeName: String
    /// The entity set with the rows, such as `accounts`; `nil` where there is none.
    public let entitySetName: String?
    /// The names of the key properties, as URLs have them.
    public let key: [String]
    /// Where a row has the key properties that are not members of it by their name: `Number` at `Address/Number`.
    public let keyPaths: [String: String]

    /// A description of a table, as generated code gives it.
    public init(
        logicalName: String,
        typeName: String,
        entitySetName: String?,
        key: [String],
        keyPaths: [String: String] = [:]
    ) {
        self.logicalName = logicalName
        self.typeName = typeName
        self.entitySetName = entitySetName
        self.key = key
        self.keyPaths = keyPaths
    }

    /// The segments of the path to a key property.
    func path(ofKey name: String) -> [String] {
        keyPaths[name].map { $0.split(separator: "/").map(String.init) } ?? [name]
    }

    /// The row with its key properties as members.
    func keyRecord(of row: Record) -> Record {
        guard !keyPaths.isEmpty else { return row }
        var keyRecord = Record()
        for name in key { keyRecord[name] = row.value(at: path(ofKey: name)) }
        return keyRecord
    }
}

extension Record {
    /// The member at a path through objects.
    fileprivate func value(at path: [String]) -> Value? {
        guard let first = path.first, let value = self[first] else { return nil }
        return path.count == 1 ? value : value.objectValue?.value(at: Array(path.dropFirst()))
    }

    fileprivate mutating func set(_ value: Value, at path: [String]) {
        guard let first = path.first else { return }
        guard path.count > 1 else { return self[first] = value }
        var inner = self[first]?.objectValue ?? Record()
        inner.set(value, at: Array(path.dropFirst()))
        self[first] = .object(inner)
    }
}
