#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Decimals of up to 64 bits as two numbers, `significand × 10^exponent`, and back.
///
/// Foundation's initializers and properties take as long as reading ten other columns. Its struct of 20 bytes is the
/// same in all versions of swift-foundation; where it is not what it is known to be, Foundation does the work.
@usableFromInline
enum CompactDecimal {
    /// The 20 bytes of a decimal in swift-foundation.
    @usableFromInline
    struct Layout {
        @usableFromInline var exponent: Int8 = 0
        /// From the lowest bit: two reserved ones, whether it is compact, whether it is negative, and the number of
        /// 16-bit words of the significand.
        @usableFromInline var flags: UInt8 = 0
        @usableFromInline var reserved: UInt16 = 0
        /// The significand in 16-bit words, the lowest first; as four halves of 32 bits, so that they need no padding.
        @usableFromInline var words: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)

        @inlinable
        init() {}
    }

    /// Whether decimals are laid out as ``Layout`` says: tried with some of each kind.
    @usableFromInline static let isLayoutKnown: Bool = {
        guard MemoryLayout<Decimal>.size == MemoryLayout<Layout>.size else { return false }
        let samples: [(Int64, Int8)] = [
            (0, 0), (1, 0), (-1, 0), (12_345, -2), (-70_000, -3), (1, 20), (.max, -19), (.min, 100), (1 << 32, -128),
        ]
        return samples.allSatisfy { significand, exponent in
            let expected = slowDecimal(significand: significand, exponent: exponent)
            let made = fastDecimal(significand: significand, exponent: exponent)
            return bytes(of: expected) == bytes(of: made)
        }
    }()

    /// `significand × 10^exponent`, exactly.
    @inlinable @inline(__always)
    static func decimal(significand: Int64, exponent: Int8) -> Decimal {
        isLayoutKnown
            ? fastDecimal(significand: significand, exponent: exponent)
            : slowDecimal(significand: significand, exponent: exponent)
    }

    /// The significand, without trailing zeros, and the exponent of a decimal, if they are small enough.
    @usableFromInline
    static func parts(of decimal: Decimal) -> (significand: Int64, exponent: Int8)? {
        guard isLayoutKnown else { return nil }
        let layout = unsafeBitCast(decimal, to: Layout.self)
        let length = layout.flags >> 4
        guard length <= 4 else { return nil }
        let isNegative = layout.flags & 8 != 0
        // No words and a sign: not a number.
        guard length > 0 || !isNegative else { return nil }
        let magnitude = UInt64(layout.words.0) | UInt64(layout.words.1) << 32
        guard magnitude <= UInt64(Int64.max) else { return nil }
        return (isNegative ? -Int64(magnitude) : Int64(magnitude), layout.exponent)
    }

    @usableFromInline
    static func fastDecimal(significand: Int64, exponent: Int8) -> Decimal {
        var layout = Layout()
        var magnitude = significand.magnitude
        var exponent = exponent
        if magnitude != 0 {
            // Compact: as few digits as can be, as Foundation has it.
            while exponent < .max {
                let (quotient, remainder) = magnitude.quotientAndRemainder(dividingBy: 10)
                guard remainder == 0 else { break }
                magnitude = quotient
                exponent += 1
            }
            let length = UInt8((64 - magnitude.leadingZeroBitCount + 15) / 16)
            layout.exponent = exponent
            layout.flags = length << 4 | (significand < 0 ? 8 : 0) | 4
            layout.words.0 = UInt32(truncatingIfNeeded: magnitude)
            layout.words.1 = UInt32(truncatingIfNeeded: magnitude >> 32)
        }
        // Both are 20 bytes without padding and without references.
        return unsafeBitCast(layout, to: Decimal.self)
    }

    @usableFromInline
    static func slowDecimal(significand: Int64, exponent: Int8) -> Decimal {
        Decimal(
            sign: significand < 0 ? .minus : .plus,
            exponent: significand == 0 ? 0 : Int(exponent),
            significand: Decimal(significand.magnitude)
        )
    }

    private static func bytes(of decimal: Decimal) -> [UInt8] { withUnsafeBytes(of: decimal) { Array($0) } }
}
