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
