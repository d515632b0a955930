extension ResourcePath {
    /// Parses the path of a request after the service root, percent-encoded as it stands in the URL.
    ///
    /// - Throws: ``ODataSyntaxError`` with `part` = `path`; its offset counts in the segment that is wrong.
    public init(parsing path: String) throws(ODataSyntaxError) {
        var segments: [ResourceSegment] = []
        for raw in Self.divide(Array(path.utf8)) {
            if case .count? = segments.last { throw Self.trailing("$count") }
            if case .ref? = segments.last { throw Self.trailing("$ref") }
            if case .value? = segments.last { throw Self.trailing("$value") }
            if case .query? = segments.last { throw Self.trailing("$query") }
            if case .metadata? = segments.last { throw Self.trailing("$metadata") }
            if case .batch? = segments.last { throw Self.trailing("$batch") }
            let text = try DecodedText(raw, part: "path", plusIsSpace: false)
            var parser = Parser(text, part: "path")
            segments += try parser.resourceSegment(isFirst: segments.isEmpty)
        }
        self.init(segments: segments)
    }

    private static func trailing(_ segment: String) -> ODataSyntaxError {
        ODataSyntaxError(part: "path", offset: 0, expected: "nothing after \(segment)", found: "another segment")
    }

    /// Divides a path at its slashes. Those inside `$filter(…)` belong to the expression; those inside the quotes of a
    /// key have to be encoded and divide otherwise, as the grammar has it.
    private static func divide(_ path: [UInt8]) -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        var start = 0
        var index = 0
        var nesting = 0
        var isQuoted = false
        let marker = Array("$filter(".utf8)
        while index < path.count {
            let byte = path[index]
            if nesting > 0 || path[start...].starts(with: marker), byte == UInt8(ascii: "'") {
                isQuoted.toggle()
            } else if !isQuoted, byte == UInt8(ascii: "("),
                nesting > 0 || isMarker(marker, in: path, before: index, start)
            {
                nesting += 1
            } else if !isQuoted, byte == UInt8(ascii: ")"), nesting > 0 {
                nesting -= 1
            } else if byte == UInt8(ascii: "/"), nesting == 0 {
                parts.append(path[start..<index])
                start = index + 1
            }
            index += 1
        }
        parts.append(path[start...])
        return parts
    }

    private static func isMarker(_ marker: [UInt8], in path: [UInt8], before index: Int, _ start: Int) -> Bool {
        index - start == marker.count - 1 && path[start...].starts(with: marker)
    }
}

extension Parser {
    mutating func resourceSegment(isFirst: Bool) throws(ODataSyntaxError) -> [ResourceSegment] {
        if isAt("$") { return [try dollarSegment(isFirst: isFirst)] }
        let start = position
        let name: String
        do {
            name = try isFirst ? identifier("an entity set, a singleton or an operation") : qualifiedName()
        } catch {
            if isFirst || isAtEnd { throw error }
            return [.keyLiteral(text(start..<bytes.count))]
        }
        if isAtEnd { return [.name(name, arguments: nil)] }
        guard take("(") else {
            if isFirst { throw error(expected: "'(' or the end of the segment") }
            return [.keyLiteral(text(start..<bytes.count))]
        }
        var segments = [ResourceSegment.name(name, arguments: try invocationArguments(literalsOnly: true))]
        if take("(") { segments.append(.key(try invocationArguments(literalsOnly: true))) }
        try requireEnd("the end of the segment")
        return segments
    }

    private mutating func dollarSegment(isFirst: Bool) throws(ODataSyntaxError) -> ResourceSegment {
        let segment: ResourceSegment
        if isFirst {
            if takeExact("$metadata") {
                segment = .metadata
            } else if takeExact("$batch") {
                segment = .batch
            } else if takeExact("$entity") {
                segment = .entity
            } else if takeExact("$all") {
                segment = .all
            } else if takeExact("$crossjoin(") {
                var sets: [String] = []
                repeat { sets.append(try identifier("an entity set")) } while take(",")
                try expect(")", "',' or ')'")
                segment = .crossjoin(sets)
            } else {
                throw error(expected: "an entity set, $metadata, $batch, $entity, $all or $crossjoin")
            }
        } else if takeExact("$filter(") {
            skipWhitespace()
            segment = .filter(try expression())
            skipWhitespace()
            try expect(")", "an operator or ')'")
        } else {
            segment = try trailingDollarSegment()
        }
        try requireEnd("the end of the segment")
        return segment
    }

    private mutating func trailingDollarSegment() throws(ODataSyntaxError) -> ResourceSegment {
        if takeExact("$count") { return .count }
        if takeExact("$ref") { return .ref }
        if takeExact("$value") { return .value }
        if takeExact("$each") { return .each }
        if takeExact("$query") { return .query }
        throw error(expected: "$count, $ref, $value, $each, $query or $filter(…)")
    }
}
