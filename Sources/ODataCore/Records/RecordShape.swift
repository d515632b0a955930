/// The member names of a record, in order, and where each one is.
///
/// The rows of a page have the same members in the same order, so they share one shape: copying it costs two
/// references, and adding a member to one row copies it for that row only.
@usableFromInline
struct RecordShape: Sendable {
    @usableFromInline
    struct Member: Sendable {
        @usableFromInline let name: String
        @usableFromInline let key: MemberKey

        @inlinable
        init(name: String, key: MemberKey) {
            self.name = name
            self.key = key
        }
    }

    @usableFromInline private(set) var members: [Member] = []
    /// The slots by the hashes of their names, plus one; 0 is an empty place. Its size is a power of two.
    @usableFromInline private(set) var table: [UInt32] = []

    /// Beyond so many members, names are hashed with Swift's seeded hash, so that no text can be made in which they
    /// all fall on one place.
    @usableFromInline static let seededHashThreshold = 256

    init() {}

    var count: Int { members.count }

    var names: [String] { members.map(\.name) }

    func slot(of name: String) -> Int? { slot(of: MemberKey(name), name: name) }

    /// The slot of a name whose key is known.
    ///
    /// - Parameter name: is asked for only where the key does not tell.
    @inlinable @inline(__always)
    func slot(of key: MemberKey, name: @autoclosure () -> String) -> Int? {
        let mask = table.count - 1
        guard mask >= 0 else { return nil }
        let hash = members.count > Self.seededHashThreshold ? Self.seededHash(of: name()) : key.hash
        var place = Int(truncatingIfNeeded: hash) & mask
        while true {
            let entry = table[place]
            if entry == 0 { return nil }
            let slot = Int(entry) - 1
            if members[slot].key == key, key.isExact || members[slot].name == name() { return slot }
            place = (place + 1) & mask
        }
    }

    @usableFromInline
    static func seededHash(of name: String) -> UInt64 { UInt64(bitPattern: Int64(name.hashValue)) }

    /// Adds a member that is not there yet, and returns its slot.
    mutating func append(_ name: String) -> Int {
        let slot = members.count
        let key = MemberKey(name)
        members.append(Member(name: name, key: key))
        if members.count * 2 > table.count || members.count == Self.seededHashThreshold + 1 {
            rebuildTable()
        } else {
            insert(slot)
        }
        return slot
    }

    mutating func remove(_ slot: Int) {
        members.remove(at: slot)
        rebuildTable()
    }

    private mutating func rebuildTable() {
        var size = 8
        while size < members.count * 2 + 2 { size *= 2 }
        table = Array(repeating: 0, count: size)
        for slot in members.indices { insert(slot) }
    }

    private mutating func insert(_ slot: Int) {
        let mask = table.count - 1
        let member = members[slot]
        let hash = members.count > Self.seededHashThreshold ? Self.seededHash(of: member.name) : member.key.hash
        var place = Int(truncatingIfNeeded: hash) & mask
        while table[place] != 0 { place = (place + 1) & mask }
        table[place] = UInt32(slot + 1)
    }

    /// Whether two shapes are one and the same, as those of the rows of a page are.
    func isIdentical(to other: RecordShape) -> Bool {
        members.withUnsafeBufferPointer { left in
            other.members.withUnsafeBufferPointer { right in
                left.baseAddress == right.baseAddress && left.count == right.count
            }
        }
    }

    /// Whether the same names are at the same places.
    func hasSameNames(as other: RecordShape) -> Bool {
        isIdentical(to: other)
            || members.count == other.members.count
                && zip(members, other.members).allSatisfy { $0.key == $1.key && $0.name == $1.name }
    }
}
