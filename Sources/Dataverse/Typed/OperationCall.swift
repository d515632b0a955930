/// A call of an OData action or function, as generated code builds it: what to call, with what, and what comes back.
///
/// Sources: OData Protocol 4.01, section 11.5 "Operations"; Dataverse Web API, "Use Web API functions" and "… actions".
public struct OperationCall<Output: Sendable>: Sendable {
    /// Whether it changes something and is sent as `POST`, or only reads and is sent as `GET`.
    enum Kind: Sendable, Hashable {
        case action, function
    }

    let kind: Kind
    let name: String
    let parameters: [OperationParameter]
    let result: OperationResult<Output>

    /// A call of an action.
    ///
    /// - Parameters:
    ///   - name: the name of an unbound action's import, or the qualified name of a bound action.
    ///   - parameters: what to send; leave out optional ones.
    ///   - result: how to read what comes back.
    public static func action(
        _ name: String,
        parameters: [OperationParameter] = [],
        returning result: OperationResult<Output>
    ) -> Self {
        OperationCall(kind: .action, name: name, parameters: parameters, result: result)
    }

    /// A call of a function.
    ///
    /// - Parameters:
    ///   - name: the name of an unbound function's import, or the qualified name of a bound function.
    ///   - parameters: what to send; leave out optional ones.
    ///   - result: how to read what comes back.
    public static func function(
        _ name: String,
        parameters: [OperationParameter] = [],
        returning result: OperationResult<Output>
    ) -> Self {
        OperationCall(kind: .function, name: name, parameters: parameters, result: result)
    }
}

/// One argument of an action or function.
public struct OperationParameter: Sendable, Hashable {
    let name: String
    let json: Value
    let urlLiteral: String

    /// An argument in both of its spellings.
    init(_ name: String, json: Value, urlLiteral: String) {
        self.name = name
        self.json = json
        self.urlLiteral = urlLiteral
    }

    /// An argument of a primitive, enumeration, complex or collection type; `nil` is sent as null.
    public init(_ name: String, _ value: (some ColumnValue)?) {
        self.name = name
        json = value?.json ?? .null
        urlLiteral = value?.urlLiteral ?? "null"
    }

    /// A row: its columns, or in a function only the reference to it.
    public init(_ name: String, row: (some ODataEntity)?) {
        self.name = name
        json = row.map { .object($0.operationArgument) } ?? .null
        urlLiteral = JSONWriter.string(from: row?.operationReference ?? .null)
    }

    /// Rows: their columns, or in a function only the references to them.
    public init(_ name: String, rows: [some ODataEntity]?) {
        self.name = name
        json = rows.map { .array($0.map { .object($0.operationArgument) }) } ?? .null
        urlLiteral = JSONWriter.string(from: rows.map { .array($0.map(\.operationReference)) } ?? .null)
    }
}

extension ODataEntity {
    /// The row with its type, which services need where a parameter's type is abstract.
    fileprivate var operationArgument: Record {
        var members: [(String, Value)] = []
        if !Self.schema.typeName.isEmpty { members.append((AnnotationName.type, .string(Self.schema.typeName))) }
        for (name, value) in record where !name.hasPrefix("@odata.") { members.append((name, value)) }
        return Record(members: members)
    }

    fileprivate var operationReference: Value {
        guard let set = Self.schema.entitySetName, let id else { return .object(record) }
        return ["@odata.id": .string(set + id.keyPredicate().urlText)]
    }
}

/// How the result of an action or function is read.
public struct OperationResult<Output: Sendable>: Sendable {
    let read: @Sendable (Record?) throws(ColumnValueError) -> Output

    private static func required(_ reply: Record?) throws(ColumnValueError) -> Record {
        guard let reply else { throw ColumnValueError(expected: "a result", found: .null) }
        return reply
    }

    /// A primitive or enumeration value.
    public static func value(_ type: Output.Type = Output.self) -> Self where Output: ColumnValue {
        OperationResult { reply throws(ColumnValueError) in
            try Output(json: try required(reply)["value"] ?? .null)
        }
    }

    /// A value that may be null or missing.
    public static func optionalValue<Wrapped: ColumnValue>(
        _ type: Wrapped.Type = Wrapped.self
    ) -> Self where Output == Wrapped? {
        OperationResult { reply throws(ColumnValueError) in
            guard let value = reply?["value"], !value.isNull else { return nil }
            return try Wrapped(json: value)
        }
    }

    /// A complex value: the reply itself.
    public static func complex(_ type: Output.Type = Output.self) -> Self where Output: ODataComplexType {
        OperationResult { reply throws(ColumnValueError) in Output(record: try required(reply)) }
    }

    /// A row: the reply itself.
    public static func row(_ type: Output.Type = Output.self) -> Self where Output: ODataRow {
        OperationResult { reply throws(ColumnValueError) in Output(record: try required(reply)) }
    }

    /// A complex value that may be null or missing, as a reply without content says.
    public static func optionalComplex<Wrapped: ODataComplexType>(
        _ type: Wrapped.Type = Wrapped.self
    ) -> Self where Output == Wrapped? {
        OperationResult { reply throws(ColumnValueError) in reply.flatMap(\.unlessNull).map(Wrapped.init(record:)) }
    }

    /// A row that may be null or missing, as a reply without content says.
    public static func optionalRow<Row: ODataRow>(
        _ type: Row.Type = Row.self
    ) -> Self where Output == Row? {
        OperationResult { reply throws(ColumnValueError) in reply.flatMap(\.unlessNull).map(Row.init(record:)) }
    }

    /// Rows.
    public static func rows<Row: ODataRow>(_ type: Row.Type = Row.self) -> Self where Output == [Row] {
        OperationResult { reply throws(ColumnValueError) in
            var rows: [Row] = []
            for element in try [Value](json: try required(reply)["value"] ?? .array([])) {
                rows.append(Row(record: try Record(json: element)))
            }
            return rows
        }
    }

    /// Nothing.
    public static var nothing: OperationResult<Void> { OperationResult<Void> { _ in } }
}

extension Record {
    /// The reply, unless it says that there is none: `{"@odata.null": true}`, or a value that is null and nothing else.
    fileprivate var unlessNull: Record? {
        if self["@odata.null"]?.boolValue == true { return nil }
        let members = names.filter { !$0.hasPrefix("@odata.") }
        return members == ["value"] && self["value"]?.isNull == true ? nil : self
    }
}
