/// Builds the model of one document from the elements the cursor passes.
///
/// Every function takes an element that the cursor is at and leaves the cursor behind it. The functions for the parts
/// of a schema are in extensions, a file for each part of the specification.
final class DocumentParser {
    let cursor: XMLCursor
    let sourceName: String
    private(set) var diagnostics: [Diagnostic] = []
    private var structuredProperties = 0

    init(cursor: XMLCursor, sourceName: String) {
        self.cursor = cursor
        self.sourceName = sourceName
    }

    typealias Element = XMLCursor.Element

    /// The whole document.
    func document() throws(Diagnostic) -> CSDLDocument {
        let root = try cursor.root()
        guard root.space == .edmx, root.name == .edmx else { throw wrongRoot(root) }
        var document = CSDLDocument(sourceName: sourceName)
        document.version = try version(of: root)

        var hasDataServices = false
        try cursor.forEachChild(of: root) { (child) throws(Diagnostic) in
            switch child.name {
            case .reference:
                if let reference = try reference(child) { document.references.append(reference) }
            case .dataServices:
                hasDataServices = true
                document.schemas += try dataServices(child)
            default:
                try skipUnknown(child, in: root)
            }
        }
        try cursor.finish()
        if !hasDataServices {
            report(.error, "the document has no edmx:DataServices element and so no schema", at: root.position)
        }
        document.counts = cursor.counts
        document.counts.properties = structuredProperties
        return document
    }

    private func dataServices(_ element: Element) throws(Diagnostic) -> [Schema] {
        var schemas: [Schema] = []
        try cursor.forEachChild(of: element) { (child) throws(Diagnostic) in
            if child.space == .edm, child.name == .schema {
                if let schema = try schema(child) { schemas.append(schema) }
            } else if cursor.spelling(of: child) == "Schema", let old = OlderVersion(cursor.namespace(of: child)) {
                throw Diagnostic(.error, old.message, file: sourceName, position: child.position)
            } else {
                try skipUnknown(child, in: element)
            }
        }
        return schemas
    }

    private func version(of root: Element) throws(Diagnostic) -> String {
        var version: String?
        for attribute in cursor.attributes(of: root) {
            switch attribute.name {
            case .version: version = attribute.string
            default: reportUnknown(attribute, of: root)
            }
        }
        guard let version else {
            report(.warning, "edmx:Edmx has no Version; 4.0 is assumed", at: root.position)
            return "4.0"
        }
        guard version.hasPrefix("4.") || version == "4" else {
            throw Diagnostic(
                .error,
                "edmx:Edmx states version \(version.quoted); \(OlderVersion.nextStep)",
                file: sourceName,
                position: root.position
            )
        }
        if version != "4.0", version != "4.01" {
            report(.warning, "edmx:Edmx states version \(version.quoted); it is read as 4.01", at: root.position)
        }
        return version
    }

    private func wrongRoot(_ root: Element) -> Diagnostic {
        let name = cursor.spelling(of: root)
        let namespace = cursor.namespace(of: root)
        let message: String
        if name == "Edmx", let old = OlderVersion(namespace) {
            message = old.message
        } else if name == "Schema" {
            message = "found a Schema element without the edmx:Edmx around it; take the document from $metadata"
        } else if name.lowercased() == "html" {
            message = DocumentSniffer.htmlMessage
        } else if name == "service" {
            message = "found a service document; the CSDL XML document is at $metadata below that address"
        } else if name == "error" {
            message = "found an OData error response, not a CSDL XML document"
        } else {
            let place = namespace.map { " of the namespace \($0.quoted)" } ?? " without a namespace"
            message = "found the root element \(name.quoted)\(place); a CSDL XML document begins with edmx:Edmx"
        }
        return Diagnostic(.error, message, file: sourceName, position: root.position)
    }

    private func reference(_ element: Element) throws(Diagnostic) -> Reference? {
        var uri: String?
        for attribute in cursor.attributes(of: element) {
            switch attribute.name {
            case .uri: uri = attribute.string
            default: reportUnknown(attribute, of: element)
            }
        }
        var reference = Reference(uri: uri ?? "", position: element.position)
        try cursor.forEachChild(of: element) { (child) throws(Diagnostic) in
            switch child.name {
            case .include:
                if let include = try include(child) { reference.includes.append(include) }
            case .includeAnnotations:
                if let included = try includeAnnotations(child) { reference.includedAnnotations.append(included) }
            case .annotation:
                try annotation(child, into: &reference.annotations)
            default:
                try skipUnknown(child, in: element)
            }
        }
        return require(uri, .uri, of: element) == nil ? nil : reference
    }

