import ODataCore

extension Parser {
    /// An expression with all its operators.
    mutating func expression() throws(ODataSyntaxError) -> Expression {
        try nested { (parser) throws(ODataSyntaxError) in try parser.disjunction() }
    }

    private mutating func disjunction() throws(ODataSyntaxError) -> Expression {
        let first = try conjunction()
        var operands = [first]
        while takeSpacedWord("or") { operands.append(try conjunction()) }
        return operands.count == 1 ? first : .or(operands)
    }

    private mutating func conjunction() throws(ODataSyntaxError) -> Expression {
        let first = try equality()
        var operands = [first]
        while takeSpacedWord("and") { operands.append(try equality()) }
        return operands.count == 1 ? first : .and(operands)
    }

    private mutating func equality() throws(ODataSyntaxError) -> Expression {
        var left = try relation()
        var length = 0
        while true {
            let comparison: ComparisonOperator
            if takeSpacedWord("eq") {
                comparison = .eq
            } else if takeSpacedWord("ne") {
                comparison = .ne
            } else {
                return left
            }
            try countOperator(&length)
            left = .comparison(comparison, left, try relation())
        }
    }

    private mutating func relation() throws(ODataSyntaxError) -> Expression {
        var left = try sum()
        var length = 0
        while true {
            if takeSpacedWord("in") {
                try countOperator(&length)
                left = .isIn(left, try listOrExpression())
            } else if takeSpacedWord("has") {
                try countOperator(&length)
                left = .has(left, try enumerationLiteral())
            } else if let comparison = takeOrdering() {
                try countOperator(&length)
                left = .comparison(comparison, left, try sum())
            } else {
                return left
            }
        }
    }

    private mutating func takeOrdering() -> ComparisonOperator? {
        if takeSpacedWord("gt") { return .gt }
        if takeSpacedWord("ge") { return .ge }
        if takeSpacedWord("lt") { return .lt }
        if takeSpacedWord("le") { return .le }
        return nil
    }

    private mutating func sum() throws(ODataSyntaxError) -> Expression {
        var left = try product()
        var length = 0
        while true {
            if takeSpacedWord("add") {
                try countOperator(&length)
                left = .arithmetic(.add, left, try product())
            } else if takeSpacedWord("sub") {
                try countOperator(&length)
                left = .arithmetic(.sub, left, try product())
            } else {
                return left
            }
        }
    }

    private mutating func product() throws(ODataSyntaxError) -> Expression {
        var left = try unary()
        var length = 0
        while let operation = takeMultiplicative() {
            try countOperator(&length)
            left = .arithmetic(operation, left, try unary())
        }
        return left
    }

    private mutating func takeMultiplicative() -> ArithmeticOperator? {
        if takeSpacedWord("mul") { return .mul }
        if takeSpacedWord("divby") { return .divby }
        if takeSpacedWord("div") { return .div }
        if takeSpacedWord("mod") { return .mod }
        return nil
    }

    /// A chain such as `a add b add c …` makes a tree as deep as the chain is long, hence its bound.
    private func countOperator(_ length: inout Int) throws(ODataSyntaxError) {
        length += 1
        if length > Self.maximumDepth {
            throw error(expected: "no more than \(Self.maximumDepth) such operators in a row")
        }
    }

    private mutating func unary() throws(ODataSyntaxError) -> Expression {
        if isAt("-"), byte(ahead: 1).map(ASCII.isDigit) != true, !matches("-INF", at: position) {
            position += 1
            skipWhitespace()
            return .negate(try nested { (parser) throws(ODataSyntaxError) in try parser.unary() })
        }
        if isAtWord("not", at: position), let next = byte(ahead: 3), ASCII.isWhitespace(next) {
            position += 3
            skipWhitespace()
            return .not(try nested { (parser) throws(ODataSyntaxError) in try parser.unary() })
        }
        return try primary()
    }

    // MARK: Operands

    private mutating func primary() throws(ODataSyntaxError) -> Expression {
        guard let first = current else { throw error(expected: "an operand") }
        switch first {
        case UInt8(ascii: "("):
            position += 1
            skipWhitespace()
            let inner = try expression()
            skipWhitespace()
            try expect(")", "an operator or ')'")
            return inner
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            return try nested { (parser) throws(ODataSyntaxError) in try parser.arrayOrObject() }
        default:
            if let value = try literal() { return .literal(value) }
            if let call = try builtInCall() { return call }
            return .path(try path())
        }
    }

