import ContosoBindings
import Dataverse
import Foundation
import HTTPTypes

/// The work, through either client or the bare transport.
struct Work: Sendable {
    private let kind: String
    private let clientKind: String
    private let count: Int
    private let concurrency: Int
    private let path: String
    private let prefetches: Bool
    private let exchange: HTTPExchange
    private let transport: any BlockingTransport & AsyncTransport
    private let blocking: DataverseClient
    private let asynchronous: AsyncDataverseClient

    private static let id = UUID(uuid: (0, 0, 0, 0, 0, 0, 0x40, 0, 0x80, 0, 0, 0, 0, 0, 0, 1))
    private static let file = FileLocation(table: "account", row: id, column: "new_Contract")

    init(_ options: Options) throws {
        kind = options.work
        clientKind = options.text("client", "blocking")
        count = options.number("count", 1_000)
        concurrency = options.number("concurrency", 1)
        path = options.text("path")
        prefetches = options.text("prefetch") == "yes"
        let url = options.text("url")
        exchange = Self.exchange(to: url)
        let authority = options.text("authority")
        transport = try Transports.named(
            options.text("transport", "curl"),
            authority: authority.isEmpty ? nil : authority
        )
        let credential = StaticTokenCredential("benchmark-token")
        blocking = try DataverseClient(environment: url, credential: credential, transport: transport)
        asynchronous = try AsyncDataverseClient(environment: url, credential: credential, transport: transport)
    }

    private var isAsync: Bool { clientKind.hasSuffix("async") }

    func warmUp() async throws {
        if kind.hasSuffix("json") {
            _ = try json()
            return
        }
        guard kind == "retrieve" else { return }
        _ = try await retrieve(max(200, concurrency * 4))
    }

    /// - Returns: how many units of work were done: requests, rows or bytes.
    func run() async throws -> Int {
        switch kind {
        case "retrieve": try await retrieve(count)
        case "page": try await page()
        case "create": try await create()
        case "batch": try await batch()
        case "upload": try await upload()
        case "download": try await download()
        case "read-json", "write-json": try json()
        case "url": urls()
        case "set-text", "keep-seven": try columns()
        default:
            throw Failure(
                "\(kind): retrieve, page, create, batch, upload, download, read-json, write-json, url, set-text or keep-seven"
            )
        }
    }

    // MARK: One row

    private func retrieve(_ count: Int) async throws -> Int {
        guard isAsync else {
            for _ in 0..<count { try retrieveBlocking() }
            return count
        }
        guard concurrency > 1 else {
            for _ in 0..<count { try await retrieveAsync() }
            return count
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<concurrency {
                group.addTask { for _ in stride(from: lane, to: count, by: concurrency) { try await retrieveAsync() } }
            }
            try await group.waitForAll()
        }
        return count
    }

    private func retrieveBlocking() throws {
        if clientKind == "bare-blocking" {
            try check((transport as any BlockingTransport).perform(exchange))
        } else {
            try check(blocking.accounts.retrieve(Self.id))
        }
    }

    private func retrieveAsync() async throws {
        if clientKind == "bare-async" {
            try check(await (transport as any AsyncTransport).perform(exchange))
        } else {
            try check(await asynchronous.accounts.retrieve(Self.id))
        }
    }

    /// What the clients send.
    private static func exchange(to url: String) -> HTTPExchange {
        let fields = [
            ("Authorization", "Bearer benchmark-token"), ("Accept", "application/json"), ("OData-Version", "4.0"),
            ("OData-MaxVersion", "4.0"), ("User-Agent", "swift-dataverse"),
            ("x-ms-client-request-id", "00000000-0000-4000-8000-000000000001"),
            ("x-ms-correlation-id", "00000000-0000-4000-8000-000000000002"),
        ]
        return HTTPExchange(
            method: .get,
            url: "\(url)/api/data/v9.2/accounts(00000000-0000-4000-8000-000000000001)",
            headers: HTTPFields(
                fields.compactMap { name, value in
                    HTTPField.Name(name).map { HTTPField(name: $0, value: value) }
                }
            )
        )
    }

    private func check(_ reply: HTTPReply) throws {
        guard reply.status == .ok, reply.body.count > 1_000 else { throw Failure("an unexpected reply") }
    }

    private func check(_ account: Account?) throws {
        guard account?.name != nil else { throw Failure("an account without a name") }
    }

    // MARK: Many rows

