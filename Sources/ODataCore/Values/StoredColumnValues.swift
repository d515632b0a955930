#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

// The types that most columns have are read from what a record keeps and become it, without a detour through JSON's
// values and their texts.

extension String {
    @inlinable
    public init(stored: __shared StoredValue) throws(ColumnValueError) {
        guard case .string(let text) = stored.content else {
            self = try String(json: stored.value)
            return
        }
        self = text
    }

    @inlinable public var stored: StoredValue { StoredValue(content: .string(self)) }
}

extension Bool {
    @inlinable
    public init(stored: __shared StoredValue) throws(ColumnValueError) {
        guard case .bool(let flag) = stored.content else {
            self = try Bool(json: stored.value)
            return
        }
        self = flag
    }

    @inlinable public var stored: StoredValue { StoredValue(content: .bool(self)) }
}

extension IntegerColumnValue {
    @inlinable
    public init(stored: __shared StoredValue) throws(ColumnValueError) {
        guard case .integer(let number) = stored.content, let exact = Self(exactly: number) else {
            self = try Self(json: stored.value)
            return
        }
        self = exact
    }

    @inlinable public var stored: StoredValue { StoredValue(content: .integer(Int64(self))) }
}

extension Double {
    @inlinable
    public init(stored: __shared StoredValue) throws(ColumnValueError) {
        switch stored.content {
        case .double(let number): self = number
        case .integer(let number): self = Double(number)
        case .decimal(let significand, let exponent)
        where abs(significand) < 1 << 53 && exponent >= -22 && exponent <= 0:
            // Both are exact, and so is the quotient's rounding: Clinger's fast path.
            self = Double(significand) / Double.powersOfTen[Int(-exponent)]
        default: self = try Double(json: stored.value)
        }
    }

    @inlinable public var stored: StoredValue { StoredValue(content: .double(self)) }

    @usableFromInline
    static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]
}

extension Decimal {
    @inlinable
    public init(stored: __shared StoredValue) throws(ColumnValueError) {
        switch stored.content {
        case .decimal(let significand, let exponent):
            self = CompactDecimal.decimal(significand: significand, exponent: exponent)
        case .integer(let number): self.init(number)
        default: self = try Decimal(json: stored.value)
        }
    }
}

extension UUID {
    @inlinable
    public init(stored: __shared StoredValue) throws(ColumnValueError) {
        guard case .guid(let high, let low) = stored.content else {
            self = try UUID(json: stored.value)
            return
        }
        self.init(high: high, low: low)
    }

    /// A GUID from the numbers that its two halves are.
    @inlinable
    init(high: UInt64, low: UInt64) {
        // Sixteen bytes are there, and a GUID has no alignment.
        self = withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }

    @inlinable public var stored: StoredValue {
        let (first, second) = withUnsafeBytes(of: uuid) { $0.loadUnaligned(as: (UInt64, UInt64).self) }
        return StoredValue(content: .guid(UInt64(bigEndian: first), UInt64(bigEndian: second)))
    }
}

extension Date {
    @inlinable
    public init(stored: __shared StoredValue) throws(ColumnValueError) {
        guard case .moment(let seconds) = stored.content else {
            self = try Date(json: stored.value)
            return
        }
        self.init(timeIntervalSinceReferenceDate: Double(seconds))
    }

    /// Moments of whole seconds, in years of four digits, are kept as numbers.
    @inlinable public var stored: StoredValue {
        guard let seconds = Int64(exactly: timeIntervalSinceReferenceDate), MomentText.range.contains(seconds) else {
            return StoredValue(json)
        }
        return StoredValue(content: .moment(seconds))
    }
}
