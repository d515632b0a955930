import CSDL

extension ComparisonRun {
    /// Compares the properties that two versions of a type declare themselves.
    ///
    /// - Parameter inherited: Which base type of the new version declares a property of that name.
    mutating func compareProperties(
        _ before: some StructuredType,
        _ after: some StructuredType,
        _ site: Site,
        inherited: (String) -> String?
    ) {
        let (left, right) = (before.properties, after.properties)
        let matching = NameMatching(left, right, name: \.name)
        for (oldPlace, newPlace) in matching.common { compare(left[oldPlace], right[newPlace], site) }
        for place in matching.removed {
            let property = left[place]
            let base = inherited(property.name)
            let note = base.map { "; it is inherited from \($0) now" } ?? ""
            add(
                .propertyRemoved,
                site.member(.property, property.name, old: property.position, new: nil),
                Values(before: old.spelling(property.type), oldDefinition: oldDefinition.text(property)),
                "the property \(property.name.inQuotes) was removed" + note,
                severity: base == nil ? nil : .safe
            )
        }
        for place in matching.added {
            let property = right[place]
            let member = site.member(.property, property.name, old: nil, new: property.position)
            let definition = newDefinition.text(property)
            insert(.propertyAdded, member, new.spelling(property.type), definition)
            if !property.type.isNullable, !property.type.isCollection, property.defaultValue == nil,
                !isComputed(property, member)
            {
                add(
                    .propertyAddedRequired,
                    member,
                    Values(after: new.spelling(property.type), newDefinition: definition),
                    "the property \(property.name.inQuotes) is not nullable and has no default value"
                )
            }
        }
    }

    private func isComputed(_ property: Property, _ site: Site) -> Bool {
        let annotations = effectiveAnnotations(property.annotations, of: site.element, in: new)
        return Writability(annotations, new.aliases).isReadOnly
    }

    private mutating func compare(_ before: Property, _ after: Property, _ owner: Site) {
        func site() -> Site {
            owner.member(.property, before.name, old: before.position, new: after.position)
        }
        let definitions = { [oldDefinition, newDefinition] in
            (oldDefinition.text(before), newDefinition.text(after))
        }
        if !areSame(before.type, after.type) {
            change(
                .propertyTypeChanged,
                site(),
                old.spelling(before.type),
                new.spelling(after.type),
                "the type",
                definitions()
            )
        } else if before.type.facets != after.type.facets {
            compareFacets(before.type, after.type, site(), .property, definitions)
        }
        if before.type.isNullable != after.type.isNullable {
            let subject = after.type.isCollection ? "an element of the property" : "the property"
            add(
                after.type.isNullable ? .propertyMadeOptional : .propertyMadeRequired,
                site(),
                nullability(before.type, after.type, definitions()),
                after.type.isNullable ? "\(subject) may be null now" : "\(subject) may not be null any more"
            )
        }
        if before.defaultValue != after.defaultValue {
            let rule: Rule =
                before.defaultValue == nil
                ? .propertyDefaultAdded : after.defaultValue == nil ? .propertyDefaultRemoved : .propertyDefaultChanged
            change(rule, site(), before.defaultValue, after.defaultValue, "the default value", definitions())
        }
        compareAnnotations(before.annotations, after.annotations, site())
    }

    func nullability(
        _ before: TypeReference,
        _ after: TypeReference,
        _ definitions: (old: String, new: String)
    ) -> Values {
        Values(
            before: before.isNullable ? "nullable" : "not nullable",
            after: after.isNullable ? "nullable" : "not nullable",
            oldDefinition: definitions.old,
            newDefinition: definitions.new
        )
    }

    // MARK: Members of types that came or went

    mutating func removeMembers(of type: some StructuredType, _ site: Site) {
        for property in type.properties {
            remove(
                .propertyRemoved,
                site.member(.property, property.name, old: property.position, new: nil),
                old.spelling(property.type),
                oldDefinition.text(property),
                isImplied: true
            )
        }
        for property in type.navigationProperties {
            remove(
                .navigationPropertyRemoved,
                site.member(.navigationProperty, property.name, old: property.position, new: nil),
                old.spelling(property.type),
                oldDefinition.text(property),
                isImplied: true
            )
        }
    }

    mutating func addMembers(of type: some StructuredType, _ site: Site) {
        for property in type.properties {
            insert(
                .propertyAdded,
                site.member(.property, property.name, old: nil, new: property.position),
                new.spelling(property.type),
                newDefinition.text(property),
                isImplied: true
            )
        }
        for property in type.navigationProperties {
            insert(
                .navigationPropertyAdded,
                site.member(.navigationProperty, property.name, old: nil, new: property.position),
                new.spelling(property.type),
                newDefinition.text(property),
                isImplied: true
            )
        }
    }
}
