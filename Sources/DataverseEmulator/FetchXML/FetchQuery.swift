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
        var isOuter: Bool
    }

    var entity: Entity
    var top: Int?
    var count: Int?
    var page = 1
    var pagingCookie: String?
    var isDistinct = false
    var isAggregate = false
    var wantsTotal = false

    init(_ text: String) throws {
        let root = try XMLElement.parse(text)
        guard root.name == "fetch", root.children.count == 1, root.children[0].name == "entity" else {
            throw ServiceError.badQuery("FetchXML is one 'fetch' element with one 'entity' in it.")
        }
        entity = try Self.entity(root.children[0], depth: 0)
        for (name, value) in root.attributes {
            switch name {
            case "version", "mapping", "output-format", "no-lock", "latematerialize": break
            case "top": top = try Self.number(name, value)
            case "count": count = try Self.number(name, value)
            case "page": page = max(1, try Self.number(name, value))
            case "paging-cookie": pagingCookie = value.isEmpty ? nil : value
            case "distinct": isDistinct = try Self.flag(name, value)
            case "aggregate": isAggregate = try Self.flag(name, value)
            case "returntotalrecordcount": wantsTotal = try Self.flag(name, value)
            default: throw ServiceError.unsupported("the attribute '\(name)' of 'fetch'")
            }
        }
        if top != nil, count != nil || root.attributes["page"] != nil {
            throw ServiceError.badQuery("'top' cannot be used together with 'count' and 'page'.")
        }
    }

    private static func number(_ name: String, _ text: String) throws -> Int {
        guard let number = Int(text), (0...1_000_000).contains(number) else {
            throw ServiceError.badQuery("'\(text)' is no number for '\(name)'.")
        }
        return number
    }

    private static func flag(_ name: String, _ text: String) throws -> Bool {
        switch text.lowercased() {
        case "true", "1": true
        case "false", "0": false
        default: throw ServiceError.badQuery("'\(name)' must be true or false, not '\(text)'.")
        }
    }

    private static func required(_ name: String, of element: XMLElement) throws -> String {
        guard let value = element.attributes[name], !value.isEmpty else {
            throw ServiceError.badQuery("'\(element.name)' needs the attribute '\(name)'.")
        }
        return value
    }

    private static func entity(_ element: XMLElement, depth: Int) throws -> Entity {
        guard depth < 16 else { throw ServiceError.badQuery("The links are nested too deep.") }
        var entity = Entity(name: try required("name", of: element))
        for child in element.children {
            switch child.name {
            case "attribute": entity.attributes.append(try attribute(child))
            case "all-attributes": entity.hasAllAttributes = true
            case "order": entity.orders.append(try order(child))
            case "filter": entity.filters.append(try filter(child, depth: 0))
            case "link-entity": entity.links.append(try link(child, depth: depth))
            default: throw ServiceError.unsupported("the element '\(child.name)' in FetchXML")
            }
        }
        return entity
    }

    private static func attribute(_ element: XMLElement) throws -> Attribute {
        var attribute = Attribute(name: try required("name", of: element), alias: element.attributes["alias"])
        if let name = element.attributes["aggregate"] {
            guard let function = AggregateFunction(rawValue: name) else {
                throw ServiceError.unsupported("the aggregate '\(name)'")
            }
            attribute.aggregate = function
        }
        attribute.isGrouped = try element.attributes["groupby"].map { try flag("groupby", $0) } ?? false
        attribute.isDistinct = try element.attributes["distinct"].map { try flag("distinct", $0) } ?? false
        attribute.dateGrouping = element.attributes["dategrouping"]
        return attribute
    }

    private static func order(_ element: XMLElement) throws -> Order {
        Order(
            attribute: element.attributes["attribute"],
            alias: element.attributes["alias"],
            entity: element.attributes["entityname"],
            isDescending: try element.attributes["descending"].map { try flag("descending", $0) } ?? false
        )
    }

    private static func link(_ element: XMLElement, depth: Int) throws -> Link {
        let type = element.attributes["link-type"] ?? "inner"
        guard type == "inner" || type == "outer" else { throw ServiceError.unsupported("the link type '\(type)'") }
        return Link(
            entity: try entity(element, depth: depth + 1),
            from: try required("from", of: element),
            to: try required("to", of: element),
            alias: element.attributes["alias"],
            isOuter: type == "outer"
        )
    }

    private static func filter(_ element: XMLElement, depth: Int) throws -> RowCondition {
        guard depth < 32 else { throw ServiceError.badQuery("The filters are nested too deep.") }
        let parts = try element.children.map { child -> RowCondition in
            switch child.name {
            case "filter": try filter(child, depth: depth + 1)
            case "condition": .comparison(try condition(child))
            default: throw ServiceError.unsupported("the element '\(child.name)' in a filter")
            }
        }
        switch element.attributes["type"] ?? "and" {
        case "and": return .all(parts)
        case "or": return .any(parts)
        default: throw ServiceError.badQuery("The type of a filter must be 'and' or 'or'.")
        }
    }

    private static func condition(_ element: XMLElement) throws -> RowCondition.Comparison {
        let nested = element.children(named: "value").map(\.text)
        return RowCondition.Comparison(
            entity: element.attributes["entityname"],
            attribute: try required("attribute", of: element),
            operation: try required("operator", of: element),
            values: element.attributes["value"].map { [$0] } ?? nested,
            valueOf: element.attributes["valueof"]
        )
    }
}
