import ODataCore

extension Parser {
    /// The options after the `(` of an expanded or selected property, up to and with the `)`.
    mutating func nestedOptions(allowed: Set<OptionKind>) throws(ODataSyntaxError) -> QueryOptions {
        try nested { (parser) throws(ODataSyntaxError) in
            var options = QueryOptions()
            var seen: Set<OptionKind> = []
            repeat {
                try parser.nestedOption(allowed: allowed, seen: &seen, into: &options)
            } while parser.take(";")
            try parser.expect(")", "';' or ')'")
            return options
        }
    }

    private mutating func nestedOption(
        allowed: Set<OptionKind>,
        seen: inout Set<OptionKind>,
        into options: inout QueryOptions
    ) throws(ODataSyntaxError) {
        skipWhitespace()
        let start = position
        if take("@") {
            let name = try identifier("the name of an alias")
            try expect("=")
            options.aliases[name] = try expression()
            return
        }
        _ = take("$")
        let written = try identifier("a query option")
        guard let kind = OptionKind(written: written), allowed.contains(kind) else {
            let names = allowed.map { "$" + $0.rawValue }.sorted().joined(separator: ", ")
            throw error(expected: "one of \(names)", at: start)
        }
        guard seen.insert(kind).inserted else { throw error(expected: "$\(kind.rawValue) only once", at: start) }
        try expect("=")
        let valueStart = position
        try value(of: kind, into: &options)
        options.written.append(CustomOption(name: kind.rawValue, value: text(valueStart..<position)))
    }

    /// The value of a query option.
    mutating func value(of kind: OptionKind, into options: inout QueryOptions) throws(ODataSyntaxError) {
        switch kind {
        case .filter: options.filter = try expression()
        case .orderby: options.orderBy = try list { (parser) throws(ODataSyntaxError) in try parser.orderByItem() }
        case .select: options.select = try list { (parser) throws(ODataSyntaxError) in try parser.selectItem() }
        case .expand: options.expand = try list { (parser) throws(ODataSyntaxError) in try parser.expandItem() }
        case .compute: options.compute = try list { (parser) throws(ODataSyntaxError) in try parser.computeItem() }
        case .search:
            skipWhitespace()
            options.search = try searchOption()
        case .top: options.top = try naturalNumber()
        case .skip: options.skip = try naturalNumber()
        case .index:
            let isNegative = take("-")
            let number = try naturalNumber()
            options.index = isNegative ? -number : number
        case .count: options.count = try boolean()
        case .levels: options.levels = try levels()
        case .format: options.format = try remainder("a format")
        case .id: options.id = try remainder("the address of a row")
        case .apply: options.apply = try transformations()
        case .skiptoken: options.skipToken = try remainder("a token")
        case .deltatoken: options.deltaToken = try remainder("a token")
        case .schemaversion: options.schemaVersion = try remainder("a version or *")
        }
    }

    private mutating func list<Item>(
        _ item: (inout Parser) throws(ODataSyntaxError) -> Item
    ) throws(ODataSyntaxError) -> [Item] {
        var items = [try item(&self)]
        while take(",") {
            skipWhitespace()
            items.append(try item(&self))
        }
        return items
    }

    // MARK: Items

    mutating func orderByItem() throws(ODataSyntaxError) -> OrderByItem {
        let expression = try expression()
        var end = position
        while end < bytes.count, ASCII.isWhitespace(bytes[end]) { end += 1 }
        var descending = false
        if end > position, isAtWord("asc", at: end) {
            position = end + 3
        } else if end > position, isAtWord("desc", at: end) {
            position = end + 4
            descending = true
        }
        return OrderByItem(expression: expression, descending: descending)
    }

    mutating func computeItem() throws(ODataSyntaxError) -> ComputeItem {
        let expression = try expression()
        guard takeSpacedWord("as") else { throw error(expected: "'as' and a name") }
        return ComputeItem(expression: expression, name: try identifier())
    }

