/// Which elements of two lists have the same name.
///
/// Each name counts once, where it comes first. Lists with the same names in the same order, which most are, need no
/// lookup; the others take one pass with a hash table.
struct NameMatching {
    /// The places of elements that are in both lists.
    private(set) var common: [(old: Int, new: Int)] = []
    /// The places of elements that only the old list has.
    private(set) var removed: [Int] = []
    /// The places of elements that only the new list has.
    private(set) var added: [Int] = []

    init<Element>(_ old: [Element], _ new: [Element], name: (Element) -> String) {
        common.reserveCapacity(min(old.count, new.count))
        var start = 0
        while start < old.count, start < new.count, name(old[start]) == name(new[start]) {
            common.append((start, start))
            start += 1
        }
        guard start < old.count || start < new.count else { return }

        var placesInNew: [String: Int] = [:]
        placesInNew.reserveCapacity(new.count)
        for place in new.indices {
            let key = name(new[place])
            if placesInNew[key] == nil { placesInNew[key] = place }
        }
        var seen = Set(old[..<start].map(name))
        for place in start..<old.count {
            let key = name(old[place])
            guard seen.insert(key).inserted else { continue }
            if let counterpart = placesInNew[key] {
                common.append((place, counterpart))
            } else {
                removed.append(place)
            }
        }
        for place in start..<new.count {
            let key = name(new[place])
            if placesInNew[key] == place, !seen.contains(key) { added.append(place) }
        }
    }
}
