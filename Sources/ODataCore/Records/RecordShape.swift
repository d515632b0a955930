/// The member names of a record, in order, and where each one is.
///
/// The rows of a page have the same members in the same order, so they share one shape: copying it costs one
/// reference, and adding a member to one row copies it for that row only.
@usableFromInline
struct RecordShape: @unchecked Sendable {
    // Sendable: storage that two shapes refer to is only read, as `makeUnique` sees to, and all it holds is Sendable.
    private var storage: ShapeStorage

    /// The shape of empty records.
    init() { storage = .empty }

    var count: Int { storage.count }

    /// The name at a slot.
    subscript(slot: Int) -> String { storage[slot].name }

    var names: [String] { (0..<count).map { storage[$0].name } }

    /// Where the names are, to be asked as long as this shape is kept and not changed.
    var index: ShapeIndex { storage.index }

    func slot(of name: String) -> Int? {
        let slot = storage.slot(of: name)
        return slot < 0 ? nil : slot
    }

    /// Adds a member that is not there yet, and returns its slot.
    mutating func append(_ name: String) -> Int {
        makeUnique()
        return storage.append(name)
    }

    mutating func remove(_ slot: Int) {
        makeUnique()
        storage.remove(slot)
    }

    private mutating func makeUnique() {
        if !isKnownUniquelyReferenced(&storage) { storage = storage.copy() }
    }

    /// Whether both refer to the same names.
    func isIdentical(to other: RecordShape) -> Bool { storage === other.storage }

    /// Whether the same names are at the same places.
    func hasSameNames(as other: RecordShape) -> Bool {
        isIdentical(to: other)
            || count == other.count
                && (0..<count).allSatisfy { slot in
                    storage[slot].key == other.storage[slot].key && storage[slot].name == other.storage[slot].name
                }
    }
}
