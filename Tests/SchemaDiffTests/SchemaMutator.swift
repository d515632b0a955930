import CSDL
import TestSupport

/// Changes a document at random, and says what a comparison has to find.
struct SchemaMutator {
    /// What was done to a document.
    enum Kind: CaseIterable {
        case removeProperty, addProperty, renameProperty, changePropertyType, makeRequired, narrowLength
        case removeNavigationProperty, changeNavigationType, addContainment
        case removeEntityType, addEntityType, makeAbstract, changeBaseType
        case addEnumMember, removeEnumMember, changeEnumValue
        case removeOperation, addOperation, addParameter, changeReturnType
        case removeEntitySet, addEntitySet, changeEntitySetType, removeImport
    }

    private(set) var document: CSDLDocument
    /// The rule and path of every change to be found.
    private(set) var expected: [String] = []
    private var random: SeededGenerator
    private var touched: Set<String> = []
    private let overloaded: Set<String>

    init(_ document: CSDLDocument, seed: UInt64) {
        self.document = document
        random = SeededGenerator(seed: seed)
        let names = document.schemas.flatMap { schema in schema.operations.map { schema.qualifiedName($0.name) } }
        overloaded = Set(Dictionary(grouping: names, by: \.self).filter { $1.count > 1 }.keys)
    }

    /// Makes one change, at an element that was not changed before; nothing where there is none.
    mutating func mutate(_ kind: Kind) {
        let schema = document.schemas.indices.randomElement(using: &random) ?? 0
        var changed = document.schemas[schema]
        mutate(kind, &changed)
        document.schemas[schema] = changed
    }

    private mutating func mutate(_ kind: Kind, _ schema: inout Schema) {
        switch kind {
        case .removeProperty, .addProperty, .renameProperty, .changePropertyType, .makeRequired, .narrowLength,
            .removeNavigationProperty, .changeNavigationType, .addContainment, .makeAbstract, .changeBaseType:
            guard let place = fresh(schema.entityTypes, { schema.qualifiedName($0.name) }) else { return }
            let path = schema.qualifiedName(schema.entityTypes[place].name)
            mutate(kind, &schema.entityTypes[place], path)
        case .removeEntityType:
            guard let place = fresh(schema.entityTypes, { schema.qualifiedName($0.name) }) else { return }
            let type = schema.entityTypes.remove(at: place)
            let path = schema.qualifiedName(type.name)
            expected.append("entity-type-removed \(path)")
            expected += type.properties.map { "property-removed \(path)/\($0.name)" }
            expected += type.navigationProperties.map { "navigation-property-removed \(path)/\($0.name)" }
        case .addEntityType:
            var type = EntityType(name: "added\(Int.random(in: 0..<1_000_000, using: &random))")
            type.properties = [Property(name: "id", type: TypeReference("Edm.Guid", isNullable: false))]
            schema.entityTypes.insert(type, at: Int.random(in: 0...schema.entityTypes.count, using: &random))
            let path = schema.qualifiedName(type.name)
            expected += ["entity-type-added \(path)", "property-added \(path)/id"]
        case .addEnumMember, .removeEnumMember, .changeEnumValue:
            guard let place = fresh(schema.enumTypes, { schema.qualifiedName($0.name) }) else { return }
            let path = schema.qualifiedName(schema.enumTypes[place].name)
            mutate(kind, &schema.enumTypes[place], path)
        case .removeOperation, .addParameter, .changeReturnType:
            mutateOperation(kind, &schema)
        case .addOperation:
            let name = "Added\(Int.random(in: 0..<1_000_000, using: &random))"
            schema.operations.append(Operation(kind: .action, name: name))
            expected.append("action-added \(schema.qualifiedName(name))")
        case .removeEntitySet, .addEntitySet, .changeEntitySetType, .removeImport:
            guard !schema.entityContainers.isEmpty else { return }
            let path = schema.qualifiedName(schema.entityContainers[0].name)
            mutate(kind, &schema.entityContainers[0], path)
        }
    }

    private mutating func mutate(_ kind: Kind, _ type: inout EntityType, _ path: String) {
        let property = type.properties.indices.randomElement(using: &random)
        let navigation = type.navigationProperties.indices.randomElement(using: &random)
        switch kind {
        case .addProperty:
            type.properties.insert(Property(name: "added", type: TypeReference("Edm.String")), at: property ?? 0)
            expected.append("property-added \(path)/added")
        case .makeAbstract:
            type.isAbstract.toggle()
            expected.append("entity-type-made-\(type.isAbstract ? "abstract" : "concrete") \(path)")
        case .changeBaseType:
            type.baseType = type.baseType == nil ? "Edm.EntityType" : nil
            expected.append("base-type-changed \(path)")
        case .removeNavigationProperty, .changeNavigationType, .addContainment:
            guard let navigation else { return }
            let member = "\(path)/\(type.navigationProperties[navigation].name)"
            if kind == .removeNavigationProperty {
                type.navigationProperties.remove(at: navigation)
                expected.append("navigation-property-removed \(member)")
            } else if kind == .changeNavigationType {
                type.navigationProperties[navigation].type.isCollection.toggle()
                expected.append("navigation-property-type-changed \(member)")
            } else {
                type.navigationProperties[navigation].containsTarget.toggle()
                let isContained = type.navigationProperties[navigation].containsTarget
                expected.append("navigation-property-containment-\(isContained ? "added" : "removed") \(member)")
            }
        default:
            guard let property else { return }
            mutate(kind, &type.properties, property, path)
        }
    }

