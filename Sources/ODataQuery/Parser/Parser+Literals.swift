extension Parser {
    /// Takes a primitive literal if one comes next; the position stays if none does.
    mutating func literal() throws(ODataSyntaxError) -> Literal? {
        guard let first = current else { return nil }
        if first == UInt8(ascii: "'") { return .string(try quotedString()) }
        if let guid = takeGUID() { return .guid(guid) }
        if ASCII.isDigit(first) || first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            return try numberOrDate()
        }
        guard ASCII.beginsName(first) else { return nil }
        return try wordLiteral()
    }

    /// `'O''Neil'`
    mutating func quotedString() throws(ODataSyntaxError) -> String {
        let start = position
        try expect("'", "a string in single quotes")
        var content: [UInt8] = []
        while let byte = current {
            position += 1
            if byte != UInt8(ascii: "'") {
                content.append(byte)
            } else if isAt("'") {
                position += 1
                content.append(byte)
            } else {
                return String(decoding: content, as: UTF8.self)
            }
        }
        throw error(expected: "the quote that ends the string begun at position \(start)")
    }

    // MARK: Words

    private mutating func wordLiteral() throws(ODataSyntaxError) -> Literal? {
        let start = position
        var end = position
        while end < bytes.count, ASCII.continuesName(bytes[end]) || bytes[end] == UInt8(ascii: ".") { end += 1 }
        if end < bytes.count, bytes[end] == UInt8(ascii: "'") {
            return try prefixedLiteral(prefix: text(start..<end), quoteAt: end)
        }
        // A word that goes on with `(` or `/` is a name, even when it is spelled like a literal.
        if end < bytes.count, bytes[end] == UInt8(ascii: "(") || bytes[end] == UInt8(ascii: "/") { return nil }
        let value: Literal
        switch end - start {
        case 4 where text(start..<end) == "null": value = .null
        case 4 where matches("true", at: start): value = .boolean(true)
        case 5 where matches("false", at: start): value = .boolean(false)
        case 3 where text(start..<end) == "INF": value = .double(.infinity)
        case 3 where text(start..<end) == "NaN": value = .double(.nan)
        default: return nil
        }
        position = end
        return value
    }

    /// `duration'…'`, `binary'…'`, `geography'…'`, `geometry'…'` or a type's name before enumeration members.
    private mutating func prefixedLiteral(prefix: String, quoteAt quote: Int) throws(ODataSyntaxError) -> Literal? {
        let start = position
        position = quote
        let content = try quotedString()
        switch prefix.lowercased() {
        case "duration":
            guard DurationText.isValid(content.utf8) else {
                throw error(expected: "a duration such as duration'P1DT2H30M'", at: start)
            }
            return .duration(content)
        case "binary":
            guard Self.isBase64URL(content.utf8) else {
                throw error(expected: "base64url text between the quotes", at: start)
            }
            return .binary(content)
        case "geography": return .geography(content)
        case "geometry": return .geometry(content)
        default:
            guard prefix.contains("."), !prefix.hasSuffix("."), !prefix.hasPrefix("."), !content.isEmpty else {
                throw error(expected: "an operator, or a type's qualified name before the quote", at: start)
            }
            let members = content.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard members.allSatisfy(Self.isEnumerationMember) else {
                throw error(expected: "members or numbers separated by commas", at: quote)
            }
            return .enumeration(type: prefix, members: members)
        }
    }

    static func isEnumerationMember(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return false }
        if ASCII.beginsName(first) { return text.utf8.allSatisfy(ASCII.continuesName) }
        return Int64(text) != nil
    }

    private static func isBase64URL(_ text: String.UTF8View) -> Bool {
        var digits = 0
        var padding = 0
        for byte in text {
            if byte == UInt8(ascii: "=") {
                padding += 1
            } else if padding == 0, ASCII.isBase64(byte) {
                digits += 1
            } else {
                return false
            }
        }
        switch digits % 4 {
        case 0: return padding == 0
        case 2: return padding == 0 || padding == 2
        case 3: return padding <= 1
        default: return false
        }
    }

    // MARK: GUIDs

    private mutating func takeGUID() -> String? {
        guard position + 36 <= bytes.count else { return nil }
        for offset in 0..<36 {
            let byte = bytes[position + offset]
            switch offset {
            case 8, 13, 18, 23: if byte != UInt8(ascii: "-") { return nil }
            default: if ASCII.hexValue(byte) == nil { return nil }
            }
        }
        if let next = byte(ahead: 36), ASCII.continuesName(next) || next == UInt8(ascii: "-") { return nil }
        defer { position += 36 }
        return text(position..<position + 36).lowercased()
    }

    // MARK: Numbers, dates and times

    private mutating func numberOrDate() throws(ODataSyntaxError) -> Literal? {
        let start = position
        if isAt("-"), matches("-INF", at: position), text(position..<position + 4) == "-INF",
            byte(ahead: 4).map(ASCII.continuesName) != true
        {
            position += 4
            return .double(-.infinity)
        }
        var digitsStart = position
        if isAt("-") || isAt("+") { digitsStart += 1 }
        var end = digitsStart
        while end < bytes.count, ASCII.isDigit(bytes[end]) { end += 1 }
        guard end > digitsStart else { return nil }
        if end - digitsStart >= 4, end < bytes.count, bytes[end] == UInt8(ascii: "-"),
            bytes[start] != UInt8(ascii: "+"),
            end + 1 < bytes.count, ASCII.isDigit(bytes[end + 1])
        {
            return try dateOrDateTime(yearDigits: end - digitsStart)
        }
        if end - start == 2, end + 1 < bytes.count, bytes[end] == UInt8(ascii: ":"), ASCII.isDigit(bytes[end + 1]),
            end + 2 < bytes.count, ASCII.isDigit(bytes[end + 2])
        {
            return .timeOfDay(try timeOfDay())
        }
        return try number(start: start, integerEnd: end)
    }

    private mutating func number(start: Int, integerEnd: Int) throws(ODataSyntaxError) -> Literal {
        position = integerEnd
        var isInteger = true
        if isAt(".") {
            isInteger = false
            position += 1
            let fraction = position
            skipDigits()
            if position == fraction { throw error(expected: "a digit after the decimal point") }
        }
        if let byte = current, byte | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            position += 1
            if isAt("-") || isAt("+") { position += 1 }
            let exponent = position
            skipDigits()
            if position == exponent { throw error(expected: "a digit of the exponent") }
        }
        if let byte = current, ASCII.continuesName(byte) || byte == UInt8(ascii: ".") {
            throw error(expected: "the end of the number")
        }
        let written = text(start..<position)
        if isInteger, let value = Int64(written) { return .integer(value) }
        return .decimal(written)
    }

    private mutating func skipDigits() {
        while let byte = current, ASCII.isDigit(byte) { position += 1 }
    }

    private mutating func dateOrDateTime(yearDigits: Int) throws(ODataSyntaxError) -> Literal {
        let start = position
        if isAt("-") { position += 1 }
        if yearDigits > 4, isAt("0") { throw error(expected: "a year of more than four digits without a leading zero") }
        position += yearDigits
        try expect("-")
        let month = try twoDigits(1...12, "a month from 01 to 12")
        try expect("-")
        let longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        _ = try twoDigits(1...longest, "a day from 01 to \(longest)")
        guard let separator = current, separator | 0x20 == UInt8(ascii: "t") else {
            if let byte = current, ASCII.continuesName(byte) { throw error(expected: "the end of the date, or 'T'") }
            return .date(text(start..<position))
        }
        position += 1
        _ = try timeOfDay()
        if let zone = current, zone | 0x20 == UInt8(ascii: "z") {
            position += 1
        } else {
            guard isAt("+") || isAt("-") else { throw error(expected: "'Z' or an offset such as +02:00") }
            position += 1
            _ = try twoDigits(0...23, "the hours of the offset")
            try expect(":")
            _ = try twoDigits(0...59, "the minutes of the offset")
        }
        if let byte = current, ASCII.continuesName(byte) { throw error(expected: "the end of the date and time") }
        return .dateTimeOffset(text(start..<position).uppercased())
    }

    private mutating func timeOfDay() throws(ODataSyntaxError) -> String {
        let start = position
        _ = try twoDigits(0...23, "an hour from 00 to 23")
        try expect(":")
        _ = try twoDigits(0...59, "a minute from 00 to 59")
        if isAt(":") {
            position += 1
            _ = try twoDigits(0...60, "a second from 00 to 60")
            if isAt(".") {
                position += 1
                let fraction = position
                skipDigits()
                guard (1...12).contains(position - fraction) else {
                    throw error(expected: "one to twelve digits of a second", at: fraction)
                }
            }
        }
        return text(start..<position)
    }

    private mutating func twoDigits(_ range: ClosedRange<Int>, _ what: String) throws(ODataSyntaxError) -> Int {
        guard let tens = current, let ones = byte(ahead: 1), ASCII.isDigit(tens), ASCII.isDigit(ones),
            range.contains(Int(tens - 48) * 10 + Int(ones - 48))
        else { throw error(expected: what) }
        position += 2
        return Int(tens - 48) * 10 + Int(ones - 48)
    }
}

/// The form of durations: `-P12DT23H59M59.9S`.
enum DurationText {
    static func isValid(_ text: String.UTF8View) -> Bool {
        var rest = text[...]
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        guard rest.popFirst() == UInt8(ascii: "P") else { return false }
        _ = take("D", from: &rest)
        guard rest.first == UInt8(ascii: "T") else { return rest.isEmpty }
        rest = rest.dropFirst()
        _ = take("H", from: &rest)
        _ = take("M", from: &rest)
        _ = take("S", from: &rest, fraction: true)
        return rest.isEmpty
    }

    /// Takes digits and the unit after them.
    private static func take(
        _ unit: Unicode.Scalar,
        from text: inout Substring.UTF8View,
        fraction: Bool = false
    ) -> Bool {
        var rest = text.drop(while: ASCII.isDigit)
        guard rest.startIndex != text.startIndex else { return false }
        if fraction, rest.first == UInt8(ascii: ".") {
            let digits = rest.dropFirst()
            rest = digits.drop(while: ASCII.isDigit)
            guard rest.startIndex != digits.startIndex else { return false }
        }
        guard rest.first == UInt8(ascii: unit) else { return false }
        text = rest.dropFirst()
        return true
    }
}
