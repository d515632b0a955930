import Foundation
import GRDB

/// Keeps the contents of file columns, and those of uploads that are under way.
struct FileStore {
    let db: Database

    struct File {
        let name: String
        let mediaType: String
        let size: Int
    }

    /// An upload in chunks that has begun.
    struct Upload {
        let token: String
        let name: String
        /// How many bytes have come.
        let received: Int
    }

    static func create(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS "@files" (
                  id TEXT PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL, data BLOB NOT NULL
                );
                CREATE TABLE IF NOT EXISTS "@uploads" (token TEXT PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL);
                CREATE TABLE IF NOT EXISTS "@chunks" (
                  token TEXT NOT NULL, start INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (token, start)
                );
                CREATE TABLE IF NOT EXISTS "@blocks" (
                  token TEXT NOT NULL, id TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (token, id)
                );
                """
        )
    }

    func add(_ data: Data, name: String, mediaType: String) throws -> String {
        let id = UUID().uuidString.lowercased()
        try db.execute(
            sql: "INSERT INTO \"@files\" (id, name, type, data) VALUES (?, ?, ?, ?)",
            arguments: [id, name, mediaType, data]
        )
        return id
    }

    func file(_ id: String) throws -> File? {
        try Row.fetchOne(db, sql: "SELECT name, type, length(data) FROM \"@files\" WHERE id = ?", arguments: [id]).map {
            File(name: $0[0], mediaType: $0[1], size: $0[2])
        }
    }

    /// Bytes of a file, from an offset on.
    func data(_ id: String, from offset: Int, count: Int) throws -> Data {
        let sql = "SELECT substr(data, ?, ?) FROM \"@files\" WHERE id = ?"
        return try Data.fetchOne(db, sql: sql, arguments: [offset + 1, count, id]) ?? Data()
    }

    func remove(_ id: String) throws {
        try db.execute(sql: "DELETE FROM \"@files\" WHERE id = ?", arguments: [id])
    }

    // MARK: Uploads

    /// - Parameter owner: The address of the column that the file is for.
    func beginUpload(owner: String, name: String) throws -> String {
        let token = UUID().uuidString.lowercased()
        try db.execute(
            sql: "INSERT INTO \"@uploads\" (token, owner, name) VALUES (?, ?, ?)",
            arguments: [token, owner, name]
        )
        return token
    }

    func upload(_ token: String, owner: String) throws -> Upload? {
        let sql = """
            SELECT name, (SELECT COALESCE(SUM(length(data)), 0) FROM "@chunks" WHERE token = ?1)
            FROM "@uploads" WHERE token = ?1 AND owner = ?2
            """
        return try Row.fetchOne(db, sql: sql, arguments: [token, owner]).map {
            Upload(token: token, name: $0[0], received: $0[1])
        }
    }

    func add(_ chunk: Data, at start: Int, to upload: Upload) throws {
        try db.execute(
            sql: "INSERT INTO \"@chunks\" (token, start, data) VALUES (?, ?, ?)",
            arguments: [upload.token, start, chunk]
        )
    }

    /// Puts the chunks of an upload together, and forgets the upload.
    func finish(_ upload: Upload) throws -> Data {
        let sql = "SELECT data FROM \"@chunks\" WHERE token = ? ORDER BY start"
        var data = Data()
        for chunk in try Data.fetchAll(db, sql: sql, arguments: [upload.token]) { data += chunk }
        try forget(upload: upload.token)
        return data
    }

    /// Forgets an upload, and what has come of it.
    func forget(upload token: String) throws {
        for table in ["@chunks", "@blocks", "@uploads"] {
            try db.execute(sql: "DELETE FROM \"\(table)\" WHERE token = ?", arguments: [token])
        }
    }
}

// Uploads in blocks, which may come in any order.
extension FileStore {
    /// The address of the column that an upload is for; `nil` if there is no such upload.
    func owner(ofUpload token: String) throws -> String? {
        try String.fetchOne(db, sql: "SELECT owner FROM \"@uploads\" WHERE token = ?", arguments: [token])
    }

    /// Keeps a block, in place of one with the same identifier.
    func add(_ data: Data, asBlock id: String, to token: String) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO \"@blocks\" (token, id, data) VALUES (?, ?, ?)",
            arguments: [token, id, data]
        )
    }

    func block(_ id: String, of token: String) throws -> Data? {
        let sql = "SELECT data FROM \"@blocks\" WHERE token = ? AND id = ?"
        return try Data.fetchOne(db, sql: sql, arguments: [token, id])
    }
}

/// The header fields that say which part of a file a request is about.
enum ByteRange {
    /// `Content-Range: bytes 0-99/1000`
    static func content(_ text: String) -> (range: Range<Int>, total: Int)? {
        guard text.hasPrefix("bytes ") else { return nil }
        let parts = text.dropFirst(6).split(separator: "/")
        let bounds = parts.first?.split(separator: "-").compactMap { Int($0) } ?? []
        guard parts.count == 2, let total = Int(parts[1]), bounds.count == 2, bounds[0] <= bounds[1], bounds[1] < total
        else { return nil }
        return (bounds[0]..<(bounds[1] + 1), total)
    }

    /// `Range: bytes=0-99`, `bytes=100-` or `bytes=-100`, inside of a file; `nil` if it is outside.
    static func requested(_ text: String, size: Int) -> Range<Int>? {
        guard text.hasPrefix("bytes="), !text.contains(",") else { return nil }
        let bounds = text.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard bounds.count == 2 else { return nil }
        switch (Int(bounds[0]), Int(bounds[1])) {
        case (let start?, let end?) where start <= end && start < size: return start..<(min(end, size - 1) + 1)
        case (let start?, nil) where bounds[1].isEmpty && start < size: return start..<size
        case (nil, let count?) where bounds[0].isEmpty && count > 0 && size > 0: return max(0, size - count)..<size
        default: return nil
        }
    }
}
