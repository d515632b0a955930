import CSDL

/// One of the two sides of a comparison: a document, found by name.
public struct SchemaVersion: Sendable {
    /// The document.
    public let document: CSDLDocument
    /// Its elements by name.
    public let index: SchemaIndex
    /// The options of its choice columns, where they are known.
    public let choices: [ChoiceSet]?
    /// What is wrong with the document as a whole.
    public var diagnostics: [Diagnostic] { index.diagnostics + annotations.diagnostics }

    let annotations: TargetedAnnotations
    let aliases: [String: String]

    /// Indexes a document.
    ///
    /// - Parameters:
    ///   - document: The document.
    ///   - choices: The options of choice columns, where they are to be compared.
    public init(_ document: CSDLDocument, choices: [ChoiceSet]? = nil) {
        self.document = document
        self.choices = choices
        index = SchemaIndex([document])
        var aliases: [String: String] = [:]
        for include in document.references.flatMap(\.includes) {
            if let alias = include.alias { aliases[alias] = include.namespace }
        }
        for schema in document.schemas {
            if let alias = schema.alias { aliases[alias] = schema.namespace }
        }
        self.aliases = aliases
        annotations = TargetedAnnotations(document, aliases: aliases)
    }

    /// A qualified name with its alias replaced by the namespace.
    func canonical(_ name: String) -> String { CanonicalName.resolve(name, aliases) }

    /// A type as it is written, with its alias replaced: `Collection(Sales.Order)`.
    func spelling(_ type: TypeReference) -> String {
        let name = canonical(type.name)
        return type.isCollection ? "Collection(\(name))" : name
    }

    func location(_ position: SourcePosition?) -> Location? {
        position.map { Location(file: document.sourceName, position: $0) }
    }
}

/// Names with aliases, made comparable.
enum CanonicalName {
    /// `Self.Order` → `Sales.Order`; also where the name is that of a collection.
    static func resolve(_ name: String, _ aliases: [String: String]) -> String {
        if aliases.isEmpty { return name }
        let prefix = "Collection("
        if name.utf8.last == UInt8(ascii: ")"), name.hasPrefix(prefix) {
            return prefix + resolve(String(name.dropFirst(prefix.utf8.count).dropLast()), aliases) + ")"
        }
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")),
            let namespace = aliases[String(name[..<dot])]
        else { return name }
        return namespace + name[dot...]
    }

    /// A path whose segments may be qualified names, terms (`@Core.Description`) or operations with parameter types.
    static func resolvePath(_ path: String, _ aliases: [String: String]) -> String {
        guard !aliases.isEmpty, path.utf8.contains(UInt8(ascii: ".")) else { return path }
        return path.split(separator: "/", omittingEmptySubsequences: false)
            .map { segment in
                if let at = segment.firstIndex(of: "@") {
                    let term = segment[segment.index(after: at)...]
                    return resolve(String(segment[..<at]), aliases) + "@" + resolveTerm(String(term), aliases)
                }
                guard segment.last == ")", let open = segment.firstIndex(of: "("),
                    !segment.hasPrefix("Collection(")
                else { return resolve(String(segment), aliases) }
                let types = segment[segment.index(after: open)...].dropLast()
                    .split(separator: ",")
                    .map { resolve($0.filter { $0 != " " }, aliases) }
                return resolve(String(segment[..<open]), aliases) + "(" + types.joined(separator: ",") + ")"
            }
            .joined(separator: "/")
    }

    private static func resolveTerm(_ term: String, _ aliases: [String: String]) -> String {
        guard let hash = term.firstIndex(of: "#") else { return resolve(term, aliases) }
        return resolve(String(term[..<hash]), aliases) + term[hash...]
    }
}
