/// The text of moments as Dataverse writes them: whole seconds in UTC, 20 characters.
@usableFromInline
enum MomentText {
    /// From 1 January 1970 to 1 January 2001.
    static let epochOffset = 978_307_200

    /// The seconds since 2001 of the years 0000 to 9999, whose texts have 20 characters.
    @usableFromInline static let range: ClosedRange<Int64> = -63_145_526_400...252_423_993_599

    /// Reads `2026-02-28T09:30:00Z`; `nil` for anything else, other offsets and fractions included.
    @inline(__always)
    static func parse(_ text: UnsafePointer<UInt8>) -> Int64? {
        guard text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"), text[10] == UInt8(ascii: "T"),
            text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"), text[19] == UInt8(ascii: "Z"),
            let century = twoDigits(text), let yearOfCentury = twoDigits(text + 2), let month = twoDigits(text + 5),
            let day = twoDigits(text + 8), let hour = twoDigits(text + 11), let minute = twoDigits(text + 14),
            let second = twoDigits(text + 17), (1...12).contains(month), day >= 1, hour <= 23, minute <= 59,
            second <= 59
        else { return nil }
        let year = century * 100 + yearOfCentury
        guard day <= CivilCalendar.days(inMonth: month, ofYear: year) else { return nil }
        let days = CivilCalendar.daysSinceEpoch(year: year, month: month, day: day)
        return Int64(days * 86_400 + hour * 3_600 + minute * 60 + second - epochOffset)
    }

    @inline(__always)
    private static func twoDigits(_ text: UnsafePointer<UInt8>) -> Int? {
        let tens = text[0] &- UInt8(ascii: "0")
        let ones = text[1] &- UInt8(ascii: "0")
        guard tens <= 9, ones <= 9 else { return nil }
        return Int(tens) * 10 + Int(ones)
    }

    static func text(secondsSince2001: Int64) -> String {
        String(unsafeUninitializedCapacity: 20) { buffer in
            write(secondsSince2001: secondsSince2001, to: buffer)
            return 20
        }
    }

    /// Writes the 20 characters of a moment in the ``range``.
    @inline(__always)
    static func write(secondsSince2001: Int64, to buffer: UnsafeMutableBufferPointer<UInt8>) {
        let seconds = Int(secondsSince2001) + epochOffset
        var days = seconds / 86_400
        var second = seconds % 86_400
        if second < 0 {
            second += 86_400
            days -= 1
        }
        let (year, month, day) = CivilCalendar.date(daysSinceEpoch: days)
        func put(_ number: Int, at place: Int) {
            buffer[place] = UInt8(ascii: "0") + UInt8(number / 10 % 10)
            buffer[place + 1] = UInt8(ascii: "0") + UInt8(number % 10)
        }
        put(year / 100, at: 0)
        put(year % 100, at: 2)
        buffer[4] = UInt8(ascii: "-")
        put(month, at: 5)
        buffer[7] = UInt8(ascii: "-")
        put(day, at: 8)
        buffer[10] = UInt8(ascii: "T")
        put(second / 3_600, at: 11)
        buffer[13] = UInt8(ascii: ":")
        put(second / 60 % 60, at: 14)
        buffer[16] = UInt8(ascii: ":")
        put(second % 60, at: 17)
        buffer[19] = UInt8(ascii: "Z")
    }
}
