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

    /// - Parameters:
    ///   - bytes: what the part is in.
    ///   - head: where the lines before the empty line are, counted from the beginning of the bytes.
    ///   - body: where what follows is.
    init(_ bytes: ArraySlice<UInt8>, head: Range<Int>, body: Range<Int>) {
        let start = bytes.startIndex
        self.head = bytes[(start + head.lowerBound)..<(start + head.upperBound)]
        self.body = bytes[(start + body.lowerBound)..<(start + body.upperBound)]
    }

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
        var ranges: [(head: Range<Int>, body: Range<Int>)] = []
        var partStart: Int?
        var isClosed = false
        body.withUnsafeBufferPointer { bytes in
            var lines = Lines(bytes)
            while !isClosed, let line = lines.next() {
                guard let end = delimiterKind(of: line, in: bytes, delimiter) else { continue }
                if let partStart { ranges.append(split(partStart..<line.lowerBound, of: bytes)) }
                partStart = lines.position
                isClosed = end == .last
            }
        }
        guard partStart != nil else { throw MultipartError(reason: "the boundary “\(boundary)” does not occur") }
        guard isClosed else { throw MultipartError(reason: "the last boundary is missing") }
        return ranges.map { MultipartPart(body, head: $0.head, body: $0.body) }
    }

    /// Splits a message into its header fields and what follows the empty line.
    package static func part(_ message: ArraySlice<UInt8>) -> MultipartPart {
        let ranges = message.withUnsafeBufferPointer { split($0.indices, of: $0) }
        return MultipartPart(message, head: ranges.head, body: ranges.body)
    }

    /// The lines of a head, and what follows the empty line.
    static func split(
        _ message: Range<Int>,
        of bytes: UnsafeBufferPointer<UInt8>
    ) -> (head: Range<Int>, body: Range<Int>) {
        var lines = Lines(bytes, message)
        while let line = lines.next() {
            if withoutReturn(line, in: bytes).isEmpty {
                return (
                    message.lowerBound..<line.lowerBound, withoutLineEnd(lines.position..<message.upperBound, in: bytes)
                )
            }
        }
        return (message, message.upperBound..<message.upperBound)
    }

    /// The fields of a head, with names in lower case; lines that are no field are left out.
    static func fields(of head: ArraySlice<UInt8>) -> [MultipartPart.Field] {
        head.withUnsafeBufferPointer { bytes in
            var fields: [MultipartPart.Field] = []
            var lines = Lines(bytes)
            while let line = lines.next() {
                guard let colon = bytes[line].firstIndex(of: UInt8(ascii: ":")) else { continue }
                fields.append(
                    MultipartPart.Field(
                        name: String(decoding: bytes.trimmed(line.lowerBound..<colon), as: UTF8.self).lowercased(),
                        value: String(decoding: bytes.trimmed((colon + 1)..<line.upperBound), as: UTF8.self)
                    )
                )
            }
            return fields
        }
    }

    private enum DelimiterKind {
        case next, last
    }

    private static func delimiterKind(
        of line: Range<Int>,
        in bytes: UnsafeBufferPointer<UInt8>,
        _ delimiter: [UInt8]
    ) -> DelimiterKind? {
        guard bytes[line].starts(with: delimiter) else { return nil }
        var rest = bytes[line].dropFirst(delimiter.count)
        let isLast = rest.starts(with: "--".utf8)
        if isLast { rest = rest.dropFirst(2) }
        guard rest.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) else { return nil }
        return isLast ? .last : .next
    }

    /// The line end before a boundary belongs to the boundary.
    private static func withoutLineEnd(_ range: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
        let hasLineEnd = !range.isEmpty && bytes[range.upperBound - 1] == 0x0A
        return withoutReturn(hasLineEnd ? range.dropLast() : range, in: bytes)
    }

    private static func withoutReturn(_ range: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) -> Range<Int> {
        !range.isEmpty && bytes[range.upperBound - 1] == 0x0D ? range.dropLast() : range
    }

    /// The text without white space around it. A batch has thousands of headers: bytes are compared, not characters.
    private static func trimmed(_ text: ArraySlice<UInt8>) -> String {
        text.withUnsafeBufferPointer { String(decoding: $0.trimmed($0.indices), as: UTF8.self) }
    }
}

/// Why a multipart body cannot be read.
package struct MultipartError: Error, Hashable {
    package let reason: String
}
