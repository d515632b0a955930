/// Reads JSON text: exactly RFC 8259, in UTF-8, with bounded depth.
///
/// The rows of a page have the same members in the same order. The reader therefore compares each member name of
/// an object with the one that its predecessor in the same array had at that place, and looks no further when
/// they are the same bytes; such rows share one shape.
public struct JSONReader {
    /// How deeply arrays and objects may be nested.
    public static let maximumDepth = 256

    private let start: UnsafePointer<UInt8>
    private let count: Int
    private var position = 0
    private var depth = 0

    /// Reads one JSON value.
    ///
    /// - Parameter bytes: UTF-8 text, with nothing but white space around the value.
    /// - Returns: the value; of object members with the same name the last one counts.
    /// - Throws: ``JSONError`` with the place of what is wrong.
    public static func value(from bytes: some ContiguousBytesView) throws(JSONError) -> Value {
        try bytes.withBytes { (buffer) throws(JSONError) -> Value in
            guard let start = buffer.baseAddress, !buffer.isEmpty else {
                throw JSONError(reason: "the text is empty", offset: 0)
            }
            var reader = JSONReader(start: start, count: buffer.count)
            return try reader.readDocument()
        }
    }

    private init(start: UnsafePointer<UInt8>, count: Int) {
        self.start = start
        self.count = count
    }

    private mutating func readDocument() throws(JSONError) -> Value {
        skipWhitespace()
        let value = try readValue()
        skipWhitespace()
        guard position == count else { throw unexpected("after the value") }
        return value
    }

    // MARK: Values

    private mutating func readValue() throws(JSONError) -> Value {
        var noTemplate: RowTemplate?
        return try readValue(template: &noTemplate)
    }

    private mutating func readValue(template: inout RowTemplate?) throws(JSONError) -> Value {
        guard position < count else { throw unexpected("where a value should be") }
        switch start[position] {
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "{"): return .object(try readObject(template: &template))
        case UInt8(ascii: "["): return .array(try readArray())
        case UInt8(ascii: "t"): return try readWord("true", as: .bool(true))
        case UInt8(ascii: "f"): return try readWord("false", as: .bool(false))
        case UInt8(ascii: "n"): return try readWord("null", as: .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            var number = JSONNumberReader(start: start, count: count, position: position)
            let value = try number.read()
            position = number.position
            return value
        default: throw unexpected("where a value should be")
        }
    }

    private mutating func readWord(_ word: StaticString, as value: Value) throws(JSONError) -> Value {
        let length = word.utf8CodeUnitCount
        for offset in 0..<length where position + offset >= count || start[position + offset] != word.utf8Start[offset]
        {
            throw JSONError(reason: "expected \(word)", offset: position)
        }
        position += length
        return value
    }

    private mutating func readArray() throws(JSONError) -> [Value] {
        try enter()
        position += 1
        var elements: [Value] = []
        var template: RowTemplate?
        skipWhitespace()
        if take(UInt8(ascii: "]")) {
            depth -= 1
            return elements
        }
        while true {
            elements.append(try readValue(template: &template))
            skipWhitespace()
            if take(UInt8(ascii: ",")) {
                skipWhitespace()
            } else if take(UInt8(ascii: "]")) {
                depth -= 1
                return elements
            } else {
                throw unexpected("where ',' or ']' should be")
            }
        }
    }

    // MARK: Objects

    private mutating func readObject(template: inout RowTemplate?) throws(JSONError) -> Record {
        try enter()
        position += 1
        var row = RowBuilder(template: template)
        skipWhitespace()
        if !take(UInt8(ascii: "}")) {
            repeat {
                skipWhitespace()
                let slot = try readName(into: &row)
                skipWhitespace()
                guard take(UInt8(ascii: ":")) else { throw unexpected("where ':' should be") }
                skipWhitespace()
                row.set(try readValue(), at: slot)
                skipWhitespace()
            } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "}")) else { throw unexpected("where ',' or '}' should be") }
        }
        depth -= 1
        let (record, next) = row.finish()
        template = next
        return record
    }

    /// Reads a member name and returns the slot of its value; the name expected at this place costs one comparison.
    private mutating func readName(into row: inout RowBuilder) throws(JSONError) -> Int {
        if let expected = row.expectedName, position + expected.count <= count {
            let isExpected = expected.withUnsafeBufferPointer { bytes in
                for index in 0..<bytes.count where bytes[index] != start[position + index] { return false }
                return true
            }
            if isExpected {
                position += expected.count
                return row.takeExpectedName()
            }
        }
        guard position < count, start[position] == UInt8(ascii: "\"") else {
            throw unexpected("where a member name in quotes should be")
        }
        let nameStart = position
        let name = try readString()
        return row.take(name, quoted: UnsafeBufferPointer(start: start + nameStart, count: position - nameStart))
    }

    // MARK: Strings

    private mutating func readString() throws(JSONError) -> String {
        let opening = position
        position += 1
        let textStart = position
        var isASCII = true
        while position < count {
            let byte = start[position]
            if byte == UInt8(ascii: "\"") {
                let text = UnsafeBufferPointer(start: start + textStart, count: position - textStart)
                position += 1
                return try string(text, isASCII: isASCII, at: textStart)
            }
            if byte == UInt8(ascii: "\\") {
                var unescaper = JSONStringUnescaper(
                    start: start,
                    count: count,
                    position: position,
                    textStart: textStart
                )
                let text = try unescaper.read(opening: opening)
                position = unescaper.position
                return text
            }
            if byte < 0x20 {
                throw JSONError(reason: "a control character in a string must be escaped", offset: position)
            }
            if byte >= 0x80 { isASCII = false }
            position += 1
        }
        throw JSONError(reason: "the string is not closed", offset: opening)
    }

    private func string(
        _ text: UnsafeBufferPointer<UInt8>,
        isASCII: Bool,
        at offset: Int
    ) throws(JSONError) -> String {
        if isASCII { return String(decoding: text, as: UTF8.self) }
        guard let text = String(validating: text, as: UTF8.self) else {
            throw JSONError(reason: "the string is not UTF-8", offset: offset)
        }
        return text
    }

    // MARK: Tokens

    private mutating func skipWhitespace() {
        while position < count {
            switch start[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < count, start[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func enter() throws(JSONError) {
        depth += 1
        guard depth <= Self.maximumDepth else {
            throw JSONError(reason: "nested deeper than \(Self.maximumDepth) levels", offset: position)
        }
    }

    private func unexpected(_ place: String) -> JSONError {
        guard position < count else { return JSONError(reason: "the text ends \(place)", offset: count) }
        let byte = start[position]
        let found = byte > 0x20 && byte < 0x7F ? "'\(Character(UnicodeScalar(byte)))'" : "byte \(byte)"
        return JSONError(reason: "found \(found) \(place)", offset: position)
    }
}
