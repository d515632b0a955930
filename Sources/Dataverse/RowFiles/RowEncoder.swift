/// Writes rows as bytes, one after the other.
///
///     var encoder = try RowEncoder(.csv())
///     for account in page.rows { file.write(encoder.encode(account.record)) }
///
/// Annotations, whose names have an `@` in them, are left out, except for those that bind a lookup.
public struct RowEncoder: Sendable {
    private let format: RowFormat
    private var columns: [String] = []
    private var hasBegun = false

    /// - Parameter format: how the rows are written.
    /// - Throws: `DataverseError` if the options of the format are not usable.
    public init(_ format: RowFormat) throws {
        self.format = format
        if case .csv(let options) = format {
            _ = try CSVParser(options)
            columns = options.columns
        }
    }

    /// Writes a row; the first one with the header line before it.
    ///
    /// - Parameter record: the row. A CSV has the same columns in each line, so columns that neither the options nor
    ///   the first row name are left out; JSON lines have the columns of each row.
    /// - Returns: the bytes of the row, its line end included.
    public mutating func encode(_ record: Record) -> [UInt8] {
        switch format {
        case .jsonLines:
            let members = record.filter { Self.isWritten($0.name) }.map { ($0.name, $0.value) }
            return JSONWriter.bytes(from: .object(Record(members: members))) + [0x0A]
        case .csv(let options):
            var bytes: [UInt8] = []
            if !hasBegun {
                hasBegun = true
                if columns.isEmpty { columns = record.names.filter(Self.isWritten) }
                if options.hasHeader { append(columns.map { .string($0) }, to: &bytes, options) }
            }
            append(columns.map { record[$0] ?? .null }, to: &bytes, options)
            return bytes
        }
    }

    private static func isWritten(_ name: String) -> Bool { !name.contains("@") || name.hasSuffix("@odata.bind") }

    private func append(_ values: [Value], to bytes: inout [UInt8], _ options: CSVOptions) {
        let delimiter = options.delimiter.asciiValue ?? 0x2C
        for (index, value) in values.enumerated() {
            if index > 0 { bytes.append(delimiter) }
            switch value {
            // A line with one empty field would be an empty line.
            case .null: if values.count == 1 { bytes += [0x22, 0x22] }
            case .string(let text): Self.append(text, to: &bytes, delimiter)
            case .bool, .integer, .decimal, .double, .array, .object:
                Self.append(JSONWriter.string(from: value), to: &bytes, delimiter)
            }
        }
        bytes += [0x0D, 0x0A]
    }

    /// Quotes are needed around what would be read as something else; an empty text has them, nothing has none.
    private static func append(_ text: String, to bytes: inout [UInt8], _ delimiter: UInt8) {
        let needsQuotes =
            text.isEmpty || text.utf8.contains { $0 == 0x22 || $0 == 0x0A || $0 == 0x0D || $0 == delimiter }
            || text.utf8.first == 0xEF
        guard needsQuotes else { return bytes.append(contentsOf: text.utf8) }
        bytes.append(0x22)
        for byte in text.utf8 {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }
}
