/// Parses the queries of the SQL endpoint.
struct SelectParser {
    private static let maximumDepth = 64
    private static let keywords: Set<String> = [
        "SELECT", "DISTINCT", "TOP", "FROM", "JOIN", "INNER", "LEFT", "OUTER", "ON", "WHERE", "GROUP", "BY", "ORDER",
        "ASC", "DESC", "OFFSET", "FETCH", "AND", "OR", "NOT", "IN", "LIKE", "BETWEEN", "IS", "NULL", "AS", "HAVING",
        "UNION", "RIGHT", "FULL", "CROSS", "EXISTS", "CASE",
    ]

    private let tokens: [SQLLexer.Token]
    private var position = 0
    private var depth = 0

    /// - Throws: ``ServiceError`` with status 400 for what is no SQL, 501 for what is more than the subset.
    static func statement(_ text: String) throws(ServiceError) -> SelectStatement {
        var parser = SelectParser(tokens: try SQLLexer.tokens(of: text))
        return try parser.statement()
    }

    private init(tokens: [SQLLexer.Token]) { self.tokens = tokens }

    // MARK: Tokens

    private var current: SQLLexer.Token? { position < tokens.count ? tokens[position] : nil }

    private func unexpected(_ wanted: String) -> ServiceError {
        let found: String =
            switch current {
            case .word(let text)?, .quotedName(let text)?, .text(let text)?, .number(let text)?, .sign(let text)?: text
            case nil: "the end"
            }
        return .badQuery("The SQL needs \(wanted) where it has '\(found.prefix(60))'.")
    }

    private func isKeyword(_ keyword: String, at offset: Int = 0) -> Bool {
        guard position + offset < tokens.count, case .word(let word) = tokens[position + offset] else { return false }
        return word.uppercased() == keyword
    }

    private mutating func accept(_ keyword: String) -> Bool {
        guard isKeyword(keyword) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ keyword: String) throws(ServiceError) {
        guard accept(keyword) else { throw unexpected(keyword) }
    }

    private mutating func accept(sign: String) -> Bool {
        guard current == .sign(sign) else { return false }
        position += 1
        return true
    }

    private mutating func name() throws(ServiceError) -> String {
        switch current {
        case .word(let word)? where !Self.keywords.contains(word.uppercased()):
            position += 1
            return word
        case .quotedName(let name)?:
            position += 1
            return name
        default: throw unexpected("a name")
        }
    }

    private mutating func number() throws(ServiceError) -> Int {
        guard case .number(let text)? = current, let number = Int(text) else { throw unexpected("a number") }
        position += 1
        return number
    }

    // MARK: Clauses

    private mutating func statement() throws(ServiceError) -> SelectStatement {
        var statement = SelectStatement()
        try expect("SELECT")
        statement.isDistinct = accept("DISTINCT")
        if accept("TOP") {
            let isInParentheses = accept(sign: "(")
            statement.top = try number()
            if isInParentheses, !accept(sign: ")") { throw unexpected("')'") }
        }
        if current == .sign("*") { throw ServiceError.badQuery("SELECT * is not supported; name the columns.") }
        repeat { statement.items.append(try item()) } while accept(sign: ",")
        try expect("FROM")
        statement.table = try table()
        while let join = try join() { statement.joins.append(join) }
        if accept("WHERE") { statement.condition = try condition() }
        if accept("GROUP") {
            try expect("BY")
            repeat { statement.groups.append(try columnName()) } while accept(sign: ",")
        }
        if accept("ORDER") {
            try expect("BY")
            repeat { statement.order.append(try order()) } while accept(sign: ",")
        }
        try limits(&statement)
        guard current == nil else {
            for keyword in ["HAVING", "UNION", "RIGHT", "FULL", "CROSS"] where isKeyword(keyword) {
                throw ServiceError.unsupported("\(keyword) in SQL")
            }
            throw unexpected("the end")
        }
        return statement
    }

    private mutating func limits(_ statement: inout SelectStatement) throws(ServiceError) {
        guard accept("OFFSET") else { return }
        guard !statement.order.isEmpty else { throw .badQuery("OFFSET needs ORDER BY.") }
        guard statement.top == nil else { throw .badQuery("TOP cannot be used together with OFFSET.") }
        statement.offset = try number()
        guard accept("ROWS") || accept("ROW") else { throw unexpected("ROWS") }
        guard accept("FETCH") else { return }
        guard accept("NEXT") || accept("FIRST") else { throw unexpected("NEXT") }
        statement.fetch = try number()
        guard accept("ROWS") || accept("ROW") else { throw unexpected("ROWS") }
        try expect("ONLY")
    }

    private mutating func item() throws(ServiceError) -> SelectStatement.Item {
        let term = try term()
        if accept("AS") { return SelectStatement.Item(term: term, alias: try name()) }
        switch current {
        case .word(let word)? where !Self.keywords.contains(word.uppercased()): break
        case .quotedName?: break
        default: return SelectStatement.Item(term: term)
        }
        return SelectStatement.Item(term: term, alias: try name())
    }

