/// What a record refers to: its values, its shape and which values were changed, all in one object, so that copying a
/// row costs one reference.
///
/// It is a value's storage and never shared for writing: ``Record`` changes one only while it is its only owner, and
/// makes a copy first otherwise.
@usableFromInline
final class RecordStorage: ManagedBuffer<RecordStorage.Header, StoredValue> {
    @usableFromInline
    struct Header: Sendable {
        var shape: RecordShape {
            didSet { index = shape.index }
        }
        /// Where the names of the shape are.
        @usableFromInline private(set) var index: ShapeIndex
        /// The number of values: those are initialized, and what lies behind them is not.
        var count = 0
        /// The number of values that there is room for.
        var room: Int
        var changed = SlotSet()

        init(shape: RecordShape, room: Int) {
            self.shape = shape
            index = shape.index
            self.room = room
        }
    }

    /// What empty records refer to. No record is its only owner, so it is never changed.
    nonisolated(unsafe) static let empty = make(shape: RecordShape(), capacity: 0)

    /// A storage without values, with room for some.
    static func make(shape: RecordShape, capacity: Int) -> RecordStorage {
        let storage = RecordStorage.create(minimumCapacity: capacity) { _ in Header(shape: shape, room: capacity) }
        // `create` makes an instance of the class that it is called on.
        return unsafeDowncast(storage, to: RecordStorage.self)
    }

    deinit {
        _ = withUnsafeMutablePointers { header, values in
            values.deinitialize(count: header.pointee.count)
        }
    }

    /// A storage of its own with the same content, and with room for at least so many values.
    func copy(capacity: Int) -> RecordStorage {
        withUnsafeMutablePointers { header, values in
            let count = header.pointee.count
            let copy = RecordStorage.make(shape: header.pointee.shape, capacity: max(capacity, count))
            copy.withUnsafeMutablePointers { newHeader, newValues in
                newHeader.pointee.changed = header.pointee.changed
                newHeader.pointee.count = count
                newValues.initialize(from: values, count: count)
            }
            return copy
        }
    }

    var count: Int { withUnsafeMutablePointerToHeader { $0.pointee.count } }

    /// The number of values that there is room for.
    var room: Int { withUnsafeMutablePointerToHeader { $0.pointee.room } }

    var shape: RecordShape { withUnsafeMutablePointerToHeader { $0.pointee.shape } }

    /// The value at a slot, which must be one of the shape's.
    subscript(slot: Int) -> StoredValue {
        get {
            withUnsafeMutablePointers { header, values in
                precondition(slot >= 0 && slot < header.pointee.count)
                return values[slot]
            }
        }
        set {
            withUnsafeMutablePointers { header, values in
                precondition(slot >= 0 && slot < header.pointee.count)
                values[slot] = newValue
            }
        }
    }

    /// Changes the value at a slot that ``slot(of:)`` gave.
    @inline(__always)
    func replaceValue(at slot: Int, with value: consuming StoredValue) {
        // The shape has as many members as there are values, and they stay where they are as long as the storage. A closure
        // or an assignment would copy the value.
        let place = withUnsafeMutablePointerToElements { $0 + slot }
        place.deinitialize(count: 1)
        place.initialize(to: consume value)
        withUnsafeMutablePointerToHeader { $0.pointee.changed.insert(slot) }
    }

    /// Adds a value where there is room for it.
    func append(_ value: StoredValue) {
        withUnsafeMutablePointers { header, values in
            let count = header.pointee.count
            precondition(count < header.pointee.room)
            (values + count).initialize(to: value)
            header.pointee.count = count + 1
        }
    }

    /// Takes a value and its name out; the later ones move down by one.
    func remove(_ slot: Int) {
        withUnsafeMutablePointers { header, values in
            let count = header.pointee.count
            precondition(slot >= 0 && slot < count)
            header.pointee.changed.close(slot, count: count)
            header.pointee.shape.remove(slot)
            (values + slot).deinitialize(count: 1)
            (values + slot).moveInitialize(from: values + slot + 1, count: count - slot - 1)
            header.pointee.count = count - 1
        }
    }

    /// Works on the header in place.
    func withHeader<Result>(_ body: (inout Header) -> Result) -> Result {
        withUnsafeMutablePointerToHeader { body(&$0.pointee) }
    }

    /// Reads the values in place.
    func withValues<Result>(_ body: (UnsafeBufferPointer<StoredValue>) throws -> Result) rethrows -> Result {
        try withUnsafeMutablePointers { header, values in
            try body(UnsafeBufferPointer(start: values, count: header.pointee.count))
        }
    }

    /// The slot of a name, if it is there.
    func slot(of name: String) -> Int? {
        withUnsafeMutablePointerToHeader { $0.pointee.shape.slot(of: name) }
    }

    /// The slot of the name with an exact key, or -1.
    @inlinable @inline(__always)
    func slot(of key: MemberKey, hash: UInt64) -> Int {
        withUnsafeMutablePointerToHeader { $0.pointee.index.slot(of: key, hash: hash) }
    }

    /// Reads the value at a slot that ``slot(of:)`` gave, in place; `nil` if it is null or of another type.
    @inlinable @inline(__always)
    func column<Column: ColumnValue>(at slot: Int) -> Column? {
        // The shape has as many members as there are values.
        withUnsafeMutablePointerToElements { $0[slot].isNull ? nil : try? Column(stored: $0[slot]) }
    }
}
