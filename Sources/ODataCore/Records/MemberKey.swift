/// What tells one member name from another in a few instructions: its length, and the bytes at both ends.
///
/// Names of up to 32 bytes have the same key only if they are the same; longer ones have to be compared as well. A key
/// made of a literal is computed by the compiler.
public struct MemberKey: Sendable, Hashable {
    @usableFromInline let count: Int
    @usableFromInline let first: UInt64
    @usableFromInline let second: UInt64
    @usableFromInline let third: UInt64
    @usableFromInline let fourth: UInt64

    @inlinable
    init(_ start: UnsafePointer<UInt8>, count: Int) {
        let bytes = UnsafeRawPointer(start)
        self.count = count
        if count >= 16 {
            first = bytes.loadUnaligned(as: UInt64.self)
            second = bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
            third = bytes.loadUnaligned(fromByteOffset: count - 16, as: UInt64.self)
            fourth = bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
            return
        }
        second = 0
        third = 0
        if count >= 8 {
            first = bytes.loadUnaligned(as: UInt64.self)
            fourth = bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
        } else if count >= 4 {
            first = UInt64(bytes.loadUnaligned(as: UInt32.self))
            fourth = UInt64(bytes.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
        } else if count > 0 {
            first = UInt64(start[0]) | UInt64(start[count / 2]) << 8
            fourth = UInt64(start[count - 1])
        } else {
            first = 0
            fourth = 0
        }
    }

    /// The key of a literal.
    @inlinable
    public init(_ name: StaticString) { self.init(name.utf8Start, count: name.utf8CodeUnitCount) }

    /// The key of any name.
    public init(_ name: String) {
        var name = name
        self = name.withUTF8 { utf8 in
            let nothing: UInt8 = 0
            guard let start = utf8.baseAddress else {
                return withUnsafePointer(to: nothing) { MemberKey($0, count: 0) }
            }
            return MemberKey(start, count: utf8.count)
        }
    }

    /// Whether equal keys mean equal names.
    @inlinable var isExact: Bool { count <= 32 }

    /// A number to find the name by.
    @inlinable
    var hash: UInt64 {
        let start = (first &+ UInt64(truncatingIfNeeded: count)) &* 0x9E37_79B9_7F4A_7C15
        let middle = (second ^ third) &* 0xFF51_AFD7_ED55_8CCD
        let mixed = start ^ middle ^ (fourth &* 0xC2B2_AE3D_27D4_EB4F)
        return mixed ^ (mixed >> 32)
    }

    @inlinable
    public static func == (left: Self, right: Self) -> Bool {
        left.first == right.first && left.fourth == right.fourth && left.count == right.count
            && left.second == right.second && left.third == right.third
    }
}
