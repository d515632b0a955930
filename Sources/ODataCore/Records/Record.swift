/// A row, or any other JSON object: named values in order, with memory of which ones were changed.
///
/// A record knows three states of a member: absent (reading gives `nil`), null (``Value/null``) and a value.
/// What an app sets is remembered as changed until ``markUnchanged()``; what was read from a service is not.
///
///     var row: Record = ["name": "Contoso", "revenue": 1_000_000]
///     row["description"] = .null     // is sent as null
///     row["revenue"] = nil           // is not sent at all
public struct Record: @unchecked Sendable {
    // Sendable: storage that two records refer to is only read, as `makeUnique` sees to, and all it holds is Sendable.
    @usableFromInline private(set) var storage: RecordStorage

    /// An empty record.
    public init() { storage = .empty }

    /// A record as it came from a service: nothing in it counts as changed.
    init(storage: RecordStorage) { self.storage = storage }

    /// A record with these members, all of them changed; of members with the same name the last one counts.
    public init(members: some Sequence<(String, Value)>) {
        self.init()
        makeUnique(capacity: members.underestimatedCount)
        for (name, value) in members { self[name] = value }
    }

    /// The value of a member. Setting one marks it as changed; setting `nil` takes the member out.
    public subscript(name: String) -> Value? {
        get { storage.slot(of: name).map { storage[$0].value } }
        set {
            if let newValue { set(StoredValue(newValue), for: name, isChange: true) } else { remove(name) }
        }
    }

    /// Sets the member of a column, and marks it as changed.
    @inlinable @inline(__always)
    public mutating func set(_ value: StoredValue, for name: ColumnName) {
        // Known while compiling, where the name is a literal; the name itself is not needed then.
        let slot = name.key.isExact ? storage.slot(of: name.key, hash: name.key.hash) : -1
        if slot >= 0 { replaceValue(at: slot, with: value) } else { set(value, for: name.text) }
    }

    /// Sets a member, and marks it as changed.
    @usableFromInline
    mutating func set(_ value: StoredValue, for name: String) { set(value, for: name, isChange: true) }

    /// Sets the member at a slot of the storage, and marks it as changed.
    @usableFromInline
    mutating func replaceValue(at slot: Int, with value: consuming StoredValue) {
        makeUnique()
        storage.replaceValue(at: slot, with: consume value)
    }

    /// Sets a member without marking it as changed, as reading from a service does.
    public mutating func load(_ value: Value?, for name: String) {
        if let value { set(StoredValue(value), for: name, isChange: false) } else { remove(name) }
    }

    private mutating func set(_ value: StoredValue, for name: String, isChange: Bool) {
        guard let slot = storage.slot(of: name) else { return append(value, for: name, isChange: isChange) }
        makeUnique()
        storage.replaceValue(at: slot, with: value)
        if !isChange { storage.withHeader { $0.changed.remove(slot) } }
    }

    private mutating func append(_ value: StoredValue, for name: String, isChange: Bool) {
        makeUnique(capacity: storage.count + 1)
        storage.withHeader { header in
            let slot = header.shape.append(name)
            if isChange { header.changed.insert(slot) }
        }
        storage.append(value)
    }

    private mutating func remove(_ name: String) {
        guard let slot = storage.slot(of: name) else { return }
        makeUnique()
        storage.remove(slot)
    }

    /// Makes this record the only owner of its storage, with room for so many values; more than is asked for where it
    /// grows, so that adding one after the other takes linear time.
    private mutating func makeUnique(capacity: Int = 0) {
        let isUnique = isKnownUniquelyReferenced(&storage)
        if isUnique, capacity <= storage.room { return }
        let growth = capacity > storage.room ? Swift.max(capacity, storage.count * 2, 4) : capacity
        storage = storage.copy(capacity: growth)
    }

    /// The names of the members, in order.
    public var names: [String] { storage.shape.names }

    /// The number of members.
    public var count: Int { storage.count }

    /// Whether the record has no members.
    public var isEmpty: Bool { storage.count == 0 }

    /// Whether a member is there, null included.
    public func contains(_ name: String) -> Bool { storage.slot(of: name) != nil }

    /// Whether a member is a text that begins so.
    package func hasText(beginningWith prefix: String) -> Bool {
        storage.withValues { values in
            values.contains { value in
                if case .string(let text) = value.content { text.utf8.starts(with: prefix.utf8) } else { false }
            }
        }
    }

    /// Whether a member was set since the record was made or read.
    public func isChanged(_ name: String) -> Bool {
        storage.slot(of: name).map { slot in storage.withHeader { $0.changed.contains(slot) } } ?? false
    }

    /// Whether any member was set since the record was made or read.
    public var hasChanges: Bool { storage.withHeader { !$0.changed.isEmpty } }

    /// The members that were set since the record was made or read, in order.
    public var changes: Record {
        let changed = storage.withHeader { $0.changed }
        if changed.containsAll(below: count) { return self }
        var changes = Record()
        for slot in 0..<count where changed.contains(slot) {
            changes.append(storage[slot], for: storage.shape[slot], isChange: true)
        }
        return changes
    }

    /// Forgets which members were changed, for example after they were saved.
    public mutating func markUnchanged() {
        guard hasChanges else { return }
        makeUnique()
        storage.withHeader { $0.changed = SlotSet() }
    }
}

extension Record: Sequence {
    /// The members as name and value, in order.
    public func makeIterator() -> some IteratorProtocol<(name: String, value: Value)> {
        let storage = storage
        return (0..<storage.count).lazy.map { (name: storage.shape[$0], value: storage[$0].value) }.makeIterator()
    }
}

extension Record: Hashable {
    /// Two records are equal when they have the same members with the same values, in any order; what was
    /// changed does not count.
    public static func == (left: Record, right: Record) -> Bool {
        if left.storage === right.storage { return true }
        if left.storage.shape.hasSameNames(as: right.storage.shape) {
            return left.storage.withValues { left in right.storage.withValues { left.elementsEqual($0) } }
        }
        guard left.count == right.count else { return false }
        return left.allSatisfy { right[$0.name] == $0.value }
    }

    public func hash(into hasher: inout Hasher) {
        var combined = 0
        for (name, value) in self {
            var member = Hasher()
            member.combine(name)
            member.combine(value)
            combined ^= member.finalize()
        }
        hasher.combine(combined)
    }
}

extension Record: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, Value)...) { self.init(members: elements) }
}

extension Record: CustomDebugStringConvertible {
    public var debugDescription: String { JSONWriter.string(from: .object(self)) }
}
