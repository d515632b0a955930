/// The value of a row's primary key: of one property, or of several together.
public protocol PrimaryKeyValue: Sendable, Hashable {
    /// Reads the key from a row.
    ///
    /// - Parameters:
    ///   - record: a row that was read, or is to be written.
    ///   - key: the names of the key properties.
    /// - Returns: `nil` if the row has not all of them.
    init?(record: Record, key: [String])

    /// Reads the key from the URL of a row, as the service gives it for a new one.
    ///
    /// - Parameters:
    ///   - literals: the literals inside the parentheses, percent-decoded, with their names where they have one.
    ///   - key: the names of the key properties.
    /// - Returns: `nil` if they are not the values of this key.
    init?(literals: [(name: String?, literal: String)], key: [String])

    /// The part of a URL that names the row.
    func keyPredicate() -> KeyPredicate
}

extension ColumnValue {
    public init?(record: Record, key: [String]) {
        guard key.count == 1, let json = record[key[0]], let value = try? Self(json: json) else { return nil }
        self = value
    }

    public init?(literals: [(name: String?, literal: String)], key: [String]) {
        guard literals.count == 1, let value = try? Self(json: Value(urlLiteral: literals[0].literal)) else {
            return nil
        }
        self = value
    }

    public func keyPredicate() -> KeyPredicate { KeyPredicate(self) }
}

extension Never: PrimaryKeyValue {
    public init?(record: Record, key: [String]) { nil }
    public init?(literals: [(name: String?, literal: String)], key: [String]) { nil }
    public func keyPredicate() -> KeyPredicate { switch self {} }
}

/// A primary key of several properties. Generated code conforms its key structs.
public protocol CompositeKey: PrimaryKeyValue {
    /// The names and values of the properties, in the order of the metadata.
    var values: [(name: String, value: any ColumnValue)] { get }
    /// Reads the properties from a row that has them.
    init?(record: Record)
}

extension CompositeKey {
    public init?(record: Record, key: [String]) { self.init(record: record) }

    public init?(literals: [(name: String?, literal: String)], key: [String]) {
        var record = Record()
        for (name, literal) in literals {
            guard let name else { return nil }
            record[name] = Value(urlLiteral: literal)
        }
        self.init(record: record)
    }

    public func keyPredicate() -> KeyPredicate { KeyPredicate(named: values) }
}

extension Value {
    /// The JSON value of a primitive literal of a URL; what is neither quoted, a number nor a word stays text, which
    /// is how GUIDs and dates are written in JSON.
    init(urlLiteral literal: String) {
        if literal.count >= 2, literal.hasPrefix("'"), literal.hasSuffix("'") {
            self = .string(String(literal.dropFirst().dropLast()).replacing("''", with: "'"))
        } else if let value = try? JSONReader.value(from: literal), value.stringValue == nil {
            self = value
        } else {
            self = .string(literal)
        }
    }
}

extension Record {
    /// A member as the type of its column.
    ///
    /// - Parameters:
    ///   - name: the name of the member.
    ///   - type: the type of the column.
    /// - Returns: `nil` if the member is absent or null.
    /// - Throws: ``ColumnValueError`` if it is something else.
    @inlinable
    public func value<Column: ColumnValue>(
        _ name: String,
        as type: Column.Type = Column.self
    ) throws(ColumnValueError) -> Column? {
        try value(name, key: MemberKey(name), as: type)
    }

    /// A member whose key is known, as the type of its column.
    @inlinable
    public func value<Column: ColumnValue>(
        _ name: String,
        key: MemberKey,
        as type: Column.Type = Column.self
    ) throws(ColumnValueError) -> Column? {
        guard let stored = stored(name, key: key), !stored.isNull else { return nil }
        return try Column(stored: stored)
    }
}
