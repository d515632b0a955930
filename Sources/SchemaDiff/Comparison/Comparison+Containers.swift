import CSDL

extension ComparisonRun {
    /// A container with the schema that declares it.
    private struct DeclaredContainer {
        let container: EntityContainer
        let qualifiedName: String
        let namespace: String
    }

    mutating func compareContainers() {
        let (before, after) = (ComparisonRun.containers(old), ComparisonRun.containers(new))
        // The name of the only container is in no address: what it exposes is compared whatever it is called.
        if before.count == 1, after.count == 1, before[0].qualifiedName != after[0].qualifiedName {
            let site = Site(
                element: .named(.container, before[0].qualifiedName),
                old: before[0].container.position,
                new: after[0].container.position
            )
            change(
                .entityContainerRenamed,
                site,
                before[0].qualifiedName,
                after[0].qualifiedName,
                "the name of the entity container",
                nil
            )
            return compare(before[0], after[0])
        }
        let matching = NameMatching(before, after, name: \.qualifiedName)
        for place in matching.removed { remove(before[place]) }
        for place in matching.added { insert(after[place]) }
        for (oldPlace, newPlace) in matching.common { compare(before[oldPlace], after[newPlace]) }
    }

    private static func containers(_ version: SchemaVersion) -> [DeclaredContainer] {
        version.document.schemas.flatMap { schema in
            schema.entityContainers.map {
                DeclaredContainer(
                    container: $0,
                    qualifiedName: schema.qualifiedName($0.name),
                    namespace: schema.namespace
                )
            }
        }
    }

    private mutating func remove(_ declared: DeclaredContainer) {
        let container = declared.container
        let site = Site(
            element: .named(.container, declared.qualifiedName),
            old: container.position,
            new: schemaPosition(declared.namespace, in: new)
        )
        remove(.entityContainerRemoved, site, "EntityContainer", nil)
        for set in container.entitySets { remove(set, site, isImplied: true) }
        for singleton in container.singletons { remove(singleton, site, isImplied: true) }
        for imported in container.operationImports { remove(imported, site, isImplied: true) }
    }

    private mutating func insert(_ declared: DeclaredContainer) {
        let container = declared.container
        let site = Site(
            element: .named(.container, declared.qualifiedName),
            old: schemaPosition(declared.namespace, in: old),
            new: container.position
        )
        insert(.entityContainerAdded, site, "EntityContainer", nil)
        for set in container.entitySets { insert(set, site, isImplied: true) }
        for singleton in container.singletons { insert(singleton, site, isImplied: true) }
        for imported in container.operationImports { insert(imported, site, isImplied: true) }
    }

    private mutating func compare(_ left: DeclaredContainer, _ right: DeclaredContainer) {
        let (before, after) = (left.container, right.container)
        let site = Site(
            element: .named(.container, left.qualifiedName),
            old: before.position,
            new: after.position
        )
        /// What is new stands in the new container.
        let newSite = Site(element: .named(.container, right.qualifiedName), old: site.old, new: site.new)
        if !areSame(before.extends, after.extends) {
            change(
                .entityContainerExtendsChanged,
                site,
                before.extends.map(old.canonical),
                after.extends.map(new.canonical),
                "the extended container",
                nil
            )
        }
        let sets = NameMatching(before.entitySets, after.entitySets, name: \.name)
        for place in sets.removed { remove(before.entitySets[place], site, isImplied: false) }
        for place in sets.added { insert(after.entitySets[place], newSite, isImplied: false) }
        for pair in sets.common { compare(before.entitySets[pair.old], after.entitySets[pair.new], site) }

        let singletons = NameMatching(before.singletons, after.singletons, name: \.name)
        for place in singletons.removed { remove(before.singletons[place], site, isImplied: false) }
        for place in singletons.added { insert(after.singletons[place], newSite, isImplied: false) }
        for pair in singletons.common { compare(before.singletons[pair.old], after.singletons[pair.new], site) }

        let (oldImports, newImports) = (before.operationImports, after.operationImports)
        let imports = NameMatching(oldImports, newImports) { $0.kind.rawValue + $0.name }
        for place in imports.removed { remove(oldImports[place], site, isImplied: false) }
        for place in imports.added { insert(newImports[place], newSite, isImplied: false) }
        for pair in imports.common { compare(oldImports[pair.old], newImports[pair.new], site) }
        compareAnnotations(before.annotations, after.annotations, site)
    }
}
