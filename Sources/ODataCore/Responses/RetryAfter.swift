import HTTPTypes

/// Reads how long a service asks to wait.
///
/// Source: RFC 9110, section 10.2.3. A date is taken relative to the response's own `Date`, so that neither a clock
/// is read nor does the clock of this machine have to be right.
enum RetryAfter {
    static func duration(in headers: HTTPFields) -> Duration? {
        guard let text = headers[.retryAfter] else { return nil }
        if let seconds = Double(text), seconds.isFinite, seconds >= 0 {
            return .seconds(min(seconds, 86_400))
        }
        guard let until = HTTPDate.secondsSinceEpoch(text),
            let now = headers[.date].flatMap(HTTPDate.secondsSinceEpoch)
        else { return nil }
        return .seconds(min(max(0, until - now), 86_400))
    }
}

/// Reads the preferred date format of HTTP, such as `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7).
enum HTTPDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    static func secondsSinceEpoch(_ text: String) -> Int? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", let day = Int(parts[1]), let year = Int(parts[3]),
            let month = months.firstIndex(of: String(parts[2])),
            let date = DateOnly(year: year, month: month + 1, day: day), let time = TimeOfDay(String(parts[4]))
        else { return nil }
        let days = CivilCalendar.daysSinceEpoch(year: date.year, month: date.month, day: date.day)
        return days * 86_400 + time.hour * 3_600 + time.minute * 60 + time.second
    }
}
