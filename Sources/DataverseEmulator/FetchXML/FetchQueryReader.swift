/// Reads FetchXML.
struct FetchQueryReader {
    /// The limits of Dataverse, see "Join tables using FetchXml" and "Filter rows using FetchXml".
    private static let maximumLinkCount = 15
    private static let maximumConditionCount = 500
    private static let maximumAggregateLimit = 50_000

    /// Hints for SQL Server, which change no result.
    private static let options: Set<String> = [
        "OptimizeForUnknown", "ForceOrder", "DisableRowGoal", "EnableOptimizerHotfixes", "LoopJoin", "MergeJoin",
        "HashJoin", "NO_PERFORMANCE_SPOOL", "ENABLE_HIST_AMENDMENT_FOR_ASC_KEYS",
    ]

    /// The attributes of the elements, together with those that only user interfaces and reports look at.
    private static let attributes: [String: Set<String>] = [
        "entity": ["name", "enableprefiltering", "prefilterparametername"],
        "all-attributes": [],
        "attribute": ["name", "alias", "aggregate", "groupby", "dategrouping", "distinct", "usertimezone"],
        "order": ["attribute", "alias", "entityname", "descending"],
        "filter": [
            "type", "hint", "isquickfindfields", "overridequickfindrecordlimitenabled",
            "overridequickfindrecordlimitdisabled",
        ],
        "condition": ["attribute", "operator", "value", "valueof", "entityname", "uiname", "uitype", "uihidden"],
        "value": ["uiname", "uitype"],
        "link-entity": [
            "name", "from", "to", "alias", "link-type", "intersect", "visible", "enableprefiltering",
            "prefilterparametername",
        ],
    ]

    private var joinCount = 0
    /// Conditions, and links of all types.
    private var conditionCount = 0

    mutating func query(_ text: String) throws -> FetchQuery {
        let root = try XMLElement.parse(text)
        guard root.name == "fetch", root.children.count == 1, root.children[0].name == "entity" else {
            throw ServiceError.badQuery("FetchXML is one 'fetch' element with one 'entity' in it.")
        }
        var query = FetchQuery(entity: try entity(root.children[0], depth: 0, columnless: nil))
        for (name, value) in root.attributes {
            switch name {
            case "version", "mapping", "output-format": break
            case "no-lock", "latematerialize": _ = try Self.flag(name, value)
            case "options": try Self.check(options: value)
            case "top": query.top = try Self.number(name, value)
            case "count": query.count = try Self.number(name, value)
            case "page": query.page = max(1, try Self.number(name, value))
            case "paging-cookie": query.pagingCookie = value.isEmpty ? nil : value
            case "distinct": query.isDistinct = try Self.flag(name, value)
            case "aggregate": query.isAggregate = try Self.flag(name, value)
            case "aggregatelimit": query.aggregateLimit = try Self.aggregateLimit(value)
            case "returntotalrecordcount": query.wantsTotal = try Self.flag(name, value)
            case "useraworderby": query.ordersByNumbers = try Self.flag(name, value)
            default: throw ServiceError.unsupported("the attribute '\(name)' of 'fetch'")
            }
        }
        if query.top != nil, query.count != nil || root.attributes["page"] != nil || query.wantsTotal {
            throw ServiceError.badQuery(
                "'top' cannot be used together with 'count', 'page' and 'returntotalrecordcount'."
            )
        }
        return query
    }

    // MARK: Elements

    /// - Parameter columnless: The type of the link around the element that keeps columns out of the result.
    private mutating func entity(
        _ element: XMLElement,
        depth: Int,
        columnless: FetchLinkType?
    ) throws -> FetchQuery.Entity {
        guard depth < 16 else { throw ServiceError.badQuery("The links are nested too deep.") }
        try Self.check(element)
        var entity = FetchQuery.Entity(name: try Self.required("name", of: element))
        for child in element.children {
            if let columnless, ["attribute", "all-attributes", "order"].contains(child.name) {
                throw ServiceError.badQuery(
                    """
                    A link of the type '\(columnless.rawValue)' gives no columns to return or to order by, so that \
                    '\(child.name)' is not allowed in it. Use the type 'inner' for that.
                    """
                )
            }
            switch child.name {
            case "attribute": entity.attributes.append(try Self.attribute(child))
            case "all-attributes":
                try Self.check(child)
                entity.hasAllAttributes = true
            case "order": entity.orders.append(try Self.order(child))
            case "filter": entity.filters.append(try filter(child, depth: 0, linkDepth: depth))
            case "link-entity":
                joinCount += 1
                guard joinCount <= Self.maximumLinkCount else { throw ServiceError.tooManyLinks }
                entity.links.append(try link(child, depth: depth, isInFilter: false, columnless: columnless))
            default: throw ServiceError.unsupported("the element '\(child.name)' in FetchXML")
            }
        }
        return entity
    }

