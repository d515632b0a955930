#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The value of a member in the form that a record keeps it in: identifiers, moments and short decimals are kept as
/// numbers until somebody asks for their text.
///
/// Types of columns read it directly where that is faster than going through ``Value``, see ``ColumnValue``.
public struct StoredValue: Sendable {
    @usableFromInline
    enum Content: Sendable {
        case null
        case bool(Bool)
        case integer(Int64)
        case double(Double)
        /// A number with a fraction or an exponent: `significand × 10^exponent`.
        case decimal(significand: Int64, exponent: Int8)
        case string(String)
        /// A GUID in lower case, as two big-endian halves.
        case guid(UInt64, UInt64)
        /// A moment of the form `2026-02-28T09:30:00Z`, in seconds since 2001.
        case moment(Int64)
        case array([Value])
        case object(Record)
        /// A decimal that does not fit above.
        indirect case longDecimal(Decimal)
    }

    @usableFromInline let content: Content

    @inlinable
    init(content: Content) { self.content = content }

    /// Keeps a value as it is.
    @inlinable
    public init(_ value: Value) {
        content =
            switch value {
            case .null: .null
            case .bool(let flag): .bool(flag)
            case .integer(let number): .integer(number)
            case .decimal(let number):
                if let (significand, exponent) = CompactDecimal.parts(of: number) {
                    .decimal(significand: significand, exponent: exponent)
                } else {
                    .longDecimal(number)
                }
            case .double(let number): .double(number)
            case .string(let text): .string(text)
            case .array(let elements): .array(elements)
            case .object(let record): .object(record)
            }
    }

    /// JSON's `null`.
    @inlinable public static var null: StoredValue { StoredValue(content: .null) }

    /// Whether this is JSON's `null`.
    @inlinable public var isNull: Bool {
        if case .null = content { true } else { false }
    }

    /// The value as JSON has it.
    @inlinable public var value: Value {
        switch content {
        case .null: .null
        case .bool(let flag): .bool(flag)
        case .integer(let number): .integer(number)
        case .double(let number): .double(number)
        case .string(let text): .string(text)
        case .array(let elements): .array(elements)
        case .object(let record): .object(record)
        case .longDecimal(let number): .decimal(number)
        case .decimal, .guid, .moment: expandedValue
        }
    }

    /// The value of what is kept as numbers.
    @usableFromInline var expandedValue: Value {
        switch content {
        case .decimal(let significand, let exponent):
            .decimal(CompactDecimal.decimal(significand: significand, exponent: exponent))
        case .guid(let high, let low): .string(GUIDText.text(high: high, low: low))
        case .moment(let seconds): .string(MomentText.text(secondsSince2001: seconds))
        default: value
        }
    }
}

extension StoredValue: Hashable {
    public static func == (left: Self, right: Self) -> Bool {
        switch (left.content, right.content) {
        case (.null, .null): true
        case (.integer(let left), .integer(let right)): left == right
        case (.string(let left), .string(let right)): left == right
        case (.guid(let leftHigh, let leftLow), .guid(let rightHigh, let rightLow)):
            leftHigh == rightHigh && leftLow == rightLow
        case (.moment(let left), .moment(let right)): left == right
        default: left.value == right.value
        }
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
