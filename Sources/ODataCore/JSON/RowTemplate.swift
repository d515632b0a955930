/// What the rows of an array have in common: their shape, and where the text of each member name stands.
///
/// A row that repeats its predecessor is recognized by comparing its names with those in the text of the row that was
/// the first of its kind: in the same input, or kept by a ``KnownRow``. Whoever has a template keeps that text.
struct RowTemplate {
    /// The text of a name, from its opening quote to the colon, if the colon follows at once.
    struct Name {
        let start: UnsafePointer<UInt8>
        let count: Int
    }

    var shape = RecordShape()
    /// The names in the order of the shape.
    var names: [Name] = []
}

/// Collects the members of one object, and shares the shape of its predecessor as long as the names agree.
struct RowBuilder {
    /// What the row is compared with, and what it will have in common with its successor.
    private(set) var template: RowTemplate
    /// What will be the record's. Nobody else refers to it before the row is finished.
    private var storage: RecordStorage
    /// Whether the row has had the same members as its predecessor so far.
    private(set) var isRepetition: Bool

    init(template: consuming RowTemplate?) {
        isRepetition = template != nil
        self.template = template ?? RowTemplate()
        storage = .make(shape: self.template.shape, capacity: isRepetition ? self.template.names.count : 8)
    }

    /// Where the next name stands in the text, if this row follows its predecessor so far.
    @inline(__always)
    var expectedName: RowTemplate.Name? {
        guard isRepetition, storage.count < template.names.count else { return nil }
        return template.names[storage.count]
    }

    /// The slot of a name that is not the expected one.
    mutating func slot(of name: String, at place: RowTemplate.Name) -> Int {
        if isRepetition { keepCommonPrefix() }
        if let slot = template.shape.slot(of: name) { return slot }
        template.names.append(place)
        return template.shape.append(name)
    }

    @inline(__always)
    mutating func append(_ value: StoredValue) {
        if storage.count == storage.room { storage = storage.copy(capacity: storage.count * 2 + 4) }
        storage.append(value)
    }

    mutating func set(_ value: StoredValue, at slot: Int) {
        if slot == storage.count { append(value) } else { storage[slot] = value }
    }

    mutating func finish() -> Record {
        if isRepetition, storage.count < template.names.count { keepCommonPrefix() }
        if !isRepetition { storage.withHeader { $0.shape = template.shape } }
        return Record(storage: storage)
    }

    /// The row differs from its predecessor: from here on it has a shape of its own, with what they had in common.
    private mutating func keepCommonPrefix() {
        isRepetition = false
        var prefix = RowTemplate()
        for index in 0..<storage.count {
            _ = prefix.shape.append(template.shape[index])
            prefix.names.append(template.names[index])
        }
        template = prefix
    }
}
