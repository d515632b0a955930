import Foundation

/// Reads rows from a file, one at a time, with no more of it in memory than a piece.
///
///     var rows = try RowFileReader("/tmp/accounts.csv", .csv())
///     try client.table("account").bulk(next: { try rows.next().map { .create($0) } }) { result in … }
public struct RowFileReader {
    private static let pieceSize = 1 << 16

    private let path: String
    private let file: FileHandle
    private var decoder: RowDecoder
    private var rows: ArraySlice<Record> = []
    private var isAtEnd = false

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: where the file is.
    ///   - format: how the rows are written.
    /// - Throws: `DataverseError` if the file cannot be read.
    public init(_ path: String, _ format: RowFormat) throws {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw DataverseError(
                .invalidRequest,
                "The file “\(path)” cannot be opened. Check that it exists and may be read."
            )
        }
        self.path = path
        self.file = file
        decoder = try RowDecoder(format)
    }

    /// Reads the next row, or gives `nil` at the end of the file.
    ///
    /// - Throws: `DataverseError` with the line that cannot be read.
    public mutating func next() throws -> Record? {
        while rows.isEmpty, !isAtEnd {
            if let piece = try read() {
                rows = try decoder.decode([UInt8](piece))[...]
            } else {
                isAtEnd = true
                rows = try decoder.finish()[...]
            }
        }
        return rows.popFirst()
    }

    private func read() throws -> Data? {
        let data: Data?
        do {
            data = try file.read(upToCount: Self.pieceSize)
        } catch {
            throw DataverseError(.invalidRequest, "The file “\(path)” cannot be read: \(error)")
        }
        guard let data, !data.isEmpty else { return nil }
        return data
    }
}

/// Writes rows to a file, one at a time.
///
///     var file = try RowFileWriter("/tmp/accounts.jsonl", .jsonLines)
///     for try await account in client.accounts.query.rows() { try file.write(account.record) }
///     try file.close()
public struct RowFileWriter {
    private static let pieceSize = 1 << 16

    private let path: String
    private let file: FileHandle
    private var encoder: RowEncoder
    private var pending: [UInt8] = []

    /// Makes a file; one that is there is replaced.
    ///
    /// - Parameters:
    ///   - path: where the file is to be.
    ///   - format: how the rows are written.
    /// - Throws: `DataverseError` if the file cannot be written.
    public init(_ path: String, _ format: RowFormat) throws {
        encoder = try RowEncoder(format)
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let file = FileHandle(forWritingAtPath: path)
        else {
            throw DataverseError(
                .invalidRequest,
                "The file “\(path)” cannot be written. Check that its folder exists and may be written to."
            )
        }
        self.path = path
        self.file = file
    }

    /// Writes a row.
    public mutating func write(_ record: Record) throws {
        pending += encoder.encode(record)
        if pending.count >= Self.pieceSize { try flush() }
    }

    /// Writes what is left, and closes the file. Nothing can be written afterwards.
    public mutating func close() throws {
        try flush()
        do {
            try file.close()
        } catch {
            throw failure(error)
        }
    }

    private mutating func flush() throws {
        defer { pending.removeAll(keepingCapacity: true) }
        do {
            try file.write(contentsOf: Data(pending))
        } catch {
            throw failure(error)
        }
    }

    private func failure(_ error: any Error) -> DataverseError {
        DataverseError(.invalidRequest, "The file “\(path)” cannot be written: \(error)")
    }
}
