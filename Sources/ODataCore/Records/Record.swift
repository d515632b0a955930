/// A row, or any other JSON object: named values in order, with memory of which ones were changed.
///
/// A record knows three states of a member: absent (reading gives `nil`), null (``Value/null``) and a value.
/// What an app sets is remembered as changed until ``markUnchanged()``; what was read from a service is not.
///
///     var row: Record = ["name": "Contoso", "revenue": 1_000_000]
///     row["description"] = .null     // is sent as null
///     row["revenue"] = nil           // is not sent at all
public struct Record: Sendable {
    @usableFromInline var shape: RecordShape
    @usableFromInline var values: [StoredValue]
    private var changed = SlotSet()

    /// An empty record.
    public init() {
        shape = RecordShape()
        values = []
    }

    /// A record as it came from a service: nothing in it counts as changed.
    init(shape: RecordShape, values: [StoredValue]) {
        self.shape = shape
        self.values = values
    }

    /// A record with these members, all of them changed; of members with the same name the last one counts.
    public init(members: some Sequence<(String, Value)>) {
        self.init()
        for (name, value) in members { self[name] = value }
    }

    /// The value of a member. Setting one marks it as changed; setting `nil` takes the member out.
    public subscript(name: String) -> Value? {
        get { shape.slot(of: name).map { values[$0].value } }
        set { set(newValue, for: name, isChange: true) }
    }

    /// Sets the member of a column, and marks it as changed.
    public mutating func set(_ value: Value, for name: ColumnName) {
        if let slot = shape.slot(of: name.key, name: name.text) {
            values[slot] = StoredValue(value)
            changed.insert(slot)
        } else {
            set(value, for: name.text, isChange: true)
        }
    }

    /// Sets a member without marking it as changed, as reading from a service does.
    public mutating func load(_ value: Value?, for name: String) {
        set(value, for: name, isChange: false)
    }

    private mutating func set(_ value: Value?, for name: String, isChange: Bool) {
        guard let value else { return remove(name) }
        let slot: Int
        if let existing = shape.slot(of: name) {
            slot = existing
            values[slot] = StoredValue(value)
        } else {
            slot = shape.append(name)
            values.append(StoredValue(value))
        }
        if isChange { changed.insert(slot) } else { changed.remove(slot) }
    }

    private mutating func remove(_ name: String) {
        guard let slot = shape.slot(of: name) else { return }
        changed.close(slot, count: values.count)
        shape.remove(slot)
        values.remove(at: slot)
    }

    /// The names of the members, in order.
    public var names: [String] { shape.names }

    /// The number of members.
    public var count: Int { values.count }

    /// Whether the record has no members.
    public var isEmpty: Bool { values.isEmpty }

    /// Whether a member is there, null included.
    public func contains(_ name: String) -> Bool { shape.slot(of: name) != nil }

    /// Whether a member was set since the record was made or read.
    public func isChanged(_ name: String) -> Bool {
        shape.slot(of: name).map(changed.contains) ?? false
    }

    /// Whether any member was set since the record was made or read.
    public var hasChanges: Bool { !changed.isEmpty }

    /// The members that were set since the record was made or read, in order.
    public var changes: Record {
        var changes = Record()
        for slot in values.indices where changed.contains(slot) {
            changes.changed.insert(changes.shape.append(shape.members[slot].name))
            changes.values.append(values[slot])
        }
        return changes
    }

    /// Forgets which members were changed, for example after they were saved.
    public mutating func markUnchanged() { changed = SlotSet() }
}

extension Record: Sequence {
    /// The members as name and value, in order.
    public func makeIterator() -> some IteratorProtocol<(name: String, value: Value)> {
        zip(shape.members, values).lazy.map { (name: $0.name, value: $1.value) }.makeIterator()
    }
}

extension Record: Hashable {
    /// Two records are equal when they have the same members with the same values, in any order; what was
    /// changed does not count.
    public static func == (left: Record, right: Record) -> Bool {
        if left.shape.hasSameNames(as: right.shape) { return left.values == right.values }
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
