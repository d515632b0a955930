import CSDL

/// The children of entity containers.
extension ComparisonRun {
    // MARK: Entity sets

    mutating func remove(_ set: EntitySet, _ owner: Site, isImplied: Bool) {
        remove(
            .entitySetRemoved,
            owner.member(.entitySet, set.name, old: set.position, new: nil),
            old.canonical(set.entityType),
            oldDefinition.text(set),
            isImplied: isImplied
        )
    }

    mutating func insert(_ set: EntitySet, _ owner: Site, isImplied: Bool) {
        insert(
            .entitySetAdded,
            owner.member(.entitySet, set.name, old: nil, new: set.position),
            new.canonical(set.entityType),
            newDefinition.text(set),
            isImplied: isImplied
        )
    }

    mutating func compare(_ before: EntitySet, _ after: EntitySet, _ owner: Site) {
        let site = owner.member(.entitySet, before.name, old: before.position, new: after.position)
        if !areSame(before.entityType, after.entityType) {
            change(
                .entitySetTypeChanged,
                site,
                old.canonical(before.entityType),
                new.canonical(after.entityType),
                "the entity type",
                (oldDefinition.text(before), newDefinition.text(after))
            )
        }
        compareFlag(
            before.includeInServiceDocument,
            after.includeInServiceDocument,
            .entitySetListed,
            .entitySetHidden,
            site
        ) { "the service document \($0 ? "lists it now" : "does not list it any more")" }
        compareBindings(before.navigationPropertyBindings, after.navigationPropertyBindings, site)
        compareAnnotations(before.annotations, after.annotations, site)
    }

    // MARK: Singletons

    mutating func remove(_ singleton: Singleton, _ owner: Site, isImplied: Bool) {
        remove(
            .singletonRemoved,
            owner.member(.singleton, singleton.name, old: singleton.position, new: nil),
            old.canonical(singleton.type),
            oldDefinition.text(singleton),
            isImplied: isImplied
        )
    }

    mutating func insert(_ singleton: Singleton, _ owner: Site, isImplied: Bool) {
        insert(
            .singletonAdded,
            owner.member(.singleton, singleton.name, old: nil, new: singleton.position),
            new.canonical(singleton.type),
            newDefinition.text(singleton),
            isImplied: isImplied
        )
    }

    mutating func compare(_ before: Singleton, _ after: Singleton, _ owner: Site) {
        let site = owner.member(.singleton, before.name, old: before.position, new: after.position)
        if !areSame(before.type, after.type) {
            change(
                .singletonTypeChanged,
                site,
                old.canonical(before.type),
                new.canonical(after.type),
                "the type",
                (oldDefinition.text(before), newDefinition.text(after))
            )
        }
        compareFlag(before.isNullable, after.isNullable, .singletonMadeOptional, .singletonMadeRequired, site) {
            "the singleton \($0 ? "may be absent now" : "is always there now")"
        }
        compareBindings(before.navigationPropertyBindings, after.navigationPropertyBindings, site)
        compareAnnotations(before.annotations, after.annotations, site)
    }

    // MARK: Imports

    private func kind(_ imported: OperationImport) -> SchemaElement.Kind {
        imported.kind == .action ? .actionImport : .functionImport
    }

    mutating func remove(_ imported: OperationImport, _ owner: Site, isImplied: Bool) {
        remove(
            imported.kind == .action ? .actionImportRemoved : .functionImportRemoved,
            owner.member(kind(imported), imported.name, old: imported.position, new: nil),
            old.canonical(imported.operation),
            oldDefinition.text(imported),
            isImplied: isImplied
        )
    }

    mutating func insert(_ imported: OperationImport, _ owner: Site, isImplied: Bool) {
        insert(
            imported.kind == .action ? .actionImportAdded : .functionImportAdded,
            owner.member(kind(imported), imported.name, old: nil, new: imported.position),
            new.canonical(imported.operation),
            newDefinition.text(imported),
            isImplied: isImplied
        )
    }

    mutating func compare(_ before: OperationImport, _ after: OperationImport, _ owner: Site) {
        let site = owner.member(kind(before), before.name, old: before.position, new: after.position)
        let definitions = (oldDefinition.text(before), newDefinition.text(after))
        if !areSame(before.operation, after.operation) {
            change(
                .operationImportTargetChanged,
                site,
                old.canonical(before.operation),
                new.canonical(after.operation),
                "the operation",
                definitions
            )
        }
        if before.entitySet != after.entitySet {
            change(
                .operationImportEntitySetChanged,
                site,
                before.entitySet,
                after.entitySet,
                "the entity set of the result",
                definitions
            )
        }
        compareFlag(
            before.includeInServiceDocument,
            after.includeInServiceDocument,
            .operationImportListed,
            .operationImportHidden,
            site
        ) { "the service document \($0 ? "lists it now" : "does not list it any more")" }
        compareAnnotations(before.annotations, after.annotations, site)
    }

    // MARK: Bindings

    private mutating func compareBindings(
        _ before: [NavigationPropertyBinding],
        _ after: [NavigationPropertyBinding],
        _ site: Site
    ) {
        if before.isEmpty && after.isEmpty { return }
        let (oldAliases, newAliases) = (old.aliases, new.aliases)
        let left = before.map { (CanonicalName.resolvePath($0.path, oldAliases), $0) }
        let right = after.map { (CanonicalName.resolvePath($0.path, newAliases), $0) }
        let matching = NameMatching(left, right, name: \.0)
        for place in matching.removed {
            let (path, binding) = left[place]
            add(
                .navigationBindingRemoved,
                Site(element: site.element, old: binding.position, new: site.new),
                Values(before: binding.target),
                "the binding of \(path.inQuotes) to \(binding.target.inQuotes) was removed",
                detail: "/" + path
            )
        }
        for place in matching.added {
            let (path, binding) = right[place]
            add(
                .navigationBindingAdded,
                Site(element: site.element, old: site.old, new: binding.position),
                Values(after: binding.target),
                "\(path.inQuotes) was bound to \(binding.target.inQuotes)",
                detail: "/" + path
            )
        }
        for (oldPlace, newPlace) in matching.common {
            let (oldBinding, newBinding) = (left[oldPlace].1, right[newPlace].1)
            let targets = (
                CanonicalName.resolvePath(oldBinding.target, oldAliases),
                CanonicalName.resolvePath(newBinding.target, newAliases)
            )
            guard targets.0 != targets.1 else { continue }
            let path = left[oldPlace].0
            change(
                .navigationBindingChanged,
                Site(element: site.element, old: oldBinding.position, new: newBinding.position),
                targets.0,
                targets.1,
                "the binding of \(path.inQuotes)",
                nil,
                detail: "/" + path
            )
        }
    }
}
