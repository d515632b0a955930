#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension Value: Hashable {
    /// Two values are equal when they are the same JSON; numbers are compared by what they stand for, so that 5 and
    /// 5.0 are equal, and 0.5 from an app equals 0.5 from a service.
    public static func == (left: Value, right: Value) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.string(let left), .string(let right)): left == right
        case (.integer(let left), .integer(let right)): left == right
        case (.decimal(let left), .decimal(let right)): left == right
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default:
            if let left = left.numberForComparison, let right = right.numberForComparison {
                left == right
            } else {
                false
            }
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let flag): hasher.combine(flag)
        case .string(let text): hasher.combine(text)
        case .array(let elements): hasher.combine(elements)
        case .object(let record): hasher.combine(record)
        case .integer, .decimal, .double: hasher.combine(numberForComparison)
        }
    }

    /// A number as the one form that all ways to write it share.
    private enum Number: Hashable {
        case whole(Int64)
        case exact(Decimal)
        /// What no decimal can hold: very large and very small numbers, and what is not finite.
        case binary(UInt64)
    }

    private var numberForComparison: Number? {
        switch self {
        case .integer(let number): .whole(number)
        case .decimal(let number): Int64(exactlyDecimal: number).map { .whole($0) } ?? .exact(number)
        case .double(let number): Self.number(number)
        default: nil
        }
    }

    /// The shortest text of a double is what a service would write for it.
    private static func number(_ number: Double) -> Number {
        if let whole = Int64(exactly: number) { return .whole(whole) }
        guard number.isFinite, let decimal = Decimal(string: number.description),
            Double(decimal.description) == number
        else { return .binary(number.bitPattern) }
        return .exact(decimal)
    }
}
