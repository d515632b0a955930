/// Reads CSV: fields divided by commas, quoted where they need it, a header line first.
///
/// Source: RFC 4180.
struct CSVReader {
    /// What is wrong, and in which line.
    struct Malformed: Error {
        let line: Int
        let reason: String
    }

    /// A record: the line that it begins in, and its fields; a field that is empty and not quoted is `nil`.
    struct Line {
        let number: Int
        let fields: [String?]
    }

    private let bytes: [UInt8]
    private var position: Int
    private var line = 1

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        // A byte order mark, which spreadsheets write.
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The records of a file, the header first. Empty lines are passed over.
    static func lines(of bytes: [UInt8]) throws(Malformed) -> [Line] {
        var reader = CSVReader(bytes)
        var lines: [Line] = []
        while reader.position < bytes.count {
            let start = reader.line
            let fields = try reader.record()
            if fields.count > 1 || fields[0] != nil { lines.append(Line(number: start, fields: fields)) }
        }
        return lines
    }

    private mutating func record() throws(Malformed) -> [String?] {
        var fields: [String?] = []
        while true {
            fields.append(try field())
            guard position < bytes.count else { return fields }
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: ",") {
                if position == bytes.count {
                    fields.append(nil)
                    return fields
                }
                continue
            }
            if byte == UInt8(ascii: "\r"), position < bytes.count, bytes[position] == UInt8(ascii: "\n") {
                position += 1
            }
            line += 1
            return fields
        }
    }

    private mutating func field() throws(Malformed) -> String? {
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
            let start = position
            while position < bytes.count, !",\r\n".utf8.contains(bytes[position]) {
                if bytes[position] == UInt8(ascii: "\"") {
                    throw Malformed(line: line, reason: "a quote in a field that does not begin with one")
                }
                position += 1
            }
            return position == start ? nil : String(decoding: bytes[start..<position], as: UTF8.self)
        }
        let start = line
        position += 1
        var text: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\n") { line += 1 }
            guard byte == UInt8(ascii: "\"") else {
                text.append(byte)
                continue
            }
            if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
                text.append(byte)
                position += 1
                continue
            }
            guard position == bytes.count || ",\r\n".utf8.contains(bytes[position]) else {
                throw Malformed(line: line, reason: "text after the closing quote of a field")
            }
            return String(decoding: text, as: UTF8.self)
        }
        throw Malformed(line: start, reason: "a quoted field without its closing quote")
    }
}
