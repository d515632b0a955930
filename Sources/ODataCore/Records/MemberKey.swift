/// What tells one member name from another in a few instructions: its length, and the bytes at both ends.
///
/// Names of up to 16 bytes have the same key only if they are the same; longer ones have to be compared as well. A key
/// made of a literal is computed by the compiler.
public struct MemberKey: Sendable, Hashable {
    @usableFromInline let head: UInt64
    @usableFromInline let tail: UInt64
    @usableFromInline let count: Int

    @inlinable
    init(_ start: UnsafePointer<UInt8>, count: Int) {
        let bytes = UnsafeRawPointer(start)
        self.count = count
        if count >= 8 {
            head = bytes.loadUnaligned(as: UInt64.self)
            tail = bytes.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
        } else if count >= 4 {
            head = UInt64(bytes.loadUnaligned(as: UInt32.self))
            tail = UInt64(bytes.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
        } else if count > 0 {
            head = UInt64(start[0]) | UInt64(start[count / 2]) << 8
            tail = UInt64(start[count - 1])
        } else {
            head = 0
            tail = 0
        }
    }

    /// The key of a literal.
    @inlinable
    public init(_ name: StaticString) { self.init(name.utf8Start, count: name.utf8CodeUnitCount) }

    /// The key of any name.
    @inlinable
    public init(_ name: String) {
        var name = name
        self = name.withUTF8 { utf8 in
            guard let start = utf8.baseAddress else { return MemberKey(empty: ()) }
            return MemberKey(start, count: utf8.count)
        }
    }

    @inlinable
    init(empty: Void) {
        head = 0
        tail = 0
        count = 0
    }

    /// Whether equal keys mean equal names.
    @inlinable var isExact: Bool { count <= 16 }

    /// A number to find the name by.
    @inlinable var hash: UInt64 {
        let mixed =
            (head &+ UInt64(truncatingIfNeeded: count)) &* 0x9E37_79B9_7F4A_7C15 ^ (tail &* 0xC2B2_AE3D_27D4_EB4F)
        return mixed ^ (mixed >> 32)
    }

    @inlinable
    public static func == (left: Self, right: Self) -> Bool {
        left.head == right.head && left.tail == right.tail && left.count == right.count
    }
}
