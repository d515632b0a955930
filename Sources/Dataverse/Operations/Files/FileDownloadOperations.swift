import HTTPTypes

// Source: Dataverse, "Use file column data": downloads in one request and in chunks; "Use image column data".
extension CallContext {
    /// The length of the pieces of a file that is read piece by piece.
    static let pieceLength: Int64 = 4 << 20

    /// Reads a file; `nil` if there is none in the column.
    func download(_ location: FileLocation) -> ODataOperation<DownloadedFile?> {
        download(location, query: "")
    }

    /// Reads an image; `nil` if there is none in the column, or none of this size.
    func downloadImage(_ location: FileLocation, size: ImageSize) -> ODataOperation<DownloadedFile?> {
        download(location, query: size == .full ? "?size=full" : "")
    }

    private func download(_ location: FileLocation, query: String) -> ODataOperation<DownloadedFile?> {
        entitySetName(of: .table(location.table)).flatMap { set in
            send(ServiceRequest(.get, location.target(in: set) + "/$value" + query, headers: [.accept: "*/*"]))
                .map { reply throws(DataverseError) -> DownloadedFile? in
                    if reply.status.code == 204 { return nil }
                    return DownloadedFile(
                        details: reply.fileDetails(size: Int64(reply.body.count)),
                        bytes: reply.body
                    )
                }
                .recover { $0.isMissingFile ? .done(nil) : .failed($0) }
        }
    }

    /// Reads a range of a file; `nil` if there is no file in the column.
    ///
    /// - Parameters:
    ///   - location: the column that has the file.
    ///   - range: the bytes to read.
    ///   - path: a file of this machine that the bytes go into, at the same place, if the transport can do that; `nil`
    ///     for into memory.
    func download(
        _ location: FileLocation,
        range: Range<Int64>,
        into path: String? = nil
    ) -> ODataOperation<FilePiece?> {
        guard range.lowerBound >= 0, !range.isEmpty else {
            return .failed(
                DataverseError(
                    .invalidRequest,
                    "\(range) is not a range of a file. Give one from 0 on, with a byte in it."
                )
            )
        }
        return entitySetName(of: .table(location.table)).flatMap { set in
            let headers: HTTPFields = [
                .accept: "*/*", .range: "bytes=\(range.lowerBound)-\(range.upperBound - 1)",
            ]
            var request = ServiceRequest(.get, location.target(in: set) + "/$value", headers: headers)
            request.destination = path.map { HTTPExchange.FileDestination(path: $0, offset: range.lowerBound) }
            return send(request, accepting: [200, 204, 206]).map { reply throws(DataverseError) -> FilePiece? in
                reply.status.code == 204 ? nil : try reply.filePiece(from: range.lowerBound)
            }
            .recover { $0.isMissingFile ? .done(nil) : .failed($0) }
        }
    }

    /// Reads the piece of a file at a cursor, to write it to a file of this machine. The transport may have written it
    /// already.
    func readFile(
        _ location: FileLocation,
        at cursor: FileCursor,
        by method: FileDownloadMethod,
        into place: PartialFile.Place
    ) -> ODataOperation<FileStep> {
        readFile(location, at: cursor, by: method, into: place.partialPath).recover { .failed(place.naming($0)) }
    }

    /// Reads the piece of a file at a cursor.
    func readFile(
        _ location: FileLocation,
        at cursor: FileCursor,
        by method: FileDownloadMethod,
        into path: String? = nil
    ) -> ODataOperation<FileStep> {
        switch cursor {
        case .ended:
            return .done(FileStep(nil, session: nil))
        case .start where method == .ranges:
            return filePiece(from: 0, of: location, into: path).map { FileStep($0, session: nil) }
        case .start:
            return beginBlockDownload(location).flatMap { session in
                guard let session, session.size > 0 else { return .done(FileStep(nil, session: nil)) }
                return fileBlock(from: 0, in: session).map { FileStep($0, session: session) }
            }
        case .block(let offset, let session):
            return fileBlock(from: offset, in: session).map { FileStep($0, session: session) }
        case .range(let offset, let size):
            return filePiece(from: offset, of: location, into: path).map { piece throws(DataverseError) in
                guard let piece, piece.details.size == size else {
                    throw DataverseError(
                        .preconditionFailed,
                        "The file in “\(location.column)” was replaced while it was being read. Read it again."
                    )
                }
                return FileStep(piece, session: nil)
            }
        }
    }

    private func filePiece(
        from offset: Int64,
        of location: FileLocation,
        into path: String?
    ) -> ODataOperation<FilePiece?> {
        download(location, range: offset..<(offset + Self.pieceLength), into: path).recover { error in
            // An empty file has no range at all.
            error.status == 416 && offset == 0 ? .done(nil) : .failed(error)
        }
    }
}

extension HTTPReply {
    /// What the headers say about a file.
    func fileDetails(size: Int64) -> FileDetails {
        FileDetails(
            name: headers[.fileName],
            mimeType: headers[.mimeType] ?? headers[.contentType],
            size: size
        )
    }

    /// The part of a file that the reply has: the one that was asked for, or all of it.
    fileprivate func filePiece(from offset: Int64) throws(DataverseError) -> FilePiece {
        if status.code == 200 {
            guard bytesInFile == 0 else { throw unreadable("its body is a whole file in the place of a part") }
            let size = Int64(body.count)
            guard offset <= size else { throw unreadable("the file has only \(size) bytes") }
            return FilePiece(
                details: fileDetails(size: size),
                offset: offset,
                bytes: Array(body.dropFirst(Int(offset)))
            )
        }
        let total = headers[.contentRange].flatMap { $0.split(separator: "/").last }.flatMap { Int64($0) }
        guard let size = total ?? headers[.fileSize].flatMap({ Int64($0) }) else {
            throw unreadable("it does not say how large the file is")
        }
        guard bodyLength > 0, offset + bodyLength <= size else {
            throw unreadable("it has \(bodyLength) bytes from \(offset) on, of a file of \(size)")
        }
        return FilePiece(details: fileDetails(size: size), offset: offset, bytes: body, bytesInFile: bytesInFile)
    }
}

extension DataverseError {
    /// Whether a 404 is about the file or its row, and not about a table or column that does not exist.
    var isMissingFile: Bool { kind == .notFound && serviceCode != "0x80060888" }
}
