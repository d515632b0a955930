/// The names that conditions and orders call the linked tables of a query by.
struct LinkNames {
    private var byAlias: [String: QueryScope] = [:]
    /// The links without an alias, which have the name of their table.
    private var byTable: [String: [QueryScope]] = [:]

    /// - Throws: ``ServiceError`` with status 400 if the alias is taken.
    mutating func add(_ scope: QueryScope, alias: String) throws {
        guard byAlias.updateValue(scope, forKey: alias) == nil else {
            throw ServiceError.badQuery("The alias '\(alias)' is used twice.")
        }
    }

    mutating func add(_ scope: QueryScope, table: String) { byTable[table, default: []].append(scope) }

    /// - Throws: ``ServiceError`` with status 400 if nothing, or more than one link, has the name.
    func scope(named name: String) throws -> QueryScope {
        if let scope = byAlias[name] { return scope }
        let scopes = byTable[name] ?? []
        guard scopes.count < 2 else {
            throw ServiceError.badQuery("There are several links to '\(name)': give them aliases.")
        }
        guard let scope = scopes.first else {
            throw ServiceError.badQuery("'\(name)' is the alias or name of no link whose columns can be used here.")
        }
        return scope
    }
}
