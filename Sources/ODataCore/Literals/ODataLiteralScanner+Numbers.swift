// Numbers, dates and times.
extension ODataLiteralScanner {
    mutating func numberOrDate() throws(ODataLiteralError) -> ODataLiteral? {
        let start = position
        if isAt("-"), position + 4 <= bytes.count, text(position..<position + 4) == "-INF",
            byte(ahead: 4).map(ASCII.continuesName) != true
        {
            advance(4)
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

    /// Where the number ends that comes next; `nil` if none does.
    func endOfNumber() -> Int? {
        var scanner = self
        switch try? scanner.literal() {
        case .integer, .decimal, .double: return scanner.position
        default: return nil
        }
    }

    private mutating func number(start: Int, integerEnd: Int) throws(ODataLiteralError) -> ODataLiteral {
        move(to: integerEnd)
        var isInteger = true
        if isAt(".") {
            isInteger = false
            advance()
            let fraction = position
            skipDigits()
            if position == fraction { throw error(expected: "a digit after the decimal point") }
        }
        if let byte = current, byte | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            advance()
            if isAt("-") || isAt("+") { advance() }
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
        while let byte = current, ASCII.isDigit(byte) { advance() }
    }

    private mutating func dateOrDateTime(yearDigits: Int) throws(ODataLiteralError) -> ODataLiteral {
        let start = position
        if isAt("-") { advance() }
        if yearDigits > 4, isAt("0") { throw error(expected: "a year of more than four digits without a leading zero") }
        advance(yearDigits)
        try expect("-")
        let month = try twoDigits(1...12, "a month from 01 to 12")
        try expect("-")
        let longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        _ = try twoDigits(1...longest, "a day from 01 to \(longest)")
        guard let separator = current, separator | 0x20 == UInt8(ascii: "t") else {
            if let byte = current, ASCII.continuesName(byte) { throw error(expected: "the end of the date, or 'T'") }
            return .date(text(start..<position))
        }
        advance()
        _ = try timeOfDay()
        if let zone = current, zone | 0x20 == UInt8(ascii: "z") {
            advance()
        } else {
            guard isAt("+") || isAt("-") else { throw error(expected: "'Z' or an offset such as +02:00") }
            advance()
            _ = try twoDigits(0...23, "the hours of the offset")
            try expect(":")
            _ = try twoDigits(0...59, "the minutes of the offset")
        }
        if let byte = current, ASCII.continuesName(byte) { throw error(expected: "the end of the date and time") }
        return .dateTimeOffset(text(start..<position).uppercased())
    }

    private mutating func timeOfDay() throws(ODataLiteralError) -> String {
        let start = position
        _ = try twoDigits(0...23, "an hour from 00 to 23")
        try expect(":")
        _ = try twoDigits(0...59, "a minute from 00 to 59")
        if isAt(":") {
            advance()
            _ = try twoDigits(0...60, "a second from 00 to 60")
            if isAt(".") {
                advance()
                let fraction = position
                skipDigits()
                guard (1...12).contains(position - fraction) else {
                    throw error(expected: "one to twelve digits of a second", at: fraction)
                }
            }
        }
        return text(start..<position)
    }

    private mutating func twoDigits(_ range: ClosedRange<Int>, _ what: String) throws(ODataLiteralError) -> Int {
        guard let tens = current, let ones = byte(ahead: 1), ASCII.isDigit(tens), ASCII.isDigit(ones),
            range.contains(Int(tens - 48) * 10 + Int(ones - 48))
        else { throw error(expected: what) }
        advance(2)
        return Int(tens - 48) * 10 + Int(ones - 48)
    }
}
