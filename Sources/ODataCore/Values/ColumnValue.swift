/// A Swift type that the values of a column can have.
///
/// It knows its two spellings: the JSON of a row (``init(json:)``, ``json``) and the literal of a URL
/// (``urlLiteral``). Conform a type of your own to read and write columns as that type.
public protocol ColumnValue: PrimaryKeyValue {
    /// Reads the JSON value of a column; JSON's `null` never gets here.
    ///
    /// - Throws: ``ColumnValueError`` if the value is not of this type.
    init(json: Value) throws(ColumnValueError)

    /// Reads a value as a record keeps it. What most types need is there: it goes through ``init(json:)``.
    ///
    /// - Throws: ``ColumnValueError`` if the value is not of this type.
    init(stored: __shared StoredValue) throws(ColumnValueError)

    /// The JSON value that is sent to the service.
    var json: Value { get }

    /// The value in the form that a record keeps it in. What most types need is there: it is made of ``json``.
    var stored: StoredValue { get }

    /// The literal that stands for the value in `$filter` and in keys, before percent encoding.
    ///
    /// Source: OData URL Conventions 4.01, section 5.1.1.14.1 "Primitive Literals".
    var urlLiteral: String { get }
}

extension ColumnValue {
    @inlinable
    public init(stored: __shared StoredValue) throws(ColumnValueError) { try self.init(json: stored.value) }

    @inlinable public var stored: StoredValue { StoredValue(json) }
}

/// A column's value is not what its type says.
public struct ColumnValueError: Error, Hashable, CustomStringConvertible {
    /// What was expected, for example `a GUID`.
    public let expected: String
    /// What was found, as JSON.
    public let found: String

    /// - Parameters:
    ///   - expected: what the type reads.
    ///   - json: the value that is not of that type.
    public init(expected: String, found json: Value) {
        self.expected = expected
        self.found = String(JSONWriter.string(from: json).prefix(80))
    }

    public var description: String { "expected \(expected), found \(found)" }
}
