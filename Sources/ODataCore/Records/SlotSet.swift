/// A set of small whole numbers, one bit each; empty sets own no memory.
struct SlotSet: Sendable, Hashable {
    private var words: [UInt64] = []

    var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    func contains(_ slot: Int) -> Bool {
        let word = slot >> 6
        return word < words.count && words[word] & (1 << UInt64(slot & 63)) != 0
    }

    mutating func insert(_ slot: Int) {
        let word = slot >> 6
        while words.count <= word { words.append(0) }
        words[word] |= 1 << UInt64(slot & 63)
    }

    mutating func remove(_ slot: Int) {
        let word = slot >> 6
        guard word < words.count else { return }
        words[word] &= ~(1 << UInt64(slot & 63))
    }

    /// Forgets a slot and moves the later ones down by one, as removing an element of an array does.
    mutating func close(_ slot: Int, count: Int) {
        for position in slot..<count {
            if contains(position + 1) { insert(position) } else { remove(position) }
        }
    }
}
