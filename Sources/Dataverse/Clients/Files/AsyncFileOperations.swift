/// Files and images in columns of rows, through the asynchronous client: `client.files`.
///
///     let contract = FileLocation(table: "account", row: id, column: "new_Contract")
///     try await client.files.upload("/tmp/contract.pdf", to: contract)
///     try await client.files.download(contract, to: "/tmp/copy.pdf")
///
/// Files on disk are read and written in pieces of a few megabytes, however large they are.
public struct AsyncFileOperations: Sendable {
    let client: AsyncDataverseClient

    // MARK: Upload

    /// Uploads a file from disk.
    ///
    /// - Parameters:
    ///   - path: where the file is.
    ///   - location: the column that gets it.
    ///   - name: its name in the service; `nil` for the last part of the path.
    ///   - options: how it is uploaded.
    /// - Throws: `DataverseError` of kind `DataverseError.Kind.preconditionFailed` if there is a file in the column
    ///   and it is not to be replaced.
    public func upload(
        _ path: String,
        to location: FileLocation,
        named name: String? = nil,
        options: FileUploadOptions = FileUploadOptions()
    ) async throws {
        let content = try LocalFile.content(atPath: path, named: name)
        try await client.run(as: CallName("upload file", location.table)) { $0.upload(content, to: location, options) }
    }

    /// Uploads bytes.
    ///
    /// - Parameters:
    ///   - bytes: the bytes.
    ///   - name: the name of the file.
    ///   - location: the column that gets it.
    ///   - options: how it is uploaded.
    public func upload(
        _ bytes: [UInt8],
        named name: String,
        to location: FileLocation,
        options: FileUploadOptions = FileUploadOptions()
    ) async throws {
        try await client.run(as: CallName("upload file", location.table)) {
            $0.upload(FileContent(name: name, source: .bytes(bytes)), to: location, options)
        }
    }

    /// Uploads a file from disk in blocks, with the messages `InitializeFileBlocksUpload`, `UploadBlock` and
    /// `CommitFileBlocksUpload`. The column must exist; a file that is in it is replaced.
    ///
    /// - Parameters:
    ///   - path: where the file is.
    ///   - location: the column that gets it.
    ///   - name: its name in the service; `nil` for the last part of the path.
    ///   - mimeType: what kind of file it is, such as `application/pdf`.
    @discardableResult
    public func uploadInBlocks(
        _ path: String,
        to location: FileLocation,
        named name: String? = nil,
        mimeType: String? = nil
    ) async throws -> FileReceipt {
        let content = try LocalFile.content(atPath: path, named: name)
        return try await client.run(as: CallName("upload file", location.table)) {
            $0.uploadInBlocks(content, to: location, mimeType: mimeType)
        }
    }

    /// Uploads an image from disk into an image column, which must exist. An image that is in it is replaced.
    ///
    /// - Parameters:
    ///   - path: where the image is; the service takes GIF, JPEG, TIFF, BMP and PNG up to 30 MB.
    ///   - location: the column that gets it.
    ///   - name: its name in the service; `nil` for the last part of the path.
    public func uploadImage(
        _ path: String,
        to location: FileLocation,
        named name: String? = nil
    ) async throws {
        let content = try LocalFile.content(atPath: path, named: name)
        try await client.run(as: CallName("upload image", location.table)) { $0.uploadImage(content, to: location) }
    }

    // MARK: Download

    /// Reads a file into memory in one request.
    ///
    /// - Returns: the file, or `nil` if there is none in the column.
    public func download(_ location: FileLocation) async throws -> DownloadedFile? {
        try await client.run(as: CallName("download file", location.table)) { $0.download(location) }
    }

    /// Reads a part of a file.
    ///
    /// - Parameters:
    ///   - location: the column that has the file.
    ///   - range: the bytes to read; fewer are given where the file ends before.
    /// - Returns: the part, or `nil` if there is no file in the column.
    public func download(_ location: FileLocation, range: Range<Int64>) async throws -> FilePiece? {
        try await client.run(as: CallName("download file", location.table)) { $0.download(location, range: range) }
    }

    /// Reads a file to disk, piece by piece. It appears under its path only when it is complete.
    ///
    /// - Parameters:
    ///   - location: the column that has the file.
    ///   - path: where the file goes; one that is there is replaced.
    ///   - method: by which of the service's protocols.
    /// - Returns: what the service says about the file, or `nil` if there is none in the column, or an empty one.
    @discardableResult
    public func download(
        _ location: FileLocation,
        to path: String,
        by method: FileDownloadMethod = .ranges
    ) async throws -> FileDetails? {
        try await client.observing(as: CallName("download file", location.table)) { context, watch in
            let file = try PartialFile(path: path)
            var cursor = FileCursor.start
            var details: FileDetails?
            while cursor != .ended {
                let operation = context.readFile(location, at: cursor, by: method, into: file.place)
                let step = try await client.run(operation, of: context, watch)
                cursor = step.next
                guard let piece = step.piece else { break }
                try file.write(piece.bytes, at: piece.offset)
                details = details ?? piece.details
            }
            guard let details else { return nil }
            try file.complete(size: details.size)
            return details
        }
    }

    /// The pieces of a file, each read when it is asked for.
    ///
    /// - Parameters:
    ///   - location: the column that has the file.
    ///   - method: by which of the service's protocols.
    public func pieces(of location: FileLocation, by method: FileDownloadMethod = .ranges) -> AsyncFilePieces {
        AsyncFilePieces(client: client, location: location, method: method)
    }

    /// Reads an image into memory.
    ///
    /// - Returns: the image, or `nil` if there is none of this size in the column.
    public func downloadImage(_ location: FileLocation, size: ImageSize = .full) async throws -> DownloadedFile? {
        try await client.run(as: CallName("download image", location.table)) { $0.downloadImage(location, size: size) }
    }

    // MARK: Delete

    /// Empties a file or image column.
    public func delete(_ location: FileLocation) async throws {
        try await client.run(as: CallName("delete file", location.table)) { $0.deleteFile(at: location) }
    }

    /// Deletes a file by its identifier, which is the value of its column.
    public func delete(fileID: UUID) async throws {
        try await client.run(as: CallName("delete file")) { $0.deleteFile(fileID) }
    }
}

extension AsyncDataverseClient {
    /// Files and images in columns of rows.
    public var files: AsyncFileOperations { AsyncFileOperations(client: self) }
}
