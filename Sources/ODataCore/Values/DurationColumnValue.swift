/// `Edm.Duration`: a length of time in days, hours, minutes and seconds, such as `P1DT2H30M`.
extension Duration: ColumnValue {
    public init(json: Value) throws(ColumnValueError) {
        guard case .string(let text) = json, let duration = Duration(iso8601: text) else {
            throw ColumnValueError(expected: "a duration such as PT1H30M", found: json)
        }
        self = duration
    }

    /// Reads the day-time durations of XML Schema; months and years have no fixed length and are refused.
    public init?(iso8601 text: String) {
        var scanner = DigitScanner(text)
        let isNegative = scanner.take(UInt8(ascii: "-"))
        guard scanner.take(UInt8(ascii: "P")) else { return nil }
        var seconds: Int64 = 0
        var nanoseconds = 0
        var isTime = false
        var previousRank = 0
        var hasPart = false
        while !scanner.isAtEnd {
            if !isTime, scanner.take(UInt8(ascii: "T")) {
                isTime = true
                hasPart = false
                continue
            }
            guard let number = scanner.scanNumber() else { return nil }
            let hasFraction = scanner.take(UInt8(ascii: "."))
            if hasFraction {
                guard let fraction = scanner.scanFraction() else { return nil }
                nanoseconds = fraction
            }
            guard let part = scanner.scanUnit(isTime: isTime), part.rank > previousRank,
                !hasFraction || part.seconds == 1
            else { return nil }
            previousRank = part.rank
            let (product, overflowed) = Int64(number.value).multipliedReportingOverflow(by: part.seconds)
            let (sum, overflowedAgain) = seconds.addingReportingOverflow(product)
            guard !overflowed, !overflowedAgain else { return nil }
            seconds = sum
            hasPart = true
        }
        guard hasPart else { return nil }
        let length = Duration.seconds(seconds) + .nanoseconds(nanoseconds)
        self = isNegative ? .zero - length : length
    }

    /// The duration as ISO 8601 writes it, in nanoseconds at the finest.
    public var iso8601: String {
        let (wholeSeconds, attoseconds) = components
        let isNegative = wholeSeconds < 0 || attoseconds < 0
        let seconds = wholeSeconds.magnitude
        let nanoseconds = Int(attoseconds.magnitude / 1_000_000_000)
        let (days, hours, minutes, rest) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60)
        var time = ""
        if hours > 0 { time += "\(hours)H" }
        if minutes > 0 { time += "\(minutes)M" }
        if rest > 0 || nanoseconds > 0 || (days == 0 && time.isEmpty) {
            time += "\(rest)\(fraction(ofNanoseconds: nanoseconds))S"
        }
        return (isNegative ? "-P" : "P") + (days > 0 ? "\(days)D" : "") + (time.isEmpty ? "" : "T" + time)
    }

    public var json: Value { .string(iso8601) }
    public var urlLiteral: String { "duration'\(iso8601)'" }
}

extension DigitScanner {
    /// The letter after a number: its length in seconds, and its place in the order of units.
    fileprivate mutating func scanUnit(isTime: Bool) -> (seconds: Int64, rank: Int)? {
        if !isTime { return take(UInt8(ascii: "D")) ? (86_400, 1) : nil }
        if take(UInt8(ascii: "H")) { return (3_600, 2) }
        if take(UInt8(ascii: "M")) { return (60, 3) }
        if take(UInt8(ascii: "S")) { return (1, 4) }
        return nil
    }
}
