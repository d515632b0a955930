extension DocumentParser {
    /// `Schema` (OData CSDL XML 4.01, section 5).
    func schema(_ element: Element) throws(Diagnostic) -> Schema? {
        var namespace: String?
        var alias: String?
        for attribute in cursor.attributes(of: element) {
            switch attribute.name {
            case .namespace: namespace = attribute.string
            case .alias: alias = attribute.string
            default: reportUnknown(attribute, of: element)
            }
        }
        var schema = Schema(
            namespace: namespace ?? "",
            alias: alias,
            sourceName: sourceName,
            position: element.position
        )
        try cursor.forEachChild(of: element) { (child) throws(Diagnostic) in
            switch child.name {
            case .entityType:
                if let type = try entityType(child) { schema.entityTypes.append(type) }
            case .complexType:
                if let type = try complexType(child) { schema.complexTypes.append(type) }
            case .enumType:
                if let type = try enumType(child) { schema.enumTypes.append(type) }
            case .typeDefinition:
                if let definition = try typeDefinition(child) { schema.typeDefinitions.append(definition) }
            case .action:
                if let action = try operation(child, kind: .action) { schema.operations.append(action) }
            case .function:
                if let function = try operation(child, kind: .function) { schema.operations.append(function) }
            case .entityContainer:
                if let container = try entityContainer(child) { schema.entityContainers.append(container) }
            case .term:
                if let term = try term(child) { schema.terms.append(term) }
            case .annotations:
                if let group = try annotationGroup(child) { schema.annotationGroups.append(group) }
            case .annotation:
                try annotation(child, into: &schema.annotations)
            default:
                try skipUnknown(child, in: element)
            }
        }
        return require(namespace, .namespace, of: element) == nil ? nil : schema
    }

    /// `EntityType` (OData CSDL XML 4.01, section 6).
    private func entityType(_ element: Element) throws(Diagnostic) -> EntityType? {
        var type = EntityType(name: "", position: element.position)
        var name: String?
        for attribute in cursor.attributes(of: element) {
            switch attribute.name {
            case .name: name = attribute.string
            case .baseType: type.baseType = attribute.string
            case .abstract: type.isAbstract = bool(attribute, of: element, default: false)
            case .openType: type.isOpen = bool(attribute, of: element, default: false)
            case .hasStream: type.hasStream = bool(attribute, of: element, default: false)
            default: reportUnknown(attribute, of: element)
            }
        }
        try cursor.forEachChild(of: element) { (child) throws(Diagnostic) in
            switch child.name {
            case .property:
                countProperty()
                if let property = try property(child) { type.properties.append(property) }
            case .navigationProperty:
                if let property = try navigationProperty(child) { type.navigationProperties.append(property) }
            case .key:
                type.key += try key(child)
            case .annotation:
                try annotation(child, into: &type.annotations)
            default:
                try skipUnknown(child, in: element)
            }
        }
        guard let name = require(name, .name, of: element) else { return nil }
        type.name = name
        return type
    }

    private func key(_ element: Element) throws(Diagnostic) -> [EntityType.KeyProperty] {
        var properties: [EntityType.KeyProperty] = []
        for attribute in cursor.attributes(of: element) { reportUnknown(attribute, of: element) }
        try cursor.forEachChild(of: element) { (child) throws(Diagnostic) in
            guard child.name == .propertyRef else { return try skipUnknown(child, in: element) }
            var name: String?
            var alias: String?
            for attribute in cursor.attributes(of: child) {
                switch attribute.name {
                case .name: name = attribute.string
                case .alias: alias = attribute.string
                default: reportUnknown(attribute, of: child)
                }
            }
            try ignoreContent(of: child)
            if let name = require(name, .name, of: child) {
                properties.append(EntityType.KeyProperty(name: name, alias: alias, position: child.position))
            }
        }
        return properties
    }

    /// `ComplexType` (OData CSDL XML 4.01, section 9).
    private func complexType(_ element: Element) throws(Diagnostic) -> ComplexType? {
        var type = ComplexType(name: "", position: element.position)
        var name: String?
        for attribute in cursor.attributes(of: element) {
            switch attribute.name {
            case .name: name = attribute.string
            case .baseType: type.baseType = attribute.string
            case .abstract: type.isAbstract = bool(attribute, of: element, default: false)
            case .openType: type.isOpen = bool(attribute, of: element, default: false)
            default: reportUnknown(attribute, of: element)
            }
        }
        try cursor.forEachChild(of: element) { (child) throws(Diagnostic) in
            switch child.name {
            case .property:
                countProperty()
                if let property = try property(child) { type.properties.append(property) }
            case .navigationProperty:
                if let property = try navigationProperty(child) { type.navigationProperties.append(property) }
            case .annotation:
                try annotation(child, into: &type.annotations)
            default:
                try skipUnknown(child, in: element)
            }
        }
        guard let name = require(name, .name, of: element) else { return nil }
        type.name = name
        return type
    }

    /// `EnumType` (OData CSDL XML 4.01, section 10).
    private func enumType(_ element: Element) throws(Diagnostic) -> EnumType? {
        var type = EnumType(name: "", position: element.position)
        var name: String?
        for attribute in cursor.attributes(of: element) {
            switch attribute.name {
            case .name: name = attribute.string
            case .underlyingType: type.underlyingType = attribute.string
            case .isFlags: type.isFlags = bool(attribute, of: element, default: false)
            default: reportUnknown(attribute, of: element)
            }
        }
        var nextValue: Int64 = 0
        try cursor.forEachChild(of: element) { (child) throws(Diagnostic) in
            switch child.name {
            case .member:
                guard let member = try enumMember(child, impliedValue: nextValue) else { return }
                nextValue = member.value == .max ? .max : member.value + 1
                type.members.append(member)
            case .annotation:
                try annotation(child, into: &type.annotations)
            default:
                try skipUnknown(child, in: element)
            }
        }
        guard let name = require(name, .name, of: element) else { return nil }
        type.name = name
        return type
    }

    private func enumMember(_ element: Element, impliedValue: Int64) throws(Diagnostic) -> EnumType.Member? {
        var name: String?
        var value = impliedValue
        for attribute in cursor.attributes(of: element) {
            switch attribute.name {
            case .name: name = attribute.string
            case .value:
                if let number = Int64(attribute.string) {
                    value = number
                } else {
                    report(
                        .warning,
                        "Value=\(attribute.string.quoted) is not an integer; \(impliedValue) is assumed",
                        at: element.position
                    )
                }
            default: reportUnknown(attribute, of: element)
            }
        }
        let annotations = try annotations(in: element)
        return require(name, .name, of: element).map {
            EnumType.Member(name: $0, value: value, annotations: annotations, position: element.position)
        }
    }

    /// `TypeDefinition` (OData CSDL XML 4.01, section 11).
    private func typeDefinition(_ element: Element) throws(Diagnostic) -> TypeDefinition? {
        var name: String?
        var type = TypeAttributes()
        for attribute in cursor.attributes(of: element) {
            switch attribute.name {
            case .name: name = attribute.string
            case .underlyingType: type.spelling = attribute.string
            default: readFacet(attribute, of: element, into: &type)
            }
        }
        let annotations = try annotations(in: element)
        guard let name = require(name, .name, of: element),
            let spelling = require(type.spelling, .underlyingType, of: element)
        else { return nil }
        return TypeDefinition(
            name: name,
            underlyingType: type.reference(spelling),
            annotations: annotations,
            position: element.position
        )
    }
}
