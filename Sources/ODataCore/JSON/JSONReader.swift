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
            var noTemplate: RowTemplate?
            return try reader.readDocument(template: &noTemplate)
        }
    }

    /// Reads one JSON object that probably has the members of one that was read before.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8 text, with nothing but white space around the value.
    ///   - known: the members of the object before; afterwards those of this one.
    /// - Returns: the value.
    /// - Throws: ``JSONError`` with the place of what is wrong.
    package static func value(
        from bytes: some ContiguousBytesView,
        following known: inout KnownRow?
    ) throws(JSONError) -> Value {
        try bytes.withBytes { (buffer) throws(JSONError) -> Value in
            guard let start = buffer.baseAddress, !buffer.isEmpty else {
                throw JSONError(reason: "the text is empty", offset: 0)
            }
            var reader = JSONReader(start: start, count: buffer.count)
            var template = known?.template
            let value = try reader.readDocument(template: &template)
            // The names of another template are in the text that ends here.
            if let template, known?.isOf(template) != true { known = KnownRow(template) }
            return value
        }
    }

    private init(start: UnsafePointer<UInt8>, count: Int) {
        self.start = start
        self.count = count
    }

    private mutating func readDocument(template: inout RowTemplate?) throws(JSONError) -> Value {
        skipWhitespace()
        let value = try readElement(template: &template)
        skipWhitespace()
        guard position == count else { throw unexpected("after the value") }
        return value
    }

    // MARK: Values

    /// Reads an element of an array, which may be a row like its predecessor.
    private mutating func readElement(template: inout RowTemplate?) throws(JSONError) -> Value {
        guard position < count else { throw unexpected("where a value should be") }
        switch start[position] {
        case UInt8(ascii: "{"): return .object(try readObject(template: &template))
        case UInt8(ascii: "\""): return .string(try readString())
        default: return try readMember().value
        }
    }

    /// Reads the value of a member.
    private mutating func readMember() throws(JSONError) -> StoredValue {
        guard position < count else { throw unexpected("where a value should be") }
        switch start[position] {
        case UInt8(ascii: "\""): return try readStoredString()
        case UInt8(ascii: "{"):
            var noTemplate: RowTemplate?
            return StoredValue(content: .object(try readObject(template: &noTemplate)))
        case UInt8(ascii: "["): return StoredValue(content: .array(try readArray()))
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

    private mutating func readWord(
        _ word: StaticString,
        as value: StoredValue.Content
    ) throws(JSONError) -> StoredValue {
        let length = word.utf8CodeUnitCount
        for offset in 0..<length where position + offset >= count || start[position + offset] != word.utf8Start[offset]
        {
            throw JSONError(reason: "expected \(word)", offset: position)
        }
        position += length
        return StoredValue(content: value)
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
            elements.append(try readElement(template: &template))
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
        var row = RowBuilder(template: template.take())
        skipWhitespace()
        if !take(UInt8(ascii: "}")) {
            repeat {
                skipWhitespace()
                if takeExpectedName(of: row) {
                    skipWhitespace()
                    row.append(try readMember())
                } else {
                    let slot = try readName(into: &row)
                    skipWhitespace()
                    row.set(try readMember(), at: slot)
                }
                skipWhitespace()
            } while take(UInt8(ascii: ","))
            guard take(UInt8(ascii: "}")) else { throw unexpected("where ',' or '}' should be") }
        }
        depth -= 1
        let record = row.finish()
        template = row.template
        return record
    }

    /// Goes past the next name and its colon, if they are the same bytes as in the row before.
    @inline(__always)
    private mutating func takeExpectedName(of row: borrowing RowBuilder) -> Bool {
        guard let expected = row.expectedName, position + expected.count <= count,
            Self.areEqual(start + position, expected.start, count: expected.count)
        else { return false }
        position += expected.count
        return true
    }

    /// Whether the same bytes are at two places, compared eight at a time.
    @inline(__always)
    private static func areEqual(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, count: Int) -> Bool {
        let (left, right) = (UnsafeRawPointer(left), UnsafeRawPointer(right))
        var offset = 0
        while offset + 8 <= count {
            let isEqual =
                left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                == right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            guard isEqual else { return false }
            offset += 8
        }
        while offset < count {
            guard
                left.load(fromByteOffset: offset, as: UInt8.self) == right.load(fromByteOffset: offset, as: UInt8.self)
            else { return false }
            offset += 1
        }
        return true
    }

    /// Reads a member name and its colon, and returns the slot of its value.
    private mutating func readName(into row: inout RowBuilder) throws(JSONError) -> Int {
        guard position < count, start[position] == UInt8(ascii: "\"") else {
            throw unexpected("where a member name in quotes should be")
        }
        let nameStart = position
        let name = try readString()
        skipWhitespace()
        guard take(UInt8(ascii: ":")) else { throw unexpected("where ':' should be") }
        return row.slot(of: name, at: RowTemplate.Name(start: start + nameStart, count: position - nameStart))
    }

    // MARK: Strings

    /// Reads a string, and keeps GUIDs and moments as what they are.
    private mutating func readStoredString() throws(JSONError) -> StoredValue {
        let textStart = position + 1
        if textStart + 36 < count, start[textStart + 36] == UInt8(ascii: "\""),
            start[textStart + 8] == UInt8(ascii: "-"),
            let (high, low) = GUIDText.parse(start + textStart)
        {
            position = textStart + 37
            return StoredValue(content: .guid(high, low))
        }
        if textStart + 20 < count, start[textStart + 20] == UInt8(ascii: "\""),
            start[textStart + 19] == UInt8(ascii: "Z"), let seconds = MomentText.parse(start + textStart)
        {
            position = textStart + 21
            return StoredValue(content: .moment(seconds))
        }
        return StoredValue(content: .string(try readString()))
    }

    private mutating func readString() throws(JSONError) -> String {
        let opening = position
        position += 1
        let textStart = position
        var highBits: UInt64 = 0
        while true {
            // Eight bytes at a time, as long as none of them is a quote, a backslash or a control character.
            while position + 8 <= count {
                let word = UnsafeRawPointer(start + position).loadUnaligned(as: UInt64.self)
                let special = Self.specialBytes(in: word)
                if special != 0 {
                    let skipped = special.trailingZeroBitCount >> 3
                    highBits |= word & Self.mask(bytes: skipped)
                    position += skipped
                    break
                }
                highBits |= word
                position += 8
            }
            guard position < count else { throw JSONError(reason: "the string is not closed", offset: opening) }
            let byte = start[position]
            if byte == UInt8(ascii: "\"") {
                let text = UnsafeBufferPointer(start: start + textStart, count: position - textStart)
                position += 1
                return try string(text, isASCII: highBits & 0x8080_8080_8080_8080 == 0, at: textStart)
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
            highBits |= UInt64(byte)
            position += 1
        }
    }

    /// A word with the high bit set in each byte that is a quote, a backslash or a control character, of which the
    /// lowest is right; a borrow may mark bytes above it wrongly. The first byte of the text is the lowest.
    @inline(__always)
    static func specialBytes(in word: UInt64) -> UInt64 {
        let word = UInt64(littleEndian: word)
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
        let backslashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
        let found =
            ((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes) | ((word &- ones &* 0x20) & ~word)
        return found & 0x8080_8080_8080_8080
    }

    /// The lowest bytes of a word.
    @inline(__always)
    private static func mask(bytes: Int) -> UInt64 { UInt64(littleEndian: (1 << UInt64(bytes * 8)) &- 1) }

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
