/// A URL that is shown to people: with or without the values in it, never with secrets.
struct ObservedURL: Sendable {
    private let url: String

    init(_ url: String) { self.url = url }

    /// Options of a query that hold names of columns and numbers only.
    private static let harmlessOptions: Set<String> = [
        "$count", "$orderby", "$select", "$skip", "$top", "api-version",
    ]

    func text(_ detail: URLDetail) -> String {
        let (origin, rest) = split
        switch detail {
        case .full: return origin + SecretText.redacted(rest)
        case .withoutValues: return origin + Self.withoutValues(rest)
        }
    }

    /// The scheme and the server without a user and a password, and what follows.
    private var split: (origin: String, rest: String) {
        guard let scheme = url.firstRange(of: "://") else { return ("", url) }
        let end = url[scheme.upperBound...].firstIndex { "/?#".contains($0) } ?? url.endIndex
        let authority = url[scheme.upperBound..<end]
        let server = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority
        return (String(url[..<scheme.upperBound]) + server, String(url[end...]))
    }

    var server: (address: String, port: Int)? {
        let origin = split.origin
        guard let scheme = origin.firstRange(of: "://") else { return nil }
        let server = origin[scheme.upperBound...]
        guard !server.isEmpty else { return nil }
        let standard = origin.lowercased().hasPrefix("https:") ? 443 : 80
        // The colons of an IPv6 address stand in brackets.
        guard let colon = server.lastIndex(of: ":"), !server[colon...].contains("]"),
            let port = Int(server[server.index(after: colon)...])
        else { return (String(server), standard) }
        return (String(server[..<colon]), port)
    }

    private static func withoutValues(_ rest: String) -> String {
        let withoutFragment = rest.prefix { $0 != "#" }
        let path = withoutFragment.prefix { $0 != "?" }
        var text = withoutKeys(path)
        if path.endIndex < withoutFragment.endIndex {
            let query = withoutFragment[withoutFragment.index(after: path.endIndex)...]
            text +=
                "?"
                + query.split(separator: "&", omittingEmptySubsequences: false).map(parameter).joined(separator: "&")
        }
        return text
    }

    private static func parameter(_ pair: Substring) -> String {
        guard let equals = pair.firstIndex(of: "=") else { return SecretText.placeholder }
        let name = String(pair[..<equals])
        let value = pair[pair.index(after: equals)...]
        // A literal has no place in these options.
        if harmlessOptions.contains(name), !value.contains("'"), !value.contains("%27") { return String(pair) }
        return "\(isName(name) ? name : SecretText.placeholder)=\(SecretText.placeholder)"
    }

    /// Whether it is the name of an option, a parameter or an alias, and not something long that came from elsewhere.
    private static func isName(_ text: String) -> Bool {
        text.utf8.count <= 40
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "$@_-.".utf8.contains(byte)
                }
            }
    }

    /// The path; of what stands in parentheses only identifiers, numbers and names of parameters with aliases stay.
    private static func withoutKeys(_ path: Substring) -> String {
        var text = ""
        var rest = path
        while let open = rest.firstIndex(of: "(") {
            text += rest[...open]
            let inner = rest[rest.index(after: open)...]
            let content = inner[..<closing(inner)]
            text += isHarmlessKey(content) ? String(content) : SecretText.placeholder
            rest = inner[content.endIndex...]
        }
        text += rest
        return SecretText.redacted(text)
    }

    /// Where the parenthesis closes; those in literals do not count.
    private static func closing(_ text: Substring) -> Substring.Index {
        var isInLiteral = false
        for index in text.indices {
            if text[index] == "'" || text[index...].hasPrefix("%27") { isInLiteral.toggle() }
            if text[index] == ")", !isInLiteral { return index }
        }
        return text.endIndex
    }

    private static func isHarmlessKey(_ content: Substring) -> Bool {
        if content.isEmpty || UUID(uuidString: String(content)) != nil { return true }
        return content.split(separator: ",").allSatisfy { part in
            let pair = part.split(separator: "=", maxSplits: 1)
            return pair.count == 2 && isName(String(pair[0])) && pair[1].hasPrefix("@") && isName(String(pair[1]))
        }
    }
}
