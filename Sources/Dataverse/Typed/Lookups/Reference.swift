/// A reference to a row of one table: what lookups are read as and set with.
public struct Reference<Target: ODataRow>: Sendable {
    /// The primary key of the row.
    public let id: Target.PrimaryKey
    /// The entity set of the row; `nil` where neither the metadata nor the service says.
    public let entitySetName: String?
    /// The name of the table, where the service said it.
    public let table: String?
    /// The text that the service shows for the row, where it was asked for.
    public let name: String?

    /// A reference to the row with this key.
    public init(_ id: Target.PrimaryKey) {
        self.init(id, entitySetName: Target.entitySchema?.entitySetName, table: nil, name: nil)
    }

    /// A reference to the row with this key in an entity set.
    ///
    /// - Parameters:
    ///   - id: the primary key.
    ///   - entitySetName: the entity set that has the row.
    ///   - table: the name of the table.
    ///   - name: the text to show for the row.
    public init(_ id: Target.PrimaryKey, entitySetName: String?, table: String? = nil, name: String? = nil) {
        self.id = id
        self.entitySetName = entitySetName
        self.table = table
        self.name = name
    }

    /// Reads the URL of a row, such as `/accounts(5a1b…)`.
    init?(url: String) {
        guard let (entitySetName, literals) = RowURL.parts(of: url),
            let id = Target.PrimaryKey(literals: literals, key: Target.entitySchema?.key ?? [])
        else { return nil }
        self.init(id, entitySetName: entitySetName)
    }

    /// The same row as a reference to a more general table, such as an owner that is a user.
    public func generalized<General: ODataRow>(
        as table: General.Type = General.self
    ) -> Reference<General> where General.PrimaryKey == Target.PrimaryKey {
        Reference<General>(id, entitySetName: entitySetName, table: self.table, name: name)
    }

    /// What `@odata.bind` sends: the URL of the row, relative to the service.
    var bindingURL: String {
        "/\(entitySetName ?? Target.entitySchema?.logicalName ?? "")\(id.keyPredicate().urlText)"
    }
}

extension Reference: Hashable {
    /// References are equal when they are to the same row, whatever else is known about it.
    public static func == (left: Self, right: Self) -> Bool {
        left.id == right.id && left.entitySetName == right.entitySetName
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(id)
        hasher.combine(entitySetName)
    }
}

extension Reference: ColumnValue {
    public init(json: Value) throws(ColumnValueError) {
        guard let id = Target.PrimaryKey(record: ["id": json], key: ["id"]) else {
            throw ColumnValueError(expected: "the key of a row", found: json)
        }
        self.init(id)
    }

    public var json: Value { .string(bindingURL) }

    /// A filter compares the key.
    public var urlLiteral: String { (id as? any ColumnValue)?.urlLiteral ?? id.keyPredicate().urlText }
}

extension Reference where Target.PrimaryKey == UUID {
    /// The row that a reference by name is to.
    public init(_ reference: EntityReference) {
        self.init(
            reference.id,
            entitySetName: reference.entitySetName ?? Target.entitySchema?.entitySetName,
            table: reference.table,
            name: reference.name
        )
    }
}

/// A reference to a row of some table that is known by name only.
public struct EntityReference: Sendable, Hashable {
    /// The primary key of the row.
    public let id: UUID
    /// The name of the table, where the service said it (ask for annotations).
    public let table: String?
    /// The text that the service shows for the row, where it was asked for.
    public let name: String?
    /// The entity set of the row, where it is known.
    public let entitySetName: String?

    /// - Parameters:
    ///   - id: the primary key of the row.
    ///   - table: the name of the table.
    ///   - name: the text to show for the row.
    ///   - entitySetName: the entity set of the row, to set a lookup to a table that the bindings do not name.
    public init(id: UUID, table: String? = nil, name: String? = nil, entitySetName: String? = nil) {
        self.id = id
        self.table = table
        self.name = name
        self.entitySetName = entitySetName
    }

    /// The row that a typed reference is to.
    public init<Target: ODataRow>(_ reference: Reference<Target>) where Target.PrimaryKey == UUID {
        let table = Target.entitySchema?.logicalName ?? ""
        self.init(
            id: reference.id,
            table: table.isEmpty ? reference.table : table,
            name: reference.name,
            entitySetName: reference.entitySetName
        )
    }
}