    private mutating func term() throws(ServiceError) -> SelectStatement.Term {
        guard case .word(let word)? = current, position + 1 < tokens.count, tokens[position + 1] == .sign("(") else {
            return .column(try columnName())
        }
        guard let function = AggregateFunction(rawValue: word.lowercased()), function != .countcolumn else {
            throw .unsupported("the SQL function '\(word)'")
        }
        position += 2
        let isDistinct = accept("DISTINCT")
        if function == .count, accept(sign: "*") {
            guard accept(sign: ")") else { throw unexpected("')'") }
            return .aggregate(.count, nil, isDistinct: false)
        }
        let column = try columnName()
        guard accept(sign: ")") else { throw unexpected("')'") }
        return .aggregate(function == .count ? .countcolumn : function, column, isDistinct: isDistinct)
    }

    private mutating func columnName() throws(ServiceError) -> SelectStatement.ColumnName {
        let first = try name()
        guard accept(sign: ".") else { return SelectStatement.ColumnName(table: nil, name: first) }
        if current == .sign("*") { throw .badQuery("'\(first).*' is not supported; name the columns.") }
        return SelectStatement.ColumnName(table: first, name: try name())
    }

    private mutating func table() throws(ServiceError) -> SelectStatement.Table {
        var name = try name()
        // dbo.account
        if accept(sign: ".") { name = try self.name() }
        if accept("AS") { return SelectStatement.Table(name: name, alias: try self.name()) }
        if case .word(let word)? = current, !Self.keywords.contains(word.uppercased()) {
            return SelectStatement.Table(name: name, alias: try self.name())
        }
        return SelectStatement.Table(name: name)
    }

    private mutating func join() throws(ServiceError) -> SelectStatement.Join? {
        var isOuter = false
        if isKeyword("LEFT") {
            position += 1
            isOuter = true
            _ = accept("OUTER")
            try expect("JOIN")
        } else if accept("INNER") {
            try expect("JOIN")
        } else if !accept("JOIN") {
            if current == .sign(",") { throw .unsupported("several tables in FROM without JOIN") }
            return nil
        }
        let table = try table()
        try expect("ON")
        return SelectStatement.Join(table: table, isOuter: isOuter, condition: try condition())
    }

    private mutating func order() throws(ServiceError) -> SelectStatement.Order {
        let term = try term()
        if accept("DESC") { return SelectStatement.Order(term: term, isDescending: true) }
        _ = accept("ASC")
        return SelectStatement.Order(term: term, isDescending: false)
    }

    // MARK: Conditions

    private mutating func condition() throws(ServiceError) -> SelectStatement.Condition {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw .badQuery("The SQL's condition is nested too deep.") }
        var parts = [try conjunction()]
        while accept("OR") { parts.append(try conjunction()) }
        return parts.count == 1 ? parts[0] : .any(parts)
    }

    private mutating func conjunction() throws(ServiceError) -> SelectStatement.Condition {
        var parts = [try negation()]
        while accept("AND") { parts.append(try negation()) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func negation() throws(ServiceError) -> SelectStatement.Condition {
        var isNegated = false
        while accept("NOT") { isNegated.toggle() }
        let condition: SelectStatement.Condition
        if accept(sign: "(") {
            if isKeyword("SELECT") { throw .unsupported("subqueries in SQL") }
            condition = try self.condition()
            guard accept(sign: ")") else { throw unexpected("')'") }
        } else {
            condition = try predicate()
        }
        return isNegated ? .not(condition) : condition
    }

    private mutating func predicate() throws(ServiceError) -> SelectStatement.Condition {
        if isKeyword("EXISTS") { throw .unsupported("EXISTS in SQL") }
        let left = try operand()
        if accept("IS") {
            let isNegated = accept("NOT")
            try expect("NULL")
            return .isNull(left, isNegated: isNegated)
        }
        let isNegated = accept("NOT")
        if accept("LIKE") {
            guard case .text(let pattern)? = current else { throw unexpected("a pattern") }
            position += 1
            return .like(left, pattern, isNegated: isNegated)
        }
        if accept("BETWEEN") {
            let lower = try operand()
            try expect("AND")
            return .between(left, lower, try operand(), isNegated: isNegated)
        }
        if accept("IN") {
            guard accept(sign: "(") else { throw unexpected("'('") }
            if isKeyword("SELECT") { throw .unsupported("subqueries in SQL") }
            var values: [SelectStatement.Operand] = []
            repeat { values.append(try operand()) } while accept(sign: ",")
            guard accept(sign: ")") else { throw unexpected("')'") }
            return .isIn(left, values, isNegated: isNegated)
        }
        guard !isNegated, case .sign(let sign)? = current, ["=", "<>", "<", "<=", ">", ">="].contains(sign) else {
            throw unexpected("a comparison")
        }
        position += 1
        return .comparison(left, sign, try operand())
    }

    private mutating func operand() throws(ServiceError) -> SelectStatement.Operand {
        switch current {
        case .text(let text)?:
            position += 1
            return .text(text)
        case .number(let text)?:
            position += 1
            return .number(text)
        case .sign("-")?:
            position += 1
            guard case .number(let text)? = current else { throw unexpected("a number") }
            position += 1
            return .number("-" + text)
        default: break
        }
        if accept("NULL") { return .null }
        if case .word(let word)? = current, position + 1 < tokens.count, tokens[position + 1] == .sign("(") {
            throw .unsupported("the SQL function '\(word)' in a condition")
        }
        return .column(try columnName())
    }
}
