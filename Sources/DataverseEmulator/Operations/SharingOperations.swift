import GRDB
import ODataCore

/// Sharing of rows with users and teams. The emulator remembers it and tells of it, but lets everybody do everything.
///
/// Source: Dataverse Web API reference, GrantAccess, ModifyAccess and RevokeAccess.
enum SharingOperations {
    static let handlers: [String: OperationHandler] = [
        "GrantAccess": { call in
            try await share(call) { $0.union($1) }
            return .none
        },
        "ModifyAccess": { call in
            try await share(call) { $1 }
            return .none
        },
        "RevokeAccess": revoke,
        "RetrieveSharedPrincipalsAndAccess": sharedPrincipals,
        "RetrievePrincipalAccess": { call in
            let target = try call.object("Target")
            _ = try await call.service.transaction { try $0.row(target).row }
            return .value(["AccessRights": .string(rights.joined(separator: ", "))])
        },
    ]

    /// The rights by their names, in the order of their values.
    private static let rights = [
        "ReadAccess", "WriteAccess", "AppendAccess", "AppendToAccess", "CreateAccess", "DeleteAccess", "ShareAccess",
        "AssignAccess",
    ]

    static func createTable(in db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS "@access" (
                  target TEXT NOT NULL, principal TEXT NOT NULL, rights TEXT NOT NULL, PRIMARY KEY (target, principal)
                ) WITHOUT ROWID
                """
        )
    }

    private static func share(
        _ call: OperationCall,
        _ combined: @escaping @Sendable (Set<String>, Set<String>) -> Set<String>
    ) async throws {
        let target = try call.object("Target")
        let access = try call.object("PrincipalAccess")
        guard let principal = access["Principal"]?.objectValue, let mask = access["AccessMask"]?.stringValue else {
            throw ServiceError.badPayload("'PrincipalAccess' needs 'Principal' and 'AccessMask'.")
        }
        let given = Set(mask.split(separator: ",").map { String($0.filter { $0 != " " }) })
        guard given.isSubset(of: rights) else {
            throw ServiceError.badPayload("'\(mask)' has others than the rights \(rights.joined(separator: ", ")).")
        }
        try await call.service.transaction { store in
            let row = try store.address(of: store.row(target))
            let user = try store.address(of: store.row(principal, defaultType: "systemuser"))
            let known = try String.fetchOne(
                store.db,
                sql: "SELECT rights FROM \"@access\" WHERE target = ? AND principal = ?",
                arguments: [row, user]
            )
            let now = combined(Set((known ?? "").split(separator: ",").map(String.init)), given)
            try store.db.execute(
                sql: "INSERT OR REPLACE INTO \"@access\" (target, principal, rights) VALUES (?, ?, ?)",
                arguments: [row, user, rights.filter(now.contains).joined(separator: ",")]
            )
        }
    }

    private static let revoke: OperationHandler = { call in
        let target = try call.object("Target")
        let principal = try call.object("Revokee")
        try await call.service.transaction { store in
            try store.db.execute(
                sql: "DELETE FROM \"@access\" WHERE target = ? AND principal = ?",
                arguments: [
                    try store.address(of: store.row(target)),
                    try store.address(of: store.row(principal, defaultType: "systemuser")),
                ]
            )
        }
        return .none
    }

    private static let sharedPrincipals: OperationHandler = { call in
        let target = try call.object("Target")
        let accesses = try await call.service.transaction { store -> [Value] in
            let row = try store.address(of: store.row(target))
            let shares = try Row.fetchAll(
                store.db,
                sql: "SELECT principal, rights FROM \"@access\" WHERE target = ? ORDER BY principal",
                arguments: [row]
            )
            return try shares.compactMap { share -> Value? in
                // A principal that has been deleted since has no access any more.
                guard let principal = try? store.resolve(reference: share[0]), let key = principal.table.key.first
                else {
                    return nil
                }
                let id = String.fromDatabaseValue(try store.values([key], of: principal)[0]) ?? ""
                let rights = (share[1] as String).split(separator: ",").joined(separator: ", ")
                return .object([
                    "AccessMask": .string(rights),
                    "Principal": .object(
                        Record(members: [
                            ("@odata.type", .string("#" + principal.table.typeName)), (key, .string(id)),
                        ])
                    ),
                ])
            }
        }
        return .value(["PrincipalAccesses": .array(accesses)])
    }
}
