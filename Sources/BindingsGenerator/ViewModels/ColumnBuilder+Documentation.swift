import CSDL

extension ColumnBuilder {
    /// What the comment of a column says: its description, then its name, type and facets.
    func documentation(
        of entry: Members.Entry<Property>,
        isKey: Bool,
        chosenType: String?,
        labels: String?,
        note: String?
    ) -> String {
        let property = entry.property
        var facts = "\(DocumentationComment.code(property.name)), \(DocumentationComment.code(property.type.spelling))"
        if let chosenType { facts += " as \(DocumentationComment.code(chosenType))" }
        if isKey { facts += ", part of the key" }
        ColumnBuilder.addFacets(of: property.type, to: &facts)
        if case .definition(let definition)? = mapper.schema.index.type(named: property.type.name) {
            let underlying = definition.element.underlyingType
            facts += ", \(DocumentationComment.code(underlying.name))"
            ColumnBuilder.addFacets(of: underlying, to: &facts)
        }
        if !property.type.isNullable, !isKey, !property.type.isCollection { facts += ", never null" }
        if let value = property.defaultValue { facts += ", \(DocumentationComment.code(value)) by default" }
        if let labels { facts += ": \(labels)" }
        facts += "."
        if let note { facts += " " + note }
        return comment(of: property, declaredBy: entry.declaringType, name: property.name, facts)
    }

    /// What the comment of a lookup or collection says.
    func documentation(of entry: Members.Entry<NavigationProperty>, row: String, valueColumn: String?) -> String {
        let property = entry.property
        let name = DocumentationComment.code(property.name)
        let type = row == "UntypedEntity" ? "rows of \(DocumentationComment.code(property.type.name))" : "``\(row)``"
        var facts = property.type.isCollection ? "\(name), collection of \(type)" : "\(name), lookup of \(type)"
        if let partner = property.partner { facts += ", inverse of \(DocumentationComment.code(partner))" }
        if property.containsTarget { facts += ", contained" }
        if let valueColumn {
            facts += ", key in \(DocumentationComment.code(valueColumn))"
        } else if !property.referentialConstraints.isEmpty {
            let pairs = property.referentialConstraints.map {
                DocumentationComment.code($0.property) + " is its " + DocumentationComment.code($0.referencedProperty)
            }
            facts += "; " + pairs.joined(separator: ", ")
        }
        switch property.onDelete {
        case .cascade?: facts += "; deleted together with it"
        case .setNull?: facts += "; null after it is deleted"
        case .setDefault?: facts += "; the default after it is deleted"
        case .some(.none), nil: break
        }
        facts += "."
        return comment(of: property, declaredBy: entry.declaringType, name: property.name, facts)
    }

    /// What the comment of a lookup of several tables says.
    func documentation(ofPolymorphic entry: Members.Entry<Property>, targets: String, count: Int) -> String {
        let property = entry.property
        let facts = "\(DocumentationComment.code(property.name)), lookup of \(count) tables, see ``\(targets)``."
        return comment(of: property, declaredBy: entry.declaringType, name: property.name, facts)
    }

    private func comment(
        of property: some AnnotatedElement,
        declaredBy type: String,
        name: String,
        _ facts: String
    ) -> String {
        let target = "\(type)/\(name)"
        let descriptions = vocabulary.descriptions(of: property, target: target)
        let paragraphs = descriptions.isEmpty ? [facts] : descriptions.map(DocumentationComment.sentence) + [facts]
        return DocumentationComment.text(
            paragraphs,
            indentation: 8,
            deprecation: vocabulary.deprecation(of: property, target: target)
        )
    }

    private static func addFacets(of type: TypeReference, to text: inout String) {
        let facets = type.facets
        if case .limited(let length)? = facets.maxLength {
            text += type.name == "Edm.Binary" ? ", at most \(length) bytes" : ", at most \(length) characters"
        }
        if let precision = facets.precision {
            text += type.name == "Edm.Decimal" ? ", \(precision) digits" : ", \(precision) digits of the second"
        }
        if case .fixed(let scale)? = facets.scale, scale > 0 { text += ", \(scale) after the point" }
        if let srid = facets.srid { text += ", SRID \(DocumentationComment.code(srid))" }
    }
}
