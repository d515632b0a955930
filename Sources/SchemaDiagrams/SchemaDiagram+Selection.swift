import BindingsGenerator
import CSDL

extension SchemaDiagram {
    /// Draws the selected tables.
    ///
    /// A table that inherits from another one that is drawn shows only what it adds. Abstract types without key and
    /// columns, such as Dataverse's `crmbaseentity`, are left out.
    ///
    /// - Parameters:
    ///   - selection: The tables.
    ///   - columns: Which columns are drawn.
    public init(_ selection: SelectedTables, columns: Columns) {
        let drawn = DrawnTables(selection)
        var relations = RelationBuilder(drawn)
        relations.addReferences()
        relations.addCollections()
        relations.addInheritance()
        self.init(
            tables: drawn.tables.map { table in
                Table(
                    id: table.type.qualifiedName,
                    name: drawn.name(of: table),
                    columns: SchemaDiagram.columns(of: table, drawn, columns)
                )
            },
            relations: relations.sorted
        )
    }

    private static func columns(
        of table: SelectedTables.Table,
        _ drawn: DrawnTables,
        _ columns: Columns
    ) -> [Column] {
        guard columns != .none else { return [] }
        let keys = Set(table.key)
        let alternateKeys = Set(table.alternateKeys.joined())
        let lookups = Set(
            table.navigationProperties.flatMap { $0.property.referentialConstraints.map(\.property) }
        )
        return drawn.ownProperties(of: table).compactMap { property in
            var roles: [Column.Role] = []
            if keys.contains(property.name) { roles.append(.key) }
            if lookups.contains(property.name) { roles.append(.lookup) }
            if alternateKeys.contains(property.name) { roles.append(.alternateKey) }
            guard columns == .all || !roles.isEmpty else { return nil }
            let type = property.type.name.split(separator: ".").last.map(String.init) ?? property.type.name
            return Column(name: property.name, type: property.type.isCollection ? type + "[]" : type, roles: roles)
        }
    }
}

/// The selected tables that are drawn, and what each of them adds to those that it inherits from.
struct DrawnTables {
    let index: SchemaIndex
    let tables: [SelectedTables.Table]
    private let byName: [String: SelectedTables.Table]
    private let duplicatedNames: Set<String>

    init(_ selection: SelectedTables) {
        index = selection.index
        tables = selection.tables.filter { table in
            let isEmpty = table.key.isEmpty && table.properties.isEmpty && table.navigationProperties.isEmpty
            return !(table.type.element.isAbstract && isEmpty)
        }
        byName = Dictionary(tables.map { ($0.type.qualifiedName, $0) }) { first, _ in first }
        var seen: Set<String> = []
        duplicatedNames = Set(tables.map(\.type.element.name).filter { !seen.insert($0).inserted })
    }

    /// The name of a table, with its namespace where two have the same.
    func name(of table: SelectedTables.Table) -> String {
        duplicatedNames.contains(table.type.element.name) ? table.type.qualifiedName : table.type.element.name
    }

    /// The table that is drawn and that a table inherits from first.
    func base(of table: SelectedTables.Table) -> SelectedTables.Table? {
        index.lineage(of: table.type).dropLast().last { byName[$0.qualifiedName] != nil }
            .flatMap { byName[$0.qualifiedName] }
    }

    func ownProperties(of table: SelectedTables.Table) -> [Property] {
        let inherited = Set(base(of: table)?.properties ?? [])
        return table.properties.filter { !inherited.contains($0) }.map(\.property)
    }

    func ownNavigationProperties(of table: SelectedTables.Table) -> [SelectedTables.Member<NavigationProperty>] {
        let inherited = Set(base(of: table)?.navigationProperties ?? [])
        return table.navigationProperties.filter { !inherited.contains($0) }
    }

    /// The drawn tables that a type stands for: its own, or those that inherit from it.
    func targets(of typeName: String) -> [SelectedTables.Table] {
        guard let type = index.entityType(named: typeName) else { return [] }
        var found: [String: SelectedTables.Table] = [:]
        var pending = [type]
        var visited: Set<String> = []
        while let next = pending.popLast() {
            guard visited.insert(next.qualifiedName).inserted else { continue }
            if let table = byName[next.qualifiedName] {
                found[next.qualifiedName] = table
            } else {
                pending += index.directSubtypes(of: next)
            }
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The navigation property that leads back, with the type that declares it.
    func partner(of property: NavigationProperty) -> SelectedTables.Member<NavigationProperty>? {
        guard let name = property.partner?.split(separator: "/").last,
            let type = index.entityType(named: property.type.name)
        else { return nil }
        for ancestor in index.lineage(of: type).reversed() {
            if let partner = ancestor.element.navigationProperties.first(where: { $0.name == name }) {
                return SelectedTables.Member(property: partner, declaringType: ancestor.qualifiedName)
            }
        }
        return nil
    }
}
