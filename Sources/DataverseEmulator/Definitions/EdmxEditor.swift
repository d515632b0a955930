import Foundation

/// Changes the text of a CSDL document, leaving all the rest of it as it is.
struct EdmxEditor {
    private var text: Data

    init(_ document: [UInt8]) { text = Data(document) }

    var document: [UInt8] { Array(text) }

    /// What is to be done to an entity type.
    struct Change {
        var isRemoved = false
        /// XML for the end of the type.
        var added = ""
        /// Names of properties and navigation properties to take out.
        var removedMembers: Set<String> = []
        /// The `MaxLength` of properties that the type has.
        var maxLengths: [String: Int] = [:]
        /// Records for the annotation with the alternate keys.
        var keys = ""
    }

    /// Changes entity types by name, in one pass over the document.
    mutating func apply(_ changes: [String: Change], fragment: EdmxFragment) {
        var result = Data()
        var position = text.startIndex
        while let element = element("EntityType", from: position) {
            result += text[position..<element.range.lowerBound]
            position = element.range.upperBound
            guard let name = element.name, let change = changes[name] else {
                result += text[element.range]
                continue
            }
            if !change.isRemoved { result += changed(element, change, fragment) }
        }
        text = result + text[position...]
    }

    private func changed(_ element: Element, _ change: Change, _ fragment: EdmxFragment) -> Data {
        var inside = EdmxEditor(text: element.isEmpty ? Data() : Data(text[element.content]))
        for kind in ["Property", "NavigationProperty"] where !change.removedMembers.isEmpty {
            inside.remove(kind, change.removedMembers)
        }
        if !change.maxLengths.isEmpty { inside.set(maxLengths: change.maxLengths) }
        var added = change.added
        if !change.keys.isEmpty, !inside.insert(keys: change.keys) { added += fragment.alternateKeys(change.keys) }
        var start = Data(text[element.range.lowerBound..<element.startTagEnd])
        if element.isEmpty {
            start.removeLast(2)
            start += Data(">".utf8)
        }
        return start + inside.text + Data((added + "</EntityType>").utf8)
    }

    private init(text: Data) { self.text = text }

    private mutating func remove(_ kind: String, _ names: Set<String>) {
        var result = Data()
        var position = text.startIndex
        while let element = element(kind, from: position) {
            result += text[position..<element.range.lowerBound]
            if element.name.map({ !names.contains($0) }) ?? true { result += text[element.range] }
            position = element.range.upperBound
        }
        text = result + text[position...]
    }

    private mutating func set(maxLengths: [String: Int]) {
        var result = Data()
        var position = text.startIndex
        while let element = element("Property", from: position) {
            result += text[position..<element.range.lowerBound]
            position = element.range.upperBound
            var xml = Data(text[element.range])
            if let length = element.name.flatMap({ maxLengths[$0] }) {
                let tag = EdmxEditor(text: Data(text[element.range.lowerBound..<element.startTagEnd]))
                xml = tag.with(maxLength: length) + text[element.startTagEnd..<element.range.upperBound]
            }
            result += xml
        }
        text = result + text[position...]
    }

    /// The start tag that the text is, with another `MaxLength`.
    private func with(maxLength: Int) -> Data {
        let new = Data(" MaxLength=\"\(maxLength)\"".utf8)
        for quote in ["\"", "'"] {
            guard let start = text.range(of: Data(" MaxLength=\(quote)".utf8)),
                let end = text.range(of: Data(quote.utf8), in: start.upperBound..<text.endIndex)
            else { continue }
            return text[..<start.lowerBound] + new + text[end.upperBound...]
        }
        let end = text.count - (text.dropLast().last == UInt8(ascii: "/") ? 2 : 1)
        return text[..<end] + new + text[end...]
    }

    /// Adds alternate keys to those that the type has.
    ///
    /// - Returns: Whether it has any.
    private mutating func insert(keys: String) -> Bool {
        guard let term = text.range(of: Data("V1.AlternateKeys\"".utf8)),
            let end = text.range(of: Data("</Annotation>".utf8), in: term.upperBound..<text.endIndex),
            let last = text.range(
                of: Data("</Collection>".utf8),
                options: .backwards,
                in: term.upperBound..<end.lowerBound
            )
        else { return false }
        text.insert(contentsOf: Data(keys.utf8), at: last.lowerBound)
        return true
    }

    /// Inserts XML before the first tag with a name.
    mutating func insert(_ xml: String, beforeTag tag: String) {
        guard let range = text.range(of: Data(tag.utf8)) else { return }
        text.insert(contentsOf: Data(xml.utf8), at: range.lowerBound)
    }

    /// Takes out the sets of types.
    mutating func removeSets(named names: Set<String>) { remove("EntitySet", names) }

    // MARK: Elements

    private struct Element {
        var range: Range<Int>
        var startTagEnd: Int
        var content: Range<Int>
        var isEmpty: Bool
        var name: String?
    }

    /// The next element of a kind that has no elements of the same kind in it.
    private func element(_ kind: String, from position: Int) -> Element? {
        let opening = Data("<\(kind)".utf8)
        var position = position
        while let start = text.range(of: opening, in: position..<text.endIndex) {
            position = start.upperBound
            guard position < text.endIndex, text[position] <= 0x20 else { continue }
            guard let tagEnd = endOfTag(from: position) else { return nil }
            let isEmpty = text[tagEnd - 2] == UInt8(ascii: "/")
            let name = attribute("Name", in: start.upperBound..<tagEnd)
            guard !isEmpty else {
                return Element(
                    range: start.lowerBound..<tagEnd,
                    startTagEnd: tagEnd,
                    content: tagEnd..<tagEnd,
                    isEmpty: true,
                    name: name
                )
            }
            guard let close = text.range(of: Data("</\(kind)>".utf8), in: tagEnd..<text.endIndex) else { return nil }
            return Element(
                range: start.lowerBound..<close.upperBound,
                startTagEnd: tagEnd,
                content: tagEnd..<close.lowerBound,
                isEmpty: false,
                name: name
            )
        }
        return nil
    }

    /// The place after the `>` that ends a tag.
    private func endOfTag(from position: Int) -> Int? {
        var quote: UInt8?
        for place in position..<text.endIndex {
            let byte = text[place]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                return place + 1
            }
        }
        return nil
    }

    private func attribute(_ name: String, in range: Range<Int>) -> String? {
        for quote in ["\"", "'"] {
            guard let start = text.range(of: Data(" \(name)=\(quote)".utf8), in: range),
                let end = text.range(of: Data(quote.utf8), in: start.upperBound..<range.upperBound)
            else { continue }
            return String(decoding: text[start.upperBound..<end.lowerBound], as: UTF8.self)
        }
        return nil
    }
}
