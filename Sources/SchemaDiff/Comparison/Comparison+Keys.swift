import CSDL

extension ComparisonRun {
    /// Compares the keys that two versions of an entity type declare themselves. The order of their parts does not
    /// matter: key predicates name them.
    mutating func compareKeys(_ before: EntityType, _ after: EntityType, _ site: Site) {
        let (left, right) = (before.key, after.key)
        if left.isEmpty && right.isEmpty { return }
        let (oldText, newText) = (ComparisonRun.text(left), ComparisonRun.text(right))
        guard oldText != newText else { return }
        if left.isEmpty {
            add(.keyAdded, site, Values(after: newText), "the entity type has a key now: \(newText)")
        } else if right.isEmpty {
            add(.keyRemoved, site, Values(before: oldText), "the entity type has no key any more; it was \(oldText)")
        } else if left.map(\.name).sorted() == right.map(\.name).sorted() {
            change(.keyAliasChanged, site, oldText, newText, "the key", nil)
        } else {
            change(.keyChanged, site, oldText, newText, "the key", nil)
        }
    }

    private static func text(_ key: [EntityType.KeyProperty]) -> String {
        key.map { part in part.name + (part.alias.map { " as \($0)" } ?? "") }.sorted().joined(separator: ", ")
    }

    /// Compares alternate keys: as sets, since they have no names of their own.
    ///
    /// Source: Core vocabulary, AlternateKeys; OData.Community.Keys.V1 is what Dataverse writes.
    mutating func compareAlternateKeys(_ before: Annotation?, _ after: Annotation?, _ site: Site) {
        let left = ComparisonRun.alternateKeys(before)
        let right = ComparisonRun.alternateKeys(after)
        for key in left where !right.contains(key) {
            add(
                .alternateKeyRemoved,
                site,
                Values(before: key),
                "the alternate key \(key.inQuotes) was removed",
                detail: "@AlternateKeys(\(key))"
            )
        }
        for key in right where !left.contains(key) {
            add(
                .alternateKeyAdded,
                site,
                Values(after: key),
                "the alternate key \(key.inQuotes) was added",
                detail: "@AlternateKeys(\(key))"
            )
        }
    }

    private static func alternateKeys(_ annotation: Annotation?) -> [String] {
        guard let value = annotation?.value else { return [] }
        var keys: [String] = []
        for record in value.elements.compactMap(\.record) {
            let parts = (record["Key"]?.elements ?? []).compactMap(\.record).map { part in
                let name = part["Name"]?.pathValue ?? ""
                let alias = part["Alias"]?.stringValue
                return name + (alias == nil || alias == name ? "" : " as \(alias ?? "")")
            }
            let key = parts.sorted().joined(separator: ", ")
            if !key.isEmpty, !keys.contains(key) { keys.append(key) }
        }
        return keys
    }
}
