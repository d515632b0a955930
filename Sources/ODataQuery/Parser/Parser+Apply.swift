extension Parser {
    /// The transformations of `$apply`, divided by slashes.
    mutating func transformations() throws(ODataSyntaxError) -> [Transformation] {
        try nested { (parser) throws(ODataSyntaxError) in
            var steps = [try parser.transformation()]
            while parser.take("/") { steps.append(try parser.transformation()) }
            return steps
        }
    }

    /// The transformations that have a name, but no model of their own here.
    private static let others: Set<String> = [
        "addnested", "ancestors", "bottompercent", "bottomsum", "concat", "descendants", "expand", "join", "nest",
        "outerjoin", "search", "toppercent", "topsum", "traverse",
    ]

    private mutating func transformation() throws(ODataSyntaxError) -> Transformation {
        skipWhitespace()
        let start = position
        let name = try qualifiedName("a transformation")
        if name == "identity" { return .identity }
        try expect("(")
        skipWhitespace()
        let result = try transformation(name, at: start)
        skipWhitespace()
        if case .other = result { return result }
        try expect(")", "',' or ')'")
        return result
    }

    private mutating func transformation(_ name: String, at start: Int) throws(ODataSyntaxError) -> Transformation {
        switch name {
        case "filter": return .filter(try expression())
        case "aggregate":
            return .aggregate(
                try commaSeparated { (parser) throws(ODataSyntaxError) in try parser.aggregateItem() }
            )
        case "groupby": return try groupBy()
        case "compute":
            return .compute(try commaSeparated { (parser) throws(ODataSyntaxError) in try parser.computeItem() })
        case "orderby":
            return .orderBy(try commaSeparated { (parser) throws(ODataSyntaxError) in try parser.orderByItem() })
        case "top": return .top(try naturalNumber())
        case "skip": return .skip(try naturalNumber())
        case "topcount", "bottomcount":
            let count = try naturalNumber()
            skipWhitespace()
            try expect(",")
            skipWhitespace()
            return .ranked(count: count, by: try expression(), isBottom: name == "bottomcount")
        default:
            guard Self.others.contains(name) || name.utf8.contains(UInt8(ascii: ".")) else {
                throw error(expected: "a transformation such as filter, groupby or aggregate", at: start)
            }
            try skipToClosingParenthesis()
            return .other(name)
        }
    }

    private mutating func commaSeparated<Item>(
        _ item: (inout Parser) throws(ODataSyntaxError) -> Item
    ) throws(ODataSyntaxError) -> [Item] {
        var items: [Item] = []
        repeat {
            skipWhitespace()
            items.append(try item(&self))
            skipWhitespace()
        } while take(",")
        return items
    }

    private mutating func aggregateItem() throws(ODataSyntaxError) -> AggregateItem {
        if takeExact("$count") {
            guard takeSpacedWord("as") else { throw error(expected: "'as' and a name") }
            return AggregateItem(expression: nil, method: nil, alias: try identifier())
        }
        let expression = try expression()
        var method: String?
        if takeSpacedWord("with") { method = try qualifiedName("a method such as sum") }
        guard takeSpacedWord("as") else {
            throw error(expected: method == nil ? "'with' and a method such as sum" : "'as' and a name")
        }
        return AggregateItem(expression: expression, method: method, alias: try identifier())
    }

    private mutating func groupBy() throws(ODataSyntaxError) -> Transformation {
        try expect("(", "'(' and the columns to group by")
        let columns = try commaSeparated { (parser) throws(ODataSyntaxError) -> [String] in
            var path = [try parser.qualifiedName("a column")]
            if path == ["rollup"], parser.isAt("(") {
                throw parser.error(expected: "a column; rollup is not supported")
            }
            while parser.take("/") { path.append(try parser.qualifiedName("a column")) }
            return path
        }
        try expect(")", "',' or ')'")
        skipWhitespace()
        guard take(",") else { return .groupBy(columns, []) }
        return .groupBy(columns, try transformations())
    }

    /// Passes over text up to the `)` that belongs to the `(` before it, heeding quotes.
    private mutating func skipToClosingParenthesis() throws(ODataSyntaxError) {
        var open = 1
        var isQuoted = false
        while let byte = current {
            position += 1
            switch byte {
            case UInt8(ascii: "'"): isQuoted.toggle()
            case UInt8(ascii: "(") where !isQuoted: open += 1
            case UInt8(ascii: ")") where !isQuoted:
                open -= 1
                if open == 0 { return }
            default: break
            }
        }
        throw error(expected: "')'")
    }
}
