import Foundation
import GRDB

/// The text that Dataverse shows for a value, as in English of the United States.
///
/// CSDL does not say which whole numbers are choices: their labels come from definitions and files with options.
enum FormattedValue {
    static func text(_ value: DatabaseValue, _ column: ColumnSchema) -> String? {
        if let choices = column.choices?.labels {
            switch value.storage {
            case .int64(let number): if let label = choices[number] { return label }
            case .string(let text):
                let labels = text.split(separator: ",").compactMap { Int64($0).flatMap { choices[$0] } }
                return labels.isEmpty ? nil : labels.joined(separator: "; ")
            default: break
            }
        }
        return switch (value.storage, column.type) {
        case (.int64(let number), .boolean): number == 0 ? "No" : "Yes"
        case (.int64(let number), .integer): label(of: number, column) ?? grouped(String(number))
        case (.int64(let ticks), .dateTimeOffset): dateAndTime(ticks)
        case (.string(let text), .date): Ticks.parse(date: text).map(date)
        case (.string(let text), .decimal):
            column.isMoney ? money(text) : grouped(fixed(text, places: 2))
        case (.double(let number), .double), (.double(let number), .single):
            grouped(fixed(DecimalText.canonical(String(number)) ?? "0", places: 2))
        default: nil
        }
    }

    private static func label(of number: Int64, _ column: ColumnSchema) -> String? {
        switch (column.role, number) {
        case (.state, 0), (.status, 1): "Active"
        case (.state, 1), (.status, 2): "Inactive"
        default: nil
        }
    }

    private static func money(_ text: String) -> String {
        let amount = grouped(fixed(text, places: 2))
        return amount.hasPrefix("-") ? "($" + amount.dropFirst() + ")" : "$" + amount
    }

    private static func date(_ ticks: Int64) -> String {
        let date = CivilDate.date(daysSinceEpoch: Ticks.floorDivide(ticks, Ticks.perDay).quotient)
        return "\(date.month)/\(date.day)/\(date.year)"
    }

    private static func dateAndTime(_ ticks: Int64) -> String {
        let minutes = Ticks.floorDivide(ticks, Ticks.perDay).remainder / Ticks.perMinute
        let hour = Int(minutes / 60)
        let twelve = hour % 12 == 0 ? 12 : hour % 12
        return "\(date(ticks)) \(twelve):\(Ticks.padded(Int(minutes % 60), 2)) \(hour < 12 ? "AM" : "PM")"
    }

    private static func fixed(_ text: String, places: Int) -> String {
        guard var value = Decimal(string: text, locale: nil) else { return text }
        var rounded = Decimal()
        NSDecimalRound(&rounded, &value, places, .plain)
        let parts = DecimalText.canonical(rounded).split(separator: ".", omittingEmptySubsequences: false)
        let fraction = parts.count > 1 ? String(parts[1]) : ""
        return "\(parts[0]).\(fraction)\(String(repeating: "0", count: places - fraction.count))"
    }

    /// The number with a comma after every three digits.
    private static func grouped(_ text: String) -> String {
        let isNegative = text.hasPrefix("-")
        let parts = text.drop { $0 == "-" }.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        var whole = ""
        for (place, digit) in parts[0].reversed().enumerated() {
            if place > 0, place.isMultiple(of: 3) { whole.append(",") }
            whole.append(digit)
        }
        let fraction = parts.count > 1 ? "." + parts[1] : ""
        return (isNegative ? "-" : "") + String(whole.reversed()) + fraction
    }
}
