/// Reads rows out of bytes that come piece by piece: from a file, from a request, from anywhere.
///
///     var decoder = try RowDecoder(.csv())
///     for try await bytes in body { rows += try decoder.decode(bytes) }
///     rows += try decoder.finish()
///
/// It keeps no more than the row that is not complete yet. All columns of its rows count as changed, so that they can
/// be created as they are.
public struct RowDecoder: Sendable {
    private enum Reader: Sendable {
        case csv(CSVRowReader)
        case jsonLines(JSONLinesReader)
    }

    private var reader: Reader

    /// - Parameter format: how the rows are written.
    /// - Throws: `DataverseError` if the options of the format are not usable.
    public init(_ format: RowFormat) throws {
        switch format {
        case .csv(let options): reader = .csv(try CSVRowReader(options))
        case .jsonLines: reader = .jsonLines(JSONLinesReader())
        }
    }

    /// Reads a piece.
    ///
    /// - Parameter bytes: the next bytes, any number of them.
    /// - Returns: the rows that are complete.
    /// - Throws: `DataverseError` of kind `DataverseError.Kind.invalidRequest` with the line that cannot be read.
    public mutating func decode(_ bytes: [UInt8]) throws -> [Record] {
        switch reader {
        case .csv(var csv):
            defer { reader = .csv(csv) }
            return try csv.read(bytes)
        case .jsonLines(var lines):
            defer { reader = .jsonLines(lines) }
            return try lines.read(bytes)
        }
    }

    /// Reads what is left at the end of the bytes.
    ///
    /// - Returns: the last row, if it was not complete before.
    public mutating func finish() throws -> [Record] {
        switch reader {
        case .csv(var csv):
            defer { reader = .csv(csv) }
            return try csv.finish()
        case .jsonLines(var lines):
            defer { reader = .jsonLines(lines) }
            return try lines.finish()
        }
    }
}

/// Reads rows of comma-separated values.
struct CSVRowReader: Sendable {
    private var parser: CSVParser
    private var rows: CSVRows

    init(_ options: CSVOptions) throws(DataverseError) {
        parser = try CSVParser(options)
        rows = try CSVRows(options)
    }

    mutating func read(_ bytes: [UInt8]) throws(DataverseError) -> [Record] {
        var complete: [Record] = []
        try parser.parse(bytes[...]) { fields, line throws(DataverseError) in
            if let row = try rows.take(fields, line) { complete.append(row) }
        }
        return complete
    }

    mutating func finish() throws(DataverseError) -> [Record] {
        var complete: [Record] = []
        try parser.finish { fields, line throws(DataverseError) in
            if let row = try rows.take(fields, line) { complete.append(row) }
        }
        return complete
    }
}

/// Makes rows of lines of fields.
private struct CSVRows: Sendable {
    private let options: CSVOptions
    private var columns: [String]
    private var awaitsHeader: Bool

    init(_ options: CSVOptions) throws(DataverseError) {
        self.options = options
        columns = options.columns
        awaitsHeader = options.hasHeader
        if !awaitsHeader, columns.isEmpty {
            throw DataverseError(
                .invalidRequest,
                "A CSV without a header line does not name its columns. Give their names in CSVOptions.columns."
            )
        }
    }

    /// The row of a line; the header line gives none.
    mutating func take(_ fields: [CSVField], _ line: Int) throws(DataverseError) -> Record? {
        guard awaitsHeader else { return try row(fields, line) }
        awaitsHeader = false
        columns = try header(fields, line)
        return nil
    }

    private func header(_ fields: [CSVField], _ line: Int) throws(DataverseError) -> [String] {
        let names = fields.map(\.text)
        if names.contains("") { throw problem(line, "the header has a column without a name") }
        var seen: Set<String> = []
        if let twice = names.first(where: { !seen.insert($0).inserted }) {
            throw problem(line, "the header names the column “\(twice)” twice")
        }
        return names
    }

    private func row(_ fields: [CSVField], _ line: Int) throws(DataverseError) -> Record {
        guard fields.count == columns.count else {
            throw problem(line, "it has \(fields.count) fields, and there are \(columns.count) columns")
        }
        var members: [(String, Value)] = []
        members.reserveCapacity(fields.count)
        for (name, field) in zip(columns, fields) {
            if field.text.isEmpty, !field.isQuoted {
                if options.readsEmptyAsNull { members.append((name, .null)) }
                continue
            }
            guard let value = value(of: field.text, as: options.types[name] ?? .text) else {
                throw problem(line, "“\(field.text.prefix(80))” is not a value of the column “\(name)”")
            }
            members.append((name, value))
        }
        return Record(members: members)
    }

    private func value(of text: String, as type: CSVOptions.ColumnType) -> Value? {
        switch type {
        case .text: return .string(text)
        case .json: return try? JSONReader.value(from: Array(text.utf8))
        case .number:
            guard let value = try? JSONReader.value(from: Array(text.utf8)), value.kindName == "a number" else {
                return nil
            }
            return value
        case .boolean:
            switch text.lowercased() {
            case "true", "1": return true
            case "false", "0": return false
            default: return nil
            }
        }
    }

    private func problem(_ line: Int, _ what: String) -> DataverseError {
        DataverseError(.invalidRequest, "The CSV cannot be read, line \(line): \(what).")
    }
}

/// Makes rows of lines of JSON.
struct JSONLinesReader: Sendable {
    /// How many bytes a line may have.
    private static let maximumLineSize = 64 << 20

    private var line = 0
    private var pending: [UInt8] = []

    mutating func read(_ bytes: [UInt8]) throws(DataverseError) -> [Record] {
        var rows: [Record] = []
        var rest = bytes[...]
        while let end = rest.firstIndex(of: 0x0A) {
            pending += rest[..<end]
            rest = rest[(end + 1)...]
            if let row = try takeLine() { rows.append(row) }
        }
        guard pending.count + rest.count <= Self.maximumLineSize else {
            throw problem("it has more than \(Self.maximumLineSize) bytes")
        }
        pending += rest
        return rows
    }

    mutating func finish() throws(DataverseError) -> [Record] {
        try takeLine().map { [$0] } ?? []
    }

    private mutating func takeLine() throws(DataverseError) -> Record? {
        line += 1
        defer { pending.removeAll(keepingCapacity: true) }
        if pending.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return nil }
        let value: Value
        do throws(JSONError) {
            value = try JSONReader.value(from: pending)
        } catch {
            throw problem("\(error)", at: line)
        }
        guard case .object(let record) = value else { throw problem("it is \(value.kindName), not a row", at: line) }
        return Record(members: record.map { ($0.name, $0.value) })
    }

    private func problem(_ what: String, at line: Int? = nil) -> DataverseError {
        DataverseError(.invalidRequest, "The JSON lines cannot be read, line \(line ?? self.line + 1): \(what).")
    }
}
