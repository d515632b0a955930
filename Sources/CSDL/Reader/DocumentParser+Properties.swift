extension DocumentParser {
    /// The attributes that make up a type reference, while an element's attributes are read.
    struct TypeAttributes {
        var spelling: String?
        var isNullable: Bool?
        var facets = Facets()

        /// The reference to the type of this spelling: `Edm.String` or `Collection(Edm.String)`.
        func reference(_ spelling: String, isNullableByDefault: Bool = true) -> TypeReference {
            var name = spelling
            var isCollection = false
            let prefix = "Collection("
            if spelling.utf8.starts(with: prefix.utf8), spelling.utf8.last == UInt8(ascii: ")") {
                name = String(spelling.dropFirst(prefix.utf8.count).dropLast())
                isCollection = true
            }
            return TypeReference(
                name,
                isCollection: isCollection,
                isNullable: isNullable ?? isNullableByDefault,
                facets: facets
            )
        }
    }

    /// `Property` (OData CSDL XML 4.01, section 7).
    func property(_ element: Element) throws(Diagnostic) -> Property? {
        var name: String?
        var type = TypeAttributes()
        var defaultValue: String?
        for attribute in cursor.attributes(of: element) {
            switch attribute.name {
            case .name: name = attribute.string
            case .type: type.spelling = attribute.string
            case .defaultValue: defaultValue = attribute.string
            default: readFacet(attribute, of: element, into: &type)
            }
        }
        let annotations = try annotations(in: element)
        guard let name = require(name, .name, of: element), let spelling = require(type.spelling, .type, of: element)
        else { return nil }
        return Property(
            name: name,
            type: type.reference(spelling),
            defaultValue: defaultValue,
            annotations: annotations,
            position: element.position
        )
    }

    /// `NavigationProperty` (OData CSDL XML 4.01, section 8).
    func navigationProperty(_ element: Element) throws(Diagnostic) -> NavigationProperty? {
        var property = NavigationProperty(name: "", type: TypeReference(""), position: element.position)
        var name: String?
        var type = TypeAttributes()
        for attribute in cursor.attributes(of: element) {
            switch attribute.name {
            case .name: name = attribute.string
            case .type: type.spelling = attribute.string
            case .nullable: type.isNullable = bool(attribute, of: element, default: true)
            case .partner: property.partner = attribute.string
            case .containsTarget: property.containsTarget = bool(attribute, of: element, default: false)
            default: reportUnknown(attribute, of: element)
            }
        }
        try cursor.forEachChild(of: element) { (child) throws(Diagnostic) in
            switch child.name {
            case .referentialConstraint:
                if let constraint = try referentialConstraint(child) {
                    property.referentialConstraints.append(constraint)
                }
            case .onDelete:
                property.onDelete = try onDelete(child)
            case .annotation:
                try annotation(child, into: &property.annotations)
            default:
                try skipUnknown(child, in: element)
            }
        }
        guard let name = require(name, .name, of: element), let spelling = require(type.spelling, .type, of: element)
        else { return nil }
        property.name = name
        property.type = type.reference(spelling)
        return property
    }

    private func referentialConstraint(
        _ element: Element
    ) throws(Diagnostic) -> NavigationProperty.ReferentialConstraint? {
        var property: String?
        var referencedProperty: String?
        for attribute in cursor.attributes(of: element) {
            switch attribute.name {
            case .property: property = attribute.string
            case .referencedProperty: referencedProperty = attribute.string
            default: reportUnknown(attribute, of: element)
            }
        }
        let annotations = try annotations(in: element)
        guard let property = require(property, .property, of: element),
            let referencedProperty = require(referencedProperty, .referencedProperty, of: element)
        else { return nil }
        return NavigationProperty.ReferentialConstraint(
            property: property,
            referencedProperty: referencedProperty,
            annotations: annotations,
            position: element.position
        )
    }

    private func onDelete(_ element: Element) throws(Diagnostic) -> NavigationProperty.OnDelete? {
        var action: String?
        for attribute in cursor.attributes(of: element) {
            switch attribute.name {
            case .action: action = attribute.string
            default: reportUnknown(attribute, of: element)
            }
        }
        try ignoreContent(of: element)
        guard let action = require(action, .action, of: element) else { return nil }
        guard let known = NavigationProperty.OnDelete(rawValue: action) else {
            report(.warning, "unknown OnDelete action \(action.quoted) is ignored", at: element.position)
            return nil
        }
        return known
    }

    /// Reads `Nullable` or a facet (OData CSDL XML 4.01, section 7.2); any other attribute is reported as unknown.
    func readFacet(_ attribute: XMLAttribute, of element: Element, into type: inout TypeAttributes) {
        switch attribute.name {
        case .nullable: type.isNullable = bool(attribute, of: element, default: true)
        case .unicode: type.facets.isUnicode = bool(attribute, of: element, default: true)
        case .srid: type.facets.srid = attribute.string
        case .precision: type.facets.precision = facetNumber(attribute, of: element)
        case .maxLength:
            if attribute.isEqual(to: "max") || attribute.isEqual(to: "Max") {
                type.facets.maxLength = .max
            } else {
                type.facets.maxLength = facetNumber(attribute, of: element).map { .limited($0) }
            }
        case .scale:
            if attribute.isEqual(to: "variable") || attribute.isEqual(to: "Variable") {
                type.facets.scale = .variable
            } else if attribute.isEqual(to: "floating") || attribute.isEqual(to: "Floating") {
                type.facets.scale = .floating
            } else {
                type.facets.scale = facetNumber(attribute, of: element).map { .fixed($0) }
            }
        default:
            reportUnknown(attribute, of: element)
        }
    }

    private func facetNumber(_ attribute: XMLAttribute, of element: Element) -> Int? {
        if let number = Int(attribute.string), number >= 0 { return number }
        report(
            .warning,
            "\(attribute.spelling)=\(attribute.string.quoted) is not a number and is ignored",
            at: element.position
        )
        return nil
    }
}
