import CSDL

/// Elements written as CSDL again, canonical: full names, attributes in a fixed order. People read it beside a change.
struct Definition {
    let version: SchemaVersion

    func text(_ property: Property) -> String {
        Tag("Property")
            .attribute("Name", property.name)
            .type("Type", property.type, version)
            .attribute("DefaultValue", property.defaultValue)
            .text
    }

    func text(_ property: NavigationProperty) -> String {
        var children = property.referentialConstraints.map {
            Tag("ReferentialConstraint").attribute("Property", $0.property)
                .attribute("ReferencedProperty", $0.referencedProperty).text
        }
        if let action = property.onDelete { children.append(Tag("OnDelete").attribute("Action", action.rawValue).text) }
        return Tag("NavigationProperty")
            .attribute("Name", property.name)
            .attribute("Type", version.spelling(property.type))
            .attribute("Nullable", property.type.isNullable ? nil : "false")
            .attribute("Partner", property.partner)
            .attribute("ContainsTarget", property.containsTarget ? "true" : nil)
            .text(around: children)
    }

    func text(_ type: EntityType) -> String {
        let key = type.key.map { Tag("PropertyRef").attribute("Name", $0.name).attribute("Alias", $0.alias).text }
        var children = key.isEmpty ? [] : [Tag("Key").text(around: key)]
        children += type.properties.map { text($0) } + type.navigationProperties.map { text($0) }
        return Tag("EntityType")
            .attribute("Name", type.name)
            .attribute("BaseType", type.baseType.map(version.canonical))
            .attribute("Abstract", type.isAbstract ? "true" : nil)
            .attribute("OpenType", type.isOpen ? "true" : nil)
            .attribute("HasStream", type.hasStream ? "true" : nil)
            .text(around: children)
    }

    func text(_ type: ComplexType) -> String {
        Tag("ComplexType")
            .attribute("Name", type.name)
            .attribute("BaseType", type.baseType.map(version.canonical))
            .attribute("Abstract", type.isAbstract ? "true" : nil)
            .attribute("OpenType", type.isOpen ? "true" : nil)
            .text(around: type.properties.map { text($0) } + type.navigationProperties.map { text($0) })
    }

    func text(_ type: EnumType) -> String {
        Tag("EnumType")
            .attribute("Name", type.name)
            .attribute("UnderlyingType", type.underlyingType)
            .attribute("IsFlags", type.isFlags ? "true" : nil)
            .text(around: type.members.map { text($0) })
    }

    func text(_ member: EnumType.Member) -> String {
        Tag("Member").attribute("Name", member.name).attribute("Value", String(member.value)).text
    }

    func text(_ type: TypeDefinition) -> String {
        Tag("TypeDefinition").attribute("Name", type.name).type("UnderlyingType", type.underlyingType, version).text
    }

    func text(_ operation: Operation) -> String {
        var children = operation.parameters.map { text($0) }
        if let result = operation.returnType { children.append(Tag("ReturnType").type("Type", result, version).text) }
        return Tag(operation.kind.rawValue)
            .attribute("Name", operation.name)
            .attribute("IsBound", operation.isBound ? "true" : nil)
            .attribute("IsComposable", operation.isComposable ? "true" : nil)
            .attribute("EntitySetPath", operation.entitySetPath)
            .text(around: children)
    }

    func text(_ parameter: Operation.Parameter) -> String {
        Tag("Parameter").attribute("Name", parameter.name).type("Type", parameter.type, version).text
    }

    func text(result: TypeReference) -> String { Tag("ReturnType").type("Type", result, version).text }

    func text(_ term: Term) -> String {
        Tag("Term")
            .attribute("Name", term.name)
            .type("Type", term.type, version)
            .attribute("BaseTerm", term.baseTerm.map(version.canonical))
            .attribute("DefaultValue", term.defaultValue)
            .attribute("AppliesTo", term.appliesTo.isEmpty ? nil : term.appliesTo.sorted().joined(separator: " "))
            .text
    }

    func text(_ set: EntitySet) -> String {
        Tag("EntitySet")
            .attribute("Name", set.name)
            .attribute("EntityType", version.canonical(set.entityType))
            .attribute("IncludeInServiceDocument", set.includeInServiceDocument ? nil : "false")
            .text(around: bindings(set.navigationPropertyBindings))
    }

    func text(_ singleton: Singleton) -> String {
        Tag("Singleton")
            .attribute("Name", singleton.name)
            .attribute("Type", version.canonical(singleton.type))
            .attribute("Nullable", singleton.isNullable ? "true" : nil)
            .text(around: bindings(singleton.navigationPropertyBindings))
    }

    func text(_ imported: OperationImport) -> String {
        Tag(imported.kind.rawValue + "Import")
            .attribute("Name", imported.name)
            .attribute(imported.kind.rawValue, version.canonical(imported.operation))
            .attribute("EntitySet", imported.entitySet)
            .attribute("IncludeInServiceDocument", imported.includeInServiceDocument ? "true" : nil)
            .text
    }

    private func bindings(_ bindings: [NavigationPropertyBinding]) -> [String] {
        bindings.map {
            Tag("NavigationPropertyBinding").attribute("Path", $0.path).attribute("Target", $0.target).text
        }
    }
}

/// An element with attributes, as text.
struct Tag {
    private let name: String
    private var attributes = ""

    init(_ name: String) { self.name = name }

    func attribute(_ name: String, _ value: String?) -> Tag {
        guard let value else { return self }
        var tag = self
        tag.attributes += " \(name)=\"\(Tag.escaped(value))\""
        return tag
    }

    func type(_ name: String, _ type: TypeReference, _ version: SchemaVersion) -> Tag {
        attribute(name, version.spelling(type))
            .attribute("Nullable", type.isNullable ? nil : "false")
            .attribute("MaxLength", type.facets.maxLength?.text)
            .attribute("Precision", type.facets.precision.map(String.init))
            .attribute("Scale", type.facets.scale?.text)
            .attribute("Unicode", type.facets.isUnicode.map(String.init))
            .attribute("SRID", type.facets.srid)
    }

    var text: String { "<\(name)\(attributes)/>" }

    func text(around children: [String]) -> String {
        guard !children.isEmpty else { return text }
        let content = children.map { "  " + $0.split(separator: "\n").joined(separator: "\n  ") }
        return "<\(name)\(attributes)>\n" + content.joined(separator: "\n") + "\n</\(name)>"
    }

    private static func escaped(_ value: String) -> String {
        guard value.utf8.contains(where: { $0 == 0x26 || $0 == 0x3C || $0 == 0x22 || $0 < 0x20 }) else { return value }
        var text = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case "\"": text += "&quot;"
            default:
                if scalar.value < 0x20 { text += "&#\(scalar.value);" } else { text.unicodeScalars.append(scalar) }
            }
        }
        return text
    }
}

extension Facets.MaxLength {
    var text: String {
        switch self {
        case .max: "max"
        case .limited(let length): String(length)
        }
    }
}

extension Facets.Scale {
    var text: String {
        switch self {
        case .fixed(let scale): String(scale)
        case .variable: "variable"
        case .floating: "floating"
        }
    }
}
