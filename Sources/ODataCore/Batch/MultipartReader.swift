/// One part of a multipart body, or one HTTP message inside such a part.
package struct MultipartPart: Sendable, Hashable {
    /// A header field, with its name in lower case.
    package struct Field: Sendable, Hashable {
        package let name: String
        package let value: String
    }

    /// The lines before the empty line; most parts of a batch have nothing in them that anybody asks for.
    let head: ArraySlice<UInt8>
    /// What follows the empty line.
    package let body: ArraySlice<UInt8>

    /// The header fields, in their order.
    package var headers: [Field] { MultipartReader.fields(of: head) }

    /// The value of a header field, of the last one if there are several; `nil` if there is none.
    ///
    /// - Parameter name: the name in lower case.
    package func value(of name: String) -> String? { headers.last { $0.name == name }?.value }
}

/// Splits multipart bodies as services write them: with any line ends, with text before the first and after the last
/// boundary, with white space after a boundary.
///
/// Source: RFC 2046, section 5.1.
package enum MultipartReader {
    /// The boundary that a `Content-Type` names, or `nil` if it is not multipart.
    package static func boundary(ofContentType contentType: String) -> String? {
        guard contentType.lowercased().hasPrefix("multipart/") else { return nil }
        for parameter in contentType.split(separator: ";").dropFirst() {
            let pair = parameter.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, trimmed(Array(pair[0].utf8)[...]).lowercased() == "boundary" else { continue }
            let value = trimmed(Array(pair[1].utf8)[...])
            let isQuoted = value.count >= 2 && value.hasPrefix("\"") && value.hasSuffix("\"")
            let boundary = isQuoted ? String(value.dropFirst().dropLast()) : value
            return boundary.isEmpty || boundary.utf8.count > 200 ? nil : boundary
        }
        return nil
    }

    /// The parts between the boundaries.
    ///
    /// - Throws: ``MultipartError`` if there is no boundary, or the last one is missing: the body broke off.
    package static func parts(
        of body: ArraySlice<UInt8>,
        boundary: String
    ) throws(MultipartError) -> [MultipartPart] {
        let delimiter = Array("--\(boundary)".utf8)
        var parts: [MultipartPart] = []
        var partStart: Int?
        var isClosed = false
        var lineStart = body.startIndex
        while lineStart < body.endIndex, !isClosed {
            let lineEnd = body[lineStart...].firstIndex(of: UInt8(ascii: "\n")) ?? body.endIndex
            let line = body[lineStart..<lineEnd]
            if let end = delimiterKind(of: line, delimiter) {
                if let partStart { parts.append(part(body[partStart..<lineStart])) }
                partStart = lineEnd < body.endIndex ? lineEnd + 1 : body.endIndex
                isClosed = end == .last
            }
            lineStart = lineEnd < body.endIndex ? lineEnd + 1 : body.endIndex
        }
        guard partStart != nil else { throw MultipartError(reason: "the boundary “\(boundary)” does not occur") }
        guard isClosed else { throw MultipartError(reason: "the last boundary is missing") }
        return parts
    }

    /// Splits a message into its header fields and what follows the empty line.
    package static func part(_ message: ArraySlice<UInt8>) -> MultipartPart {
        var lineStart = message.startIndex
        while lineStart < message.endIndex {
            let lineEnd = message[lineStart...].firstIndex(of: UInt8(ascii: "\n")) ?? message.endIndex
            let next = lineEnd < message.endIndex ? lineEnd + 1 : message.endIndex
            if withoutLineEnd(message[lineStart..<lineEnd]).isEmpty {
                return MultipartPart(head: message[..<lineStart], body: withoutLineEnd(message[next...]))
            }
            lineStart = next
        }
        return MultipartPart(head: message, body: [])
    }

    /// The fields of a head; lines that are no field are left out.
    static func fields(of head: ArraySlice<UInt8>) -> [MultipartPart.Field] {
        head.split(separator: UInt8(ascii: "\n")).compactMap { line in
            let line = withoutLineEnd(line)
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
            return MultipartPart.Field(
                name: trimmed(line[..<colon]).lowercased(),
                value: trimmed(line[(colon + 1)...])
            )
        }
    }

    private enum DelimiterKind {
        case next, last
    }

    private static func delimiterKind(of line: ArraySlice<UInt8>, _ delimiter: [UInt8]) -> DelimiterKind? {
        guard line.starts(with: delimiter) else { return nil }
        var rest = line.dropFirst(delimiter.count)
        let isLast = rest.starts(with: "--".utf8)
        if isLast { rest = rest.dropFirst(2) }
        guard rest.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) else { return nil }
        return isLast ? .last : .next
    }

    /// The line end before a boundary belongs to the boundary.
    static func withoutLineEnd(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var bytes = bytes
        if bytes.last == 0x0A { bytes.removeLast() }
        if bytes.last == 0x0D { bytes.removeLast() }
        return bytes
    }

    /// The text without white space around it. A batch has thousands of headers: bytes are compared, not characters.
    private static func trimmed(_ text: ArraySlice<UInt8>) -> String {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        guard let start = text.firstIndex(where: { !isSpace($0) }), let end = text.lastIndex(where: { !isSpace($0) })
        else {
            return ""
        }
        return String(decoding: text[start...end], as: UTF8.self)
    }
}

/// Why a multipart body cannot be read.
package struct MultipartError: Error, Hashable {
    package let reason: String
}
