/// What shapes refer to: the names in order, and a table to find them by.
///
/// It is a value's storage: ``RecordShape`` changes one only while it is its only owner.
final class ShapeStorage {
    typealias Member = ShapeIndex.Member

    /// What empty shapes refer to. No shape is its only owner, so it is never changed.
    nonisolated(unsafe) static let empty = ShapeStorage(capacity: 0)

    /// Beyond so many members, names are hashed with Swift's seeded hash, so that no text can be made in which they
    /// all fall on one place.
    static let seededHashThreshold = 256

    // Both are allocated with the object and for as long as it lives; the first `count` members are initialized, and
    // all of the table is.
    private var members: UnsafeMutablePointer<Member>
    private var capacity: Int
    private var table: UnsafeMutablePointer<UInt32>
    /// A power of two, and twice the number of members or more.
    private var tableSize: Int
    private(set) var count = 0

    private init(capacity: Int) {
        self.capacity = capacity
        members = .allocate(capacity: capacity)
        tableSize = Self.tableSize(for: capacity)
        table = .allocate(capacity: tableSize)
        table.initialize(repeating: 0, count: tableSize)
    }

    deinit {
        members.deinitialize(count: count)
        members.deallocate()
        table.deallocate()
    }

    private static func tableSize(for count: Int) -> Int {
        var size = 8
        while size < count * 2 { size *= 2 }
        return size
    }

    var index: ShapeIndex {
        ShapeIndex(table: table, members: members, mask: tableSize - 1, isSeeded: isSeeded)
    }

    subscript(slot: Int) -> Member {
        precondition(slot >= 0 && slot < count)
        return members[slot]
    }

    /// The slot of a name, or -1.
    func slot(of name: String) -> Int {
        let key = MemberKey(name)
        var place = hash(of: key, name) & (tableSize - 1)
        while true {
            let slot = Int(table[place]) - 1
            if slot < 0 || members[slot].key == key && (key.isExact || members[slot].name == name) { return slot }
            place = (place + 1) & (tableSize - 1)
        }
    }

    private var isSeeded: Bool { count > Self.seededHashThreshold }

    private func hash(of key: MemberKey, _ name: String) -> Int {
        if !isSeeded { return Int(truncatingIfNeeded: key.hash) }
        return key.isExact ? key.hashValue : name.hashValue
    }

    func copy() -> ShapeStorage {
        let copy = ShapeStorage(capacity: max(count + 1, 8))
        copy.members.initialize(from: members, count: count)
        copy.count = count
        if copy.tableSize == tableSize {
            copy.table.update(from: table, count: tableSize)
        } else {
            copy.fillTable()
        }
        return copy
    }

    func append(_ name: String) -> Int {
        if count == capacity { grow() }
        let slot = count
        (members + slot).initialize(to: Member(key: MemberKey(name), name: name))
        count += 1
        if slot == Self.seededHashThreshold { fillTable() } else { insert(slot) }
        return slot
    }

    func remove(_ slot: Int) {
        precondition(slot >= 0 && slot < count)
        (members + slot).deinitialize(count: 1)
        (members + slot).moveInitialize(from: members + slot + 1, count: count - slot - 1)
        count -= 1
        fillTable()
    }

    private func grow() {
        let grown = max(capacity * 2, 8)
        let moved = UnsafeMutablePointer<Member>.allocate(capacity: grown)
        moved.moveInitialize(from: members, count: count)
        members.deallocate()
        members = moved
        capacity = grown
        guard Self.tableSize(for: grown) > tableSize else { return }
        table.deallocate()
        tableSize = Self.tableSize(for: grown)
        table = .allocate(capacity: tableSize)
        fillTable()
    }

    private func fillTable() {
        table.update(repeating: 0, count: tableSize)
        for slot in 0..<count { insert(slot) }
    }

    private func insert(_ slot: Int) {
        var place = hash(of: members[slot].key, members[slot].name) & (tableSize - 1)
        while table[place] != 0 { place = (place + 1) & (tableSize - 1) }
        table[place] = UInt32(slot + 1)
    }
}
