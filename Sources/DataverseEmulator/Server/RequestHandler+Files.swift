import Foundation
import GRDB
import HTTPTypes
import ODataCore

extension RequestHandler {
    private static let chunkSize = 4 << 20

    private var files: FileStore { FileStore(db: db) }

    /// Answers a request for a file column.
    ///
    /// Source: Dataverse, "Use file column data".
    func respond(file column: ColumnSchema, of owner: RowLocation) throws -> EmulatorResponse {
        switch request.method {
        case .get:
            guard let id = try place(column, owner).fileID(), let file = try files.file(id) else {
                return EmulatorResponse(.noContent)
            }
            var json = JSONBuffer()
            json.beginObject()
            json.member("@odata.context", contextURL(owner.table.entitySetName + "/" + column.name))
            json.member("value", try files.data(id, from: 0, count: file.size).base64EncodedString())
            json.endObject()
            return EmulatorResponse(.ok, body: json.bytes)
        case .patch, .put: return try upload(column, owner)
        case .delete:
            try place(column, owner).clear()
            return EmulatorResponse(.noContent)
        default: throw notAllowed
        }
    }

    /// `…/filecolumn/$value`: the file, or a range of its bytes.
    func download(_ column: ColumnSchema, of owner: RowLocation) throws -> EmulatorResponse {
        guard request.method == .get else { throw notAllowed }
        if column.role == .image { return try download(image: column, of: owner) }
        guard let id = try place(column, owner).fileID(), let file = try files.file(id) else {
            throw ServiceError(
                status: 404,
                code: "0x80060888",
                message: "No file attachment found for attribute: \(column.name) EntityId: the row has none."
            )
        }
        var response = EmulatorResponse(.ok)
        var range = 0..<file.size
        if let wanted = request.fields[.range] {
            guard let part = ByteRange.requested(wanted, size: file.size) else {
                throw ServiceError(
                    status: 416,
                    code: "0x80090009",
                    message: "The range '\(wanted)' is outside of the file, which has \(file.size) bytes."
                )
            }
            range = part
            response.status = .partialContent
            response.fields[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(file.size)"
        }
        response.body = Array(try files.data(id, from: range.lowerBound, count: range.count))
        response.fields[.contentType] = "application/octet-stream"
        response.fields[.fileName] = PercentEncoding.segment(file.name)
        response.fields[.fileSize] = String(file.size)
        response.fields[.mediaType] = file.mediaType
        response.fields[.acceptRanges] = "bytes"
        response.fields[.contentDisposition] = "attachment; filename=\"\(PercentEncoding.segment(file.name))\""
        return response
    }

    /// An image in full, with or without `size=full`: the emulator makes no thumbnails.
    private func download(image column: ColumnSchema, of owner: RowLocation) throws -> EmulatorResponse {
        guard let data = Data.fromDatabaseValue(try store.values([column.name], of: owner)[0]) else {
            return EmulatorResponse(.noContent)
        }
        var response = EmulatorResponse(.ok)
        response.body = Array(data)
        response.fields[.contentType] = "application/octet-stream"
        response.fields[.fileSize] = String(data.count)
        return response
    }

    private func option(_ name: String) -> String? { options.custom.first { $0.name == name }?.value }

    private func place(_ column: ColumnSchema, _ owner: RowLocation) -> FileColumn {
        FileColumn(column: column, owner: owner, store: store)
    }

    // MARK: Uploads

    private func upload(_ column: ColumnSchema, _ owner: RowLocation) throws -> EmulatorResponse {
        let address = "\(owner.table.entitySetName)/\(owner.row)/\(column.name)"
        if let token = option("sessiontoken") { return try addChunk(token, address, column, owner) }
        try requireVersion(of: owner)
        if request.fields[.ifNoneMatch] != nil, column.role == .file, try place(column, owner).fileID() != nil {
            throw ServiceError.rowExists
        }
        let given = option("x-ms-file-name") ?? request.fields[.fileName]?.removingPercentEncoding
        guard let name = given ?? (column.role == .image ? column.name : nil), !name.isEmpty else {
            throw ServiceError.badPayload("The name of the file is missing: 'x-ms-file-name'.")
        }
        guard request.fields[.transferMode]?.lowercased() == "chunked" else {
            let type = request.fields[.contentType] ?? "application/octet-stream"
            if type.hasPrefix("application/json") {
                throw ServiceError.badPayload("A file is sent as application/octet-stream.")
            }
            try place(column, owner).keep(Data(request.body), name: name, mediaType: type)
            return EmulatorResponse(.noContent)
        }
        let token = try files.beginUpload(owner: address, name: name)
        var response = EmulatorResponse(.ok)
        response.fields[.location] = "\(request.root)\(request.path)?sessiontoken=\(token)"
        response.fields[.chunkSize] = String(Self.chunkSize)
        response.fields[.acceptRanges] = "bytes"
        return response
    }

    private func addChunk(
        _ token: String,
        _ address: String,
        _ column: ColumnSchema,
        _ owner: RowLocation
    ) throws -> EmulatorResponse {
        guard let upload = try files.upload(token, owner: address) else {
            throw ServiceError.badPayload("The session token is not that of an upload to '\(column.name)'.")
        }
        guard let (range, total) = request.fields[.contentRange].flatMap(ByteRange.content),
            range.count == request.body.count, range.lowerBound <= upload.received
        else {
            throw ServiceError.badPayload(
                "'Content-Range' does not fit the chunk; \(upload.received) bytes of the file are here."
            )
        }
        try place(column, owner).requireSize(total)
        // A chunk comes again when its reply was lost.
        if range.upperBound <= upload.received { return EmulatorResponse(.partialContent) }
        guard range.lowerBound == upload.received else {
            throw ServiceError.badPayload(
                "'Content-Range' does not fit the chunk; \(upload.received) bytes of the file are here."
            )
        }
        try files.add(Data(request.body), at: range.lowerBound, to: upload)
        guard range.upperBound == total else { return EmulatorResponse(.partialContent) }
        let data = try files.finish(upload)
        try place(column, owner).keep(data, name: upload.name, mediaType: "application/octet-stream")
        return EmulatorResponse(.noContent)
    }
}

extension ColumnSchema {
    /// Whether a request uploads an image as a file is, and does not set it as a value.
    func isImageUpload(_ request: EmulatorRequest) -> Bool {
        guard role == .image, request.method == .patch || request.method == .put else { return false }
        return request.fields[.contentType]?.hasPrefix("application/json") != true
    }
}

extension HTTPField.Name {
    // The initialiser fails for characters that a field name must not have; these are letters and dashes.
    static let fileName = HTTPField.Name("x-ms-file-name") ?? .accept
    static let fileSize = HTTPField.Name("x-ms-file-size") ?? .accept
    static let mediaType = HTTPField.Name("mimetype") ?? .accept
    static let transferMode = HTTPField.Name("x-ms-transfer-mode") ?? .accept
    static let chunkSize = HTTPField.Name("x-ms-chunk-size") ?? .accept
}
