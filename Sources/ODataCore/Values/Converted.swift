/// Converts the values of columns between the type of the service and one of your own.
///
/// ```swift
/// enum WebsiteURL: ColumnConverter {
///     static func value(from stored: String) throws(ColumnValueError) -> URL {
///         guard let url = URL(string: stored) else {
///             throw ColumnValueError(expected: "a URL", found: .string(stored))
///         }
///         return url
///     }
///     static func stored(from value: URL) -> String { value.absoluteString }
/// }
/// ```
///
/// With `columnTypes: { account.websiteurl: { type: URL, converter: WebsiteURL } }` in `dataverse-gen.yaml`,
/// `account.websiteurl` is a `URL?`. A type of your own that can conform to ``ColumnValue`` needs no converter.
public protocol ColumnConverter: Sendable {
    /// The type that the service has.
    associatedtype Stored: ColumnValue
    /// The type that the app has.
    associatedtype Value: Sendable, Hashable

    /// The app's value.
    ///
    /// - Throws: ``ColumnValueError`` where the service's value does not stand for one.
    static func value(from stored: Stored) throws(ColumnValueError) -> Value

    /// The service's value.
    static func stored(from value: Value) -> Stored
}

/// A value of a column whose type is converted.
public struct Converted<Converter: ColumnConverter>: ColumnValue, Hashable {
    /// The app's value.
    public let value: Converter.Value

    /// A value for a converted column.
    public init(_ value: Converter.Value) { self.value = value }

    public init(json: Value) throws(ColumnValueError) {
        value = try Converter.value(from: Converter.Stored(json: json))
    }

    public var json: Value { Converter.stored(from: value).json }

    public var urlLiteral: String { Converter.stored(from: value).urlLiteral }
}
