/// The query options that OData defines.
enum OptionKind: String, CaseIterable {
    case filter, select, orderby, expand, top, skip, count, search, compute, levels, index, format, id, apply
    case skiptoken, deltatoken, schemaversion

    /// - Parameter name: The name as it was written: in any case and, since OData 4.01, without its `$`.
    init?(written name: String) {
        self.init(rawValue: (name.hasPrefix("$") ? String(name.dropFirst()) : name).lowercased())
    }

    /// Whether the grammar lets the option go without its `$`; `$apply`, `$skiptoken` and `$deltatoken` may not.
    var mayLackDollar: Bool {
        switch self {
        case .skiptoken, .deltatoken, .apply: false
        default: true
        }
    }

    /// What `$ref` may have in parentheses after an expanded property.
    static let forReferences: Set<OptionKind> = [.filter, .search, .orderby, .skip, .top, .count]
    /// What an expanded property may have in parentheses.
    static let forRows: Set<OptionKind> = forReferences.union([.select, .expand, .compute, .levels])
    /// What a selected property may have in parentheses.
    static let forSelection: Set<OptionKind> = forReferences.union([.select, .compute])
}