    private mutating func mutate(_ kind: Kind, _ properties: inout [Property], _ place: Int, _ path: String) {
        let member = "\(path)/\(properties[place].name)"
        switch kind {
        case .removeProperty:
            properties.remove(at: place)
            expected.append("property-removed \(member)")
        case .renameProperty:
            properties[place].name += "2"
            expected += ["property-removed \(member)", "property-added \(member)2"]
            if !properties[place].type.isNullable, !properties[place].type.isCollection {
                expected.append("property-added-required \(member)2")
            }
        case .changePropertyType:
            properties[place].type.name = properties[place].type.name == "Edm.Binary" ? "Edm.Byte" : "Edm.Binary"
            expected.append("property-type-changed \(member)")
        case .makeRequired:
            properties[place].type.isNullable.toggle()
            let isOptional = properties[place].type.isNullable
            expected.append("property-made-\(isOptional ? "optional" : "required") \(member)")
        default:
            guard properties[place].type.facets.maxLength == nil else { return }
            properties[place].type.facets.maxLength = .limited(3)
            expected.append("property-max-length-narrowed \(member)")
        }
    }

    private mutating func mutate(_ kind: Kind, _ type: inout EnumType, _ path: String) {
        guard let place = type.members.indices.randomElement(using: &random) else { return }
        let member = "\(path)/\(type.members[place].name)"
        switch kind {
        case .addEnumMember:
            type.members.insert(EnumType.Member(name: "Added", value: 4_711), at: place)
            expected.append("enum-member-added \(path)/Added")
        case .removeEnumMember:
            type.members.remove(at: place)
            expected.append("enum-member-removed \(member)")
        default:
            type.members[place].value += 1_000
            expected.append("enum-member-value-changed \(member)")
        }
    }

    private mutating func mutateOperation(_ kind: Kind, _ schema: inout Schema) {
        let overloaded = overloaded
        guard
            let place = fresh(
                schema.operations,
                { schema.qualifiedName($0.name) },
                { !overloaded.contains($0) && (kind != .changeReturnType || $1.returnType != nil) }
            )
        else { return }
        let operation = schema.operations[place]
        let path = schema.qualifiedName(operation.name)
        switch kind {
        case .removeOperation:
            schema.operations.remove(at: place)
            expected.append("\(operation.kind == .action ? "action" : "function")-removed \(path)")
        case .addParameter:
            let parameter = Operation.Parameter(name: "added", type: TypeReference("Edm.String"))
            schema.operations[place].parameters.append(parameter)
            let rule = operation.kind == .action ? "parameter-added" : "parameter-added-required"
            expected.append("\(rule) \(path)/added")
        default:
            schema.operations[place].returnType?.isCollection.toggle()
            expected.append("return-type-changed \(path)/$ReturnType")
        }
    }

    private mutating func mutate(_ kind: Kind, _ container: inout EntityContainer, _ path: String) {
        switch kind {
        case .addEntitySet:
            let name = "added\(Int.random(in: 0..<1_000_000, using: &random))"
            container.entitySets.insert(EntitySet(name: name, entityType: "Edm.EntityType"), at: 0)
            expected.append("entity-set-added \(path)/\(name)")
        case .removeImport:
            guard let place = fresh(container.operationImports, { "\(path)/\($0.name)" }) else { return }
            let imported = container.operationImports.remove(at: place)
            let rule = imported.kind == .action ? "action-import-removed" : "function-import-removed"
            expected.append("\(rule) \(path)/\(imported.name)")
        default:
            guard let place = fresh(container.entitySets, { "\(path)/\($0.name)" }) else { return }
            let name = container.entitySets[place].name
            if kind == .removeEntitySet {
                container.entitySets.remove(at: place)
                expected.append("entity-set-removed \(path)/\(name)")
            } else {
                container.entitySets[place].entityType = "Edm.EntityType"
                expected.append("entity-set-type-changed \(path)/\(name)")
            }
        }
    }

    /// A place whose element was not changed before.
    private mutating func fresh<Element>(
        _ elements: [Element],
        _ name: (Element) -> String,
        _ isSuitable: (String, Element) -> Bool = { _, _ in true }
    ) -> Int? {
        for _ in 0..<20 {
            guard let place = elements.indices.randomElement(using: &random) else { return nil }
            let path = name(elements[place])
            if isSuitable(path, elements[place]), !path.contains("added"), !path.contains("Added"),
                touched.insert(path).inserted
            {
                return place
            }
        }
        return nil
    }
}
