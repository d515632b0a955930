/// The part of an OData URL after the service root, parsed.
///
/// ```swift
/// let url = try ODataURL(parsing: "accounts?$select=name&$filter=revenue gt 1000000")
/// url.options.filter    // .comparison(.gt, .path(…), .literal(.integer(1000000)))
/// ```
///
/// The parser knows the grammar and no metadata. It takes time linear in the length of the URL, and nesting is bounded.
/// Source: OData ABNF Construction Rules 4.01, rule `odataRelativeUri`.
public struct ODataURL: Hashable, Sendable {
    /// The path.
    public let path: ResourcePath
    /// The options.
    public let options: QueryOptions

    /// Parses a URL relative to the service root, percent-encoded as it was sent.
    ///
    /// - Throws: ``ODataSyntaxError``
    public init(parsing relativeURL: String) throws(ODataSyntaxError) {
        let parts = relativeURL.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = try ResourcePath(parsing: String(parts[0]))
        options = parts.count > 1 ? try QueryOptions(parsing: String(parts[1])) : QueryOptions()
        try Self.check(options, against: path)
    }

    /// `$metadata`, `$batch` and `$entity` take few options.
    private static func check(_ options: QueryOptions, against path: ResourcePath) throws(ODataSyntaxError) {
        var allowed = QueryOptions()
        allowed.custom = options.custom
        allowed.format = options.format
        let name: String
        switch path.segments.first {
        case .metadata: name = "$metadata"
        case .batch: name = "$batch"
        case .entity:
            name = "$entity"
            guard let id = options.id else {
                throw ODataSyntaxError(part: "query", offset: 0, expected: "$id after $entity", found: "none")
            }
            allowed.id = id
            if path.segments.count > 1 {
                allowed.select = options.select
                allowed.expand = options.expand
            }
        default: return
        }
        if options != allowed {
            throw ODataSyntaxError(
                part: "query",
                offset: 0,
                expected: "only the options that \(name) has",
                found: "others"
            )
        }
    }
}

extension QueryOptions {
    /// Parses the query of a URL, percent-encoded as it was sent; `+` means a space, as Dataverse and form encoding
    /// have it.
    ///
    /// - Throws: ``ODataSyntaxError`` whose `part` is the option's name.
    public init(parsing query: String) throws(ODataSyntaxError) {
        self.init()
        var seen: Set<OptionKind> = []
        for raw in query.utf8.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: true) {
            try parse(raw, seen: &seen)
        }
    }

    private mutating func parse(_ raw: Substring.UTF8View, seen: inout Set<OptionKind>) throws(ODataSyntaxError) {
        let parts = raw.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        let name = try DecodedText(parts[0], part: "the name of a query option", plusIsSpace: true).string
        let rawValue = parts.count > 1 ? parts[1] : nil
        if raw.contains(UInt8(ascii: "#")) {
            throw ODataSyntaxError(part: name, offset: 0, expected: "'#' only as %23", found: "'#'")
        }
        if let kind = OptionKind(written: name), name.hasPrefix("$") || kind.mayLackDollar {
            guard seen.insert(kind).inserted || kind == .format else {
                throw ODataSyntaxError(part: name, offset: 0, expected: "the option only once", found: "it again")
            }
            guard let rawValue else {
                throw ODataSyntaxError(part: name, offset: name.utf8.count, expected: "'='", found: "the end")
            }
            var parser = Parser(try DecodedText(rawValue, part: name, plusIsSpace: true), part: name)
            try parser.value(of: kind, into: &self)
            try parser.requireEnd(kind.whatMayFollow)
        } else if name.hasPrefix("@") {
            guard let rawValue else {
                throw ODataSyntaxError(part: name, offset: name.utf8.count, expected: "'='", found: "the end")
            }
            var parser = Parser(try DecodedText(rawValue, part: name, plusIsSpace: true), part: name)
            aliases[String(name.dropFirst())] = try parser.expression()
            try parser.requireEnd("an operator or the end")
        } else if name.hasPrefix("$") {
            throw ODataSyntaxError(part: name, offset: 0, expected: "a query option of OData", found: "'\(name)'")
        } else {
            let value = try rawValue.map { (value) throws(ODataSyntaxError) in
                try DecodedText(value, part: name, plusIsSpace: true).string
            }
            custom.append(CustomOption(name: name, value: value))
        }
    }
}

extension OptionKind {
    fileprivate var whatMayFollow: String {
        switch self {
        case .filter: "an operator or the end"
        case .orderby: "',', 'asc', 'desc', an operator or the end"
        case .select, .expand, .compute: "',' or the end"
        case .apply: "'/' or the end"
        default: "the end"
        }
    }
}

extension Expression {
    /// Parses an expression that is not percent-encoded.
    ///
    /// - Throws: ``ODataSyntaxError``
    public init(parsing text: String, part: String = "$filter") throws(ODataSyntaxError) {
        var parser = Parser(DecodedText(decoded: text), part: part)
        self = try parser.expression()
        try parser.requireEnd("an operator or the end")
    }
}

extension DecodedText {
    init(decoded text: String) {
        bytes = Array(text.utf8)
        wasEncoded = Array(repeating: false, count: bytes.count)
    }
}
