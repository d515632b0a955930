import ContosoBindings
import Foundation

@testable import Dataverse

/// One kind of operation that faults happen to.
struct FaultedOperation: Sendable {
    let name: String
    /// The request that the fault happens to.
    let method: String
    let path: String
    /// Whether sending it twice does no harm.
    let isRepeatable: Bool
    /// Whether its response has a body.
    let hasReplyBody: Bool
    /// How many effects it has on the rows.
    let effectCount: Int
    /// Makes the rows that it needs, and gives what it does; the output says whether the result is the right one.
    let prepare: @Sendable (FaultContext) async throws -> (@Sendable () async throws -> Bool)
    /// Counts its effects.
    let effects: @Sendable (FaultContext) async throws -> Int

    private static let accounts = EntitySetSource.entitySet("accounts")

    static let all = writes + reads + relations + together

    private static let writes: [FaultedOperation] = [
        FaultedOperation(
            name: "create",
            method: "POST",
            path: "accounts",
            isRepeatable: false,
            hasReplyBody: false,
            effectCount: 1,
            prepare: { context in
                return {
                    _ = try await context.accounts.create(context.row())
                    return true
                }
            },
            effects: { try await $0.count() }
        ),
        FaultedOperation(
            name: "create, returning",
            method: "POST",
            path: "accounts",
            isRepeatable: false,
            hasReplyBody: true,
            effectCount: 1,
            prepare: { context in
                return { try await context.accounts.createReturning(context.row()).name == context.tag }
            },
            effects: { try await $0.count() }
        ),
        FaultedOperation(
            name: "create many",
            method: "POST",
            path: "CreateMultiple",
            isRepeatable: false,
            hasReplyBody: true,
            effectCount: 3,
            prepare: { context in
                return { try await context.accounts.create([context.row(), context.row(), context.row()]).count == 3 }
            },
            effects: { try await $0.count() }
        ),
        FaultedOperation(
            name: "update",
            method: "PATCH",
            path: "accounts(",
            isRepeatable: true,
            hasReplyBody: false,
            effectCount: 1,
            prepare: { context in
                let id = try await context.patient.accounts.create(Account { $0.name = "before" })
                return {
                    try await context.accounts.update(id) { $0.name = context.tag }
                    return true
                }
            },
            effects: { try await $0.count() }
        ),
        FaultedOperation(
            name: "update of a version",
            method: "PATCH",
            path: "accounts(",
            isRepeatable: false,
            hasReplyBody: false,
            effectCount: 1,
            prepare: { context in
                var row = try await context.patient.accounts.createReturning(Account { $0.name = "before" })
                row.name = context.tag
                return { [row] in
                    try await context.accounts.save(row, ifMatch: .unchanged)
                    return true
                }
            },
            effects: { try await $0.count() }
        ),
        FaultedOperation(
            name: "upsert",
            method: "PATCH",
            path: "accountnumber",
            isRepeatable: true,
            hasReplyBody: false,
            effectCount: 1,
            prepare: { context in
                return {
                    try await context.accounts.upsert(.accountnumber(context.tag)) { $0.name = context.tag }
                    return true
                }
            },
            effects: { try await $0.count() }
        ),
        FaultedOperation(
            name: "delete",
            method: "DELETE",
            path: "accounts(",
            isRepeatable: true,
            hasReplyBody: false,
            effectCount: 1,
            prepare: { context in
                let id = try await context.patient.accounts.create(context.row())
                return {
                    try await context.accounts.delete(.id(id))
                    return true
                }
            },
            effects: { 1 - (try await $0.count()) }
        ),
    ]

