import HTTPTypes

// Source: Dataverse, "Use file column data": uploads in one request and in chunks.
extension CallContext {
    /// The largest file that the service takes in one request.
    static let singleRequestLimit: Int64 = 128 << 20
    /// The length of chunks where the service recommends none.
    static let defaultChunkLength: Int64 = 4 << 20

    /// Uploads a file into a column, which is created first where that is wanted and it is missing.
    func upload(
        _ content: FileContent,
        to location: FileLocation,
        _ options: FileUploadOptions
    ) -> ODataOperation<Void> {
        let name: FileName
        let isChunked: Bool
        do throws(DataverseError) {
            name = try FileName(content.name)
            isChunked = try options.isChunked(content)
            try options.checkMimeType()
        } catch {
            return .failed(error)
        }
        return entitySetName(of: .table(location.table)).flatMap { set in
            let target = location.target(in: set)
            let prepared = options.createsMissingColumn ? createMissingColumn(location, in: set) : .done(())
            return prepared.flatMap {
                isChunked
                    ? uploadInChunks(content, named: name, to: target, options)
                    : uploadInOneRequest(content, named: name, to: target, options)
            }
        }
    }

    private func uploadInOneRequest(
        _ content: FileContent,
        named name: FileName,
        to target: String,
        _ options: FileUploadOptions
    ) -> ODataOperation<Void> {
        var headers = options.versionHeaders
        headers.append(contentsOf: name.headers)
        headers[.contentType] = options.mimeType ?? "application/octet-stream"
        let body = content.part(0..<content.size)
        return send(ServiceRequest(.patch, name.target(target), headers: headers, body: body)).map { _ in }
    }

    private func uploadInChunks(
        _ content: FileContent,
        named name: FileName,
        to target: String,
        _ options: FileUploadOptions
    ) -> ODataOperation<Void> {
        var headers = options.versionHeaders
        headers[.transferMode] = "chunked"
        let begin = ServiceRequest(.patch, "\(target)?\(name.queryOption)", headers: headers, body: [])
        return send(begin).flatMap { reply in
            guard let session = reply.headers[.location] else {
                return .failed(reply.unreadable("it has no Location with the session of the upload"))
            }
            let recommended = reply.headers[.chunkSize].flatMap { Int64($0) } ?? 0
            let length = recommended > 0 ? recommended : Self.defaultChunkLength
            return uploadChunks(of: content, from: 0, length: length, named: name, to: session)
        }
    }

    private func uploadChunks(
        of content: FileContent,
        from offset: Int64,
        length: Int64,
        named name: FileName,
        to session: String
    ) -> ODataOperation<Void> {
        guard offset < content.size else { return .done(()) }
        let range = offset..<(offset + min(length, content.size - offset))
        var headers = name.headers
        headers[.contentType] = "application/octet-stream"
        headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(content.size)"
        let request = ServiceRequest(.patch, name.target(session), headers: headers, body: content.part(range))
        return send(request, accepting: [204, 206]).flatMap { _ in
            uploadChunks(of: content, from: range.upperBound, length: length, named: name, to: session)
        }
    }

    /// Creates a file column if the table has none with its name, and waits until rows have it.
    private func createMissingColumn(_ location: FileLocation, in set: String) -> ODataOperation<Void> {
        tableInfo(of: location.table).flatMap { info in
            guard let id = info?.metadataID else { return .done(()) }
            return column(location.column, at: "EntityDefinitions(\(id.guid))").flatMap { column in
                if column != nil { return .done(()) }
                return addColumns([.file(location.column)], to: location.table, solution: nil).flatMap { _ in
                    waitForColumn(location, in: set, pauses: [.seconds(3), .seconds(10), .seconds(20)])
                }
            }
        }
    }

    /// Asks for rows with the column until the service knows it.
    private func waitForColumn(
        _ location: FileLocation,
        in set: String,
        pauses: ArraySlice<Duration>
    ) -> ODataOperation<Void> {
        let probe = "\(set)\(QueryText.joined([("$top", "1"), ("$select", location.column.lowercased())]))"
        return send(ServiceRequest(.get, probe)).map { _ in }.recover { error in
            switch error.kind {
            case .cancelled, .credential, .unauthorized: return .failed(error)
            default: break
            }
            guard let pause = pauses.first else {
                return .failed(
                    metadataError(
                        "The column “\(location.column)” was created, but rows of “\(location.table)” do not have it yet. "
                            + "Upload again in a minute. The service said: \(error.message)"
                    )
                )
            }
            return .sleep(pause) { waitForColumn(location, in: set, pauses: pauses.dropFirst()) }
        }
    }

    /// Uploads an image into an image column, in place of the one that is there.
    func uploadImage(_ content: FileContent, to location: FileLocation) -> ODataOperation<Void> {
        guard content.size <= 30 << 20 else {
            return .failed(
                DataverseError(
                    .invalidRequest,
                    "The image “\(content.name)” has \(content.size) bytes; the service takes up to 30 MB. Make it smaller, "
                        + "or keep it in a file column."
                )
            )
        }
        return upload(
            content,
            to: location,
            FileUploadOptions(strategy: .singleRequest, replacesExisting: true, createsMissingColumn: false)
        )
    }

    /// Empties a file or image column.
    func deleteFile(at location: FileLocation) -> ODataOperation<Void> {
        entitySetName(of: .table(location.table)).flatMap { set in
            send(ServiceRequest(.delete, location.target(in: set)))
        }.map { _ in }
    }
}

extension FileLocation {
    /// The URL of the column below the service root.
    func target(in entitySet: String) -> String {
        "\(entitySet)(\(row.guid))/\(PercentEncoding.pathSegment(column.lowercased()))"
    }
}

extension FileUploadOptions {
    fileprivate var versionHeaders: HTTPFields {
        replacesExisting ? [.ifMatch: "*"] : [.ifNoneMatch: "null"]
    }

    /// Whether a file is sent in chunks. One without bytes has none to send, so it goes in one request.
    fileprivate func isChunked(_ content: FileContent) throws(DataverseError) -> Bool {
        switch strategy {
        case .automatic: return content.size >= CallContext.singleRequestLimit
        case .chunked: return content.size > 0
        case .singleRequest:
            guard content.size <= CallContext.singleRequestLimit else {
                throw DataverseError(
                    .invalidRequest,
                    "“\(content.name)” has \(content.size) bytes; one request takes \(CallContext.singleRequestLimit). "
                        + "Use the strategy chunked or automatic."
                )
            }
            return false
        }
    }

    fileprivate func checkMimeType() throws(DataverseError) {
        guard let mimeType else { return }
        guard mimeType.contains("/"), mimeType.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) else {
            throw DataverseError(
                .invalidRequest,
                "\(mimeType.debugDescription) is not a MIME type. Give one such as application/pdf, or none."
            )
        }
    }
}
