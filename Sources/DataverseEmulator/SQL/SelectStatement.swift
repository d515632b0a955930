/// A query of the SQL endpoint.
///
/// Source: Dataverse Web API, "Query data using SQL": one SELECT with columns by name, joins, conditions, groups, order
/// and limits.
struct SelectStatement {
    /// A column, with the alias of its table if it has one.
    struct ColumnName: Hashable {
        var table: String?
        var name: String
    }

    enum Term {
        case column(ColumnName)
        case aggregate(AggregateFunction, ColumnName?, isDistinct: Bool)
    }

    struct Item {
        var term: Term
        var alias: String?
    }

    struct Table {
        var name: String
        var alias: String?
    }

    struct Join {
        var table: Table
        var isOuter: Bool
        var condition: Condition
    }

    enum Operand {
        case column(ColumnName)
        case text(String)
        case number(String)
        case null
    }

    indirect enum Condition {
        case all([Condition])
        case any([Condition])
        case not(Condition)
        /// `=`, `<>`, `<`, `<=`, `>`, `>=`
        case comparison(Operand, String, Operand)
        case like(Operand, String, isNegated: Bool)
        case isIn(Operand, [Operand], isNegated: Bool)
        case between(Operand, Operand, Operand, isNegated: Bool)
        case isNull(Operand, isNegated: Bool)
    }

    struct Order {
        var term: Term
        var isDescending: Bool
    }

    var isDistinct = false
    var top: Int?
    var items: [Item] = []
    var table = Table(name: "")
    var joins: [Join] = []
    var condition: Condition?
    var groups: [ColumnName] = []
    var order: [Order] = []
    var offset: Int?
    var fetch: Int?
}
