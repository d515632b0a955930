/// What the service says about a file that is downloaded.
public struct FileDetails: Sendable, Hashable {
    /// The name of the file, as it was uploaded. It may be anything: do not use it as a path.
    public let name: String?
    /// What kind of file it is, such as `application/pdf`.
    public let mimeType: String?
    /// The number of bytes.
    public let size: Int64
}

/// A file with its bytes.
public struct DownloadedFile: Sendable, Hashable {
    /// What the service says about it.
    public let details: FileDetails
    /// The bytes.
    public let bytes: [UInt8]
}

/// A part of a file.
public struct FilePiece: Sendable, Hashable {
    /// What the service says about the whole file.
    public let details: FileDetails
    /// Where the part begins.
    public let offset: Int64
    /// The bytes.
    public let bytes: [UInt8]
    /// How many bytes there are beside them in the file that the part was to go into.
    var bytesInFile: Int64 = 0

    /// Where the next part begins.
    var end: Int64 { offset + Int64(bytes.count) + bytesInFile }
}

/// By which of the service's protocols a file is read piece by piece.
public enum FileDownloadMethod: Sendable, Hashable, CaseIterable {
    /// Ranges of HTTP: one request for a piece.
    case ranges
    /// The messages `InitializeFileBlocksDownload` and `DownloadBlock`. Of images they give the full size.
    case blocks
}

/// What the service made of a file that was uploaded in blocks.
public struct FileReceipt: Sendable, Hashable {
    /// Identifies the file; it can be deleted by it.
    public let fileID: UUID?
    /// The number of bytes.
    public let size: Int64?
}

/// Which size of an image is read.
public enum ImageSize: Sendable, Hashable, CaseIterable {
    /// The small square that apps show.
    case thumbnail
    /// As it was uploaded; there is none where the column does not keep it.
    case full
}
