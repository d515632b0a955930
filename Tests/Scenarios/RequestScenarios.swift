import ContosoBindings
import Foundation
import Testing

@testable import Dataverse

extension Scenario {
    static let requests: [Scenario] = [
        Scenario("a row is read again only if it was changed") { context in
            let id = try await context.accounts.create(Account { $0.name = "Contoso" })
            let etag = try #require(try await context.accounts.retrieve(id)?.etag)
            let query = RowQuery<Account>().select { [$0.name] }
            let read: @Sendable (String) async throws -> ConditionalRow<Account> = { etag in
                try await context.client.run {
                    $0.retrieve(.id(id), ifChangedSince: etag, of: query, in: .entitySet("accounts"))
                }
            }
            guard case .unchanged = try await read(etag) else {
                Issue.record("nobody has changed it")
                return
            }
            try await context.accounts.update(id) { $0.name = "Fabrikam" }
            guard case .changed(let row) = try await read(etag) else {
                Issue.record("it was changed")
                return
            }
            #expect(row.name == "Fabrikam")
            try await context.accounts.delete(.id(id))
            guard case .missing = try await read(etag) else {
                Issue.record("it was deleted")
                return
            }
        },
        Scenario("the three modes of an upsert, and rows that come back") { context in
            let source = EntitySetSource.entitySet("accounts")
            let key = RowKey<Account>.accountnumber("A-1")
            let account = Account { $0.name = "Contoso" }
            let upsert: @Sendable (UpsertMode) async throws -> UpsertResult<Account> = { mode in
                try await context.client.run {
                    $0.upsertReturning(account, key: key, mode: mode, of: RowQuery(), in: source)
                }
            }
            await expectFailure(.notFound) { _ = try await upsert(.updateOnly) }
            let first = try await upsert(.createOnly)
            #expect(first.wasCreated)
            #expect(first.row.name == "Contoso")
            let again = await expectFailure(.duplicate) { _ = try await upsert(.createOnly) }
            #expect(again?.status == 412)
            let second = try await upsert(.createOrUpdate)
            #expect(!second.wasCreated)
            #expect(second.row.id == first.row.id)
            let changed = try await context.client.run {
                $0.updateReturning(
                    Account { $0.revenue = 12 },
                    key: key,
                    ifMatch: .any,
                    of: RowQuery<Account>().select { [$0.revenue] },
                    in: source
                )
            }
            #expect(changed.revenue == 12)
            #expect(!changed.record.contains("name"))
        },
        Scenario("one column of a row at a time") { context in
            let id = try await context.accounts.create(Account { $0.name = "Contoso" })
            let source = EntitySetSource.entitySet("accounts")
            let key = RowKey<Account>.id(id)
            let read: @Sendable () async throws -> String? = {
                try await context.client.run { $0.value(of: "name", as: String.self, key, in: source) }
            }
            #expect(try await read() == "Contoso")
            try await context.client.run { $0.setValue("Ä 'quoted' \"name\"", of: "name", key, in: source) }
            #expect(try await read() == "Ä 'quoted' \"name\"")
            let bytes = try await context.client.run { $0.rawValue(of: "name", key, in: source) }
            #expect(bytes == Array("Ä 'quoted' \"name\"".utf8))
            try await context.client.run { $0.clearValue(of: "name", key, in: source) }
            #expect(try await read() == nil)
            #expect(try await context.client.run { $0.rawValue(of: "name", key, in: source) } == nil)
        },
        Scenario("a lookup is set and cleared by itself") { context in
            let account = try await context.accounts.create(Account { $0.name = "Contoso" })
            let contact = try await context.contacts.create(Contact { $0.lastname = "Lidman" })
            let source = EntitySetSource.entitySet("accounts")
            let key = RowKey<Account>.id(account)
            try await context.client.run {
                $0.setReference(Reference<Contact>(contact), of: "primarycontactid", key.predicate, in: source)
            }
            #expect(try await context.accounts.retrieve(account)?.primarycontactid?.id == contact)
            try await context.client.run {
                $0.removeReference(of: "primarycontactid", key.predicate, in: source)
            }
            #expect(try await context.accounts.retrieve(account)?.primarycontactid == nil)
        },
        Scenario("who is calling") { context in
            let user = try await context.client.run { $0.currentUser() }
            let typed = try await context.client.call(.function("WhoAmI"))
            #expect(typed["UserId"] == .string(user.id.guid))
        },
        Scenario("a query that is too long for a URL") { context in
            for name in ["a", "b", "c"] { _ = try await context.accounts.create(Account { $0.name = name }) }
            let long = String(repeating: "x", count: 4_000)
            let filter = (1...9).map { "name ne '\($0)\(long)'" }.joined(separator: " and ")
            let query = RowQuery<Account>().where(odata: "\(filter) and name gt 'a'").orderBy { $0.name.ascending }
            #expect(try await context.accounts.all(query).map(\.name) == ["b", "c"])
        },
        Scenario("many rows in portions, with a busy service and a bad row") { context in
            context.faults.add(Fault(.throttled(retryAfter: 0), pathContains: "CreateMultiple", times: 2))
            let rows = (0..<20).map { number -> BulkWrite<Record> in
                .create(number == 7 ? ["nonsense": 1] : ["name": .string("row \(number)")])
            }
            let portion = BulkPortion(
                number: 0,
                writes: rows.enumerated().map { (position: $0.offset, write: $0.element) },
                method: .multiple
            )
            let results = try await context.client.run {
                $0.bulk(portion, in: .table("account"), options: BulkOptions())
            }
            #expect(results.map(\.position) == Array(0..<20))
            for result in results {
                switch result.outcome {
                case .done(let id): #expect(id != nil && result.position != 7)
                case .failed(let error): #expect(error.kind == .invalidRequest && result.position == 7)
                case .unknown: Issue.record("every outcome is known")
                }
            }
            #expect(try await context.accounts.count(RowQuery()) == 19)
        },
    ]
}
