import Foundation
import GRDB
import ODataCore

/// The file or image column of one row.
struct FileColumn {
    let column: ColumnSchema
    let owner: RowLocation
    let store: RowStore

    private var files: FileStore { FileStore(db: store.db) }

    /// The identifier of the file; `nil` if there is none.
    func fileID() throws -> String? {
        String.fromDatabaseValue(try store.values([column.name], of: owner)[0])
    }

    /// Keeps a file in place of the one that is there.
    ///
    /// - Returns: the file's identifier; `nil` for an image, which is a value of its row.
    @discardableResult
    func keep(_ data: Data, name: String, mediaType: String) throws -> String? {
        try requireSize(data.count)
        if column.role == .image {
            try store.set([column.name: data.databaseValue], of: owner)
            return nil
        }
        if let id = try fileID() { try files.remove(id) }
        let id = try files.add(data, name: name, mediaType: mediaType)
        try assign(id, name: name)
        return id
    }

    /// Leaves the column without a file.
    func clear() throws {
        if let id = try fileID() { try files.remove(id) }
        try assign(nil, name: nil)
    }

    /// - Throws: ``ServiceError`` if the column takes no file of this size.
    func requireSize(_ size: Int) throws {
        let definitions = store.context.schema.definitions
        let definition = definitions.record(.column, column.name, of: owner.table.logicalName)
        let limit = definition?["MaxSizeInKB"]?.integerValue ?? (column.role == .image ? 10_240 : 32_768)
        guard size > Int(limit) * 1024 else { return }
        throw ServiceError(
            status: 400,
            code: "0x80044a02",
            message: "The file has \(size) bytes; the column '\(column.name)' takes no more than \(limit) KB."
        )
    }

    private func assign(_ id: String?, name: String?) throws {
        var values: [String: DatabaseValue] = [column.name: id?.databaseValue ?? .null]
        let nameColumn = column.name + "_name"
        if owner.table.column(nameColumn) != nil { values[nameColumn] = name?.databaseValue ?? .null }
        try store.set(values, of: owner)
    }
}
