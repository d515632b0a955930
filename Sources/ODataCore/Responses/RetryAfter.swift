import HTTPTypes

/// Reads how long a service asks to wait.
///
/// Source: RFC 9110, section 10.2.3. A date is taken relative to the response's own `Date`, so that the clock of this
/// machine does not have to be right; without one, relative to the date that is given.
package enum RetryAfter {
    package static func duration(in headers: HTTPFields, date: Date? = nil) -> Duration? {
        guard let text = headers[.retryAfter] else { return nil }
        if let seconds = Double(text), seconds.isFinite, seconds >= 0 {
            return .seconds(min(seconds, 86_400))
        }
        guard let until = HTTPDate.secondsSinceEpoch(text),
            let now = headers[.date].flatMap(HTTPDate.secondsSinceEpoch)
                ?? date.map({ Int($0.timeIntervalSince1970) })
        else { return nil }
        return .seconds(min(max(0, until - now), 86_400))
    }
}

/// Reads the dates of HTTP, in the preferred and in the two obsolete formats (RFC 9110, section 5.6.7):
/// `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`.
enum HTTPDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    static func secondsSinceEpoch(_ text: String) -> Int? {
        let parts = text.split(separator: " ").map(String.init)
        switch parts.count {
        case 6 where parts[5] == "GMT":
            return seconds(day: parts[1], month: parts[2], year: Int(parts[3]), time: parts[4])
        case 4 where parts[3] == "GMT":
            let date = parts[1].split(separator: "-").map(String.init)
            guard date.count == 3, date[2].utf8.count == 2, let year = Int(date[2]) else { return nil }
            // Two digits mean the nearest century; dates of waits are never before 1970.
            return seconds(day: date[0], month: date[1], year: year < 70 ? 2000 + year : 1900 + year, time: parts[2])
        case 5:
            return seconds(day: parts[2], month: parts[1], year: Int(parts[4]), time: parts[3])
        default:
            return nil
        }
    }

    private static func seconds(day: String, month: String, year: Int?, time: String) -> Int? {
        guard let year, let day = Int(day), let month = months.firstIndex(of: month),
            let date = DateOnly(year: year, month: month + 1, day: day), let time = TimeOfDay(time)
        else { return nil }
        let days = CivilCalendar.daysSinceEpoch(year: date.year, month: date.month, day: date.day)
        return days * 86_400 + time.hour * 3_600 + time.minute * 60 + time.second
    }
}