    private mutating func selectItem() throws(ODataSyntaxError) -> SelectItem {
        if take("*") { return SelectItem(path: ["*"]) }
        var path: [String] = []
        repeat {
            if path.count == Self.maximumDepth { throw error(expected: "no more than \(Self.maximumDepth) names") }
            let name = try pathName("a property, an operation or *")
            if isAt("."), byte(ahead: 1) == UInt8(ascii: "*") {
                position += 2
                path.append(name + ".*")
                return SelectItem(path: path)
            }
            path.append(name)
        } while take("/")
        guard take("(") else { return SelectItem(path: path) }
        if isAtOption { return SelectItem(path: path, options: try nestedOptions(allowed: OptionKind.forSelection)) }
        let names = try list { (parser) throws(ODataSyntaxError) in try parser.identifier("a parameter's name") }
        try expect(")", "',' or ')'")
        return SelectItem(path: path, parameterNames: names)
    }

    private var isAtOption: Bool {
        if isAt("$") || isAt("@") { return true }
        var end = position
        while end < bytes.count, ASCII.continuesName(bytes[end]) { end += 1 }
        return end < bytes.count && bytes[end] == UInt8(ascii: "=")
    }

    private mutating func expandItem() throws(ODataSyntaxError) -> ExpandItem {
        if takeExact("$value") { return ExpandItem(path: [], kind: .stream) }
        var path: [String] = []
        repeat {
            if path.count == Self.maximumDepth { throw error(expected: "no more than \(Self.maximumDepth) names") }
            if take("*") { return try expandedStar(path + ["*"]) }
            if !path.isEmpty, takeExact("$ref") {
                return try expanded(path, kind: .references, allowed: OptionKind.forReferences)
            }
            if !path.isEmpty, takeExact("$count") {
                return try expanded(path, kind: .count, allowed: [.filter, .search])
            }
            path.append(try pathName("a navigation property or *"))
        } while take("/")
        return try expanded(path, kind: .rows, allowed: OptionKind.forRows)
    }

    private mutating func expandedStar(_ path: [String]) throws(ODataSyntaxError) -> ExpandItem {
        if takeExact("/$ref") { return ExpandItem(path: path, kind: .references) }
        return try expanded(path, kind: .rows, allowed: [.levels])
    }

    private mutating func expanded(
        _ path: [String],
        kind: ExpandItem.Kind,
        allowed: Set<OptionKind>
    ) throws(ODataSyntaxError) -> ExpandItem {
        guard take("(") else { return ExpandItem(path: path, kind: kind) }
        return ExpandItem(path: path, kind: kind, options: try nestedOptions(allowed: allowed))
    }

    private mutating func pathName(_ what: String) throws(ODataSyntaxError) -> String {
        take("@") ? "@" + (try qualifiedName("the name of an annotation")) : try qualifiedName(what)
    }

    // MARK: Plain values

    mutating func naturalNumber() throws(ODataSyntaxError) -> Int {
        let start = position
        while let byte = current, ASCII.isDigit(byte) { position += 1 }
        guard position > start else { throw error(expected: "a whole number that is not negative") }
        guard let number = Int(text(start..<position)) else { throw error(expected: "a smaller number", at: start) }
        return number
    }

    private mutating func boolean() throws(ODataSyntaxError) -> Bool {
        if isAtWord("true", at: position) {
            position += 4
            return true
        }
        guard isAtWord("false", at: position) else { throw error(expected: "true or false") }
        position += 5
        return false
    }

    private mutating func levels() throws(ODataSyntaxError) -> Levels {
        if isAtWord("max", at: position) {
            position += 3
            return .max
        }
        guard !isAt("0") else { throw error(expected: "a number from 1, or max") }
        return .number(try naturalNumber())
    }

    private mutating func remainder(_ what: String) throws(ODataSyntaxError) -> String {
        guard !isAtEnd else { throw error(expected: what) }
        defer { position = bytes.count }
        return text(position..<bytes.count)
    }
}
