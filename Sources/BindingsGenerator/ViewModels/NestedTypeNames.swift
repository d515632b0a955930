import CSDL

/// Names the types that are nested in the struct of a table.
///
/// Inside the struct they hide types of the same name, so they take no name that generated code uses.
struct NestedTypeNames {
    /// The Swift name of the table.
    let rowName: String
    /// Notes about names that are not the plain ones, and errors about names that someone chose.
    private(set) var diagnostics: [Diagnostic] = []
    private var scope: NameScope
    private let style: NamingStyle
    private let file: String

    /// - Parameters:
    ///   - rowName: The Swift name of the table.
    ///   - typeNames: The names of all types.
    ///   - renames: The names that someone chose for choices, by the names of their columns.
    ///   - choices: The columns whose choices are nested in the struct.
    ///   - file: The name of the document, for notes.
    init(
        rowName: String,
        typeNames: TypeNames,
        renames: [String: NamingConfiguration.Rename] = [:],
        choices: [String] = [],
        file: String
    ) {
        self.rowName = rowName
        self.file = file
        style = typeNames.style
        scope = NameScope(reserved: typeNames.unavailableToNestedTypes, renames: renames)
        // Only where someone chose names can they meet with others.
        if !renames.isEmpty { scope.hold(choices) }
    }

    /// A name for the enumeration of a choice.
    ///
    /// - Parameters:
    ///   - column: The column.
    ///   - position: Where it is declared.
    mutating func choice(_ column: String, at position: SourcePosition) -> String {
        assign(column, suffix: "Choice", isRenamable: true, at: position)
    }

    /// A name for the enumeration of the tables that a lookup refers to.
    ///
    /// - Parameters:
    ///   - name: What the lookup refers to.
    ///   - position: Where the column of its value is declared.
    mutating func lookup(_ name: String, at position: SourcePosition) -> String {
        assign(name, suffix: "Lookup", isRenamable: false, at: position)
    }

    private mutating func assign(
        _ name: String,
        suffix: String,
        isRenamable: Bool,
        at position: SourcePosition
    ) -> String {
        let given = scope.assign(style.type(name), for: name, suffix: suffix, isRenamable: isRenamable)
        if let conflict = given.conflict { diagnostics.append(conflict) }
        if let reason = given.reason {
            let message = "the type of '\(name)' in \(rowName) is named \(given.name), because \(reason)"
            diagnostics.append(Diagnostic(.note, message, file: file, position: position))
        }
        return given.name
    }
}
