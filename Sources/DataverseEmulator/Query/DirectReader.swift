import Foundation
import GRDB
import GRDBSQLite

/// Writes rows as JSON while SQLite finds them, without a copy of them in between: for plans without related rows, and
/// requests without annotations.
struct DirectReader {
    let db: Database

    /// Where a page ends.
    struct Page {
        var count = 0
        /// Whether there are more rows than were asked for.
        var isCut = false
        /// The version of the last row.
        var version: Int64 = 0
        /// The number of the last row, and the values of the extra columns in it.
        var lastRow: Int64 = 0
        var lastValues: [DatabaseValue] = []
    }

    /// Writes rows as the elements of an array.
    ///
    /// - Parameters:
    ///   - limit: How many rows are written at most.
    ///   - contextURL: The context of each row; `nil` for the rows of a list.
    func write(
        _ query: SQLFragment,
        _ plan: RowPlan,
        _ head: RowHead,
        extraCount: Int,
        limit: Int,
        contextURL: String? = nil,
        into json: inout JSONBuffer
    ) throws -> Page {
        let statement = try db.cachedStatement(sql: query.sql)
        let cursor = try Row.fetchCursor(statement, arguments: StatementArguments(query.arguments))
        let handle = statement.sqliteStatement
        var page = Page()
        while try cursor.next() != nil {
            guard page.count < limit else {
                page.isCut = true
                break
            }
            page.count += 1
            write(handle, plan, head, contextURL, &json)
            guard page.count == limit else { continue }
            page.version = sqlite3_column_int64(handle, Int32(RowHead.versionPlace))
            page.lastRow = sqlite3_column_int64(handle, Int32(RowHead.rowPlace))
            let first = head.names.count
            page.lastValues = (first..<(first + extraCount)).map { value(handle, Int32($0)) }
        }
        return page
    }

    private func write(
        _ handle: SQLiteStatement,
        _ plan: RowPlan,
        _ head: RowHead,
        _ contextURL: String?,
        _ json: inout JSONBuffer
    ) {
        json.beginObject()
        if let contextURL { json.member("@odata.context", contextURL) }
        json.etag(sqlite3_column_int64(handle, Int32(RowHead.versionPlace)))
        for place in plan.columns.indices {
            let column = Int32(head.columnPlaces[place])
            json.name(encoded: plan.columns[place].jsonName)
            guard sqlite3_column_type(handle, column) != SQLITE_NULL else {
                json.raw("null")
                continue
            }
            switch head.forms[place] {
            case .text: json.string(bytes(handle, column))
            case .json: json.raw(bytes(handle, column))
            case .number: json.number(sqlite3_column_int64(handle, column))
            case .boolean: json.raw(sqlite3_column_int64(handle, column) == 0 ? "false" : "true")
            case .dateTime: json.dateTime(sqlite3_column_int64(handle, column))
            case .other: json.value(value(handle, column), as: plan.columns[place].type)
            }
        }
        json.endObject()
    }

    /// The text of a column. SQLite keeps it until the next row.
    private func bytes(_ handle: SQLiteStatement, _ column: Int32) -> UnsafeBufferPointer<UInt8> {
        let start = sqlite3_column_text(handle, column)
        return UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
    }

    private func value(_ handle: SQLiteStatement, _ column: Int32) -> DatabaseValue {
        switch sqlite3_column_type(handle, column) {
        case SQLITE_INTEGER: return sqlite3_column_int64(handle, column).databaseValue
        case SQLITE_FLOAT: return sqlite3_column_double(handle, column).databaseValue
        case SQLITE_TEXT: return String(decoding: bytes(handle, column), as: UTF8.self).databaseValue
        case SQLITE_BLOB:
            let count = Int(sqlite3_column_bytes(handle, column))
            guard let start = sqlite3_column_blob(handle, column) else { return Data().databaseValue }
            return Data(bytes: start, count: count).databaseValue
        default: return .null
        }
    }
}
