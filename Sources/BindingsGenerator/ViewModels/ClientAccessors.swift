import CSDL

/// The properties of both clients that lead to entity sets and singletons, named once for all files.
struct ClientAccessors: Sendable {
    /// The accessors by the canonical name of the type that they lead to.
    private(set) var ofType: [String: [TableContext.Accessor]] = [:]
    /// The names that are left for operations.
    private(set) var scope: NameScope
    /// Notes about names.
    private(set) var diagnostics: [Diagnostic] = []

    private let style: NamingStyle

    init(schema: SelectedSchema, vocabulary: Vocabulary, style: NamingStyle) {
        self.style = style
        scope = NameScope(
            reserved: ReservedNames.clientMembers,
            renames: style.renames.entitySets.merging(style.renames.operations) { entitySet, _ in entitySet }
        )
        scope.hold(schema.index.entitySets.map(\.element.name))
        scope.hold(schema.index.singletons.map(\.element.name))
        for type in schema.entityTypes {
            let sets = schema.index.entitySets(ofType: type.qualifiedName)
            for (offset, set) in sets.enumerated() {
                add(
                    set.element.name,
                    kind: "EntitySet",
                    type: type.qualifiedName,
                    arguments: offset == 0 ? "" : ", named: " + SwiftLiteral.string(set.element.name),
                    paragraphs: vocabulary.descriptions(of: set.element, target: set.target)
                        .map(DocumentationComment.sentence)
                        + ["The rows of \(DocumentationComment.code(set.element.name))."]
                        + vocabulary.restrictions(of: set),
                    deprecation: vocabulary.deprecation(of: set.element, target: set.target)
                        ?? vocabulary.deprecation(of: type.element, target: type.target),
                    place: Place(set)
                )
            }
        }
        for singleton in schema.index.singletons {
            guard let type = schema.index.entityType(named: singleton.element.type),
                schema.contains(type: type.qualifiedName)
            else { continue }
            add(
                singleton.element.name,
                kind: "Singleton",
                type: type.qualifiedName,
                arguments: ", named: " + SwiftLiteral.string(singleton.element.name),
                paragraphs: vocabulary.descriptions(of: singleton.element, target: singleton.target)
                    .map(DocumentationComment.sentence)
                    + ["The singleton \(DocumentationComment.code(singleton.element.name))."],
                deprecation: vocabulary.deprecation(of: singleton.element, target: singleton.target)
                    ?? vocabulary.deprecation(of: type.element, target: type.target),
                place: Place(singleton)
            )
        }
    }

    private mutating func add(
        _ source: String,
        kind: String,
        type: String,
        arguments: String,
        paragraphs: [String],
        deprecation: String?,
        place: Place
    ) {
        let given = scope.assign(style.member(source), for: source, suffix: kind)
        if let conflict = given.conflict { diagnostics.append(conflict) }
        if let reason = given.reason {
            diagnostics.append(
                Diagnostic(
                    .note,
                    "'\(source)' is named \(given.name) in the clients, because \(reason)",
                    file: place.file,
                    position: place.position
                )
            )
        }
        ofType[type, default: []].append(
            TableContext.Accessor(
                documentation: DocumentationComment.text(paragraphs, indentation: 4, deprecation: deprecation),
                name: given.name.escapedIdentifier,
                arguments: arguments,
                kind: kind
            )
        )
    }
}
