/// Divides a body of the media type `multipart/mixed` into its parts.
///
/// Source: RFC 2046, section 5.1.1. Lines may end with CR LF or LF. Sizes are bounded, so that no body makes more work
/// than its length.
struct MultipartReader {
    struct Part: Equatable {
        /// The header fields by their names in lower case.
        var headers: [String: String]
        var body: ArraySlice<UInt8>
    }

    /// Why a body is not what it claims to be.
    struct SyntaxError: Error, CustomStringConvertible {
        let description: String
        /// The offset of the byte where it shows.
        let offset: Int
    }

    static let maximumHeaderCount = 64
    static let maximumHeaderLength = 16_384

    private let boundary: [UInt8]
    private let maximumPartCount: Int

    /// - Parameters:
    ///   - contentType: The value of `Content-Type`, such as `multipart/mixed; boundary="batch_1"`.
    ///   - maximumPartCount: More parts than this are refused.
    /// - Returns: `nil` if the media type is another one, or its boundary is missing or not allowed.
    init?(contentType: String, maximumPartCount: Int) {
        guard let boundary = Self.boundary(in: contentType) else { return nil }
        self.boundary = Array(boundary.utf8)
        self.maximumPartCount = maximumPartCount
    }

    static func boundary(in contentType: String) -> String? {
        let parts = contentType.split(separator: ";").map { $0.drop { $0 == " " } }
        guard let type = parts.first?.lowercased(), type.filter({ $0 != " " }) == "multipart/mixed" else { return nil }
        for part in parts.dropFirst() where part.lowercased().hasPrefix("boundary=") {
            var value = part.dropFirst("boundary=".count)
            while value.last == " " { value.removeLast() }
            if value.hasPrefix("\""), value.hasSuffix("\""), value.count >= 2 { value = value.dropFirst().dropLast() }
            let isAllowed = value.utf8.allSatisfy { byte in
                switch byte {
                case 48...57, 65...90, 97...122: true
                default: "'()+_,-./:=? ".utf8.contains(byte)
                }
            }
            return (1...70).contains(value.utf8.count) && isAllowed && value.last != " " ? String(value) : nil
        }
        return nil
    }

    func parts(of bytes: ArraySlice<UInt8>) throws(SyntaxError) -> [Part] {
        var parts: [Part] = []
        var start: Int?
        var position = bytes.startIndex
        while position < bytes.endIndex {
            let line = Self.line(in: bytes, at: position)
            switch delimiter(bytes[position..<line.end]) {
            case .none: break
            case .some(let isLast):
                if let start {
                    guard parts.count < maximumPartCount else {
                        throw SyntaxError(description: "there are more than \(maximumPartCount) parts", offset: start)
                    }
                    parts.append(try Self.part(bytes[start..<Self.withoutLineBreak(bytes, start, position)]))
                }
                if isLast { return parts }
                start = line.next
            }
            position = line.next
        }
        throw SyntaxError(
            description: start == nil ? "there is no line with the boundary" : "the closing boundary is missing",
            offset: bytes.endIndex
        )
    }

    /// Whether a line is the delimiter, and if so, whether it is the last one.
    private func delimiter(_ line: ArraySlice<UInt8>) -> Bool? {
        guard line.starts(with: "--".utf8), line.dropFirst(2).starts(with: boundary) else { return nil }
        var rest = line.dropFirst(2 + boundary.count)
        while let last = rest.last, last == 0x20 || last == 0x09 { rest.removeLast() }
        if rest.isEmpty { return false }
        return rest.elementsEqual("--".utf8) ? true : nil
    }

    /// The end of a part: the line break before the delimiter belongs to the delimiter.
    private static func withoutLineBreak(_ bytes: ArraySlice<UInt8>, _ start: Int, _ end: Int) -> Int {
        var end = end
        if end > start, bytes[end - 1] == 0x0A { end -= 1 }
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        return end
    }

    /// The line at a position: where its text ends, and where the next one begins.
    private static func line(in bytes: ArraySlice<UInt8>, at position: Int) -> (end: Int, next: Int) {
        guard let feed = bytes[position...].firstIndex(of: 0x0A) else { return (bytes.endIndex, bytes.endIndex) }
        let end = feed > position && bytes[feed - 1] == 0x0D ? feed - 1 : feed
        return (end, feed + 1)
    }

    /// The lines up to the first empty one, and what comes after that.
    static func head(of bytes: ArraySlice<UInt8>) throws(SyntaxError) -> (lines: [String], body: ArraySlice<UInt8>) {
        var lines: [String] = []
        var position = bytes.startIndex
        while position < bytes.endIndex {
            let line = line(in: bytes, at: position)
            let text = bytes[position..<line.end]
            if text.isEmpty { return (lines, bytes[line.next...]) }
            guard lines.count <= maximumHeaderCount else {
                throw SyntaxError(description: "a part has more than \(maximumHeaderCount) lines", offset: position)
            }
            guard let decoded = String(validating: text, as: UTF8.self) else {
                throw SyntaxError(description: "a line is not UTF-8", offset: position)
            }
            lines.append(decoded)
            position = line.next
        }
        return (lines, bytes[bytes.endIndex...])
    }

    static func headers(_ lines: some Sequence<String>, at offset: Int) throws(SyntaxError) -> [String: String] {
        var headers: [String: String] = [:]
        for line in lines {
            guard line.utf8.count <= maximumHeaderLength, let colon = line.firstIndex(of: ":"),
                colon != line.startIndex, !line[..<colon].contains(" ")
            else { throw SyntaxError(description: "'\(line.prefix(40))' is no header field", offset: offset) }
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            headers[line[..<colon].lowercased()] = String(value)
        }
        return headers
    }

    private static func part(_ bytes: ArraySlice<UInt8>) throws(SyntaxError) -> Part {
        let (lines, body) = try head(of: bytes)
        return Part(headers: try headers(lines, at: bytes.startIndex), body: body)
    }
}
