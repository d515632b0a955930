/// The query options of a request, or those in the parentheses after an expanded or selected property.
///
/// Source: OData ABNF Construction Rules 4.01, section 2.
public struct QueryOptions: Hashable, Sendable {
    /// `nil` if the request has no `$select`.
    public var select: [SelectItem]?
    /// The value of `$filter`.
    public var filter: Expression?
    /// The items of `$orderby`.
    public var orderBy: [OrderByItem] = []
    /// The items of `$expand`.
    public var expand: [ExpandItem] = []
    /// The items of `$compute`.
    public var compute: [ComputeItem] = []
    /// The value of `$search`.
    public var search: SearchExpression?
    /// The value of `$top`.
    public var top: Int?
    /// The value of `$skip`.
    public var skip: Int?
    /// The value of `$count`.
    public var count: Bool?
    /// The value of `$levels`.
    public var levels: Levels?
    /// The value of `$index`.
    public var index: Int?
    /// The value of `$format`.
    public var format: String?
    /// The value of `$skiptoken`.
    public var skipToken: String?
    /// The value of `$deltatoken`.
    public var deltaToken: String?
    /// The value of `$schemaversion`.
    public var schemaVersion: String?
    /// The value of `$id`.
    public var id: String?
    /// The transformations of `$apply`; `nil` if the request has none.
    public var apply: [Transformation]?
    /// The parameter aliases by name, without the `@`.
    public var aliases: [String: Expression] = [:]
    /// Options that OData does not define, in their order.
    public var custom: [CustomOption] = []
    /// For options in parentheses: what was written, decoded and without the `$`, in its order.
    public var written: [CustomOption] = []

    /// Makes options of which none is set.
    public init() {}
}

/// One item of `$orderby`.
public struct OrderByItem: Hashable, Sendable {
    /// The expression.
    public let expression: Expression
    /// Whether the order is descending.
    public let descending: Bool

    /// Makes one from its parts.
    public init(expression: Expression, descending: Bool) {
        self.expression = expression
        self.descending = descending
    }
}

/// One item of `$select`.
public struct SelectItem: Hashable, Sendable {
    /// `["*"]`, the names of a path (`["Address", "City"]`), or an annotation's name with its `@`.
    public let path: [String]
    /// The parameter names of a function overload, as in `Model.Function(Location,Kind)`.
    public let parameterNames: [String]?
    /// The options in parentheses, if there are any.
    public let options: QueryOptions?

    /// Makes one from its parts.
    public init(path: [String], parameterNames: [String]? = nil, options: QueryOptions? = nil) {
        self.path = path
        self.parameterNames = parameterNames
        self.options = options
    }
}

/// One item of `$expand`.
public struct ExpandItem: Hashable, Sendable {
    /// What is wanted of the related rows.
    public enum Kind: Hashable, Sendable {
        /// The related rows.
        case rows
        /// `/$ref`: their addresses.
        case references
        /// `/$count`: their number.
        case count
        /// `$value`: the media stream of the row itself.
        case stream
    }

    /// The names of the path, `*` included; types and annotations (with their `@`) are names too.
    public let path: [String]
    /// What is wanted of the related rows.
    public let kind: Kind
    /// The options.
    public let options: QueryOptions

    /// Makes one from its parts.
    public init(path: [String], kind: Kind = .rows, options: QueryOptions = QueryOptions()) {
        self.path = path
        self.kind = kind
        self.options = options
    }
}

/// One item of `$compute`.
public struct ComputeItem: Hashable, Sendable {
    /// The expression.
    public let expression: Expression
    /// The name.
    public let name: String

    /// Makes one from its parts.
    public init(expression: Expression, name: String) {
        self.expression = expression
        self.name = name
    }
}

/// The value of `$levels`.
public enum Levels: Hashable, Sendable {
    /// So many levels.
    case number(Int)
    /// As many levels as there are.
    case max
}

/// A query option that OData does not define.
public struct CustomOption: Hashable, Sendable {
    /// The name.
    public let name: String
    /// `nil` if the option has no `=`.
    public let value: String?

    /// Makes one from its parts.
    public init(name: String, value: String?) {
        self.name = name
        self.value = value
    }
}

/// The value of `$search`.
public indirect enum SearchExpression: Hashable, Sendable {
    /// A word.
    case word(String)
    /// Words between quotes, in their order.
    case phrase(String)
    /// What must not be found.
    case not(SearchExpression)
    /// Two or more operands.
    case and([SearchExpression])
    /// Two or more operands.
    case or([SearchExpression])
}
