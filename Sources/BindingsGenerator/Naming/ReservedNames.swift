/// Names that generated code must not take, and why.
enum ReservedNames {
    /// Words of the language that need backticks where they name a member or a parameter.
    static let keywords: Set<String> = [
        "Any", "as", "associatedtype", "await", "break", "case", "catch", "class", "continue", "default", "defer",
        "deinit", "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard",
        "if", "import", "in", "init", "inout", "internal", "is", "let", "nil", "operator", "precedencegroup",
        "private", "protocol", "public", "repeat", "rethrows", "return", "Self", "self", "static", "struct",
        "subscript", "super", "switch", "throw", "throws", "true", "try", "typealias", "var", "where", "while",
    ]

    /// Words that backticks do not help: after a dot they mean something else.
    static let unusableMembers: Set<String> = ["init", "self", "Self", "Type", "Protocol"]

    /// Members that every row has by itself and that would hide a column of the same name.
    static let rowMembers: Set<String> = [
        "bind", "changes", "columns", "customMirror", "debugDescription", "encode", "entitySchema", "etag",
        "expanded", "formatted", "hash", "hashValue", "id", "init", "initialize", "Protocol", "read", "record",
        "reference", "schema", "Self", "self", "Type",
    ]

    /// Members that every complex value has by itself.
    static let complexMembers: Set<String> = [
        "bind", "changes", "columns", "customMirror", "debugDescription", "encode", "expanded", "formatted", "hash",
        "hashValue", "init", "initialize", "json", "keyPredicate", "Protocol", "read", "record", "schema", "Self",
        "self", "Type", "urlLiteral",
    ]

    /// Members that the clients have by themselves.
    static let clientMembers: Set<String> = [
        "batch", "call", "changeSet", "clearCache", "close", "closing", "context", "currentUser", "description",
        "driver", "entitySet", "files", "hash", "hashValue", "init", "lifetime", "metadata", "observers", "observing",
        "page", "pages", "rows", "run", "self", "send", "signals", "sql", "table", "tables", "with", "withClient",
    ]

    /// Members that entity sets have by themselves.
    static let entitySetMembers: Set<String> = [
        "aggregate", "all", "apply", "associate", "building", "bulk", "call", "changes", "clearValue", "client",
        "count", "create", "createMultiple", "createReturning", "delete", "deleteInBackground", "deleteMultiple",
        "disassociate", "exists", "expand", "first", "forEach", "group", "includeAnnotations",
        "includeFormattedValues", "init", "name", "orderBy", "pages", "pageSize", "query", "rawValue", "related",
        "removeReference", "retrieve", "rows", "select", "self", "setReference", "setValue", "skip", "source", "top",
        "update", "updateMultiple", "updateReturning", "upsert", "upsertMultiple", "upsertReturning", "value",
        "where", "withTotalCount",
    ]

    /// Members that keys of rows have by themselves, and names that cannot be called.
    static let rowKeyMembers: Set<String> = unusableMembers.union([
        "alternate", "id", "predicate", "reference",
    ])

    /// Names that an enumeration's own members have; `none` and `some` would be taken for those of `Optional`.
    static let enumerationMembers: Set<String> = [
        "allCases", "hash", "hashValue", "json", "keyPredicate", "memberName", "memberNames", "members", "none",
        "rawValue", "some", "typeName", "unrecognized", "urlLiteral",
    ]

