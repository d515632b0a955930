import BindingsGenerator
import CSDL

/// Collects the relations between drawn tables, each once.
///
/// A relation has a navigation property on one side or on both. It is drawn from the side that has one row on the other
/// end, a lookup; from the side with a collection only where there is no lookup.
struct RelationBuilder {
    private typealias Relation = SchemaDiagram.Relation
    private typealias Member = SelectedTables.Member<NavigationProperty>

    /// A navigation property, by the type that declares it.
    private struct End: Hashable {
        let type: String
        let property: String

        init(_ member: Member) {
            type = member.declaringType
            property = member.property.name
        }
    }

    private let drawn: DrawnTables
    /// What has been drawn from the other side.
    private var covered: Set<End> = []
    private var relations: Set<SchemaDiagram.Relation> = []

    init(_ drawn: DrawnTables) {
        self.drawn = drawn
    }

    /// The relations in an order that does not depend on that of the document.
    var sorted: [SchemaDiagram.Relation] {
        relations.sorted { ($0.from, $0.name, $0.to) < ($1.from, $1.name, $1.to) }
    }

    /// Lookups and other references to one row.
    mutating func addReferences() {
        for table in drawn.tables {
            let references = drawn.ownNavigationProperties(of: table).filter { !$0.property.type.isCollection }
            let columns = references.compactMap { $0.property.referentialConstraints.first?.property }
            let shared = Set(Dictionary(grouping: columns) { $0 }.filter { $0.value.count > 1 }.keys)
            for reference in references where !covered.contains(End(reference)) {
                let property = reference.property
                let targets = drawn.targets(of: property.type.name)
                let partner = drawn.partner(of: property)
                let column = property.referentialConstraints.first?.property
                let isOneOfSeveral = targets.count > 1 || column.map(shared.contains) == true
                for target in targets {
                    add(
                        property,
                        from: table,
                        to: target,
                        kind: property.containsTarget ? .containment : isOneOfSeveral ? .oneOfSeveral : .reference,
                        fromCardinality: property.containsTarget
                            ? .exactlyOne : partner?.property.type.isCollection == false ? .zeroOrOne : .zeroOrMore,
                        toCardinality: isRequired(property, of: table) && !isOneOfSeveral ? .exactlyOne : .zeroOrOne
                    )
                }
                if !targets.isEmpty, let partner { covered.insert(End(partner)) }
            }
        }
    }

    /// Collections that no reference leads back from: there is none, or it is not known because the other table has its
    /// key alone. A lookup that the selection leaves out is not drawn from the other side either.
    mutating func addCollections() {
        for table in drawn.tables {
            for collection in drawn.ownNavigationProperties(of: table) {
                let property = collection.property
                guard property.type.isCollection, !covered.contains(End(collection)) else { continue }
                let partner = drawn.partner(of: property)
                let hasLookup = partner?.property.type.isCollection == false
                let targets = drawn.targets(of: property.type.name).filter { !hasLookup || $0.hasKeyAlone }
                for target in targets {
                    add(
                        property,
                        from: table,
                        to: target,
                        kind: property.containsTarget ? .containment : .reference,
                        fromCardinality: property.containsTarget
                            ? .exactlyOne : hasLookup ? .zeroOrOne : .zeroOrMore,
                        toCardinality: .zeroOrMore
                    )
                }
                if !targets.isEmpty, let partner { covered.insert(End(partner)) }
            }
        }
    }

    /// Tables that inherit from others that are drawn.
    mutating func addInheritance() {
        for table in drawn.tables {
            guard let base = drawn.base(of: table) else { continue }
            relations.insert(
                Relation(
                    from: table.type.qualifiedName,
                    to: base.type.qualifiedName,
                    name: "inherits",
                    kind: .inheritance,
                    fromCardinality: .zeroOrOne,
                    toCardinality: .exactlyOne
                )
            )
        }
    }

    private mutating func add(
        _ property: NavigationProperty,
        from table: SelectedTables.Table,
        to target: SelectedTables.Table,
        kind: SchemaDiagram.Relation.Kind,
        fromCardinality: SchemaDiagram.Cardinality,
        toCardinality: SchemaDiagram.Cardinality
    ) {
        relations.insert(
            Relation(
                from: table.type.qualifiedName,
                to: target.type.qualifiedName,
                name: property.name,
                kind: kind,
                fromCardinality: fromCardinality,
                toCardinality: toCardinality
            )
        )
    }

    /// Whether a row always has a row on the other end. Dataverse says so of every lookup, and contradicts itself with
    /// the column that holds its value, which may be null.
    private func isRequired(_ property: NavigationProperty, of table: SelectedTables.Table) -> Bool {
        guard !property.type.isNullable else { return false }
        let columns = property.referentialConstraints.map(\.property)
        return columns.allSatisfy { column in
            table.properties.contains { $0.property.name == column && !$0.property.type.isNullable }
        }
    }
}
