import CSDL

extension ComparisonRun {
    /// A term with the schema that declares it.
    private struct DeclaredTerm {
        let term: Term
        let qualifiedName: String
        let namespace: String
    }

    mutating func compareTerms() {
        let (before, after) = (ComparisonRun.terms(old), ComparisonRun.terms(new))
        let matching = NameMatching(before, after, name: \.qualifiedName)
        for place in matching.removed {
            let declared = before[place]
            remove(
                .termRemoved,
                Site(
                    element: .named(.term, declared.qualifiedName),
                    old: declared.term.position,
                    new: schemaPosition(declared.namespace, in: new)
                ),
                old.spelling(declared.term.type),
                oldDefinition.text(declared.term)
            )
        }
        for place in matching.added {
            let declared = after[place]
            insert(
                .termAdded,
                Site(
                    element: .named(.term, declared.qualifiedName),
                    old: schemaPosition(declared.namespace, in: old),
                    new: declared.term.position
                ),
                new.spelling(declared.term.type),
                newDefinition.text(declared.term)
            )
        }
        for (oldPlace, newPlace) in matching.common {
            let (left, right) = (before[oldPlace].term, after[newPlace].term)
            let name = before[oldPlace].qualifiedName
            compare(left, right, Site(element: .named(.term, name), old: left.position, new: right.position))
        }
    }

    private static func terms(_ version: SchemaVersion) -> [DeclaredTerm] {
        version.document.schemas.flatMap { schema in
            schema.terms.map {
                DeclaredTerm(term: $0, qualifiedName: schema.qualifiedName($0.name), namespace: schema.namespace)
            }
        }
    }

    private mutating func compare(_ before: Term, _ after: Term, _ site: Site) {
        let definitions = (oldDefinition.text(before), newDefinition.text(after))
        let facetsDiffer = before.type.facets != after.type.facets || before.type.isNullable != after.type.isNullable
        if !areSame(before.type, after.type) || facetsDiffer {
            change(
                .termTypeChanged,
                site,
                ComparisonRun.text(before.type, old),
                ComparisonRun.text(after.type, new),
                "the type",
                definitions
            )
        }
        if !areSame(before.baseTerm, after.baseTerm) {
            change(
                .termBaseTermChanged,
                site,
                before.baseTerm.map(old.canonical),
                after.baseTerm.map(new.canonical),
                "the base term",
                definitions
            )
        }
        if before.defaultValue != after.defaultValue {
            change(
                .termDefaultChanged,
                site,
                before.defaultValue,
                after.defaultValue,
                "the default value",
                definitions
            )
        }
        if Set(before.appliesTo) != Set(after.appliesTo) {
            change(
                .termAppliesToChanged,
                site,
                before.appliesTo.sorted().joined(separator: " "),
                after.appliesTo.sorted().joined(separator: " "),
                "what it applies to",
                definitions
            )
        }
        compareAnnotations(before.annotations, after.annotations, site)
    }

    /// The type with its facets: `Edm.String, Nullable="false", MaxLength="20"`.
    private static func text(_ type: TypeReference, _ version: SchemaVersion) -> String {
        var parts = [version.spelling(type)]
        if !type.isNullable { parts.append(#"Nullable="false""#) }
        if let length = type.facets.maxLength { parts.append("MaxLength=\"\(length.text)\"") }
        if let precision = type.facets.precision { parts.append("Precision=\"\(precision)\"") }
        if let scale = type.facets.scale { parts.append("Scale=\"\(scale.text)\"") }
        if let unicode = type.facets.isUnicode { parts.append("Unicode=\"\(unicode)\"") }
        if let srid = type.facets.srid { parts.append("SRID=\"\(srid)\"") }
        return parts.joined(separator: ", ")
    }
}
