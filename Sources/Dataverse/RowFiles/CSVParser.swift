/// One field of a line of comma-separated values.
struct CSVField: Sendable, Hashable {
    var text: String
    /// Whether it stood in quotes, which tells an empty text from nothing.
    var isQuoted: Bool
}

/// Splits comma-separated values into fields and lines, one piece of the bytes after the other.
///
/// Source: RFC 4180. Lines end with CR LF, LF or CR. A quote inside a field that does not begin with one stands for
/// itself, as spreadsheets and Python's `csv` have it; text after a closing quote is an error.
struct CSVParser: Sendable {
    /// The number of the line that is being read, counted from 1.
    private(set) var line = 1
    private enum State {
        case lineStart, fieldStart, unquoted, quoted, afterQuote
    }

    private let delimiter: UInt8
    private let maximumFieldSize: Int
    private var state = State.lineStart
    private var wasCarriageReturn = false
    private var bytesSeen = 0
    private var field: [UInt8] = []
    private var isQuoted = false
    private var fields: [CSVField] = []
    /// The line in which the field began.
    private var fieldLine = 1

    init(_ options: CSVOptions) throws(DataverseError) {
        guard let delimiter = options.delimiter.asciiValue, ![0x22, 0x0A, 0x0D].contains(delimiter) else {
            throw DataverseError(
                .invalidRequest,
                "“\(options.delimiter)” cannot stand between fields. Use an ASCII character that is no quote and no line end."
            )
        }
        self.delimiter = delimiter
        maximumFieldSize = options.maximumFieldSize
    }

    /// Reads a piece, and calls a closure with each line that is complete. Empty lines are passed over.
    mutating func parse(
        _ bytes: ArraySlice<UInt8>,
        _ take: (_ fields: [CSVField], _ line: Int) throws(DataverseError) -> Void
    ) throws(DataverseError) {
        for byte in bytes {
            if try takesByteOrderMark(byte) { continue }
            let followsCarriageReturn = wasCarriageReturn
            wasCarriageReturn = false
            switch (state, byte) {
            case (.lineStart, 0x0A) where followsCarriageReturn:
                continue
            case (.quoted, 0x22):
                state = .afterQuote
            case (.quoted, _):
                if byte == 0x0A { line += 1 }
                try append(byte)
            case (.afterQuote, 0x22):
                state = .quoted
                try append(byte)
            case (_, delimiter):
                try endField()
                state = .fieldStart
            case (_, 0x0A), (_, 0x0D):
                wasCarriageReturn = byte == 0x0D
                try endLine(take)
                line += 1
                fieldLine = line
            case (.lineStart, 0x22), (.fieldStart, 0x22):
                state = .quoted
                isQuoted = true
                fieldLine = line
            case (.afterQuote, _):
                throw problem("there is text after a closing quote. Double the quotes inside a field")
            default:
                state = .unquoted
                try append(byte)
            }
        }
    }

    /// Reads the last line, where it does not end with a line end.
    mutating func finish(
        _ take: (_ fields: [CSVField], _ line: Int) throws(DataverseError) -> Void
    ) throws(DataverseError) {
        if (1..<3).contains(bytesSeen) { throw problem("it is not UTF-8. Save the file in UTF-8") }
        if state == .quoted {
            throw DataverseError(
                .invalidRequest,
                "The quote that begins in line \(fieldLine) of the CSV is not closed."
            )
        }
        if state != .lineStart { try endLine(take) }
    }

    /// The mark that some programs put before UTF-8 is not part of the first field.
    private mutating func takesByteOrderMark(_ byte: UInt8) throws(DataverseError) -> Bool {
        guard bytesSeen < 3 else { return false }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        guard byte == mark[bytesSeen] else {
            // What looked like the beginning of a mark is text.
            let text = mark[..<bytesSeen]
            bytesSeen = 3
            if !text.isEmpty {
                state = .unquoted
                for byte in text { try append(byte) }
            }
            return false
        }
        bytesSeen += 1
        return true
    }

    private mutating func append(_ byte: UInt8) throws(DataverseError) {
        guard field.count < maximumFieldSize else {
            throw problem("a field has more than \(maximumFieldSize) bytes. Look for a quote that is not closed")
        }
        field.append(byte)
    }

    private mutating func endField() throws(DataverseError) {
        guard let text = String(validating: field, as: UTF8.self) else {
            throw problem("a field is not UTF-8. Save the file in UTF-8")
        }
        fields.append(CSVField(text: text, isQuoted: isQuoted))
        field.removeAll(keepingCapacity: true)
        isQuoted = false
    }

    private mutating func endLine(
        _ take: (_ fields: [CSVField], _ line: Int) throws(DataverseError) -> Void
    ) throws(DataverseError) {
        let isEmpty = state == .lineStart && fields.isEmpty && field.isEmpty
        state = .lineStart
        if isEmpty { return }
        try endField()
        let complete = fields
        fields.removeAll(keepingCapacity: true)
        try take(complete, line)
    }

    private func problem(_ what: String) -> DataverseError {
        DataverseError(.invalidRequest, "The CSV cannot be read, line \(line): \(what).")
    }
}
