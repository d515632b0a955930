import Foundation
import GRDB
import ODataCore

/// The messages that upload and download files in blocks.
///
/// Source: Dataverse, "Use file column data": `InitializeFileBlocksUpload`, `UploadBlock`, `CommitFileBlocksUpload`,
/// `InitializeFileBlocksDownload`, `DownloadBlock` and `DeleteFile`.
enum FileOperations {
    static let handlers: [String: OperationHandler] = [
        "InitializeFileBlocksUpload": beginUpload,
        "UploadBlock": addBlock,
        "CommitFileBlocksUpload": commit,
        "InitializeFileBlocksDownload": beginDownload,
        "DownloadBlock": downloadBlock,
        "DeleteFile": delete,
    ]

    /// What the service takes and gives at the most.
    private static let maximumBlockLength = 4 << 20

    private static let beginUpload: OperationHandler = { call in
        let target = try call.object("Target")
        let attribute = try call.text("FileAttributeName")
        let name = try call.text("FileName")
        let token = try await call.service.transaction { store in
            let row = try store.row(target)
            let column = try fileColumn(attribute, of: row.table)
            let owner = "\(try store.address(of: row))/\(column.name)"
            return try FileStore(db: store.db).beginUpload(owner: owner, name: name)
        }
        return .value(["FileContinuationToken": .string(token)])
    }

    private static let addBlock: OperationHandler = { call in
        let token = try call.text("FileContinuationToken")
        let id = try call.text("BlockId")
        guard Data(base64Encoded: id) != nil else {
            throw ServiceError.badPayload("'BlockId' must be Base64 text.")
        }
        guard let data = Data(base64Encoded: try call.text("BlockData")), !data.isEmpty else {
            throw ServiceError.badPayload("'BlockData' must be Base64 text.")
        }
        guard data.count <= maximumBlockLength else {
            throw ServiceError.badPayload("A block has no more than \(maximumBlockLength) bytes, not \(data.count).")
        }
        try await call.service.transaction { store in
            let files = FileStore(db: store.db)
            guard try files.owner(ofUpload: token) != nil else { throw unknownToken }
            // A block comes again when its reply was lost.
            try files.add(data, asBlock: id, to: token)
        }
        return .none
    }

    private static let commit: OperationHandler = { call in
        let token = try call.text("FileContinuationToken")
        let name = try call.text("FileName")
        let mediaType = call.parameters["MimeType"]?.stringValue ?? "application/octet-stream"
        guard let list = call.parameters["BlockList"]?.arrayValue else {
            throw ServiceError.badPayload("'BlockList' must be an array of the blocks' identifiers.")
        }
        let blocks = list.compactMap(\.stringValue)
        return try await call.service.transaction { store in
            let files = FileStore(db: store.db)
            guard let owner = try files.owner(ofUpload: token), let slash = owner.lastIndex(of: "/") else {
                throw unknownToken
            }
            let row = try store.resolve(reference: String(owner[..<slash]))
            let column = try fileColumn(String(owner[owner.index(after: slash)...]), of: row.table)
            var data = Data()
            for block in blocks {
                guard let bytes = try files.block(block, of: token) else {
                    throw ServiceError.badPayload("The block '\(block)' of 'BlockList' was not uploaded.")
                }
                data += bytes
            }
            try files.forget(upload: token)
            let id = try FileColumn(column: column, owner: row, store: store)
                .keep(data, name: name, mediaType: mediaType)
            var receipt: Record = ["FileSizeInBytes": .integer(Int64(data.count))]
            if let id { receipt["FileId"] = .string(id) }
            return .value(.object(receipt))
        }
    }

    private static let beginDownload: OperationHandler = { call in
        let target = try call.object("Target")
        let attribute = try call.text("FileAttributeName")
        return try await call.service.transaction { store in
            let row = try store.row(target)
            let column = try fileColumn(attribute, of: row.table)
            let place = FileColumn(column: column, owner: row, store: store)
            guard column.role == .file else {
                throw ServiceError.unsupported("images in blocks: an image is read with $value")
            }
            guard let id = try place.fileID(), let file = try FileStore(db: store.db).file(id) else {
                throw ServiceError(
                    status: 404,
                    code: "0x80040217",
                    message: "No file attachment found for attribute: \(column.name) EntityId: the row has none."
                )
            }
            return .value([
                "FileContinuationToken": .string(id), "FileSizeInBytes": .integer(Int64(file.size)),
                "FileName": .string(file.name), "IsChunkingSupported": true,
            ])
        }
    }

    private static let downloadBlock: OperationHandler = { call in
        let token = try call.text("FileContinuationToken")
        guard let offset = call.parameters["Offset"]?.integerValue, offset >= 0,
            let length = call.parameters["BlockLength"]?.integerValue, length > 0
        else { throw ServiceError.badPayload("'Offset' and 'BlockLength' must be numbers of bytes.") }
        return try await call.service.transaction { store in
            let files = FileStore(db: store.db)
            guard let file = try files.file(token) else { throw unknownToken }
            guard offset <= file.size else {
                throw ServiceError.badPayload("'Offset' is outside of the file, which has \(file.size) bytes.")
            }
            let count = min(Int(clamping: length), maximumBlockLength, file.size - Int(offset))
            let data = try files.data(token, from: Int(offset), count: count)
            return .value(["Data": .string(data.base64EncodedString())])
        }
    }

    private static let delete: OperationHandler = { call in
        let id = try call.text("FileId").lowercased()
        try await call.service.transaction { store in
            guard let place = try column(ofFile: id, in: store) else {
                throw ServiceError(status: 404, code: "0x80040217", message: "There is no file with the id '\(id)'.")
            }
            try place.clear()
        }
        return .none
    }

    /// The column that holds a file.
    private static func column(ofFile id: String, in store: RowStore) throws -> FileColumn? {
        for name in store.context.schema.entitySetNames {
            guard let table = store.context.schema.tables[name], case .table = table.source else { continue }
            for column in table.columns where column.role == .file {
                let query: SQLFragment = """
                    SELECT \(identifier: HiddenColumn.row), \(identifier: HiddenColumn.version) \
                    FROM \(identifier: name) WHERE \(identifier: column.name) = \(value: id.databaseValue)
                    """
                let statement = try store.db.cachedStatement(sql: query.sql)
                guard let row = try Row.fetchOne(statement, arguments: StatementArguments(query.arguments)) else {
                    continue
                }
                return FileColumn(
                    column: column,
                    owner: RowLocation(table: table, row: row[0], version: row[1]),
                    store: store
                )
            }
        }
        return nil
    }

    private static func fileColumn(_ name: String, of table: TableSchema) throws -> ColumnSchema {
        guard let column = table.column(name.lowercased()), column.role == .file || column.role == .image else {
            throw ServiceError.badPayload("'\(name)' is no file or image column of '\(table.logicalName)'.")
        }
        return column
    }

    private static var unknownToken: ServiceError {
        .badPayload("'FileContinuationToken' is not that of an upload or download that is under way.")
    }
}

extension OperationCall {
    /// A parameter that is a text.
    fileprivate func text(_ name: String) throws -> String {
        guard let text = parameters[name]?.stringValue, !text.isEmpty else {
            throw ServiceError.badPayload("'\(self.name)' needs the parameter '\(name)'.")
        }
        return text
    }
}
