/// The member names of a record, in order, and where each one is.
///
/// The rows of a page have the same members in the same order, so they share one shape: copying it costs two
/// references, and adding a member to one row copies it for that row only.
struct RecordShape: Sendable, Hashable {
    private(set) var names: [String] = []
    private var slots: [String: Int] = [:]

    var count: Int { names.count }

    func slot(of name: String) -> Int? { slots[name] }

    mutating func reserveCapacity(_ capacity: Int) {
        names.reserveCapacity(capacity)
        slots.reserveCapacity(capacity)
    }

    /// Adds a member that is not there yet, and returns its slot.
    mutating func append(_ name: String) -> Int {
        let slot = names.count
        names.append(name)
        slots[name] = slot
        return slot
    }

    mutating func remove(_ slot: Int) {
        slots[names.remove(at: slot)] = nil
        for later in slot..<names.count { slots[names[later]] = later }
    }

    static func == (left: Self, right: Self) -> Bool { left.names == right.names }

    func hash(into hasher: inout Hasher) { hasher.combine(names) }
}
