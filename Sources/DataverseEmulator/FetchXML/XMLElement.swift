/// An element of a small XML document, such as a FetchXML query.
struct XMLElement {
    let name: String
    var attributes: [String: String] = [:]
    var children: [XMLElement] = []
    var text = ""

    /// Parses a document.
    ///
    /// Document type declarations are refused, sizes are bounded.
    ///
    /// - Throws: ``ServiceError`` with status 400 if the text is not well-formed.
    static func parse(_ text: String) throws(ServiceError) -> XMLElement {
        var parser = XMLElementParser(text)
        return try parser.document()
    }

    func children(named name: String) -> [XMLElement] { children.filter { $0.name == name } }
}

/// Parses XML without namespaces, document types and mixed content.
private struct XMLElementParser {
    private static let maximumDepth = 64
    private static let maximumElementCount = 10_000

    private let characters: [Unicode.Scalar]
    private var position = 0
    private var elementCount = 0

    init(_ text: String) { characters = Array(text.unicodeScalars) }

    mutating func document() throws(ServiceError) -> XMLElement {
        try skipMisc()
        let element = try element(depth: 0)
        try skipMisc()
        guard position == characters.count else { throw malformed("there is text after the last element") }
        return element
    }

    private func malformed(_ what: String) -> ServiceError {
        .badQuery("The XML is malformed at character \(position): \(what).")
    }

    private func peek(_ text: String) -> Bool {
        var place = position
        for scalar in text.unicodeScalars {
            guard place < characters.count, characters[place] == scalar else { return false }
            place += 1
        }
        return true
    }

    private mutating func skip(to end: String) throws(ServiceError) {
        while position < characters.count {
            if peek(end) {
                position += end.unicodeScalars.count
                return
            }
            position += 1
        }
        throw malformed("'\(end)' is missing")
    }

    private mutating func skipSpace() {
        while position < characters.count, characters[position].properties.isWhitespace { position += 1 }
    }

    private mutating func skipMisc() throws(ServiceError) {
        while true {
            skipSpace()
            if peek("<?") {
                try skip(to: "?>")
            } else if peek("<!--") {
                try skip(to: "-->")
            } else if peek("<!") {
                throw malformed("document type declarations are not allowed")
            } else {
                return
            }
        }
    }

    private mutating func name() throws(ServiceError) -> String {
        var name = ""
        while position < characters.count {
            let scalar = characters[position]
            guard
                scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                    || "_-.:".unicodeScalars.contains(scalar)
            else { break }
            name.unicodeScalars.append(scalar)
            position += 1
        }
        guard !name.isEmpty else { throw malformed("a name is missing") }
        return name
    }

    private mutating func element(depth: Int) throws(ServiceError) -> XMLElement {
        elementCount += 1
        guard depth < Self.maximumDepth, elementCount <= Self.maximumElementCount else {
            throw malformed("there are too many elements")
        }
        guard peek("<") else { throw malformed("an element is missing") }
        position += 1
        var element = XMLElement(name: try name())
        while true {
            skipSpace()
            if peek("/>") {
                position += 2
                return element
            }
            if peek(">") {
                position += 1
                break
            }
            let attribute = try name()
            skipSpace()
            guard peek("=") else { throw malformed("'=' is missing after '\(attribute)'") }
            position += 1
            skipSpace()
            guard element.attributes.updateValue(try quoted(), forKey: attribute) == nil else {
                throw malformed("'\(attribute)' is there twice")
            }
        }
        while !peek("</") {
            if peek("<!--") {
                try skip(to: "-->")
            } else if peek("<![CDATA[") || peek("<!") || peek("<?") {
                throw malformed("only elements and text are allowed here")
            } else if peek("<") {
                element.children.append(try self.element(depth: depth + 1))
            } else {
                element.text += try characterData { $0 == "<" }
            }
        }
        position += 2
        guard try name() == element.name else { throw malformed("the end of '\(element.name)' is missing") }
        skipSpace()
        guard peek(">") else { throw malformed("'>' is missing") }
        position += 1
        return element
    }

    private mutating func quoted() throws(ServiceError) -> String {
        guard position < characters.count, characters[position] == "\"" || characters[position] == "'" else {
            throw malformed("a quote is missing")
        }
        let quote = characters[position]
        position += 1
        let text = try characterData { $0 == quote }
        position += 1
        return text
    }

    private mutating func characterData(until isEnd: (Unicode.Scalar) -> Bool) throws(ServiceError) -> String {
        var text = ""
        while position < characters.count {
            let scalar = characters[position]
            if isEnd(scalar) { return text }
            guard scalar != "<" else { throw malformed("'<' must be written as '&lt;'") }
            position += 1
            if scalar == "&" {
                text.unicodeScalars.append(try reference())
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        throw malformed("the document ends too early")
    }

    private mutating func reference() throws(ServiceError) -> Unicode.Scalar {
        var name = ""
        while position < characters.count, characters[position] != ";", name.utf8.count < 10 {
            name.unicodeScalars.append(characters[position])
            position += 1
        }
        guard position < characters.count, characters[position] == ";" else { throw malformed("';' is missing") }
        position += 1
        switch name {
        case "lt": return "<"
        case "gt": return ">"
        case "amp": return "&"
        case "quot": return "\""
        case "apos": return "'"
        default: break
        }
        let digits = name.hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst())
        guard name.hasPrefix("#"), let digits, let scalar = Unicode.Scalar(digits) else {
            throw malformed("'&\(name);' is unknown")
        }
        return scalar
    }
}
