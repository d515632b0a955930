/// The pieces of a file, each read when it is asked for: `for try await piece in client.files.pieces(of: file) { … }`.
public struct AsyncFilePieces: AsyncSequence, Sendable {
    let client: AsyncDataverseClient
    let location: FileLocation
    let method: FileDownloadMethod

    public func makeAsyncIterator() -> Iterator { Iterator(pieces: self) }

    /// Reads one piece after the other.
    public struct Iterator: AsyncIteratorProtocol, Sendable {
        let pieces: AsyncFilePieces
        private var cursor = FileCursor.start

        init(pieces: AsyncFilePieces) { self.pieces = pieces }

        /// Reads the next piece, or gives `nil` at the end, and if there is no file in the column.
        public mutating func next() async throws -> FilePiece? {
            let (location, method) = (pieces.location, pieces.method)
            let step = try await pieces.client.run(as: CallName("download piece", location.table)) { [cursor] in
                $0.readFile(location, at: cursor, by: method)
            }
            cursor = step.next
            return step.piece
        }
    }
}
