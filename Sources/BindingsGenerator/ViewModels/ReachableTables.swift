import CSDL

/// The tables whose rows can be had as an `EntitySet`: those with an entity set, and those that a collection of such a
/// table's rows leads to, such as contained ones, and so on.
struct ReachableTables: Sendable {
    private var names: Set<String> = []

    /// - Parameters:
    ///   - mapper: Says which tables have rows of their own type.
    ///   - operations: The bound operations: where only tables with an entity set have some, no collection is looked at.
    init(_ mapper: TypeMapper, operations: BoundOperations) {
        let index = mapper.schema.index
        let (withSet, withoutSet) = mapper.schema.entityTypes.partitioned {
            !index.entitySets(ofType: $0.qualifiedName).isEmpty
        }
        names = Set(withSet.map(\.qualifiedName))
        let isAsked = withoutSet.contains { type in
            index.lineage(of: type).contains { operations.ofTable[$0.qualifiedName] != nil }
        }
        guard isAsked else { return }
        var open = withSet
        while let type = open.popLast() {
            for target in ReachableTables.collections(of: type, mapper)
            where names.insert(target.qualifiedName).inserted {
                open.append(target)
            }
        }
    }

    /// Whether the rows of a table can be had, by its canonical name.
    func contains(_ name: String) -> Bool { names.contains(name) }

    /// The tables that the generated collections of a table lead to.
    private static func collections(
        of type: SchemaIndex.Declared<EntityType>,
        _ mapper: TypeMapper
    ) -> [SchemaIndex.Declared<EntityType>] {
        let schema = mapper.schema
        let lineage = schema.index.lineage(of: type)
        let properties =
            schema.columns.keepsAll(of: type.qualifiedName)
            ? lineage.flatMap(\.element.navigationProperties)
            : schema.members(of: type, lineage: lineage).navigationProperties().map(\.property)
        return properties.compactMap { property in
            guard property.type.isCollection, mapper.row(named: property.type.name) != nil else { return nil }
            return schema.index.entityType(named: property.type.name)
        }
    }
}

extension Array {
    /// The elements for which something is so, and the others.
    fileprivate func partitioned(by condition: (Element) -> Bool) -> (such: [Element], others: [Element]) {
        var such: [Element] = []
        var others: [Element] = []
        for element in self {
            if condition(element) { such.append(element) } else { others.append(element) }
        }
        return (such, others)
    }
}
