/// Finds the slots of names by their keys, in the memory of a shape.
///
/// It is plain pointers, so that reading a column counts no references; whoever has one keeps the shape.
@usableFromInline
struct ShapeIndex: @unchecked Sendable {
    // Sendable: the memory is only read through it, and its shape is not changed while it is in use.

    /// A name and what it is found by.
    @usableFromInline
    struct Member: Sendable {
        @usableFromInline let key: MemberKey
        @usableFromInline let name: String
    }

    /// The slots by the hashes of their names, plus one; 0 is an empty place, and some places are always empty.
    @usableFromInline let table: UnsafePointer<UInt32>
    @usableFromInline let members: UnsafePointer<Member>
    /// The size of the table, a power of two, less one.
    @usableFromInline let mask: Int
    /// Whether places are told by a hash that is seeded anew in each process.
    @usableFromInline let isSeeded: Bool

    init(table: UnsafePointer<UInt32>, members: UnsafePointer<Member>, mask: Int, isSeeded: Bool) {
        self.table = table
        self.members = members
        self.mask = mask
        self.isSeeded = isSeeded
    }

    /// The slot of the name with an exact key, or -1.
    ///
    /// - Parameters:
    ///   - key: the key.
    ///   - hash: its hash, which the compiler computes where it knows the key.
    @inlinable @inline(__always)
    func slot(of key: MemberKey, hash: UInt64) -> Int {
        var place = isSeeded ? seededHash(of: key) : Int(truncatingIfNeeded: hash)
        while true {
            place &= mask
            let slot = Int(table[place]) - 1
            if slot < 0 || members[slot].key == key { return slot }
            place += 1
        }
    }

    @usableFromInline @inline(never)
    func seededHash(of key: MemberKey) -> Int { key.hashValue }
}
