/// Checks the text between the quotes of `geography'SRID=4326;Point(1 2)'`.
///
/// Source: OData ABNF Construction Rules 4.01, rules `fullPointLiteral` to `fullCollectionLiteral`.
struct GeographicText {
    /// How deep collections may nest.
    private static let maximumDepth = 20

    private let bytes: [UInt8]
    private var position = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    /// What is wrong with the text, and where; `nil` if it is well formed.
    mutating func problem() -> ODataLiteralError? {
        do throws(ODataLiteralError) {
            try expect("srid=")
            let digits = takeDigits()
            guard (1...5).contains(digits) else { throw error("one to five digits of the SRID") }
            try expect(";")
            try shape(depth: 0)
            guard position == bytes.count else { throw error("the end of the shape") }
            return nil
        } catch {
            return error
        }
    }

    private mutating func shape(depth: Int) throws(ODataLiteralError) {
        guard depth < Self.maximumDepth else { throw error("no more than \(Self.maximumDepth) levels of collections") }
        if take("geometrycollection(") {
            try list { reader throws(ODataLiteralError) in try reader.shape(depth: depth + 1) }
        } else if take("multipoint(") {
            try list(canBeEmpty: true, Self.point)
        } else if take("multilinestring(") {
            try list(canBeEmpty: true, Self.line)
        } else if take("multipolygon(") {
            try list(canBeEmpty: true, Self.polygon)
        } else if take("point") {
            try Self.point(&self)
        } else if take("linestring") {
            try Self.line(&self)
        } else if take("polygon") {
            try Self.polygon(&self)
        } else {
            throw error("a shape such as Point(1 2)")
        }
    }

    private static func point(_ reader: inout Self) throws(ODataLiteralError) {
        try reader.expect("(")
        try coordinates(&reader)
        try reader.expect(")")
    }

    private static func line(_ reader: inout Self) throws(ODataLiteralError) {
        try reader.expect("(")
        let start = reader.position
        guard try reader.list(coordinates) >= 2 else {
            throw ODataLiteralError(offset: start, expected: "two positions at the least")
        }
    }

    private static func polygon(_ reader: inout Self) throws(ODataLiteralError) {
        try reader.expect("(")
        try reader.list { reader throws(ODataLiteralError) in
            try reader.expect("(")
            try reader.list(coordinates)
        }
    }

    /// Two numbers, perhaps a height, perhaps a measure.
    private static func coordinates(_ reader: inout Self) throws(ODataLiteralError) {
        try reader.number()
        try reader.expect(" ")
        try reader.number()
        for _ in 0..<2 where reader.take(" ") { try reader.number() }
    }

    /// Elements separated by commas, up to the closing parenthesis.
    @discardableResult
    private mutating func list(
        canBeEmpty: Bool = false,
        _ element: (inout Self) throws(ODataLiteralError) -> Void
    ) throws(ODataLiteralError) -> Int {
        if canBeEmpty, take(")") { return 0 }
        var count = 0
        repeat {
            try element(&self)
            count += 1
        } while take(",")
        try expect(")")
        return count
    }

    private mutating func number() throws(ODataLiteralError) {
        let rest = ODataLiteralScanner(bytes, position: position)
        guard let end = rest.endOfNumber() else { throw error("a number") }
        position = end
    }

    // MARK: Looking and taking

    /// Takes a text in any case; `word` is in small letters.
    private mutating func take(_ word: StaticString) -> Bool {
        guard ODataLiteralScanner(bytes, position: position).matches(word, at: position) else { return false }
        position += word.utf8CodeUnitCount
        return true
    }

    private mutating func expect(_ word: StaticString) throws(ODataLiteralError) {
        guard take(word) else { throw error("'\(word)'") }
    }

    private mutating func takeDigits() -> Int {
        let start = position
        while position < bytes.count, ASCII.isDigit(bytes[position]) { position += 1 }
        return position - start
    }

    private func error(_ expected: String) -> ODataLiteralError {
        ODataLiteralError(offset: position, expected: expected)
    }
}
