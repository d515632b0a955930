/// What the rows of an array have in common: their shape, and each member name as it stands in the text.
struct RowTemplate {
    var shape: RecordShape
    /// The names with their quotes, in the order of the shape.
    var quotedNames: [[UInt8]]
}

/// Collects the members of one object, and shares the shape of its predecessor as long as the names agree.
struct RowBuilder {
    private var template: RowTemplate?
    private var values: [Value] = []
    /// The shape and names of a row that differs from its predecessor.
    private var own: RowTemplate?

    init(template: RowTemplate?) {
        self.template = template
        if let template {
            values.reserveCapacity(template.shape.count)
        } else {
            own = RowTemplate(shape: RecordShape(), quotedNames: [])
        }
    }

    /// The next name with its quotes, if this row follows its predecessor so far.
    var expectedName: [UInt8]? {
        guard own == nil, let template, values.count < template.quotedNames.count else { return nil }
        return template.quotedNames[values.count]
    }

    mutating func takeExpectedName() -> Int { values.count }

    mutating func take(_ name: String, quoted: UnsafeBufferPointer<UInt8>) -> Int {
        var shape = own ?? commonPrefix()
        let slot = shape.shape.slot(of: name) ?? shape.shape.append(name)
        if slot == shape.quotedNames.count { shape.quotedNames.append(Array(quoted)) }
        own = shape
        return slot
    }

    mutating func set(_ value: Value, at slot: Int) {
        if slot == values.count { values.append(value) } else { values[slot] = value }
    }

    mutating func finish() -> (record: Record, template: RowTemplate) {
        let shape = own ?? (values.count == template?.shape.count ? template : nil) ?? commonPrefix()
        return (Record(shape: shape.shape, values: values), shape)
    }

    /// The members that this row has had so far, all of them in common with its predecessor.
    private func commonPrefix() -> RowTemplate {
        var prefix = RowTemplate(shape: RecordShape(), quotedNames: [])
        guard let template else { return prefix }
        for index in values.indices {
            _ = prefix.shape.append(template.shape.names[index])
            prefix.quotedNames.append(template.quotedNames[index])
        }
        return prefix
    }
}
