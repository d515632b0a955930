import CSDL

/// The Swift names of the selected types, by canonical name.
struct TypeNames: Sendable {
    /// How all other names are made.
    let style: NamingStyle
    /// The Swift types of columns that do not have the one of the metadata.
    let columnTypes: ColumnTypes
    private var names: [String: String] = [:]
    /// A note for every name that is not the plain one, and an error for every one that someone chose in vain.
    private(set) var diagnostics: [Diagnostic] = []
    /// The names that types inside of others do not take: those of all types, and those with a meaning of their own. Each
    /// table looks into it, so it is made once.
    private(set) var unavailableToNestedTypes: Set<String> = []
    private var reserved = ReservedNames.types
    private var taken: Set<String> = []
    private var chosen: [String: NamingConfiguration.Rename] = [:]

    /// Names the types of a selection: tables first, then complex types, then enumerations, each sorted by name, so that
    /// the order of the document does not matter. Names that someone chose come before all others.
    init(_ schema: SelectedSchema, configuration: GeneratorConfiguration) {
        style = NamingStyle(configuration.naming)
        columnTypes = ColumnTypes(configuration)
        if let module = configuration.module { reserved.insert(module) }
        for type in schema.entityTypes { rename(type) }
        for type in schema.complexTypes { rename(type) }
        for type in schema.enumTypes { rename(type) }
        // A name that loses its prefix does not take the name of a type that has it anyway.
        for isStripped in style.stripsPrefixes ? [false, true] : [false] {
            for type in schema.entityTypes { name(type, suffix: "Entity", onlyStripped: isStripped) }
            for type in schema.complexTypes { name(type, suffix: "ComplexType", onlyStripped: isStripped) }
            for type in schema.enumTypes { name(type, suffix: "Enumeration", onlyStripped: isStripped) }
        }
        unavailableToNestedTypes = ReservedNames.types.union(ReservedNames.keywords).union(names.values)
    }

    /// The name of a type; `nil` where it is not selected.
    subscript(qualifiedName: String) -> String? { names[qualifiedName] }

    private mutating func rename<Element: NamedTypeElement>(_ type: SchemaIndex.Declared<Element>) {
        guard let rename = style.renames.types[type.qualifiedName] ?? style.renames.types[type.element.name] else {
            return
        }
        var problem: String?
        if reserved.contains(rename.name) || ReservedNames.keywords.contains(rename.name) {
            problem = "it has a meaning of its own in Swift"
        }
        if let other = chosen.updateValue(rename, forKey: rename.name) {
            problem = other.source == rename.source ? "several types have that name" : "'\(other.source)' is named so"
        }
        if let problem {
            let message = "'\(type.qualifiedName)' cannot be named '\(rename.name)': \(problem)"
            diagnostics.append(Diagnostic(.error, message, at: rename.place))
        }
        names[type.qualifiedName] = rename.name
    }

    private mutating func name<Element: NamedTypeElement>(
        _ type: SchemaIndex.Declared<Element>,
        suffix: String,
        onlyStripped isStripped: Bool
    ) {
        guard names[type.qualifiedName] == nil else { return }
        let spelling = style.type(type.element.name)
        guard (spelling.fullName != nil) == isStripped else { return }
        let plain = spelling.name
        if let rename = chosen[plain] {
            let message = "the new name of '\(rename.source)' is that of '\(type.qualifiedName)'; rename that one too"
            diagnostics.append(Diagnostic(.error, message, at: rename.place))
        }
        let base = spelling.fullName ?? plain
        let space = IdentifierWords(type.namespace.split(separator: ".").last.map(String.init) ?? "").upperCamelCase
        // A name that is taken is told apart by its namespace rather than by its kind.
        let ordered =
            taken.contains(plain)
            ? [space + base, base + suffix, space + base + suffix]
            : [plain, base + suffix, space + base, space + base + suffix]
        var candidates = spelling.fullName.map { [plain, $0] + ordered } ?? ordered
        candidates.removeAll { !isFree($0) }
        var number = 2
        while candidates.isEmpty {
            let candidate = "\(base)\(suffix)\(number)"
            if isFree(candidate) { candidates = [candidate] }
            number += 1
        }
        let name = candidates[0]
        if name != plain {
            let reason = reserved.contains(plain) ? "has a meaning of its own in Swift" : "is already taken"
            let message = "'\(type.qualifiedName)' is named \(name), because \(plain) \(reason)"
            diagnostics.append(Diagnostic(.note, message, at: Place(type)))
        }
        taken.insert(name)
        names[type.qualifiedName] = name
    }

    private func isFree(_ name: String) -> Bool { !reserved.contains(name) && !taken.contains(name) }
}

/// A type with a name.
private protocol NamedTypeElement: AnnotatedElement, Sendable {
    var name: String { get }
}

extension EntityType: NamedTypeElement {}
extension ComplexType: NamedTypeElement {}
extension EnumType: NamedTypeElement {}