    private func include(_ element: Element) throws(Diagnostic) -> Reference.Include? {
        var namespace: String?
        var alias: String?
        for attribute in cursor.attributes(of: element) {
            switch attribute.name {
            case .namespace: namespace = attribute.string
            case .alias: alias = attribute.string
            default: reportUnknown(attribute, of: element)
            }
        }
        try ignoreContent(of: element)
        return require(namespace, .namespace, of: element).map {
            Reference.Include(namespace: $0, alias: alias, position: element.position)
        }
    }

    private func includeAnnotations(_ element: Element) throws(Diagnostic) -> Reference.IncludeAnnotations? {
        var termNamespace: String?
        var qualifier: String?
        var targetNamespace: String?
        for attribute in cursor.attributes(of: element) {
            switch attribute.name {
            case .termNamespace: termNamespace = attribute.string
            case .qualifier: qualifier = attribute.string
            case .targetNamespace: targetNamespace = attribute.string
            default: reportUnknown(attribute, of: element)
            }
        }
        try ignoreContent(of: element)
        return require(termNamespace, .termNamespace, of: element).map {
            Reference.IncludeAnnotations(
                termNamespace: $0,
                qualifier: qualifier,
                targetNamespace: targetNamespace,
                position: element.position
            )
        }
    }

    // MARK: Reports

    func report(_ severity: Diagnostic.Severity, _ message: String, at position: SourcePosition) {
        diagnostics.append(Diagnostic(severity, message, file: sourceName, position: position))
    }

    /// The value of an attribute that must be there; where it is not, an error is reported.
    func require(_ value: String?, _ name: AttributeName, of element: Element) -> String? {
        if let value, !value.isEmpty { return value }
        let subject = element.name?.rawValue ?? "the element"
        let problem = value == nil ? "has no" : "has an empty"
        report(.error, "\(subject) \(problem) \(name.rawValue) attribute and is left out", at: element.position)
        return nil
    }

    func reportUnknown(_ attribute: XMLAttribute, of element: Element) {
        let subject = cursor.spelling(of: element)
        report(
            .warning,
            "unknown attribute \(attribute.spelling.quoted) of \(subject) is ignored",
            at: element.position
        )
    }

    /// Skips an element that has no meaning where it stands: with a warning where it is in a CSDL namespace, silently
    /// where it is a vendor's own.
    func skipUnknown(_ element: Element, in parent: Element) throws(Diagnostic) {
        if element.space != .other {
            let (name, place) = (cursor.spelling(of: element), parent.name?.rawValue ?? "the document")
            let message =
                element.name == nil
                ? "unknown element \(name.quoted) in \(place) is ignored"
                : "\(name.quoted) has no place in \(place) and is ignored"
            report(.warning, message, at: element.position)
        }
        try cursor.skip(element)
    }

    /// Moves behind an element that has no content but possibly annotations, which are not kept.
    func ignoreContent(of element: Element) throws(Diagnostic) {
        try cursor.forEachChild(of: element) { (child) throws(Diagnostic) in
            if child.name == .annotation {
                try cursor.skip(child)
            } else {
                try skipUnknown(child, in: element)
            }
        }
    }

    /// A Boolean attribute; where it is neither, a warning and the default.
    func bool(_ attribute: XMLAttribute, of element: Element, default fallback: Bool) -> Bool {
        if let value = attribute.bool { return value }
        report(
            .warning,
            "\(attribute.spelling)=\(attribute.string.quoted) is not 'true' or 'false'; \(fallback) is assumed",
            at: element.position
        )
        return fallback
    }

    func countProperty() { structuredProperties += 1 }
}

/// Versions of OData that are not read, by the namespace of their documents.
private enum OlderVersion {
    case two(String), three

    init?(_ namespace: String?) {
        switch namespace {
        case "http://schemas.microsoft.com/ado/2009/11/edm": self = .three
        case "http://schemas.microsoft.com/ado/2007/06/edmx": self = .two("V1, V2 or V3")
        case let name? where name.hasPrefix("http://schemas.microsoft.com/ado/") && name.contains("/edm"):
            self = .two("V1 or V2")
        default: return nil
        }
    }

    /// What is read, and what somebody can do who has something else.
    static let nextStep = "this reads OData 4.0 and 4.01: take the document of the service's V4 address, if it has one"

    var message: String {
        let found =
            switch self {
            case .two(let versions): versions
            case .three: "V3"
            }
        return "found an OData \(found) document; \(OlderVersion.nextStep)"
    }
}

extension String {
    /// The text between quotation marks, shortened and on one line, for messages.
    var quoted: String {
        let cleaned = unicodeScalars.prefix(80).map { $0.value < 32 || $0.value == 127 ? " " : String($0) }.joined()
        return "'" + cleaned + (unicodeScalars.count > 80 ? "…" : "") + "'"
    }
}