    private mutating func link(
        _ element: XMLElement,
        depth: Int,
        isInFilter: Bool,
        columnless: FetchLinkType?
    ) throws -> FetchQuery.Link {
        try countCondition()
        let type = try FetchLinkType(element.attributes["link-type"] ?? "inner", isInFilter: isInFilter)
        let inside = columnless ?? (type.hasColumns ? nil : type)
        return FetchQuery.Link(
            entity: try entity(element, depth: depth + 1, columnless: inside),
            from: try Self.required("from", of: element),
            to: try Self.required("to", of: element),
            alias: element.attributes["alias"],
            type: type
        )
    }

    private mutating func filter(_ element: XMLElement, depth: Int, linkDepth: Int) throws -> RowCondition {
        guard depth < 32 else { throw ServiceError.badQuery("The filters are nested too deep.") }
        try Self.check(element)
        if let hint = element.attributes["hint"], hint != "union" {
            throw ServiceError.badQuery("The hint of a filter can only be 'union', not '\(hint)'.")
        }
        var parts: [RowCondition] = []
        for child in element.children {
            switch child.name {
            case "filter": parts.append(try filter(child, depth: depth + 1, linkDepth: linkDepth))
            case "condition": parts.append(.comparison(try condition(child)))
            case "link-entity":
                parts.append(.related(try link(child, depth: linkDepth, isInFilter: true, columnless: nil)))
            default: throw ServiceError.unsupported("the element '\(child.name)' in a filter")
            }
        }
        switch element.attributes["type"] ?? "and" {
        case "and": return .all(parts)
        // An empty filter excludes nothing.
        case "or": return parts.isEmpty ? .all([]) : .any(parts)
        default: throw ServiceError.badQuery("The type of a filter must be 'and' or 'or'.")
        }
    }

    private mutating func condition(_ element: XMLElement) throws -> RowCondition.Comparison {
        try countCondition()
        try Self.check(element)
        for child in element.children { try Self.check(child) }
        let nested = element.children(named: "value").map(\.text)
        return RowCondition.Comparison(
            entity: element.attributes["entityname"],
            attribute: try Self.required("attribute", of: element),
            operation: try Self.required("operator", of: element),
            values: element.attributes["value"].map { [$0] } ?? nested,
            valueOf: element.attributes["valueof"]
        )
    }

    private mutating func countCondition() throws {
        conditionCount += 1
        guard conditionCount <= Self.maximumConditionCount else { throw ServiceError.tooManyConditions }
    }

    private static func attribute(_ element: XMLElement) throws -> FetchQuery.Attribute {
        try check(element)
        var attribute = FetchQuery.Attribute(
            name: try required("name", of: element),
            alias: element.attributes["alias"]
        )
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

    private static func order(_ element: XMLElement) throws -> FetchQuery.Order {
        try check(element)
        return FetchQuery.Order(
            attribute: element.attributes["attribute"],
            alias: element.attributes["alias"],
            entity: element.attributes["entityname"],
            isDescending: try element.attributes["descending"].map { try flag("descending", $0) } ?? false
        )
    }

    // MARK: Attributes

    private static func check(_ element: XMLElement) throws {
        guard let known = attributes[element.name] else {
            throw ServiceError.unsupported("the element '\(element.name)' in FetchXML")
        }
        if let unknown = element.attributes.keys.sorted().first(where: { !known.contains($0) }) {
            throw ServiceError.unsupported("the attribute '\(unknown)' of '\(element.name)'")
        }
    }

    private static func check(options text: String) throws {
        let names = text.split(separator: ",").map { $0.filter { !$0.isWhitespace } }
        guard let unknown = names.first(where: { !options.contains($0) }) else { return }
        throw ServiceError.badQuery(
            "There is no option '\(unknown)'. There are: \(options.sorted().joined(separator: ", "))."
        )
    }

    private static func number(_ name: String, _ text: String) throws -> Int {
        guard let number = Int(text), (0...1_000_000).contains(number) else {
            throw ServiceError.badQuery("'\(text)' is no number for '\(name)'.")
        }
        return number
    }

    private static func aggregateLimit(_ text: String) throws -> Int {
        guard let number = Int(text), (1...maximumAggregateLimit).contains(number) else {
            throw ServiceError.badQuery(
                "'aggregatelimit' is a number from 1 to \(maximumAggregateLimit), not '\(text)'."
            )
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
}

extension ServiceError {
    fileprivate static let tooManyLinks = ServiceError(
        status: 400,
        code: "0x8004430D",
        message: "Number of link entities in query exceeded maximum limit."
    )

    fileprivate static let tooManyConditions = ServiceError(
        status: 400,
        code: "0x8004430C",
        message: "Number of conditions in query exceeded maximum limit."
    )
}
