import CLibXML2

/// Collects what libxml2 complains about while it reads one document.
final class ParserErrors {
    /// A message with its place.
    struct Problem {
        let message: String
        let position: SourcePosition?
    }

    /// The first problem after which the document cannot be read on.
    private(set) var fatal: Problem?
    /// Problems that do not end the reading.
    private(set) var tolerated: [Problem] = []

    /// The function that libxml2 calls with a pointer to an instance of this class.
    static let handler: xmlStructuredErrorFunc = { context, error in
        guard let context, let error else { return }
        Unmanaged<ParserErrors>.fromOpaque(context).takeUnretainedValue().add(error.pointee)
    }

    private func add(_ error: xmlError) {
        let problem = Problem(message: ParserErrors.message(of: error), position: ParserErrors.position(of: error))
        if error.level == XML_ERR_FATAL {
            fatal = fatal ?? problem
        } else if tolerated.count < 100 {
            tolerated.append(problem)
        }
    }

    private static func message(of error: xmlError) -> String {
        var text = error.message.map { String(cString: $0) } ?? "the document is not well-formed XML"
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return "malformed XML: \(text)"
    }

    private static func position(of error: xmlError) -> SourcePosition? {
        error.line > 0 ? SourcePosition(line: Int(error.line), column: max(1, Int(error.int2))) : nil
    }
}
