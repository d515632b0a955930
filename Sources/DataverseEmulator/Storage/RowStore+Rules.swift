import Foundation
import GRDB

/// What has to hold for the values of a row, and what follows from them.
extension RowStore {
    /// Makes sure that a new row has the values that it needs.
    func requireComplete(_ values: [String: DatabaseValue], of table: TableSchema) throws {
        for column in table.requiredColumns where values[column]?.isNull ?? true {
            throw ServiceError.badPayload("The property '\(column)' is required.", table: table.entitySetName)
        }
    }

    /// Sets what the service says of images that are set.
    func applyImages(_ values: inout [String: DatabaseValue], of table: TableSchema, key: DatabaseValue?) {
        guard table.hasImages else { return }
        for column in table.columns where column.role == .image {
            guard let image = values[column.name] else { continue }
            let (name, time) = (column.name, context.now)
            let id = UUID().uuidString.lowercased()
            let row = key.flatMap { String.fromDatabaseValue($0) } ?? ""
            let address =
                "/Image/download.aspx?Entity=\(table.logicalName)&Attribute=\(name)&Id=\(row)&Timestamp=\(time)&Full=true"
            let details = ["id": id.databaseValue, "_timestamp": time.databaseValue, "_url": address.databaseValue]
            for (part, value) in details where table.column(name + part) != nil {
                values[name + part] = image.isNull ? .null : value
            }
        }
    }

    /// Makes sure that the row's keys are not another's.
    func requireUnique(
        _ values: [String: DatabaseValue],
        of table: TableSchema,
        excluding location: RowLocation?
    ) throws {
        for (place, key) in ([table.key] + table.alternateKeys).enumerated() {
            guard !key.isEmpty, key.contains(where: { values[$0] != nil }) else { continue }
            var complete = values
            if let location {
                let missing = key.filter { values[$0] == nil }
                for (name, value) in zip(missing, try self.values(missing, of: location)) { complete[name] = value }
            }
            let parts = key.compactMap { name in complete[name].map { (name, $0) } }
            guard parts.count == key.count, !parts.contains(where: { $0.1.isNull }) else { continue }
            var conditions = parts.map { name, value -> SQLFragment in "\(identifier: name) = \(value: value)" }
            if let location { conditions.append("NOT (\(location.condition))") }
            let query: SQLFragment = """
                SELECT 1 FROM \(identifier: table.entitySetName) WHERE \(.all(conditions)) LIMIT 1
                """
            let statement = try db.cachedStatement(sql: query.sql)
            guard try Int.fetchOne(statement, arguments: StatementArguments(query.arguments)) != nil else { continue }
            throw place == 0 ? ServiceError.rowExists : .duplicateAlternateKey(key, of: table)
        }
    }
}