    /// Names that a generated type must not take: they are used unqualified in generated code, or every Swift file
    /// expects them to mean something else.
    static let types: Set<String> = [
        // Swift
        "Any", "AnyObject", "Array", "ArrayLiteralElement", "ArraySlice", "AsyncSequence", "AsyncStream", "Bool",
        "Character", "ClosedRange", "Codable", "CodingKey", "Collection", "Comparable", "Decodable", "Decoder",
        "Dictionary", "Double", "Duration", "Element", "Encodable", "Encoder", "Equatable", "Error", "Float",
        "Hashable", "Hasher", "ID", "Identifiable", "Int", "Int16", "Int32", "Int64", "Int8", "Iterator", "KeyPath",
        "MainActor", "Mirror", "Never", "Optional", "OptionSet", "Protocol", "Range", "RawValue", "Result", "Self",
        "Sendable", "Sequence", "Set", "String", "Substring", "Swift", "Task", "Type", "UInt", "UInt16", "UInt32",
        "UInt64", "UInt8", "Void",
        // Foundation
        "Bundle", "Calendar", "Data", "Date", "DateComponents", "DateFormatter", "DateInterval", "Decimal",
        "FileManager", "Formatter", "Foundation", "Host", "IndexPath", "Locale", "Measurement", "Notification",
        "Operation", "Port", "Process", "Progress", "Scanner", "Stream", "Thread", "TimeInterval", "Timer",
        "TimeZone", "Unit", "URL", "URLRequest", "URLSession", "UserDefaults", "UUID",
        // Generated code
        "Columns", "Key", "Operations", "PrimaryKey", "ServiceOperations",
        // The runtime
        "AccessToken", "Aggregate", "AggregateBuilding", "AggregateQuery", "Annotations", "AsyncDataverseClient",
        "AsyncEntitySet", "AsyncSingleton", "Choices", "ChoiceSet", "ClientContext", "CollectionColumnType",
        "CollectionNavigation", "CollectionStep", "Column", "ColumnConverter", "ColumnPath", "ColumnSource",
        "ColumnType", "ColumnValue", "ColumnValueError", "ComplexSchema", "CompositeKey", "Converted", "Converter",
        "CreateOnlyColumn", "Dataverse", "DataverseClient", "DataverseError", "DateOnly", "DayColumnType",
        "DerivedPath", "EntityReference", "EntitySchema", "EntitySet", "Expandable", "ExpandedTargets", "Expansion",
        "Filter", "FilterExpression", "FilterOperand", "GeneralLookup", "GeoJSON", "GroupedQuery",
        "IdentifierColumnType", "JSONError", "JSONReader", "JSONWriter", "KeyPredicate", "ListForm", "Lookup",
        "Lookups", "LookupTable", "LookupTargets", "NewRow", "NumericColumnType", "ODataChoice", "ODataComplexType",
        "ODataCore", "ODataEntity", "ODataEnumeration", "ODataFlags", "ODataGeneralEntity", "ODataOperation",
        "ODataRow", "ODataStructuredType", "OperationCall", "OperationParameter", "OperationResult", "Ordering",
        "Output", "PathStep", "PolymorphicLookup", "PolymorphicTargets", "PrimaryKeyValue", "QueryBuilding",
        "RangeVariable", "ReadOnlyColumn", "Record", "Reference", "RetryPolicy", "Row", "RowKey", "RowQuery",
        "SelectableColumn", "ServerMoment", "Singleton", "StreamReference", "Subtype", "Target", "TextColumnType",
        "TimeColumnType", "TimeOfDay", "UntypedColumns", "UntypedEntity", "Value",
    ]

    /// Names that the cases of a choice must not take.
    static let choiceMembers: Set<String> = [
        "hash", "hashValue", "init", "json", "keyPredicate", "none", "options", "Protocol", "Self", "self", "some",
        "stored", "Type", "unrecognized", "urlLiteral", "value",
    ]

    /// Names that the cases and lookups of a lookup of several tables must not take.
    static let lookupTargetMembers: Set<String> = [
        "ascending", "bindingURL", "columnName", "descending", "expressionText", "hash", "hashValue", "index", "init",
        "isBetween", "isIn", "json", "keyPredicate", "lookups", "name", "none", "other", "pending", "Protocol",
        "reference", "Self", "self", "sent", "set", "some", "stored", "table", "tables", "Type", "urlLiteral",
    ]
}
