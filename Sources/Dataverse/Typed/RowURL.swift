/// Reads the entity set and the key out of the URL of a row.
enum RowURL {
    static func parts(of url: String) -> (entitySetName: String, literals: [(name: String?, literal: String)])? {
        guard let literals = KeyPredicateReader.literals(inURL: url), let opening = url.firstIndex(of: "(") else {
            return nil
        }
        let path = url[..<opening]
        let set = path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path
        return set.isEmpty ? nil : (String(set), literals)
    }
}
