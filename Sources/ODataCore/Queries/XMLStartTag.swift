/// One start tag of an XML text, found without a parser: enough to read and set the attributes of FetchXML's root and
/// of its paging cookies. What is inside comments, instructions and CDATA sections is passed over.
struct XMLStartTag {
    /// The name of the element.
    let name: String
    /// The attributes in the order of the text, with entities resolved.
    private(set) var attributes: [(name: String, value: String)]
    /// Where the tag stands.
    let range: Range<String.Index>
    private let isEmpty: Bool

    /// Finds the first start tag, at or after a place.
    init?(firstIn text: String, from start: String.Index? = nil) {
        var position = start ?? text.startIndex
        while let opening = text[position...].firstIndex(of: "<") {
            let rest = text[opening...]
            if rest.hasPrefix("<!--") {
                guard let end = rest.firstRange(of: "-->") else { return nil }
                position = end.upperBound
            } else if rest.hasPrefix("<![CDATA[") {
                guard let end = rest.firstRange(of: "]]>") else { return nil }
                position = end.upperBound
            } else if rest.hasPrefix("<?") || rest.hasPrefix("<!") || rest.hasPrefix("</") {
                guard let end = rest.firstIndex(of: ">") else { return nil }
                position = text.index(after: end)
            } else {
                self.init(at: opening, in: text)
                return
            }
        }
        return nil
    }

    private init?(at opening: String.Index, in text: String) {
        var scanner = TagScanner(text[text.index(after: opening)...])
        guard let name = scanner.scanName() else { return nil }
        var attributes: [(name: String, value: String)] = []
        while true {
            scanner.skipSpaces()
            if let end = scanner.scanEnd() {
                isEmpty = end.isEmpty
                range = opening..<end.index
                break
            }
            guard let attribute = scanner.scanAttribute() else { return nil }
            attributes.append(attribute)
        }
        self.name = name
        self.attributes = attributes
    }

    /// The value of an attribute; setting it adds the attribute where it is not there.
    subscript(attribute: String) -> String? {
        get { attributes.first { $0.name == attribute }?.value }
        set {
            guard let newValue else { return attributes.removeAll { $0.name == attribute } }
            if let index = attributes.firstIndex(where: { $0.name == attribute }) {
                attributes[index].value = newValue
            } else {
                attributes.append((attribute, newValue))
            }
        }
    }

    /// The tag as XML.
    var text: String {
        let list = attributes.map { " \($0.name)=\"\(Self.escaped($0.value))\"" }.joined()
        return "<\(name)\(list)\(isEmpty ? "/>" : ">")"
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}

/// Reads the inside of a start tag.
private struct TagScanner {
    private var rest: Substring

    init(_ text: Substring) { rest = text }

    mutating func skipSpaces() { rest = rest.drop { $0.isWhitespace } }

    mutating func scanName() -> String? {
        let name = rest.prefix { $0.isLetter || $0.isNumber || "_-.:".contains($0) }
        rest = rest[name.endIndex...]
        return name.isEmpty ? nil : String(name)
    }

    mutating func scanEnd() -> (index: String.Index, isEmpty: Bool)? {
        if rest.hasPrefix("/>") { return (rest.index(rest.startIndex, offsetBy: 2), true) }
        if rest.hasPrefix(">") { return (rest.index(after: rest.startIndex), false) }
        return nil
    }

    mutating func scanAttribute() -> (name: String, value: String)? {
        guard let name = scanName() else { return nil }
        skipSpaces()
        guard rest.popFirst() == "=" else { return nil }
        skipSpaces()
        guard let quote = rest.popFirst(), quote == "\"" || quote == "'", let end = rest.firstIndex(of: quote) else {
            return nil
        }
        let value = rest[..<end]
        rest = rest[rest.index(after: end)...]
        return (name, Self.unescaped(value))
    }

    private static func unescaped(_ value: Substring) -> String {
        value.contains("&")
            ? String(value).replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
                .replacing("&apos;", with: "'").replacing("&amp;", with: "&")
            : String(value)
    }
}
