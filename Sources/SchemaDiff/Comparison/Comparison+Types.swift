import CSDL

extension ComparisonRun {
    mutating func compareTypes() {
        compareEntityTypes()
        compareComplexTypes()
        compareEnumTypes()
        compareTypeDefinitions()
    }

    // MARK: Entity types

    private mutating func compareEntityTypes() {
        let (before, after) = (old.index.entityTypes, new.index.entityTypes)
        let matching = NameMatching(before, after, name: \.qualifiedName)
        for place in matching.removed {
            let type = before[place]
            let site = removedSite(.entityType, type)
            remove(.entityTypeRemoved, site, "EntityType", oldDefinition.text(type.element))
            removeMembers(of: type.element, site)
        }
        for place in matching.added {
            let type = after[place]
            let site = addedSite(.entityType, type)
            insert(.entityTypeAdded, site, "EntityType", newDefinition.text(type.element))
            addMembers(of: type.element, site)
        }
        for (oldPlace, newPlace) in matching.common { compare(before[oldPlace], after[newPlace]) }
    }

    private mutating func compare(_ left: SchemaIndex.Declared<EntityType>, _ right: SchemaIndex.Declared<EntityType>) {
        let (before, after) = (left.element, right.element)
        let site = Site(
            element: .named(.entityType, left.qualifiedName),
            old: before.position,
            new: after.position
        )
        compareFlag(before.isAbstract, after.isAbstract, .entityTypeMadeAbstract, .entityTypeMadeConcrete, site) {
            "the entity type is \($0 ? "abstract now" : "not abstract any more")"
        }
        compareFlag(before.isOpen, after.isOpen, .entityTypeOpened, .entityTypeClosed, site) {
            "the entity type is \($0 ? "open now" : "not open any more")"
        }
        compareFlag(before.hasStream, after.hasStream, .entityTypeStreamAdded, .entityTypeStreamRemoved, site) {
            "entities have \($0 ? "a media stream now" : "no media stream any more")"
        }
        compareBaseTypes(before.baseType, after.baseType, site)
        compareKeys(before, after, site)
        let index = new.index
        compareProperties(before, after, site) { name in
            index.lineage(of: right).dropLast().last { $0.element.properties.contains { $0.name == name } }?
                .qualifiedName
        }
        compareNavigationProperties(before, after, site)
        compareAnnotations(before.annotations, after.annotations, site)
    }

    // MARK: Complex types

    private mutating func compareComplexTypes() {
        let (before, after) = (old.index.complexTypes, new.index.complexTypes)
        let matching = NameMatching(before, after, name: \.qualifiedName)
        for place in matching.removed {
            let type = before[place]
            let site = removedSite(.complexType, type)
            remove(.complexTypeRemoved, site, "ComplexType", oldDefinition.text(type.element))
            removeMembers(of: type.element, site)
        }
        for place in matching.added {
            let type = after[place]
            let site = addedSite(.complexType, type)
            insert(.complexTypeAdded, site, "ComplexType", newDefinition.text(type.element))
            addMembers(of: type.element, site)
        }
        for (oldPlace, newPlace) in matching.common { compare(before[oldPlace], after[newPlace]) }
    }

    private mutating func compare(
        _ left: SchemaIndex.Declared<ComplexType>,
        _ right: SchemaIndex.Declared<ComplexType>
    ) {
        let (before, after) = (left.element, right.element)
        let site = Site(
            element: .named(.complexType, left.qualifiedName),
            old: before.position,
            new: after.position
        )
        compareFlag(before.isAbstract, after.isAbstract, .complexTypeMadeAbstract, .complexTypeMadeConcrete, site) {
            "the complex type is \($0 ? "abstract now" : "not abstract any more")"
        }
        compareFlag(before.isOpen, after.isOpen, .complexTypeOpened, .complexTypeClosed, site) {
            "the complex type is \($0 ? "open now" : "not open any more")"
        }
        compareBaseTypes(before.baseType, after.baseType, site)
        let index = new.index
        compareProperties(before, after, site) { name in
            index.lineage(of: right).dropLast().last { $0.element.properties.contains { $0.name == name } }?
                .qualifiedName
        }
        compareNavigationProperties(before, after, site)
        compareAnnotations(before.annotations, after.annotations, site)
    }

    private mutating func compareBaseTypes(_ before: String?, _ after: String?, _ site: Site) {
        guard !areSame(before, after) else { return }
        let (oldBase, newBase) = (before.map(old.canonical), after.map(new.canonical))
        let message =
            switch (oldBase, newBase) {
            case (let oldBase?, let newBase?): "the base type was \(oldBase) and is \(newBase)"
            case (let oldBase?, nil): "the type does not inherit from \(oldBase) any more"
            default: "the type inherits from \(newBase ?? "another type") now"
            }
        add(.baseTypeChanged, site, Values(before: oldBase, after: newBase), message)
    }

    // MARK: Type definitions

    private mutating func compareTypeDefinitions() {
        let (before, after) = (old.index.typeDefinitions, new.index.typeDefinitions)
        let matching = NameMatching(before, after, name: \.qualifiedName)
        for place in matching.removed {
            let type = before[place]
            remove(
                .typeDefinitionRemoved,
                removedSite(.typeDefinition, type),
                type.element.underlyingType.name,
                oldDefinition.text(type.element)
            )
        }
        for place in matching.added {
            let type = after[place]
            insert(
                .typeDefinitionAdded,
                addedSite(.typeDefinition, type),
                type.element.underlyingType.name,
                newDefinition.text(type.element)
            )
        }
        for (oldPlace, newPlace) in matching.common {
            let (left, right) = (before[oldPlace].element, after[newPlace].element)
            let site = Site(
                element: .named(.typeDefinition, before[oldPlace].qualifiedName),
                old: left.position,
                new: right.position
            )
            let definitions = { [oldDefinition, newDefinition] in
                (oldDefinition.text(left), newDefinition.text(right))
            }
            if left.underlyingType.name != right.underlyingType.name {
                change(
                    .typeDefinitionUnderlyingTypeChanged,
                    site,
                    left.underlyingType.name,
                    right.underlyingType.name,
                    "the underlying type",
                    definitions()
                )
            } else {
                compareFacets(
                    left.underlyingType,
                    right.underlyingType,
                    site,
                    .coarse(narrowed: .typeDefinitionNarrowed, widened: .typeDefinitionWidened),
                    definitions
                )
            }
            compareAnnotations(left.annotations, right.annotations, site)
        }
    }
}
