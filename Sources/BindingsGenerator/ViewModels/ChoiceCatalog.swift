import CSDL

/// The choices of the selected tables: which columns have one, and the global ones that several columns share.
struct ChoiceCatalog: Sendable {
    let optionSets: OptionSets
    /// The global option sets that columns of the selection have, by name.
    private(set) var global: [(name: String, optionSet: OptionSets.OptionSet)] = []
    /// Notes and errors about names, and warnings about global option sets that differ between columns.
    private(set) var diagnostics: [Diagnostic] = []
    private var globalNames: [String: String] = [:]

    /// No choices, as complex types have.
    static let empty = ChoiceCatalog()

    private init() { optionSets = OptionSets() }

    init(optionSets: OptionSets, schema: SelectedSchema, style: NamingStyle) {
        self.optionSets = optionSets
        guard !optionSets.columns.isEmpty else { return }
        var used: [String: OptionSets.OptionSet] = [:]
        for type in schema.entityTypes {
            let lineage = schema.index.lineage(of: type)
            let tables = lineage.reversed().map(\.element.name)
            for property in lineage.flatMap(\.element.properties) {
                guard case .options(let set)? = optionSets.column(property.name, of: tables), set.isGlobal else {
                    continue
                }
                guard let known = used[set.name] else {
                    used[set.name] = set
                    continue
                }
                if known.options.map(\.value) != set.options.map(\.value) { merge(set, into: known, &used) }
            }
        }
        name(used.values.sorted { $0.name < $1.name }, style)
    }

    private mutating func name(_ sets: [OptionSets.OptionSet], _ style: NamingStyle) {
        let reserved = ReservedNames.types.union(ReservedNames.keywords)
        var scope = NameScope(reserved: reserved, renames: style.renames.globalChoices)
        scope.hold(sets.map(\.name))
        for set in sets {
            let given = scope.assign(style.type(set.name), for: set.name, suffix: "Choice")
            if let conflict = given.conflict { diagnostics.append(conflict) }
            if let reason = given.reason {
                let message = "the global option set '\(set.name)' is named \(given.name), because \(reason)"
                diagnostics.append(Diagnostic(.note, message, file: file))
            }
            globalNames[set.name] = given.name
            global.append((given.name, set))
        }
    }

    /// The Swift type of a global option set.
    func typeName(ofGlobal name: String) -> String? { globalNames[name].map { "Choices." + $0 } }

    /// The file to name in messages, where there is one only.
    var file: String? { optionSets.files.count == 1 ? optionSets.files[0] : nil }

    private mutating func merge(
        _ set: OptionSets.OptionSet,
        into known: OptionSets.OptionSet,
        _ used: inout [String: OptionSets.OptionSet]
    ) {
        let more = set.options.filter { option in !known.options.contains { $0.value == option.value } }
        let message = "the global option set '\(set.name)' has other options in other places; all of them are taken"
        if !diagnostics.contains(where: { $0.message == message }) {
            diagnostics.append(Diagnostic(.warning, message, file: file))
        }
        guard !more.isEmpty else { return }
        used[set.name] = OptionSets.OptionSet(
            name: known.name,
            isGlobal: true,
            displayName: known.displayName,
            description: known.description,
            options: known.options + more
        )
    }
}

/// The choices of one table while its columns are built.
struct TableChoices {
    let catalog: ChoiceCatalog
    /// The logical names of the table and of those it inherits from, its own first.
    let tables: [String]
    /// The choices that are nested in the table's struct.
    private(set) var nested: [ChoiceContext] = []
    /// What there is to say about them.
    private(set) var diagnostics: [Diagnostic] = []

    init(catalog: ChoiceCatalog, tables: [String]) {
        self.catalog = catalog
        self.tables = tables
    }

    /// The columns of a table whose choices are nested in its struct.
    func nestedColumns(of members: Members) -> [String] {
        guard !catalog.optionSets.columns.isEmpty else { return [] }
        return members.names.filter {
            guard case .options(let set)? = catalog.optionSets.column($0, of: tables) else { return false }
            return !set.isGlobal
        }
    }

    /// The Swift type of a column with options; `nil` for any other column.
    mutating func type(of property: Property, file: String, nested names: inout NestedTypeNames) -> String? {
        guard case .options(let optionSet)? = catalog.optionSets.column(property.name, of: tables) else { return nil }
        let form: (String) -> String
        switch (property.type.name, property.type.isCollection) {
        case ("Edm.Int32", false): form = { $0 }
        case ("Edm.Int32", true): form = { "[\($0)]" }
        // Several options are sent as text.
        case ("Edm.String", false): form = { "ChoiceSet<\($0)>" }
        default:
            diagnostics.append(
                Diagnostic(
                    .warning,
                    "'\(property.name)' of '\(tables.first ?? "")' has options and is of the type "
                        + "\(property.type.spelling); it stays as it is",
                    file: file,
                    position: property.position
                )
            )
            return nil
        }
        if optionSet.isGlobal, let name = catalog.typeName(ofGlobal: optionSet.name) { return form(name) }
        let name = names.choice(property.name, at: property.position)
        var builder = ChoiceBuilder(subject: "\(tables.first ?? "").\(property.name)", file: catalog.file)
        builder.states = states
        nested.append(builder.choice(optionSet, named: name, diagnostics: &diagnostics))
        return form(name)
    }

    /// What the comment of a Boolean column says about its two values.
    func labels(of property: Property) -> String? {
        guard case .boolean(let whenTrue, let whenFalse)? = catalog.optionSets.column(property.name, of: tables),
            !whenTrue.isEmpty || !whenFalse.isEmpty
        else { return nil }
        let labels = [(whenTrue, "true"), (whenFalse, "false")].filter { !$0.0.isEmpty }
            .map { "\(DocumentationComment.code(DocumentationComment.line($0.0))) if \($0.1)" }
        return labels.joined(separator: ", ")
    }

    private var states: [Int32: String] {
        guard case .options(let states)? = catalog.optionSets.column("statecode", of: tables) else { return [:] }
        return Dictionary(states.options.map { ($0.value, $0.label) }) { first, _ in first }
    }
}
