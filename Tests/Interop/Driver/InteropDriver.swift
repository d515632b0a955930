import AsyncHTTPClient
import ContosoBindings
import Dataverse
import DataverseAsyncHTTPClient
import Foundation
import NIOSSL

/// Writes an account with each of the two clients, and prints what each of them reads of all accounts whose names begin
/// with a text, as JSON. `test_together.py` compares it with what Microsoft's Python SDK wrote and reads.
///
/// Usage: `interop-driver URL AUTHORITY PREFIX`, where AUTHORITY is the file with the certificate to trust.
@main
enum InteropDriver {
    struct Row: Encodable, Comparable {
        let id: String
        let name: String
        let revenue: String
        let employees: Int32?
        let category: Int?
        let created: Int

        init(_ account: Account) {
            id = account.id?.uuidString.lowercased() ?? ""
            name = account.name ?? ""
            revenue = account.revenue.map { "\($0)" } ?? ""
            employees = account.numberofemployees
            let industry: Account.Industrycode? = account.industrycode
            category = industry.map { Int($0.value) }
            let date: Date? = account.createdon
            created = Int(date?.timeIntervalSince1970 ?? 0)
        }

        static func < (left: Row, right: Row) -> Bool { left.name < right.name }
    }

    static func main() async throws {
        let (url, authority, prefix) = (CommandLine.arguments[1], CommandLine.arguments[2], CommandLine.arguments[3])
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .file(authority)
        let http = HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: HTTPClient.Configuration(tlsConfiguration: tls, redirectConfiguration: .disallow)
        )
        let transport = AsyncHTTPClientTransport(client: http)
        let rows = try await rows(url, prefix, transport)
        try await http.shutdown()
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        print(String(decoding: try encoder.encode(rows), as: UTF8.self))
    }

    private static func rows(
        _ url: String,
        _ prefix: String,
        _ transport: AsyncHTTPClientTransport
    ) async throws -> [String: [Row]] {
        let credential = StaticTokenCredential("emulator")
        let blocking = try DataverseClient(environment: url, credential: credential, transport: transport)
        let asynchronous = try AsyncDataverseClient(environment: url, credential: credential, transport: transport)
        _ = try blocking.accounts.create(account(prefix + " sync", 0.1))
        _ = try await asynchronous.accounts.create(account(prefix + " async", 12_345_678.9))
        var rows: [String: [Row]] = [:]
        rows["sync"] = try blocking.accounts.where { $0.name.hasPrefix(prefix) }.all().map(Row.init).sorted()
        rows["async"] = try await asynchronous.accounts.where { $0.name.hasPrefix(prefix) }.all().map(Row.init).sorted()
        return rows
    }

    private static func account(_ name: String, _ revenue: Decimal) -> Account {
        Account {
            $0.name = name
            $0.revenue = revenue
            $0.numberofemployees = 7
            $0.industrycode = .consulting
        }
    }
}