    /// The right side of `in`: literals in parentheses, or any expression.
    private mutating func listOrExpression() throws(ODataSyntaxError) -> Expression {
        let start = position
        guard isAt("(") else { return try sum() }
        position += 1
        skipWhitespace()
        if take(")") { return .list([]) }
        guard let first = try literal() else {
            position = start
            return try sum()
        }
        skipWhitespace()
        guard isAt(",") || isAt(")") else {
            position = start
            return try sum()
        }
        var values = [first]
        while take(",") {
            skipWhitespace()
            guard let value = try literal() else { throw error(expected: "a literal") }
            values.append(value)
            skipWhitespace()
        }
        try expect(")", "',' or ')'")
        return .list(values)
    }

    private mutating func enumerationLiteral() throws(ODataSyntaxError) -> Literal {
        let start = position
        switch try literal() {
        case .enumeration(let type, let members): return .enumeration(type: type, members: members)
        case .string(let members):
            let parts = members.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            if parts.allSatisfy(Self.isEnumerationMember) { return .enumeration(type: "", members: parts) }
            throw error(expected: "members or numbers separated by commas", at: start)
        default: throw error(expected: "an enumeration literal such as Sales.Pattern'Yellow'", at: start)
        }
    }

    // MARK: JSON

    private mutating func arrayOrObject() throws(ODataSyntaxError) -> Expression {
        if take("[") {
            var elements: [Expression] = []
            skipWhitespace()
            if take("]") { return .array([]) }
            repeat {
                skipWhitespace()
                elements.append(try jsonValue())
                skipWhitespace()
            } while take(",")
            try expect("]", "',' or ']'")
            return .array(elements)
        }
        try expect("{")
        var members: [Expression.ObjectMember] = []
        skipWhitespace()
        if take("}") { return .object([]) }
        repeat {
            skipWhitespace()
            let name = isAt("'") ? try quotedString() : try doubleQuotedString()
            skipWhitespace()
            try expect(":")
            skipWhitespace()
            members.append(Expression.ObjectMember(name: name, value: try jsonValue()))
            skipWhitespace()
        } while take(",")
        try expect("}", "',' or '}'")
        return .object(members)
    }

    private mutating func jsonValue() throws(ODataSyntaxError) -> Expression {
        isAt("\"") ? .literal(.string(try doubleQuotedString())) : try expression()
    }

    /// `"double quotes"` with the escapes of JSON.
    mutating func doubleQuotedString() throws(ODataSyntaxError) -> String {
        let start = position
        try expect("\"", "a name or string in double quotes")
        var content = String.UnicodeScalarView()
        var plainStart = position
        while let byte = current {
            if byte == UInt8(ascii: "\"") {
                content.append(contentsOf: text(plainStart..<position).unicodeScalars)
                position += 1
                return String(content)
            }
            guard byte == UInt8(ascii: "\\") else {
                position += 1
                continue
            }
            content.append(contentsOf: text(plainStart..<position).unicodeScalars)
            position += 1
            content.append(try jsonEscape())
            plainStart = position
        }
        throw error(expected: "the quote that ends the string begun at position \(start)")
    }

    private mutating func jsonEscape() throws(ODataSyntaxError) -> Unicode.Scalar {
        guard let byte = current else { throw error(expected: "an escape") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            var unit = try fourHexDigits()
            if (0xD800..<0xDC00).contains(unit), isAt("\\"), self.byte(ahead: 1) == UInt8(ascii: "u") {
                position += 2
                let low = try fourHexDigits()
                guard (0xDC00..<0xE000).contains(low) else { throw error(expected: "a low surrogate") }
                unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(unit) else { throw error(expected: "a surrogate pair") }
            return scalar
        default: throw error(expected: "an escape of JSON", at: position - 1)
        }
    }

    private mutating func fourHexDigits() throws(ODataSyntaxError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = current.flatMap(ASCII.hexValue) else { throw error(expected: "four hexadecimal digits") }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }
}
