/// A FetchXML query.
///
/// Source: Microsoft Dataverse, "FetchXml reference".
struct FetchQuery {
    struct Attribute {
        var name: String
        var alias: String?
        var aggregate: AggregateFunction?
        var isGrouped = false
        var dateGrouping: String?
        var isDistinct = false
    }

    struct Order {
        var attribute: String?
        var alias: String?
        var entity: String?
        var isDescending = false
    }

    struct Entity {
        var name: String
        var attributes: [Attribute] = []
        var hasAllAttributes = false
        var filters: [RowCondition] = []
        var orders: [Order] = []
        var links: [Link] = []
    }

    struct Link {
        var entity: Entity
        var from: String
        var to: String
        var alias: String?
        var type: FetchLinkType
    }

    var entity: Entity
    var top: Int?
    var count: Int?
    var page = 1
    var pagingCookie: String?
    var isDistinct = false
    var isAggregate = false
    /// How many rows may be aggregated.
    var aggregateLimit: Int?
    var wantsTotal = false
    /// Whether choices are ordered by their numbers instead of their labels.
    var ordersByNumbers = false

    init(entity: Entity) { self.entity = entity }

    /// - Throws: ``ServiceError`` with status 400 if the text is no query, and 501 if it asks for what is missing here.
    init(_ text: String) throws {
        var reader = FetchQueryReader()
        self = try reader.query(text)
    }
}
