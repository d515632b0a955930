import ODataCore

extension Parser {
    /// A call of a built-in function, `case`, `cast` or `isof`; the position stays if none comes next.
    mutating func builtInCall() throws(ODataSyntaxError) -> Expression? {
        let start = position
        var end = position
        while end < bytes.count, ASCII.continuesName(bytes[end]) || bytes[end] == UInt8(ascii: ".") { end += 1 }
        guard end > start, end - start <= 20, end < bytes.count, bytes[end] == UInt8(ascii: "(") else { return nil }
        let name = text(start..<end).lowercased()
        let rule: (inout Parser) throws(ODataSyntaxError) -> Expression
        switch name {
        case "case": rule = { (parser) throws(ODataSyntaxError) in try parser.conditional() }
        case "cast", "isof": rule = { (parser) throws(ODataSyntaxError) in try parser.typeTest(isCast: name == "cast") }
        default:
            guard let function = BuiltInFunction(rawValue: name) else { return nil }
            rule = { (parser) throws(ODataSyntaxError) in try parser.arguments(of: function) }
        }
        position = end + 1
        skipWhitespace()
        return try nested(rule)
    }

    private mutating func arguments(of function: BuiltInFunction) throws(ODataSyntaxError) -> Expression {
        var arguments: [Expression] = []
        let start = position
        if !isAt(")") {
            repeat {
                skipWhitespace()
                arguments.append(try expression())
                skipWhitespace()
            } while take(",")
        }
        try expect(")", "',' or ')'")
        guard function.argumentCounts.contains(arguments.count) else {
            let counts = Set([function.argumentCounts.lowerBound, function.argumentCounts.upperBound]).sorted()
            let wanted = counts.map(String.init).joined(separator: " or ")
            throw error(expected: "\(wanted) argument(s) of \(function.rawValue), not \(arguments.count)", at: start)
        }
        return .call(function, arguments)
    }

    private mutating func conditional() throws(ODataSyntaxError) -> Expression {
        var branches: [Expression.Branch] = []
        repeat {
            skipWhitespace()
            let condition = try expression()
            skipWhitespace()
            try expect(":")
            skipWhitespace()
            branches.append(Expression.Branch(condition: condition, result: try expression()))
            skipWhitespace()
        } while take(",")
        try expect(")", "',' or ')'")
        return .conditional(branches)
    }

    private mutating func typeTest(isCast: Bool) throws(ODataSyntaxError) -> Expression {
        let start = position
        if let type = try? typeName() {
            skipWhitespace()
            if take(")") { return isCast ? .cast(nil, type: type) : .isOf(nil, type: type) }
        }
        position = start
        let operand = try expression()
        skipWhitespace()
        try expect(",", "',' and a type")
        skipWhitespace()
        let type = try typeName()
        skipWhitespace()
        try expect(")")
        return isCast ? .cast(operand, type: type) : .isOf(operand, type: type)
    }

    private mutating func typeName() throws(ODataSyntaxError) -> String {
        let name = try qualifiedName("a type")
        guard name == "Collection", take("(") else { return name }
        let element = try qualifiedName("a type")
        try expect(")")
        return "Collection(\(element))"
    }

    // MARK: Keys and parameters

    /// What stands in parentheses after a name: nothing, a key, or named parts. The opening one has been taken.
    ///
    /// - Parameter literalsOnly: Whether only literals and aliases may stand there, as in the path of a request.
    mutating func invocationArguments(literalsOnly: Bool) throws(ODataSyntaxError) -> [Argument] {
        var arguments: [Argument] = []
        skipWhitespace()
        if take(")") { return [] }
        repeat {
            skipWhitespace()
            let name = takeArgumentName()
            let value: Expression
            if literalsOnly {
                value = try argumentLiteral()
            } else {
                value = isAt("\"") ? .literal(.string(try doubleQuotedString())) : try expression()
            }
            arguments.append(Argument(name: name, value: value))
            skipWhitespace()
        } while take(",")
        try expect(")", "',' or ')'")
        if arguments.count > 1, arguments.contains(where: { $0.name == nil }) {
            throw error(expected: "a name before each of several key values", at: position - 1)
        }
        return arguments
    }

    private mutating func takeArgumentName() -> String? {
        guard let first = current, ASCII.beginsName(first) else { return nil }
        var end = position
        while end < bytes.count, ASCII.continuesName(bytes[end]) { end += 1 }
        guard end < bytes.count, bytes[end] == UInt8(ascii: "=") else { return nil }
        defer { position = end + 1 }
        return text(position..<end)
    }

    private mutating func argumentLiteral() throws(ODataSyntaxError) -> Expression {
        if take("@") { return .path(PathExpression(root: .alias(try identifier("the name of an alias")), steps: [])) }
        if take("[") { return .array(try literalArray()) }
        guard let value = try literal() else { throw error(expected: "a literal or an alias such as @p1") }
        return .literal(value)
    }

    /// An array of literals as Dataverse lets them stand in the path: `EntityNames=['account','contact']`.
    private mutating func literalArray() throws(ODataSyntaxError) -> [Expression] {
        var elements: [Expression] = []
        skipWhitespace()
        if take("]") { return [] }
        repeat {
            skipWhitespace()
            if isAt("\"") {
                elements.append(.literal(.string(try doubleQuotedString())))
            } else {
                guard let value = try literal() else { throw error(expected: "a literal") }
                elements.append(.literal(value))
            }
            skipWhitespace()
        } while take(",")
        try expect("]", "',' or ']'")
        return elements
    }
}
