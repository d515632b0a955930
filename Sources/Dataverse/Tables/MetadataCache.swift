/// What a client remembers about tables.
public enum MetadataCache: Sendable, Hashable, CaseIterable {
    /// The labels of choice columns and the values they stand for.
    case choices
    /// Entity sets and primary keys.
    case entitySets
    /// Everything.
    case all
}

extension ClientContext {
    /// Forgets what is known, and tells how many entries that were.
    func flush(_ cache: MetadataCache, of table: String?) -> Int {
        switch cache {
        case .choices: choices.invalidate(table)
        case .entitySets: tables.invalidate(table)
        case .all: choices.invalidate(table) + tables.invalidate(table)
        }
    }
}
