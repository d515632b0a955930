import ContosoBindings
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Dataverse

@Suite("Both clients do the same about versions, columns, changes, text queries and bulk changes")
struct RequestTwinTests {
    private static let api = "https://contoso.example/api/data/v9.2"
    private static let id = UUID(uuidString: "5A1B2C3D-0000-4000-8000-00000000000F")!
    private static let row = "\(api)/accounts(5a1b2c3d-0000-4000-8000-00000000000f)"
    private static let fetch = "<fetch><entity name='account'/></fetch>"

    private func reply(_ status: Int, _ body: String = "", _ headers: HTTPFields = [:]) -> HTTPReply {
        HTTPReply(status: .init(code: status), headers: headers, body: Array(body.utf8))
    }

    private func clients(_ replies: [HTTPReply]) throws -> (
        DataverseClient, ListTransport, AsyncDataverseClient, ListTransport
    ) {
        let (blocking, asynchronous) = (ListTransport(replies), ListTransport(replies))
        let credential = StaticTokenCredential("t")
        let url = "https://contoso.example"
        return (
            try DataverseClient(environment: url, credential: credential, transport: blocking), blocking,
            try AsyncDataverseClient(environment: url, credential: credential, transport: asynchronous), asynchronous
        )
    }

    @Test("versions, upserts and single columns")
    func rows() async throws {
        let account = #"{"name":"A","accountid":"\#(Self.id)"}"#
        let replies = [
            reply(304), reply(200, account), reply(200, account), reply(412), reply(201, account),
            reply(200, #"{"value":"A"}"#), reply(200, "A"), reply(204), reply(204), reply(204), reply(204),
        ]
        let (client, blocking, asyncClient, asynchronous) = try clients(replies)
        let key = RowKey<Account>.id(Self.id)
        let contact = Reference<Contact>(Self.id)
        let query = RowQuery<Account>().select { [$0.name] }
        var account1 = Account { $0.name = "A" }
        account1.id = Self.id
        let new = account1

        let set = client.accounts
        #expect(try set.retrieve(key, ifChangedSince: "W/\"1\"", query) == .unchanged)
        #expect(try set.updateReturning(new, query).name == "A")
        #expect(try set.updateReturning(key, ifMatch: .etag("W/\"1\"")) { $0.name = "A" }.name == "A")
        #expect(throws: DataverseError.self) { try set.upsert(new, key: key, mode: .createOnly) }
        #expect(try set.upsertReturning(new, key: key, mode: .createOrUpdate, query).wasCreated)
        #expect(try set.value(of: { $0.name }, key) == "A")
        #expect(try set.rawValue(of: { $0.name }, key) == [0x41])
        try set.setValue("B", of: { $0.name }, key)
        try set.clearValue(of: { $0.name }, key)
        try set.setReference(contact, of: \.primarycontactid, key)
        try set.removeReference(of: \.primarycontactid, key)

        let asyncSet = asyncClient.accounts
        #expect(try await asyncSet.retrieve(key, ifChangedSince: "W/\"1\"", query) == .unchanged)
        #expect(try await asyncSet.updateReturning(new, query).name == "A")
        #expect(try await asyncSet.updateReturning(key, ifMatch: .etag("W/\"1\"")) { $0.name = "A" }.name == "A")
        await #expect(throws: DataverseError.self) { try await asyncSet.upsert(new, key: key, mode: .createOnly) }
        #expect(try await asyncSet.upsertReturning(new, key: key, mode: .createOrUpdate, query).wasCreated)
        #expect(try await asyncSet.value(of: { $0.name }, key) == "A")
        #expect(try await asyncSet.rawValue(of: { $0.name }, key) == [0x41])
        try await asyncSet.setValue("B", of: { $0.name }, key)
        try await asyncSet.clearValue(of: { $0.name }, key)
        try await asyncSet.setReference(contact, of: \.primarycontactid, key)
        try await asyncSet.removeReference(of: \.primarycontactid, key)

        #expect(blocking.exchanges == asynchronous.exchanges)
        #expect(blocking.exchanges.count == replies.count)
    }

    @Test("relations of untyped rows, the current user, and caches")
    func untyped() async throws {
        let user = #"{"UserId":"\#(Self.id)","BusinessUnitId":"\#(Self.id)","OrganizationId":"\#(Self.id)"}"#
        let replies = [
            reply(204), reply(204), reply(204), reply(204), reply(200, #"{"value":[]}"#), reply(200, user),
            reply(200, user), reply(200, "{}"),
        ]
        let (client, blocking, asyncClient, asynchronous) = try clients(replies)
        let key = RowKey<Record>.id(Self.id)
        let contact = Reference<Record>(Self.id, entitySetName: "contacts")
        let call = OperationCall.action("Microsoft.Dynamics.CRM.Touch")

        let set = client.entitySet("accounts")
        try set.associate(contact, with: "contacts", of: key)
        try set.disassociate(contact, from: "contacts", of: key)
        try set.setReference(contact, of: "primarycontactid", key)
        try set.removeReference(of: "primarycontactid", key)
        #expect(try set.related("contacts", of: key).query.all().isEmpty)
        let current = try client.currentUser()
        #expect(try client.call(.function("WhoAmI"))["UserId"] == .string("\(Self.id)"))
        _ = try set.call(call, on: key)

        let asyncSet = asyncClient.entitySet("accounts")
        try await asyncSet.associate(contact, with: "contacts", of: key)
        try await asyncSet.disassociate(contact, from: "contacts", of: key)
        try await asyncSet.setReference(contact, of: "primarycontactid", key)
        try await asyncSet.removeReference(of: "primarycontactid", key)
        #expect(try await asyncSet.related("contacts", of: key).query.all().isEmpty)
        #expect(try await asyncClient.currentUser() == current)
        _ = try await asyncClient.call(.function("WhoAmI"))
        _ = try await asyncSet.call(call, on: key)

        #expect(blocking.exchanges == asynchronous.exchanges)
        #expect(blocking.exchanges.count == replies.count)
        for context in [client.context, asyncClient.context] {
            context.tables.store(.init(entitySetName: "accounts", primaryKey: "accountid"), for: "account")
        }
        #expect(client.clearCache(.entitySets, of: "ACCOUNT") == 1)
        #expect(asyncClient.clearCache() == 1)
        #expect(client.signals == asyncClient.signals)
    }

    @Test("changes, views, and text queries page by page")
    func pages() async throws {
        let table =
            #"{"value":[{"LogicalName":"account","EntitySetName":"accounts","PrimaryIdAttribute":"accountid"}]}"#
        let next = "\(Self.api)/accounts?next"
        let more = #"{"value":[{"name":"A"}],"@odata.nextLink":"\#(next)"}"#
        let last = #"{"value":[{"name":"B"}],"@odata.deltaLink":"\#(next)&$deltatoken=1"}"#
        let cookie = #"{"value":[{"name":"A"}],"@Microsoft.Dynamics.CRM.morerecords":true}"#
        let replies = [more, last, last, more, last, more, last, table, cookie, last, more, last].map { reply(200, $0) }
        let (client, blocking, asyncClient, asynchronous) = try clients(replies)
        let view = PredefinedQuery.savedQuery(Self.id)
        let sql = "SELECT name FROM account"

        var changes = client.accounts.select { [$0.name] }.changes()
        var names: [String?] = []
        while let page = try changes.next() { names += page.rows.map(\.name) }
        var later = client.accounts.changes(since: changes.deltaLink)
        while let page = try later.next() { names += page.rows.map(\.name) }
        var views = client.accounts.pages(of: view, pageSize: 1)
        while let page = try views.next() { names += page.rows.map(\.name) }
        names += try client.accounts.rows(of: view).map(\.name)
        var fetches = try client.pages(fetchXML: Self.fetch)
        while let rows = try fetches.next() { names += rows.map { $0["name"]?.stringValue } }
        var queries = try client.pages(sql: sql)
        while let rows = try queries.next() { names += rows.map { $0["name"]?.stringValue } }

        var asyncNames: [String?] = []
        var link: DeltaLink?
        for try await page in asyncClient.accounts.select({ [$0.name] }).changes() {
            asyncNames += page.rows.map(\.name)
            link = page.deltaLink ?? link
        }
        for try await page in asyncClient.accounts.changes(since: link) { asyncNames += page.rows.map(\.name) }
        for try await page in asyncClient.accounts.pages(of: view, pageSize: 1) { asyncNames += page.rows.map(\.name) }
        asyncNames += try await asyncClient.accounts.rows(of: view).map(\.name)
        for try await rows in try asyncClient.pages(fetchXML: Self.fetch) {
            asyncNames += rows.map { $0["name"]?.stringValue }
        }
        for try await rows in try asyncClient.pages(sql: sql) { asyncNames += rows.map { $0["name"]?.stringValue } }

        #expect(names == ["A", "B", "B", "A", "B", "A", "B", "A", "B", "A", "B"])
        #expect(asyncNames == names)
        #expect(blocking.exchanges == asynchronous.exchanges)
        #expect(blocking.exchanges.count == replies.count)
    }

    @Test("bulk changes, from a sequence and from a file")
    func bulk() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(Array("name,revenue\r\nA,1\r\nB,\r\n".utf8), to: "rows.csv")
        let ids = #"{"Ids":["\#(Self.id)","\#(Self.id)"]}"#
        let replies = [reply(200, ids), reply(204), reply(204), reply(200, ids)]
        let (client, blocking, asyncClient, asynchronous) = try clients(replies)
        let account = Account { $0.name = "A" }
        let writes: [BulkWrite<Account>] = [
            .create(account), .create(account), .update(Self.id, account), .upsert(.accountnumber("1"), account),
        ]
        var options = CSVOptions()
        options.types = ["revenue": .number]
        var one = BulkOptions()
        one.maximumParallelism = 1

        var file = try RowFileReader(path, .csv(options))
        var summary = try client.accounts.bulk(writes) { _ in }
        #expect(summary.done == 4)
        summary = try client.accounts.bulk(next: { try file.next().map { .create(Account(record: $0)) } }) { result in
            guard case .done(let id) = result.outcome else {
                Issue.record("\(result)")
                return
            }
            #expect(id == Self.id)
        }
        #expect(summary.done == 2)

        file = try RowFileReader(path, .csv(options))
        let asyncSummary = try await asyncClient.accounts.bulk(writes, options: one) { _ in }
        #expect(asyncSummary.done == 4)
        let fromFile = try await asyncClient.accounts.bulk(
            next: { try file.next().map { .create(Account(record: $0)) } },
            options: one
        ) { _ in }
        #expect(fromFile == summary)

        #expect(blocking.exchanges == asynchronous.exchanges)
        #expect(blocking.exchanges.count == replies.count)
        let body = try JSONReader.value(from: try #require(blocking.exchanges.last?.body?.inMemory))
        let targets = body.objectValue?["Targets"]?.arrayValue?.compactMap(\.objectValue)
        #expect(targets?.map { $0["revenue"] } == [1, .null])
        #expect(targets?.map { $0["name"] } == ["A", "B"])
    }

    @Test("many rows, relations and conditions in a batch")
    func batch() async throws {
        let created = "HTTP/1.1 200 OK\r\n\r\n{\"Ids\":[\"\(Self.id)\"]}"
        let done = "HTTP/1.1 204 No Content\r\n\r\n"
        let exists =
            "HTTP/1.1 412 Precondition Failed\r\n\r\n{\"error\":{\"code\":\"0x80040237\",\"message\":\"Exists.\"}}"
        let job = "HTTP/1.1 200 OK\r\n\r\n{\"JobId\":\"\(Self.id)\"}"
        let parts =
            [created, done, done, done, done, done, done, exists, done, job]
            .map { "--b\r\nContent-Type: application/http\r\n\r\n\($0)\r\n" }.joined() + "--b--"
        let replies = [reply(200, parts, [.contentType: "multipart/mixed; boundary=b"])]
        let (client, blocking, asyncClient, asynchronous) = try clients(replies)
        let account = Account { $0.name = "A" }
        let contact = Reference<Contact>(Self.id)
        let key = RowKey<Account>.id(Self.id)
        let contacts = \Account.Columns.contactCustomerAccounts
        let primary = \Account.Columns.primarycontactid

        let results = try client.batch(
            .create([account]),
            .update([(id: Self.id, changes: account)]),
            .upsert([(key: key, values: account)]),
            .associate(contact, with: contacts, of: key),
            .disassociate(contact, from: contacts, of: key),
            .setReference(contact, of: primary, key),
            .removeReference(of: primary, key),
            .upsert(key, account, mode: .createOnly),
            .delete(key, ifMatch: "W/\"1\""),
            .deleteInBackground([Self.id], of: Account.self, startingAt: Date(timeIntervalSince1970: 0)),
            continuingOnError: true
        )
        #expect(try results.0.get() == [Self.id])
        #expect(throws: DataverseError.self) { try results.7.get() }
        #expect(try results.9.get() == Self.id)

        let asyncResults = try await asyncClient.batch(
            .create([account]),
            .update([(id: Self.id, changes: account)]),
            .upsert([(key: key, values: account)]),
            .associate(contact, with: contacts, of: key),
            .disassociate(contact, from: contacts, of: key),
            .setReference(contact, of: primary, key),
            .removeReference(of: primary, key),
            .upsert(key, account, mode: .createOnly),
            .delete(key, ifMatch: "W/\"1\""),
            .deleteInBackground([Self.id], of: Account.self, startingAt: Date(timeIntervalSince1970: 0)),
            continuingOnError: true
        )
        #expect(try asyncResults.0.get() == [Self.id])
        let bodies = [blocking, asynchronous].map { transport in
            // The boundaries are random.
            String(decoding: transport.exchanges.last?.body?.inMemory ?? [], as: UTF8.self)
                .split(separator: "\r\n").filter { !$0.hasPrefix("--") }
        }
        #expect(bodies[0] == bodies[1])
        let row = "accounts(\(Self.id.guid))"
        let lines = bodies[0].filter { $0.hasSuffix(" HTTP/1.1") }
        #expect(
            lines.map { $0.replacing("\(Self.api)/", with: "").replacing(" HTTP/1.1", with: "") } == [
                "POST accounts/Microsoft.Dynamics.CRM.CreateMultiple",
                "POST accounts/Microsoft.Dynamics.CRM.UpdateMultiple",
                "POST accounts/Microsoft.Dynamics.CRM.UpsertMultiple", "POST \(row)/contact_customer_accounts/$ref",
                "DELETE \(row)/contact_customer_accounts(\(Self.id.guid))/$ref", "PUT \(row)/primarycontactid/$ref",
                "DELETE \(row)/primarycontactid/$ref", "PATCH \(row)", "DELETE \(row)", "POST BulkDelete",
            ]
        )
        #expect(bodies[0].contains("If-None-Match: *"))
        #expect(bodies[0].contains("If-Match: W/\"1\""))
    }

    @Test("text queries, many rows, relations and tables in a batch")
    func definitionsInBatch() async throws {
        let table =
            #"{"value":[{"LogicalName":"account","EntitySetName":"accounts","PrimaryIdAttribute":"accountid"}]}"#
        let info = #"{"value":[{"MetadataId":"\#(Self.id)","LogicalName":"account","SchemaName":"Account"}]}"#
        let parts =
            [
                "HTTP/1.1 200 OK\r\n\r\n{\"value\":[{\"n\":1}]}", "HTTP/1.1 200 OK\r\n\r\n{\"value\":[{\"n\":2}]}",
                "HTTP/1.1 200 OK\r\n\r\n{\"Ids\":[\"\(Self.id)\"]}", "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\n\(info)", "HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n{\"x\":1}",
            ].map { "--b\r\nContent-Type: application/http\r\n\r\n\($0)\r\n" }.joined() + "--b--"
        let replies = [
            reply(200, table), reply(200, info), reply(200, parts, [.contentType: "multipart/mixed; boundary=b"]),
        ]
        let (client, blocking, asyncClient, asynchronous) = try clients(replies)
        let account = Account { $0.name = "A" }
        let fetch = try FetchXML(Self.fetch)
        let sql = try SQLQuery("SELECT name FROM account")
        let contact = Reference<Contact>(Self.id)
        let column = ColumnDefinition.string("new_X")

        let results = try client.batch(
            .query(fetch),
            .query(sql),
            .create([account]),
            .associate(contact, with: \Account.Columns.contactCustomerAccounts, of: .id(Self.id)),
            .table("account"),
            .addColumn(column, to: "account"),
            .request(ServiceRequest(.get, "x"))
        )
        #expect(try results.0.get().rows.map { $0["n"] } == [1])
        #expect(try results.1.get().rows.map { $0["n"] } == [2])
        #expect(try results.2.get() == [Self.id])
        try results.3.get()
        #expect(try results.4.get()?.metadataID == Self.id)
        try results.5.get()
        #expect(try results.6.get().body == Array(#"{"x":1}"#.utf8))

        let asyncResults = try await asyncClient.batch(
            .query(fetch),
            .query(sql),
            .create([account]),
            .associate(contact, with: \Account.Columns.contactCustomerAccounts, of: .id(Self.id)),
            .table("account"),
            .addColumn(column, to: "account"),
            .request(ServiceRequest(.get, "x"))
        )
        #expect(try asyncResults.2.get() == [Self.id])
        let bodies = [blocking, asynchronous].map { transport in
            // The boundaries are random.
            String(decoding: transport.exchanges.last?.body?.inMemory ?? [], as: UTF8.self)
                .split(separator: "\r\n").filter { !$0.hasPrefix("--") }
        }
        #expect(bodies[0] == bodies[1])
        let lines = bodies[0].filter { $0.hasSuffix(" HTTP/1.1") }
        #expect(
            lines.map { $0.replacing("\(Self.api)/", with: "").replacing(" HTTP/1.1", with: "") } == [
                "GET accounts?fetchXml=%3Cfetch%3E%3Centity%20name='account'/%3E%3C/fetch%3E",
                "GET accounts?sql=SELECT%20name%20FROM%20account",
                "POST accounts/Microsoft.Dynamics.CRM.CreateMultiple",
                "POST accounts(\(Self.id.guid))/contact_customer_accounts/$ref",
                "GET EntityDefinitions?$select=MetadataId,LogicalName,SchemaName,EntitySetName,PrimaryNameAttribute,"
                    + "PrimaryIdAttribute&$filter=LogicalName%20eq%20'account'",
                "POST EntityDefinitions(\(Self.id.guid))/Attributes", "GET x",
            ]
        )
    }

    @Test("a column that cannot be created with its table is refused in a batch, with what to do")
    func tableInBatch() throws {
        let (client, blocking, _, _) = try clients([])
        let table = TableDefinition("new_Product", columns: [.choice("new_Color", global: "new_colors")])
        let error = try #require(throws: DataverseError.self) { _ = try client.batch([.createTable(table)]) }
        #expect(error.kind == .metadata)
        #expect(blocking.exchanges.isEmpty)
    }
}
