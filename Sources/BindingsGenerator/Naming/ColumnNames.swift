import CSDL

/// Names the columns of one type.
struct ColumnNames {
    /// The Swift name of the type.
    let rowName: String
    /// Notes about names that are not the plain ones, and errors about names that someone chose.
    private(set) var diagnostics: [Diagnostic] = []
    private var scope: NameScope
    private let style: NamingStyle
    private let onlyKey: String?
    /// The name of the document, for notes.
    let file: String

    /// - Parameters:
    ///   - rowName: The Swift name of the type.
    ///   - members: The properties; a name that one of them has is kept for it.
    ///   - key: The names of the key properties; a single one may be called `id`.
    ///   - reserved: Names that would hide columns.
    ///   - style: How names are made.
    ///   - lineage: The names of the type and its base types, the root first, each without and with its namespace.
    ///   - file: The name of the document, for notes.
    init(
        rowName: String,
        members: Members,
        key: [String],
        reserved: Set<String>,
        style: NamingStyle,
        lineage: [[String]],
        file: String
    ) {
        self.rowName = rowName
        self.style = style
        self.file = file
        onlyKey = key.count == 1 ? key[0] : nil
        scope = NameScope(reserved: reserved, renames: style.renames.columns(of: lineage))
        scope.hold(members.names)
    }

    /// The name of a property, in backticks where needed.
    mutating func assign(
        _ source: String,
        as spelling: String? = nil,
        suffix: String,
        at position: SourcePosition
    ) -> String {
        let wanted = style.member(spelling ?? source)
        let isKeyNamedID = wanted.name == "id" && source == onlyKey
        let given = scope.assign(
            wanted,
            for: source,
            orRenamed: spelling.map { [$0] } ?? [],
            suffix: suffix,
            allowingReserved: isKeyNamedID
        )
        if let conflict = given.conflict { diagnostics.append(conflict) }
        if let reason = given.reason {
            let message = "'\(source)' of \(rowName) is named \(given.name), because \(reason)"
            diagnostics.append(Diagnostic(.note, message, file: file, position: position))
        }
        return given.name.escapedIdentifier
    }
}
