import CSDL

/// Names the types that are nested in the struct of a table.
///
/// Inside the struct they hide types of the same name, so they take no name that generated code uses.
struct NestedTypeNames {
    /// The Swift name of the table.
    let rowName: String
    /// Notes about names that are not the plain ones.
    private(set) var diagnostics: [Diagnostic] = []
    private var scope: NameScope
    private let style: NamingStyle
    private let file: String

    init(rowName: String, typeNames: TypeNames, file: String) {
        self.rowName = rowName
        self.file = file
        style = typeNames.style
        scope = NameScope(reserved: typeNames.unavailableToNestedTypes)
    }

    /// A name for a type.
    ///
    /// - Parameters:
    ///   - name: What the type belongs to: a column or lookup.
    ///   - suffix: What to add where the name is taken.
    ///   - position: Where the column is declared.
    mutating func assign(_ name: String, suffix: String, at position: SourcePosition) -> String {
        let given = scope.assign(style.type(name), for: name, suffix: suffix)
        if let reason = given.reason {
            let message = "the type of '\(name)' in \(rowName) is named \(given.name), because \(reason)"
            diagnostics.append(Diagnostic(.note, message, file: file, position: position))
        }
        return given.name
    }
}
