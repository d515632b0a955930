extension Parser {
    /// A path to a value.
    mutating func path() throws(ODataSyntaxError) -> PathExpression {
        if takeExact("$it") { return PathExpression(root: .it, steps: try followingSteps()) }
        if takeExact("$this") { return PathExpression(root: .this, steps: try followingSteps()) }
        if takeExact("$root") {
            guard isAt("/") else { throw error(expected: "'/' after $root") }
            return PathExpression(root: .root, steps: try followingSteps())
        }
        if take("@") {
            let name = try qualifiedName("the name of an alias or annotation")
            if take("#") {
                let qualifier = try identifier("a qualifier")
                let annotation = PathStep.annotation(name, qualifier: qualifier)
                return PathExpression(steps: [annotation] + (try followingSteps()))
            }
            return PathExpression(root: .alias(name), steps: try followingSteps())
        }
        let first = try firstStep()
        return PathExpression(steps: [first] + (try followingSteps()))
    }

    private mutating func firstStep() throws(ODataSyntaxError) -> PathStep {
        let name = try qualifiedName("an operand")
        if take("(") {
            let open = position - 1
            if name == "any" || name == "all" { throw error(expected: "a collection and '/' before \(name)", at: open) }
            return .invocation(name, try argumentsOneLevelDeeper())
        }
        if name.utf8.contains(UInt8(ascii: ".")), !isAt("/") {
            throw error(expected: "'/' after the name of a type, or '(' after that of a function")
        }
        return .name(name)
    }

    private mutating func followingSteps() throws(ODataSyntaxError) -> [PathStep] {
        var steps: [PathStep] = []
        while take("/") {
            if steps.count == Self.maximumDepth { throw error(expected: "no more than \(Self.maximumDepth) steps") }
            steps.append(try step())
            if case .filter = steps.last, take("(") { steps.append(.key(try argumentsOneLevelDeeper())) }
        }
        return steps
    }

    private mutating func step() throws(ODataSyntaxError) -> PathStep {
        if takeExact("$count") { return try countStep() }
        if takeExact("$filter") {
            try expect("(")
            skipWhitespace()
            let predicate = try expression()
            skipWhitespace()
            try expect(")", "an operator or ')'")
            return .filter(predicate)
        }
        if take("@") {
            let name = try qualifiedName("the name of an annotation")
            return .annotation(name, qualifier: take("#") ? try identifier("a qualifier") : nil)
        }
        let name = try qualifiedName("a property, a type or a function")
        guard take("(") else { return .name(name) }
        switch name.lowercased() {
        case "any":
            skipWhitespace()
            return take(")") ? .any(nil) : .any(try lambda())
        case "all":
            skipWhitespace()
            return .all(try lambda())
        default: return .invocation(name, try argumentsOneLevelDeeper())
        }
    }

    private mutating func argumentsOneLevelDeeper() throws(ODataSyntaxError) -> [Argument] {
        try nested { (parser) throws(ODataSyntaxError) in try parser.invocationArguments(literalsOnly: false) }
    }

    private mutating func lambda() throws(ODataSyntaxError) -> Lambda {
        let variable = try identifier("a variable")
        skipWhitespace()
        try expect(":", "':' after the variable")
        skipWhitespace()
        let predicate = try expression()
        skipWhitespace()
        try expect(")", "an operator or ')'")
        return Lambda(variable: variable, predicate: predicate)
    }

    private mutating func countStep() throws(ODataSyntaxError) -> PathStep {
        guard take("(") else { return .count(filter: nil, search: nil) }
        let options = try nestedOptions(allowed: [.filter, .search])
        return .count(filter: options.filter, search: options.search)
    }
}
