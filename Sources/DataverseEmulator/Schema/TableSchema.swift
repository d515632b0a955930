/// A single-valued navigation property.
struct LookupSchema: Sendable, Hashable {
    let navigationProperty: String
    /// The column that holds the key of the row referred to.
    let column: String
    /// The column that says which table that row is in; `nil` where it can only be one.
    let typeColumn: String?
    /// The entity set of the target.
    let target: String
    /// The column of the target that ``column`` holds a value of.
    let referencedColumn: String
}

/// A collection-valued navigation property.
struct CollectionSchema: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        /// The rows whose lookup refers here.
        case oneToMany(LookupSchema)
        /// The rows that a table of pairs links.
        case manyToMany(LinkSchema)
    }

    let navigationProperty: String
    /// The entity set of the target.
    let target: String
    let kind: Kind
}

/// The table of pairs behind a many-to-many relationship.
struct LinkSchema: Sendable, Hashable {
    let table: String
    /// The column with this side's keys, and the one with the other side's.
    let ownColumn: String
    let otherColumn: String
    let ownKey: String
    let otherKey: String
}

/// A table: what an entity set holds.
final class TableSchema: Sendable {
    /// Where the rows are.
    enum Source: Sendable {
        /// In a table of SQLite.
        case table
        /// In the tables of other entity sets, whose types derive from this one.
        case union([String])
    }

    let entitySetName: String
    /// The unqualified name of the type.
    let logicalName: String
    /// The name of the type, qualified with its namespace.
    let typeName: String
    let key: [String]
    let columns: [ColumnSchema]
    let lookups: [String: LookupSchema]
    let lookupOrder: [String]
    let collections: [String: CollectionSchema]
    let alternateKeys: [[String]]
    let primaryNameColumn: String?
    /// A column that mirrors the key: `systemuserid` beside `ownerid`.
    let keyMirror: String?
    let source: Source
    /// The columns that a new row needs values for.
    let requiredColumns: [String]
    let hasImages: Bool
    private let columnPlaces: [String: Int]

    init(
        entitySetName: String,
        logicalName: String,
        typeName: String,
        key: [String],
        columns: [ColumnSchema],
        lookups: [LookupSchema] = [],
        collections: [CollectionSchema] = [],
        alternateKeys: [[String]] = [],
        primaryName: String? = nil,
        source: Source = .table
    ) {
        self.entitySetName = entitySetName
        self.logicalName = logicalName
        self.typeName = typeName
        self.key = key
        self.columns = columns
        self.lookups = Dictionary(lookups.map { ($0.navigationProperty, $0) }, uniquingKeysWith: { first, _ in first })
        lookupOrder = lookups.map(\.navigationProperty)
        self.collections = Dictionary(
            collections.map { ($0.navigationProperty, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        self.alternateKeys = alternateKeys
        self.source = source
        requiredColumns = columns.filter(\.isRequired).map(\.name)
        hasImages = columns.contains { $0.role == .image }
        columnPlaces = Dictionary(
            columns.enumerated().map { ($0.element.name, $0.offset) },
            uniquingKeysWith: { first, _ in first }
        )
        let mirror = logicalName + "id"
        keyMirror =
            key.count == 1 && key[0] != mirror && columns.contains { $0.name == mirror && $0.type == .guid }
            ? mirror : nil
        primaryNameColumn = primaryName ?? Self.primaryName(logicalName: logicalName, columns: columns)
    }

    func column(_ name: String) -> ColumnSchema? { columnPlaces[name].map { columns[$0] } }

    /// The lookups that keep their value in a column.
    func lookups(using column: String) -> [LookupSchema] {
        lookupOrder.compactMap { lookups[$0] }.filter { $0.column == column }
    }

    /// The columns that exist in SQLite beside those of the metadata.
    var hiddenLookupColumns: [(name: String, type: ColumnType)] {
        var result: [(String, ColumnType)] = []
        for name in lookupOrder {
            guard let lookup = lookups[name] else { continue }
            if column(lookup.column) == nil { result.append((lookup.column, .guid)) }
            if let type = lookup.typeColumn, !result.contains(where: { $0.0 == type }) { result.append((type, .guid)) }
        }
        return result
    }

    /// The column with a row's name, by Dataverse's habits, as CSDL does not say it.
    private static func primaryName(logicalName: String, columns: [ColumnSchema]) -> String? {
        var candidates = ["name", "fullname", "subject", "title", logicalName + "name"]
        if let underscore = logicalName.firstIndex(of: "_") {
            candidates.insert(logicalName[...underscore] + "name", at: 0)
        }
        func isText(_ column: ColumnSchema) -> Bool { if case .string = column.type { true } else { false } }
        for candidate in candidates {
            if let column = columns.first(where: { $0.name == candidate }), isText(column) { return candidate }
        }
        return columns.first { isText($0) && $0.name.hasSuffix("name") }?.name
    }
}
