import GRDB

/// A rule by which two rows are duplicates: they have the same values in some columns.
///
/// Requests with the header `MSCRM.SuppressDuplicateDetection: false` are refused with 412 if they would make a
/// duplicate. Source: Dataverse, "Detect duplicate data using the Web API".
public struct DuplicateRule: Sendable, Hashable {
    /// The logical name of the table.
    public var table: String
    /// The columns; rows that are empty in one of them are no duplicates.
    public var columns: [String]

    /// Makes a rule.
    public init(table: String, columns: [String]) {
        self.table = table
        self.columns = columns
    }
}

extension RowStore {
    /// - Throws: ``ServiceError`` with status 412 if a rule says that a row with these values is a duplicate.
    func requireNoDuplicate(
        _ values: [String: DatabaseValue],
        of table: TableSchema,
        excluding location: RowLocation?
    ) throws {
        for rule in context.duplicateRules where rule.table == table.logicalName {
            guard rule.columns.contains(where: { values[$0] != nil }) else { continue }
            guard !rule.columns.isEmpty, rule.columns.allSatisfy({ table.column($0) != nil }) else {
                throw ServiceError.badQuery("The duplicate rule of '\(rule.table)' has columns that the table lacks.")
            }
            let stored = try location.map { try self.values(rule.columns, of: $0) }
            let parts = rule.columns.enumerated().map {
                ($0.element, values[$0.element] ?? stored?[$0.offset] ?? .null)
            }
            guard !parts.contains(where: { $0.1.isNull }) else { continue }
            var conditions = parts.map { name, value -> SQLFragment in "\(identifier: name) = \(value: value)" }
            if let location { conditions.append("NOT (\(location.condition))") }
            let query: SQLFragment = """
                SELECT 1 FROM \(identifier: table.entitySetName) WHERE \(.all(conditions)) LIMIT 1
                """
            guard try Int.fetchOne(db, sql: query.sql, arguments: StatementArguments(query.arguments)) == nil else {
                throw ServiceError(
                    status: 412,
                    code: "0x80040333",
                    message: """
                        A record was not created or updated because a duplicate of the current record already exists.
                        """
                )
            }
        }
    }
}
