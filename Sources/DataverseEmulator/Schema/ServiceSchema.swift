import CSDL
import ODataCore

/// Everything that the emulator serves, made from the CSDL documents once.
struct ServiceSchema: Sendable {
    /// The tables by entity set.
    let tables: [String: TableSchema]
    /// The entity sets in the order of the document.
    let entitySetNames: [String]
    /// For each entity set, the lookups of other tables that can refer to its rows.
    let incomingLookups: [String: [IncomingLookup]]
    let index: SchemaIndex
    /// What was defined while the service ran.
    let definitions: DefinitionCatalog
    /// The CSDL document, with the definitions.
    let document: [UInt8]
    /// The operations that are bound, by their names without a namespace.
    let boundOperations: [String: [SchemaIndex.Declared<CSDL.Operation>]]
    /// The operations that can be called at the service's root, by the names of their imports.
    let importedOperations: [String: [CSDL.Operation]]
    let singletonNames: Set<String>
    let plans = PlanCache()
    private let setsByType: [String: String]
    private let setsByLogicalName: [String: String]

    /// A lookup seen from the table it refers to.
    struct IncomingLookup: Sendable {
        let table: String
        let lookup: LookupSchema
    }

    init(
        tables: [TableSchema],
        setsByType: [String: String],
        index: SchemaIndex,
        definitions: DefinitionCatalog,
        document: [UInt8]
    ) {
        self.definitions = definitions
        self.document = document
        self.tables = Dictionary(tables.map { ($0.entitySetName, $0) }, uniquingKeysWith: { first, _ in first })
        entitySetNames = tables.map(\.entitySetName)
        self.setsByType = setsByType
        self.index = index
        singletonNames = Set(index.singletons.map(\.element.name))
        boundOperations = Dictionary(grouping: index.operations.filter(\.element.isBound), by: \.element.name)
        let unbound = Dictionary(grouping: index.operations.filter { !$0.element.isBound }, by: \.qualifiedName)
        importedOperations = index.operationImports.reduce(into: [:]) { result, imported in
            let declared = unbound[index.canonicalName(imported.element.operation)] ?? []
            result[imported.element.name, default: []] += declared.map(\.element)
        }
        setsByLogicalName = Dictionary(
            tables.map { ($0.logicalName, $0.entitySetName) },
            uniquingKeysWith: { first, _ in first }
        )
        var incoming: [String: [IncomingLookup]] = [:]
        for table in tables {
            guard case .table = table.source else { continue }
            for name in table.lookupOrder {
                guard let lookup = table.lookups[name] else { continue }
                let entry = IncomingLookup(table: table.entitySetName, lookup: lookup)
                incoming[lookup.target, default: []].append(entry)
                if let target = self.tables[lookup.target], case .union(let members) = target.source {
                    for member in members where member != lookup.target { incoming[member, default: []].append(entry) }
                }
            }
        }
        incomingLookups = incoming
    }

    /// The table of an entity set.
    ///
    /// - Throws: ``ServiceError`` with status 404 if there is none.
    func table(_ entitySet: String) throws(ServiceError) -> TableSchema {
        guard let table = tables[entitySet] else { throw .segmentNotFound(entitySet) }
        return table
    }

    /// The table of a type, named with or without its namespace.
    func table(ofType name: String) -> TableSchema? {
        if let set = setsByType[index.canonicalName(name)] { return tables[set] }
        return setsByLogicalName[name].flatMap { tables[$0] }
    }

    /// What happens to rows when the row is deleted that their lookup refers to, where a definition says so.
    func deleteBehavior(of incoming: IncomingLookup) -> String? {
        guard let table = tables[incoming.table] else { return nil }
        let attribute = table.column(incoming.lookup.column).map(MetadataReader.logicalName)
        let definition = definitions.all(.relationship).first { definition in
            definition.record?.text("ReferencingEntity") == table.logicalName
                && definition.record?.text("ReferencingAttribute") == attribute
        }
        return definition?.record?["CascadeConfiguration"]?.objectValue?.text("Delete")
    }

    /// The tables that rows of a table can be in: itself, or the members of a union.
    func members(of table: TableSchema) -> [TableSchema] {
        guard case .union(let names) = table.source else { return [table] }
        return names.compactMap { tables[$0] }
    }
}
