/// Names that generated code must not take, and why.
enum ReservedNames {
    /// Words of the language that need backticks where they name a member or a parameter.
    static let keywords: Set<String> = [
        "Any", "as", "associatedtype", "await", "break", "case", "catch", "class", "continue", "default", "defer",
        "deinit",
        "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard", "if",
        "import", "in", "init", "inout", "internal", "is", "let", "nil", "operator", "precedencegroup", "private",
        "protocol", "public", "repeat", "rethrows", "return", "self", "Self", "static", "struct", "subscript", "super",
        "switch", "throw", "throws", "true", "try", "typealias", "var", "where", "while",
    ]

    /// Words that backticks do not help: after a dot they mean something else.
    static let unusableMembers: Set<String> = ["init", "self", "Self", "Type", "Protocol"]

    /// Members that every row has by itself and that would hide a column of the same name.
    static let rowMembers: Set<String> = [
        "customMirror", "encode",
        "record", "id", "formatted", "expanded", "etag", "reference", "columns", "schema", "entitySchema", "hash",
        "hashValue", "debugDescription", "changes", "read", "bind", "initialize", "init", "self", "Self", "Type",
        "Protocol",
    ]

    /// Members that every complex value has by itself.
    static let complexMembers: Set<String> = [
        "customMirror", "encode",
        "record", "json", "urlLiteral", "columns", "schema", "hash", "hashValue", "debugDescription", "read",
        "formatted", "expanded", "keyPredicate", "changes", "bind", "initialize", "init", "self", "Self", "Type",
        "Protocol",
    ]

    /// Members that the clients have by themselves.
    static let clientMembers: Set<String> = [
        "call", "context", "driver", "entitySet", "init", "run", "self", "send", "table", "tables", "files", "batch",
        "changeSet", "page", "pages", "rows", "metadata", "sql", "hash", "hashValue", "description", "with",
        "withClient",
        "closing", "close", "clearCache", "currentUser", "signals", "lifetime", "observers", "observing",
    ]

    /// Members that entity sets have by themselves.
    static let entitySetMembers: Set<String> = [
        "aggregate", "apply", "exists", "forEach", "group", "includeFormattedValues",
        "all", "associate", "building", "call", "client", "count", "create", "createMultiple", "createReturning",
        "delete", "deleteInBackground", "deleteMultiple", "disassociate", "related", "expand", "first",
        "includeAnnotations", "init", "name", "orderBy", "pages",
        "pageSize", "query", "retrieve", "rows", "select", "self", "skip", "source", "top", "update",
        "updateMultiple", "upsert", "upsertMultiple", "where", "withTotalCount", "updateReturning", "upsertReturning",
        "value", "rawValue", "setValue", "clearValue", "setReference", "removeReference", "bulk", "changes",
    ]

    /// Names that an enumeration's own members have; `none` and `some` would be taken for those of `Optional`.
    static let enumerationMembers: Set<String> = [
        "unrecognized", "typeName", "memberName", "memberNames", "members", "rawValue", "json", "urlLiteral", "hash",
        "hashValue", "none", "some", "keyPredicate", "allCases",
    ]

    /// Names that a generated type must not take: they are used unqualified in generated code, or every Swift file
    /// expects them to mean something else.
    static let types: Set<String> = [
        // Swift
        "Any", "AnyObject", "Array", "ArraySlice", "AsyncSequence", "AsyncStream", "Bool", "Character", "ClosedRange",
        "Codable", "CodingKey", "Collection", "Comparable", "Decodable", "Decoder", "Dictionary", "Double", "Duration",
        "Encodable", "Encoder", "Equatable", "Error", "Float", "Hashable", "Hasher", "ID", "Identifiable", "Int",
        "Int8",
        "Int16", "Int32", "Int64", "Iterator", "KeyPath", "MainActor", "Mirror", "Never", "OptionSet", "Optional",
        "Protocol", "Range", "RawValue", "Result", "Self", "Sendable", "Sequence", "Set", "String", "Substring",
        "Swift",
        "Task", "Type", "UInt", "UInt8", "UInt16", "UInt32", "UInt64", "Void", "Element", "ArrayLiteralElement",
        // Foundation
        "Bundle", "Calendar", "Data", "Date", "DateComponents", "DateFormatter", "DateInterval", "Decimal",
        "FileManager",
        "Formatter", "Foundation", "Host", "IndexPath", "Locale", "Measurement", "Notification", "Operation", "Port",
        "Process", "Progress", "Scanner", "Stream", "Thread", "TimeInterval", "TimeZone", "Timer", "URL", "URLRequest",
        "URLSession", "UUID", "Unit", "UserDefaults",
        // Generated code
        "Columns", "Key", "Operations", "PrimaryKey", "ServiceOperations",
        // The runtime
        "Aggregate", "AggregateBuilding", "AggregateQuery", "CollectionColumnType", "CollectionStep", "ColumnPath",
        "ColumnSource", "DayColumnType", "DerivedPath", "GroupedQuery", "IdentifierColumnType", "ListForm",
        "NumericColumnType", "PathStep", "RangeVariable", "ServerMoment", "TextColumnType", "TimeColumnType",
        "UntypedColumns",
        "AccessToken", "Annotations", "AsyncDataverseClient", "AsyncEntitySet", "AsyncSingleton", "Column",
        "ColumnType",
        "ColumnConverter", "ColumnValue", "Converted", "Converter", "ColumnValueError", "CollectionNavigation",
        "ComplexSchema", "CompositeKey", "Dataverse",
        "DataverseClient", "DataverseError", "DateOnly", "EntityReference", "EntitySchema", "EntitySet", "Expandable",
        "Expansion", "Filter", "FilterExpression", "FilterOperand", "GeoJSON", "JSONError", "JSONReader", "JSONWriter",
        "NewRow",
        "KeyPredicate", "Lookup", "ODataComplexType", "ODataCore", "ODataEntity", "ODataEnumeration", "ODataFlags",
        "ODataOperation", "ODataRow", "ODataStructuredType", "OperationCall", "OperationParameter", "OperationResult",
        "Ordering", "Output", "PolymorphicLookup", "PrimaryKeyValue", "QueryBuilding", "ReadOnlyColumn", "Record",
        "Reference", "RetryPolicy", "Row", "RowKey", "RowQuery", "SelectableColumn", "ClientContext", "Singleton",
        "StreamReference", "Target", "TimeOfDay", "UntypedEntity", "Value", "Choices", "ChoiceSet", "ExpandedTargets",
        "CreateOnlyColumn", "GeneralLookup", "LookupTable", "LookupTargets", "Lookups", "ODataChoice",
        "ODataGeneralEntity",
        "PolymorphicTargets", "Subtype",
    ]

    /// Names that the cases of a choice must not take.
    static let choiceMembers: Set<String> = [
        "hash", "hashValue", "init", "json", "keyPredicate", "none", "options", "Protocol", "self", "Self", "some",
        "stored",
        "Type", "unrecognized", "urlLiteral", "value",
    ]

    /// Names that the cases and lookups of a lookup of several tables must not take.
    static let lookupTargetMembers: Set<String> = [
        "ascending", "bindingURL", "columnName", "descending", "expressionText", "hash", "hashValue", "index", "init",
        "isBetween",
        "isIn",
        "json", "keyPredicate", "lookups", "name", "none", "other", "pending", "reference", "self", "Self", "sent",
        "set",
        "some", "stored", "table", "tables", "Type", "Protocol", "urlLiteral",
    ]
}
