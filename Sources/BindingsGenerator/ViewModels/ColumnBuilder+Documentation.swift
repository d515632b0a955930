import CSDL

extension ColumnBuilder {
    /// What the comment of a column says: its description, then its name, type and facets.
    func documentation(of property: Property, target: String, isKey: Bool) -> [String] {
        let descriptions = vocabulary.descriptions(of: property, target: target)
        var facts = "\(DocumentationComment.code(property.name)), \(DocumentationComment.code(property.type.spelling))"
        if isKey { facts += ", part of the key" }
        facts += ColumnBuilder.facets(of: property.type)
        if !property.type.isNullable, !isKey { facts += property.type.isCollection ? "" : ", never null" }
        if let value = property.defaultValue { facts += ", \(DocumentationComment.code(value)) by default" }
        return lines(descriptions, facts + ".")
    }

    /// What the comment of a lookup or collection says.
    func documentation(
        of property: NavigationProperty,
        target: String,
        row: String,
        value: String?
    ) -> [String] {
        let descriptions = vocabulary.descriptions(of: property, target: target)
        let name = DocumentationComment.code(property.name)
        let type = row == "UntypedEntity" ? "rows of \(DocumentationComment.code(property.type.name))" : "``\(row)``"
        var facts = property.type.isCollection ? "\(name), collection of \(type)" : "\(name), lookup of \(type)"
        if let partner = property.partner { facts += ", inverse of \(DocumentationComment.code(partner))" }
        if property.containsTarget { facts += ", contained" }
        if let value { facts += ", key in \(DocumentationComment.code(value))" }
        return lines(descriptions, facts + ".")
    }

    /// What the comment of a lookup of several tables says.
    func documentation(
        ofPolymorphic property: Property,
        target: String,
        lookups: [NavigationProperty]
    ) -> [String] {
        let descriptions = vocabulary.descriptions(of: property, target: target)
        let names = lookups.map { DocumentationComment.code($0.name) }.joined(separator: ", ")
        return lines(descriptions, "\(DocumentationComment.code(property.name)), lookup set through \(names).")
    }

    private func lines(_ descriptions: [String], _ facts: String) -> [String] {
        DocumentationComment.lines(descriptions.map(DocumentationComment.sentence) + [facts], indentation: 8)
    }

    private static func facets(of type: TypeReference) -> String {
        var text = ""
        if case .limited(let length)? = type.facets.maxLength {
            text += type.name == "Edm.Binary" ? ", at most \(length) bytes" : ", at most \(length) characters"
        }
        if let precision = type.facets.precision {
            text += type.name == "Edm.Decimal" ? ", \(precision) digits" : ", \(precision) digits of the second"
        }
        if case .fixed(let scale)? = type.facets.scale, scale > 0 { text += ", \(scale) after the point" }
        if let srid = type.facets.srid { text += ", SRID \(DocumentationComment.code(srid))" }
        return text
    }
}