    private static let reads: [FaultedOperation] = [
        FaultedOperation(
            name: "retrieve",
            method: "GET",
            path: "accounts(",
            isRepeatable: true,
            hasReplyBody: true,
            effectCount: 0,
            prepare: { context in
                let id = try await context.patient.accounts.create(context.row())
                return { try await context.accounts.retrieve(id)?.name == context.tag }
            },
            effects: { _ in 0 }
        ),
        FaultedOperation(
            name: "the second of three pages",
            method: "GET",
            path: "skiptoken",
            isRepeatable: true,
            hasReplyBody: true,
            effectCount: 0,
            prepare: { context in
                _ = try await context.patient.accounts.create(
                    (0..<5).map { number in
                        context.row { $0.numberofemployees = Int32(number) }
                    }
                )
                let query = RowQuery<Account>().where { $0.name == context.tag }.pageSize(2)
                return {
                    let rows = try await context.accounts.all(query)
                    return rows.compactMap(\.numberofemployees).sorted() == [0, 1, 2, 3, 4]
                }
            },
            effects: { _ in 0 }
        ),
        FaultedOperation(
            name: "count",
            method: "GET",
            path: "$count",
            isRepeatable: true,
            hasReplyBody: true,
            effectCount: 0,
            prepare: { context in
                _ = try await context.patient.accounts.create([context.row(), context.row()])
                return { try await context.count() == 2 }
            },
            effects: { _ in 0 }
        ),
        FaultedOperation(
            name: "function",
            method: "GET",
            path: "WhoAmI",
            isRepeatable: true,
            hasReplyBody: true,
            effectCount: 0,
            prepare: { context in
                return { try await context.client.call(.function("WhoAmI"))["UserId"] != nil }
            },
            effects: { _ in 0 }
        ),
    ]

    private static let relations: [FaultedOperation] = [
        FaultedOperation(
            name: "associate",
            method: "POST",
            path: "$ref",
            isRepeatable: false,
            hasReplyBody: false,
            effectCount: 1,
            prepare: { context in
                let account = try await context.patient.accounts.create(context.row())
                let contact = try await context.patient.contacts.create(Contact { $0.lastname = context.tag })
                return {
                    try await context.client.associate(
                        Reference<Contact>(contact),
                        with: \Account.Columns.contactCustomerAccounts,
                        of: RowKey<Account>.id(account)
                    )
                    return true
                }
            },
            effects: { try await $0.relatedContacts() }
        ),
        FaultedOperation(
            name: "disassociate",
            method: "DELETE",
            path: "$ref",
            isRepeatable: true,
            hasReplyBody: false,
            effectCount: 1,
            prepare: { context in
                let account = try await context.patient.accounts.create(context.row())
                let contact = try await context.patient.contacts.create(Contact { $0.lastname = context.tag })
                let remove: @Sendable () async throws -> Void = {
                    try await context.client.disassociate(
                        Reference<Contact>(contact),
                        from: \Account.Columns.contactCustomerAccounts,
                        of: RowKey<Account>.id(account)
                    )
                }
                try await context.patient.client.associate(
                    Reference<Contact>(contact),
                    with: \Account.Columns.contactCustomerAccounts,
                    of: RowKey<Account>.id(account)
                )
                return {
                    try await remove()
                    return true
                }
            },
            effects: { 1 - (try await $0.relatedContacts()) }
        ),
    ]

    private static let together: [FaultedOperation] = [
        FaultedOperation(
            name: "batch",
            method: "POST",
            path: "$batch",
            isRepeatable: false,
            hasReplyBody: true,
            effectCount: 2,
            prepare: { context in
                return {
                    let operations = [BatchOperation.create(context.row()), .create(context.row())]
                    let outcomes = try await context.client.run {
                        $0.batch(operations.map(\.group), continuesOnError: false)
                    }
                    for outcome in outcomes { _ = try outcome.get() }
                    return outcomes.count == 2
                }
            },
            effects: { try await $0.count() }
        ),
        FaultedOperation(
            name: "change set",
            method: "POST",
            path: "$batch",
            isRepeatable: false,
            hasReplyBody: true,
            effectCount: 2,
            prepare: { context in
                return {
                    let operations = [BatchOperation.create(context.row()), .create(context.row())]
                    let group = BatchGroup(changeSet: operations.map(\.group))
                    let outcomes = try await context.client.run { $0.batch([group], continuesOnError: false) }
                    for outcome in outcomes { _ = try outcome.get() }
                    return outcomes.count == 2
                }
            },
            effects: { try await $0.count() }
        ),
    ]
}

extension FaultContext {
    /// How many contacts with the tag belong to the account with the tag.
    fileprivate func relatedContacts() async throws -> Int {
        let query = RowQuery<Contact>().where { $0.lastname == tag && $0.parentcustomerid != nil }
        return try await contacts.count(query)
    }
}
