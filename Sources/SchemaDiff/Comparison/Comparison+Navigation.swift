import CSDL

extension ComparisonRun {
    /// Compares the navigation properties that two versions of a type declare themselves.
    mutating func compareNavigationProperties(_ before: some StructuredType, _ after: some StructuredType, _ site: Site)
    {
        let (left, right) = (before.navigationProperties, after.navigationProperties)
        let matching = NameMatching(left, right, name: \.name)
        for (oldPlace, newPlace) in matching.common { compare(left[oldPlace], right[newPlace], site) }
        for place in matching.removed {
            let property = left[place]
            remove(
                .navigationPropertyRemoved,
                site.member(.navigationProperty, property.name, old: property.position, new: nil),
                old.spelling(property.type),
                oldDefinition.text(property)
            )
        }
        for place in matching.added {
            let property = right[place]
            let member = site.member(.navigationProperty, property.name, old: nil, new: property.position)
            let definition = newDefinition.text(property)
            insert(.navigationPropertyAdded, member, new.spelling(property.type), definition)
            if !property.type.isNullable, !property.type.isCollection {
                add(
                    .navigationPropertyAddedRequired,
                    member,
                    Values(after: new.spelling(property.type), newDefinition: definition),
                    "the navigation property \(property.name.inQuotes) is not nullable"
                )
            }
        }
    }

    private mutating func compare(_ before: NavigationProperty, _ after: NavigationProperty, _ owner: Site) {
        func site() -> Site {
            owner.member(.navigationProperty, before.name, old: before.position, new: after.position)
        }
        let definitions = { [oldDefinition, newDefinition] in
            (oldDefinition.text(before), newDefinition.text(after))
        }
        if !areSame(before.type, after.type) {
            change(
                .navigationPropertyTypeChanged,
                site(),
                old.spelling(before.type),
                new.spelling(after.type),
                "the type",
                definitions()
            )
        }
        if before.type.isNullable != after.type.isNullable, !before.type.isCollection, !after.type.isCollection {
            add(
                after.type.isNullable ? .navigationPropertyMadeOptional : .navigationPropertyMadeRequired,
                site(),
                nullability(before.type, after.type, definitions()),
                after.type.isNullable ? "there may be no related entity now" : "a related entity is required now"
            )
        }
        compareFlag(
            before.containsTarget,
            after.containsTarget,
            .navigationPropertyContainmentAdded,
            .navigationPropertyContainmentRemoved,
            site()
        ) { "the related entities are \($0 ? "contained now" : "not contained any more")" }
        if before.partner != after.partner, !areSamePaths(before.partner, after.partner) {
            change(
                .navigationPropertyPartnerChanged,
                site(),
                before.partner,
                after.partner,
                "the partner",
                definitions()
            )
        }
        if before.onDelete != after.onDelete {
            change(
                .onDeleteChanged,
                site(),
                before.onDelete?.rawValue,
                after.onDelete?.rawValue,
                "what happens when the related entity is deleted",
                definitions()
            )
        }
        compareConstraints(before, after, site())
        compareAnnotations(before.annotations, after.annotations, site())
    }

    private func areSamePaths(_ before: String?, _ after: String?) -> Bool {
        before.map { CanonicalName.resolvePath($0, old.aliases) }
            == after.map { CanonicalName.resolvePath($0, new.aliases) }
    }

    private mutating func compareConstraints(
        _ before: NavigationProperty,
        _ after: NavigationProperty,
        _ site: @autoclosure () -> Site
    ) {
        let (left, right) = (before.referentialConstraints, after.referentialConstraints)
        if left.isEmpty && right.isEmpty { return }
        let matching = NameMatching(left, right, name: \.property)
        for place in matching.removed {
            let constraint = left[place]
            let text = "\(constraint.property) = \(constraint.referencedProperty)"
            add(
                .referentialConstraintRemoved,
                site(),
                Values(before: text),
                "the referential constraint \(text) was removed"
            )
        }
        for place in matching.added {
            let constraint = right[place]
            let text = "\(constraint.property) = \(constraint.referencedProperty)"
            add(
                .referentialConstraintAdded,
                site(),
                Values(after: text),
                "the referential constraint \(text) was added"
            )
        }
        for (oldPlace, newPlace) in matching.common {
            let (oldTarget, newTarget) = (left[oldPlace].referencedProperty, right[newPlace].referencedProperty)
            guard oldTarget != newTarget else { continue }
            let property = left[oldPlace].property
            change(
                .referentialConstraintChanged,
                site(),
                oldTarget,
                newTarget,
                "the property that \(property.inQuotes) refers to",
                nil
            )
        }
    }
}
