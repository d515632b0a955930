import CSDL

/// The Swift names of the selected types, by canonical name.
struct TypeNames: Sendable {
    private var names: [String: String] = [:]
    /// A note for every name that is not the plain one.
    private(set) var diagnostics: [Diagnostic] = []

    /// Names the types of a selection: tables first, then complex types, then enumerations, each sorted by name, so that
    /// the order of the document does not matter.
    init(_ schema: SelectedSchema, configuration: GeneratorConfiguration) {
        var reserved = ReservedNames.types
        if let module = configuration.module { reserved.insert(module) }
        var taken: Set<String> = []

        func add(_ qualifiedName: String, _ namespace: String, _ name: String, suffix: String, _ place: Place) {
            let plain = IdentifierWords(name).upperCamelCase
            let space = IdentifierWords(namespace.split(separator: ".").last.map(String.init) ?? "").upperCamelCase
            let candidates = [plain, plain + suffix, space + plain, space + plain + suffix]
            let free = { (candidate: String) in !reserved.contains(candidate) && !taken.contains(candidate) }
            // A name that is taken is told apart by its namespace rather than by its kind.
            let ordered = taken.contains(plain) ? [candidates[2], candidates[1], candidates[3]] : candidates
            var chosen = ordered.first(where: free)
            var number = 2
            while chosen == nil {
                let candidate = "\(plain)\(suffix)\(number)"
                if free(candidate) { chosen = candidate }
                number += 1
            }
            guard let chosen else { return }
            if chosen != plain {
                let reason = reserved.contains(plain) ? "has a meaning of its own in Swift" : "is already taken"
                diagnostics.append(
                    Diagnostic(
                        .note,
                        "'\(qualifiedName)' is named \(chosen), because \(plain) \(reason)",
                        file: place.file,
                        position: place.position
                    )
                )
            }
            taken.insert(chosen)
            names[qualifiedName] = chosen
        }

        for type in schema.entityTypes {
            add(type.qualifiedName, type.namespace, type.element.name, suffix: "Entity", Place(type))
        }
        for type in schema.complexTypes {
            add(type.qualifiedName, type.namespace, type.element.name, suffix: "ComplexType", Place(type))
        }
        for type in schema.enumTypes {
            add(type.qualifiedName, type.namespace, type.element.name, suffix: "Enumeration", Place(type))
        }
    }

    /// The name of a type; `nil` where it is not selected.
    subscript(qualifiedName: String) -> String? { names[qualifiedName] }

    /// The Swift names of all types.
    var all: Set<String> { Set(names.values) }
}

/// Where an element stands, for diagnostics.
struct Place {
    let file: String
    let position: SourcePosition

    init(_ declared: SchemaIndex.Declared<some AnnotatedElement>) {
        file = declared.sourceName
        position = declared.element.position
    }

    init(file: String, position: SourcePosition) {
        self.file = file
        self.position = position
    }
}