    private func page() async throws -> Int {
        let limit = count > 0 ? count : Int.max
        var rows = 0
        var total: Int64 = 0
        func add(_ account: Account) {
            rows += 1
            total += Int64(account.numberofemployees ?? 0) + Int64(account.name?.utf8.count ?? 0)
        }
        if isAsync {
            for try await account in asynchronous.accounts.query.rows(prefetching: prefetches) {
                add(account)
                if rows == limit { break }
            }
        } else {
            var pages = blocking.accounts.query.pages()
            while rows < limit, let page = try pages.next() { page.rows.forEach(add) }
        }
        guard total > 0 else { throw Failure("rows without values") }
        return rows
    }

    private func rows(_ count: Int) -> [Account] {
        (0..<count).map { number in
            Account {
                $0.name = "Contoso \(number)"
                $0.accountnumber = "C-\(number)"
                $0.numberofemployees = Int32(number)
                $0.emailaddress1 = "info\(number)@contoso.com"
                $0.telephone1 = "+49 30 \(number)"
                $0.websiteurl = "https://contoso.com/\(number)"
            }
        }
    }

    /// As many `CreateMultiple` of 1,000 rows as it takes.
    private func create() async throws -> Int {
        let rows = rows(1_000)
        var created = 0
        while created < count {
            created +=
                isAsync ? try await asynchronous.accounts.create(rows).count : try blocking.accounts.create(rows).count
        }
        return created
    }

    /// As many batches of 1,000 creations as it takes.
    private func batch() async throws -> Int {
        let rows = rows(1_000)
        var done = 0
        while done < count {
            let results =
                isAsync
                ? try await asynchronous.batch(rows.map { BatchOperation.create($0) })
                : try blocking.batch(rows.map { BatchOperation.create($0) })
            for result in results { _ = try result.get() }
            done += results.count
        }
        return done
    }

    // MARK: URLs alone

    /// As many URLs of a query whose filter has ten terms.
    private func urls() -> Int {
        var length = 0
        for number in 0..<count {
            let query = blocking.accounts
                .where { account in
                    account.name == "Contoso" && account.accountnumber != "C-1"
                        && account.numberofemployees > Int32(number)
                        && account.revenue >= 1_000 && account.creditonhold == false && account.address1City == "Berlin"
                        && account.address1Country == "Germany" && account.statecode == .active
                        && account.telephone1 != nil && account.emailaddress1 == "info@contoso.com"
                }
                .select(\.name, \.revenue)
                .top(50)
            length += query.query.urlText.utf8.count
        }
        return length > count * 100 ? count : 0
    }

    // MARK: Columns alone

    /// - Returns: how many columns were set, or rows kept.
    private func columns() throws -> Int {
        switch (kind, clientKind) {
        case ("set-text", "typed"): ColumnWork.setText(typed: count)
        case ("set-text", "stored"): ColumnWork.setText(stored: count)
        case ("keep-seven", "typed"): ColumnWork.keepSeven(typed: count)
        case ("keep-seven", "stored"): ColumnWork.keepSeven(stored: count)
        default: throw Failure("\(clientKind): typed or stored")
        }
        return count
    }

    // MARK: JSON alone

    /// - Returns: how often it was done.
    private func json() throws -> Int {
        let json = SamplePage.json
        let data = Data(json)
        for _ in 0..<count {
            switch (kind, clientKind) {
            case ("read-json", "copy"): JSONWork.copy(json)
            case ("read-json", "records"): try JSONWork.readRecords(json)
            case ("read-json", "typed"): try JSONWork.readTypedRows(json)
            case ("read-json", "foundation"): try JSONWork.decodeCodableRows(data)
            case ("write-json", "typed"): JSONWork.writeRecords(JSONWork.newRecords)
            case ("write-json", "foundation"): try JSONWork.encodeCodableRows(JSONWork.newCodableRows)
            default: throw Failure("\(clientKind) is no way to \(kind)")
            }
        }
        return count
    }

    // MARK: Files

    private func upload() async throws -> Int {
        let options = FileUploadOptions(strategy: .chunked, createsMissingColumn: false)
        if isAsync {
            try await asynchronous.files.upload(path, to: Self.file, options: options)
        } else {
            try blocking.files.upload(path, to: Self.file, options: options)
        }
        return try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    }

    private func download() async throws -> Int {
        let details =
            isAsync
            ? try await asynchronous.files.download(Self.file, to: path)
            : try blocking.files.download(Self.file, to: path)
        return Int(details?.size ?? 0)
    }
}
