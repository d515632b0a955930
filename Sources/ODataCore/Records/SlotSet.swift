/// A set of small whole numbers, one bit each; sets of numbers below 64 own no memory.
struct SlotSet: Sendable, Hashable {
    private var first: UInt64 = 0
    /// From 64 on.
    private var others: [UInt64] = []

    var isEmpty: Bool { first == 0 && others.allSatisfy { $0 == 0 } }

    func contains(_ slot: Int) -> Bool {
        if slot < 64 { return first & (1 << UInt64(slot)) != 0 }
        let word = slot >> 6 - 1
        return word < others.count && others[word] & (1 << UInt64(slot & 63)) != 0
    }

    /// Whether it has all numbers below one.
    func containsAll(below count: Int) -> Bool {
        if count < 64 { return first == 1 << UInt64(count) - 1 }
        return (0..<count).allSatisfy(contains)
    }

    @inline(__always)
    mutating func insert(_ slot: Int) {
        if slot < 64 { first |= 1 << UInt64(slot) } else { insertLarge(slot) }
    }

    private mutating func insertLarge(_ slot: Int) {
        let word = slot >> 6 - 1
        while others.count <= word { others.append(0) }
        others[word] |= 1 << UInt64(slot & 63)
    }

    mutating func remove(_ slot: Int) {
        if slot < 64 {
            first &= ~(1 << UInt64(slot))
        } else if slot >> 6 - 1 < others.count {
            others[slot >> 6 - 1] &= ~(1 << UInt64(slot & 63))
        }
    }

    /// Forgets a slot and moves the later ones down by one, as removing an element of an array does.
    mutating func close(_ slot: Int, count: Int) {
        for position in slot..<count {
            if contains(position + 1) { insert(position) } else { remove(position) }
        }
    }
}
