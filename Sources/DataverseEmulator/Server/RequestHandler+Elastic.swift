import GRDB
import HTTPTypes
import ODataCore

/// Elastic tables: those with the column `partitionid`.
///
/// Source: Dataverse, "Use elastic tables using code".
extension TableSchema {
    static let partitionColumn = "partitionid"

    var isElastic: Bool { column(Self.partitionColumn) != nil }
}

extension RequestHandler {
    /// The partition that the request is about, from its option `partitionId`.
    private var partition: String? { options.custom.first { $0.name == "partitionId" }?.value }

    /// The condition that rows are in the request's partition; `nil` if it names none.
    func partitionCondition(_ scope: QueryScope) throws -> SQLFragment? {
        guard let partition else { return nil }
        guard scope.table.isElastic else { throw Self.notElastic(scope.table) }
        return "\(scope.reference(TableSchema.partitionColumn)) = \(value: partition.databaseValue)"
    }

    /// Makes sure that a row is in the partition that the request names.
    func requirePartition(of location: RowLocation, or missing: ServiceError) throws {
        guard let partition else { return }
        guard location.table.isElastic else { throw Self.notElastic(location.table) }
        let stored = try store.values([TableSchema.partitionColumn], of: location)[0]
        guard String.fromDatabaseValue(stored) == partition else { throw missing }
    }

    private static func notElastic(_ table: TableSchema) -> ServiceError {
        .badQuery("'partitionId' is for elastic tables; '\(table.logicalName)' has no column 'partitionid'.")
    }

    /// The response to a write to an elastic table, with the token that later reads can ask to see at least.
    func withSession(_ response: EmulatorResponse, _ table: TableSchema) throws -> EmulatorResponse {
        guard request.method != .get, table.isElastic else { return response }
        var response = response
        let version = try Int64.fetchOne(db, sql: "SELECT value FROM \"@version\"") ?? 0
        response.fields[.sessionTokenReply] = "0:\(version)#\(version)"
        return response
    }
}
