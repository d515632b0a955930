import CSDL

extension Vocabulary {
    /// What the service says that it does not support for an entity set, as sentences for its comment.
    ///
    /// Source: OData Capabilities Vocabulary, `Org.OData.Capabilities.V1`.
    func restrictions(of set: SchemaIndex.Declared<EntitySet>) -> [String] {
        let annotations = index.annotations(of: set.element, target: set.target)
        guard !annotations.isEmpty else { return [] }
        var unsupported: [String] = []
        var details: [String] = []
        for (term, property, name) in Vocabulary.switches {
            let annotation = annotations.first { index.annotation($0, hasTerm: Vocabulary.namespace + term) }
            let value = property.map { annotation?.value?.record?[$0] } ?? annotation?.value
            if value?.boolValue == false { unsupported.append(name) }
        }
        for (term, property, sentence) in Vocabulary.lists {
            let annotation = annotations.first { index.annotation($0, hasTerm: Vocabulary.namespace + term) }
            let paths = (annotation?.value?.record?[property]?.elements ?? []).compactMap(\.pathValue)
            guard !paths.isEmpty else { continue }
            let shown = paths.prefix(20).map(DocumentationComment.code).joined(separator: ", ")
            let rest = paths.count > 20 ? " and \(paths.count - 20) more" : ""
            details.append("\(sentence): \(shown)\(rest).")
        }
        let filter = annotations.first { index.annotation($0, hasTerm: Vocabulary.namespace + "FilterRestrictions") }
        if filter?.value?.record?["RequiresFilter"]?.boolValue == true { details.append("Queries need a filter.") }
        var sentences: [String] = []
        if let last = unsupported.last {
            let list = unsupported.count == 1 ? last : unsupported.dropLast().joined(separator: ", ") + " or " + last
            sentences.append("The service does not support \(list).")
        }
        sentences += details
        return sentences.isEmpty ? [] : [sentences.joined(separator: " ")]
    }

    private static let namespace = "Org.OData.Capabilities.V1."

    /// What can be off: a property of a term's record, or the term itself.
    private static let switches: [(term: String, property: String?, name: String)] = [
        ("ReadRestrictions", "Readable", "reading rows"), ("InsertRestrictions", "Insertable", "creating rows"),
        ("UpdateRestrictions", "Updatable", "updating rows"), ("DeleteRestrictions", "Deletable", "deleting rows"),
        ("FilterRestrictions", "Filterable", "`where`"), ("SortRestrictions", "Sortable", "`orderBy`"),
        ("ExpandRestrictions", "Expandable", "`expand`"), ("SelectSupport", "Supported", "`select`"),
        ("TopSupported", nil, "`top`"), ("SkipSupported", nil, "`skip`"),
        ("CountRestrictions", "Countable", "counting"),
        ("SearchRestrictions", "Searchable", "searching"), ("IndexableByKey", nil, "reading a row by its key"),
    ]

    /// What names columns and navigation properties.
    private static let lists: [(term: String, property: String, sentence: String)] = [
        ("InsertRestrictions", "RequiredProperties", "New rows need"),
        ("InsertRestrictions", "NonInsertableProperties", "Not to be set in new rows"),
        ("UpdateRestrictions", "NonUpdatableProperties", "Not to be updated"),
        ("FilterRestrictions", "RequiredProperties", "Filters need"),
        ("FilterRestrictions", "NonFilterableProperties", "Not to be filtered by"),
        ("SortRestrictions", "NonSortableProperties", "Not to be ordered by"),
        ("SortRestrictions", "AscendingOnlyProperties", "In ascending order only"),
        ("SortRestrictions", "DescendingOnlyProperties", "In descending order only"),
        ("ExpandRestrictions", "NonExpandableProperties", "Not to be expanded"),
        ("CountRestrictions", "NonCountableProperties", "Not to be counted"),
    ]
}
