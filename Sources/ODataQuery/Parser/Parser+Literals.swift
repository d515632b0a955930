import ODataCore

extension Parser {
    /// Takes a primitive literal if one comes next; the position stays if none does.
    mutating func literal() throws(ODataSyntaxError) -> Literal? {
        try scan { scanner throws(ODataLiteralError) in try scanner.literal() }
    }

    /// `'O''Neil'`
    mutating func quotedString() throws(ODataSyntaxError) -> String {
        try scan { scanner throws(ODataLiteralError) in try scanner.quotedString() }
    }

    static func isEnumerationMember(_ text: String) -> Bool { ODataLiteralScanner.isEnumerationMember(text) }

    private mutating func scan<Result>(
        _ rule: (inout ODataLiteralScanner) throws(ODataLiteralError) -> Result
    ) throws(ODataSyntaxError) -> Result {
        var scanner = ODataLiteralScanner(bytes, position: position)
        do throws(ODataLiteralError) {
            let result = try rule(&scanner)
            position = scanner.position
            return result
        } catch let problem {
            throw error(expected: problem.expected, at: problem.offset)
        }
    }
}
