import GRDB
import HTTPTypes
import ODataCore

/// Who makes a request.
struct Caller: Sendable, Hashable {
    /// The user that the request counts as made by.
    let userID: String
    /// The user who makes the request on the other one's behalf; `nil` if nobody is impersonated.
    var agentID: String?

    init(_ identity: ServiceIdentity) { userID = identity.userID }

    private init(userID: String, agentID: String) {
        self.userID = userID
        self.agentID = agentID
    }

    static func isImpersonated(_ fields: HTTPFields) -> Bool {
        fields[.callerID] != nil || fields[.callerObjectID] != nil
    }

    /// The caller of a request, which the headers `MSCRMCallerID` and `CallerObjectId` can change.
    ///
    /// Source: Dataverse, "Impersonate another user using the Web API".
    ///
    /// - Throws: ``ServiceError`` with status 403 if there is no such user.
    init(_ fields: HTTPFields, context: QueryContext, db: Database) throws {
        let identity = context.store.identity
        guard Self.isImpersonated(fields) else {
            self.init(identity)
            return
        }
        guard let users = context.schema.table(ofType: "systemuser"), let key = users.key.first else {
            throw ServiceError.unsupported("impersonation: the metadata has no table 'systemuser'")
        }
        let column: String
        let given: String
        if let id = fields[.callerID] {
            (column, given) = (key, id)
        } else {
            (column, given) = ("azureactivedirectoryobjectid", fields[.callerObjectID] ?? "")
        }
        guard users.column(column) != nil else {
            throw ServiceError.unsupported("'CallerObjectId': the table 'systemuser' has no column '\(column)'")
        }
        guard let wanted = ColumnType.guid.stored(Value.string(given.filter { $0 != "{" && $0 != "}" })) else {
            throw ServiceError.badQuery("'\(given.prefix(100))' is not the identifier of a user.")
        }
        try context.store.use([users.entitySetName])
        let query: SQLFragment = """
            SELECT \(identifier: key) FROM \(identifier: users.entitySetName) \
            WHERE \(identifier: column) = \(value: wanted)
            """
        let found = try String.fetchOne(db, sql: query.sql, arguments: StatementArguments(query.arguments))
        guard let found else {
            throw ServiceError(
                status: 403,
                code: "0x80072560",
                message: "The user is not a member of the organization: there is no user '\(given.prefix(100))'."
            )
        }
        self.init(userID: found, agentID: identity.userID)
    }
}
