/// How far the reading of a file has come.
enum FileCursor: Sendable, Hashable {
    case start
    case range(from: Int64, size: Int64)
    case block(from: Int64, session: FileBlockSession)
    case ended
}

/// A piece of a file, and where the next one is.
struct FileStep: Sendable, Hashable {
    /// `nil` at the end, and if there is no file in the column.
    let piece: FilePiece?
    let next: FileCursor

    init(_ piece: FilePiece?, session: FileBlockSession?) {
        self.piece = piece
        guard let piece, piece.end < piece.details.size else {
            next = .ended
            return
        }
        next = session.map { .block(from: piece.end, session: $0) } ?? .range(from: piece.end, size: piece.details.size)
    }
}
