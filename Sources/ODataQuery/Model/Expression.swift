/// An expression of `$filter`, `$orderby`, `$compute` or a parameter alias.
///
/// The parser knows no metadata: a name may turn out to be a property, a navigation property or a type.
/// Source: OData ABNF Construction Rules 4.01, section 4.
public indirect enum Expression: Hashable, Sendable {
    /// A constant.
    case literal(Literal)
    /// A path to a value: `name`, `primarycontactid/fullname`, `orders/any(o: …)`, `$it/name`, `@alias`.
    case path(PathExpression)
    /// `-a`
    case negate(Expression)
    /// `not a`
    case not(Expression)
    /// `a add b` and so on.
    case arithmetic(ArithmeticOperator, Expression, Expression)
    /// `a eq b` and so on.
    case comparison(ComparisonOperator, Expression, Expression)
    /// `a and b and c`: two or more operands, flat, so that long conditions make no deep tree.
    case and([Expression])
    /// `a or b or c`: two or more operands.
    case or([Expression])
    /// `name in ('a','b')`: the right side is a `list`, an `array` or a path to a collection.
    case isIn(Expression, Expression)
    /// `style has Sales.Pattern'Yellow'`
    case has(Expression, Literal)
    /// A built-in function with as many arguments as it takes.
    case call(BuiltInFunction, [Expression])
    /// `case(a gt 0:1,true:0)`
    case conditional([Branch])
    /// `cast(path,Type)`; without an operand the current instance is meant.
    case cast(Expression?, type: String)
    /// `isof(path,Type)`; without an operand the current instance is meant.
    case isOf(Expression?, type: String)
    /// `('a','b')`, the right side of `in`.
    case list([Literal])
    /// `["a","b"]`
    case array([Expression])
    /// `{"Name":"Value"}`
    case object([ObjectMember])

    /// One condition and its result in `case(…)`.
    public struct Branch: Hashable, Sendable {
        /// The condition.
        public let condition: Expression
        /// The result where the condition holds.
        public let result: Expression

        /// Makes one from its parts.
        public init(condition: Expression, result: Expression) {
            self.condition = condition
            self.result = result
        }
    }

    /// One member of a JSON object in a URL.
    public struct ObjectMember: Hashable, Sendable {
        /// The name.
        public let name: String
        /// The value.
        public let value: Expression

        /// Makes one from its parts.
        public init(name: String, value: Expression) {
            self.name = name
            self.value = value
        }
    }
}

/// `add`, `sub`, `mul`, `div`, `divby` and `mod`.
public enum ArithmeticOperator: String, Hashable, Sendable, CaseIterable {
    /// The operators, as OData spells them.
    case add, sub, mul, div, divby, mod
}

/// `eq`, `ne`, `gt`, `ge`, `lt` and `le`.
public enum ComparisonOperator: String, Hashable, Sendable, CaseIterable {
    /// The operators, as OData spells them.
    case eq, ne, gt, ge, lt, le
}

/// The functions that OData itself defines for expressions.
///
/// Source: OData URL Conventions 4.01, section 5.1.1.5 to 5.1.1.13.
public enum BuiltInFunction: String, Hashable, Sendable, CaseIterable {
    /// Functions of texts and lists.
    case concat, contains, endswith, indexof, length, matchespattern, startswith, substring, tolower, toupper, trim
    /// Functions of lists.
    case hassubset, hassubsequence
    /// Functions of dates and times.
    case year, month, day, hour, minute, second, fractionalseconds, totalseconds, date, time, totaloffsetminutes
    /// Points in time.
    case mindatetime, maxdatetime, now
    /// Functions of numbers.
    case round, floor, ceiling
    /// How far two points are from each other.
    case geoDistance = "geo.distance"
    /// The length of a line.
    case geoLength = "geo.length"
    /// Whether a point is in an area.
    case geoIntersects = "geo.intersects"

    /// The numbers of arguments that the function can be called with.
    public var argumentCounts: ClosedRange<Int> {
        switch self {
        case .mindatetime, .maxdatetime, .now: 0...0
        case .concat, .contains, .endswith, .indexof, .matchespattern, .startswith, .hassubset, .hassubsequence,
            .geoDistance, .geoIntersects:
            2...2
        case .substring: 2...3
        default: 1...1
        }
    }
}
