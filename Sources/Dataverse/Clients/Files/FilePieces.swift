/// The pieces of a file, read one at a time: `while let piece = try pieces.next() { … }`.
public struct FilePieces: Sendable {
    let client: DataverseClient
    let location: FileLocation
    let method: FileDownloadMethod
    private var cursor = FileCursor.start

    init(client: DataverseClient, location: FileLocation, method: FileDownloadMethod) {
        self.client = client
        self.location = location
        self.method = method
    }

    /// Reads the next piece, or gives `nil` at the end, and if there is no file in the column.
    public mutating func next() throws -> FilePiece? {
        let step = try client.run(as: CallName("download piece", location.table)) { [self] in
            $0.readFile(location, at: cursor, by: method)
        }
        cursor = step.next
        return step.piece
    }
}
