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
    /// The JSON value that a URL literal stands for; a text that is no literal is taken as it is.
    init(urlLiteral text: String) {
        switch try? ODataLiteral(text) {
        case .string(let content): self = .string(content)
        case .null: self = .null
        case .boolean(let flag): self = .bool(flag)
        case .integer(let number): self = .integer(number)
        case .decimal(let digits):
            self =
                (try? JSONReader.value(from: digits.hasPrefix("+") ? String(digits.dropFirst()) : digits))
                ?? .string(digits)
        case .double(let number): self = .string(number.urlLiteral)
        case .duration(let content), .binary(let content): self = .string(content)
        case .enumeration(_, let members): self = .string(members.joined(separator: ","))
        case .geography(let content), .geometry(let content): self = GeoJSON(text: content)?.json ?? .string(content)
        case .guid, .date, .dateTimeOffset, .timeOfDay, nil: self = .string(text)
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
    public func value<Column: ColumnValue>(
        _ name: String,
        as type: Column.Type = Column.self
    ) throws(ColumnValueError) -> Column? {
        guard let slot = storage.slot(of: name), !storage[slot].isNull else { return nil }
        return try Column(stored: storage[slot])
    }

    /// The member of a column, as the type of the column.
    ///
    /// - Parameters:
    ///   - name: the name of the column.
    ///   - type: the type of the column.
    /// - Returns: `nil` if the member is absent, null or of another type.
    @inlinable @inline(__always)
    public func column<Column: ColumnValue>(_ name: ColumnName, as type: Column.Type = Column.self) -> Column? {
        // Known while compiling, where the name is a literal; the name itself is not needed then.
        name.key.isExact ? column(with: name.key, hash: name.key.hash) : try? value(name.text)
    }

    /// One function for each type of columns, so that reading a column is little code.
    @inlinable
    func column<Column: ColumnValue>(with key: MemberKey, hash: UInt64) -> Column? {
        let slot = storage.slot(of: key, hash: hash)
        return slot < 0 ? nil : storage.column(at: slot)
    }
}
