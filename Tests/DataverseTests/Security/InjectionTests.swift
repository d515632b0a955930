import Foundation
import HTTPTypes
import Synchronization
import TestSupport
import Testing

@testable import Dataverse

/// Answers everything, so that a call goes on to its last exchange, and remembers what was sent.
private final class Wire: BlockingTransport, AsyncTransport {
    private let seen = Mutex<[HTTPExchange]>([])
    var exchanges: [HTTPExchange] { seen.withLock { $0 } }

    func perform(_ exchange: HTTPExchange) throws(TransportError) -> HTTPReply {
        seen.withLock { $0.append(exchange) }
        let body =
            exchange.url.contains("EntityDefinitions")
            ? #"{"value":[{"LogicalName":"a","EntitySetName":"as","PrimaryIdAttribute":"aid","MetadataId":"\#(UUID().guid)"}]}"#
            : #"{"value":[],"DatabaseVersion":"1"}"#
        return HTTPReply(status: .ok, headers: [.contentType: "application/json"], body: Array(body.utf8))
    }
}

/// A place where an app hands over a text.
private struct EntryPoint: Sendable, CustomTestStringConvertible {
    let name: String
    let call: @Sendable (DataverseClient, String) throws -> Void

    init(_ name: String, _ call: @escaping @Sendable (DataverseClient, String) throws -> Void) {
        self.name = name
        self.call = call
    }

    var testDescription: String { name }

    private static let id = UUID(uuid: (1, 2, 3, 4, 5, 6, 0x47, 8, 0x89, 10, 11, 12, 13, 14, 15, 16))

    private static func sending(
        _ name: String,
        _ change: @escaping @Sendable (inout RequestOptions, String) -> Void
    ) -> EntryPoint {
        EntryPoint(name) { client, text in _ = try client.with { change(&$0, text) }.entitySet("as").all() }
    }

    static let all: [EntryPoint] = [
        EntryPoint("table") { _ = try $0.table($1).all() },
        EntryPoint("entity set") { _ = try $0.entitySet($1).all() },
        EntryPoint("select") { _ = try $0.entitySet("as").select([$1, "b"]).all() },
        EntryPoint("filter text") { _ = try $0.entitySet("as").where(odata: $1).all() },
        EntryPoint("filter value") { client, text in _ = try client.entitySet("as").where { $0["name"] == text }.all()
        },
        EntryPoint("expand text") { _ = try $0.entitySet("as").expand(odata: $1).all() },
        EntryPoint("apply text") { _ = try $0.entitySet("as").apply(odata: $1).all() },
        EntryPoint("annotations") { _ = try $0.entitySet("as").includeAnnotations($1).all() },
        EntryPoint("key name") { _ = try $0.entitySet("as").retrieve(.alternate((name: $1, value: "v"))) },
        EntryPoint("key value") { _ = try $0.entitySet("as").retrieve(.alternate((name: "k", value: $1))) },
        EntryPoint("version") { try $0.entitySet("as").delete(.id(id), ifMatch: $1) },
        EntryPoint("column value") { client, text in _ = try client.entitySet("as").create(["name": .string(text)]) },
        EntryPoint("column name") { client, text in
            _ = try client.entitySet("as").create(Record(members: [(text, .integer(1))]))
        },
        EntryPoint("navigation property") { _ = try $0.entitySet("as").related($1, of: .id(id)).all() },
        EntryPoint("function name") { client, text in _ = try client.call(.function(text, returning: .nothing)) },
        EntryPoint("action name") { client, text in _ = try client.call(.action(text, returning: .nothing)) },
        EntryPoint("parameter name") { client, text in
            _ = try client.call(.function("F", parameters: [OperationParameter(text, 1)], returning: .nothing))
        },
        EntryPoint("parameter value") { client, text in
            _ = try client.call(.function("F", parameters: [OperationParameter("p", text)], returning: .nothing))
        },
        EntryPoint("target") { _ = try $0.send(ServiceRequest(.get, "as('" + $1)) },
        EntryPoint("header value") { _ = try $0.send(ServiceRequest(.get, "as", headers: [.acceptLanguage: $1])) },
        EntryPoint("target in a batch") { _ = try $0.batch([.request(ServiceRequest(.get, "as('" + $1))]) },
        EntryPoint("header in a batch") {
            _ = try $0.batch([.request(ServiceRequest(.get, "as", headers: [.acceptLanguage: $1]))])
        },
        EntryPoint("SQL") { _ = try $0.rows(sql: "SELECT a FROM as WHERE b = '" + $1) },
        EntryPoint("FetchXML") { _ = try $0.rows(fetchXML: "<fetch><entity name='as'/></fetch>" + $1) },
        EntryPoint("FetchXML's table") { _ = try $0.rows(fetchXML: "<fetch><entity name='\($1)'/></fetch>") },
        EntryPoint("file name") {
            try $0.files.upload([1], named: $1, to: FileLocation(table: "a", row: id, column: "c"))
        },
        EntryPoint("file column") { _ = try $0.files.download(FileLocation(table: "a", row: id, column: $1)) },
        EntryPoint("file table") { _ = try $0.files.download(FileLocation(table: $1, row: id, column: "c")) },
        EntryPoint("table of definitions") { _ = try $0.tables.get($1) },
        EntryPoint("column of definitions") { _ = try $0.tables.getColumn($1, of: "a") },
        EntryPoint("relationship") { _ = try $0.tables.getRelationship($1) },
        EntryPoint("keys of a table") { _ = try $0.tables.listAlternateKeys(of: $1) },
        EntryPoint("solution of a table") {
            _ = try $0.tables.create(TableDefinition("new_A", columns: [.string("new_B")]), solution: $1)
        },
        sending("solution") { $0.solution = $1 }, sending("tag") { $0.tag = $1 },
        sending("partition") { $0.partitionID = $1 }, sending("session") { $0.session = .token($1) },
        sending("header of the client") { $0.headers[.acceptLanguage] = $1 },
    ]
}

@Suite("No text of an app becomes anything else than a text")
struct InjectionTests {
    private static let hostile = [
        "\r\nX-Evil: 1", "a\r\n\r\nGET /evil HTTP/1.1\r\n", "a\nb", "a\rb", "a\u{0}b", "'", "\"", "a'b\"c",
        "a' or 1 eq 1 --",
        "x?$filter=true&$top=1", "x#y", "../../evil", "..", ".", "%2e%2e/x", "a/b", "/x", "//evil.example/x", "a&b=c",
        "%0d%0a",
        "a b", "ä😀", "\\\\evil", "a HTTP/1.1\r\n\r\n--batch_00000000-0000-4000-8000-000000000001--",
        "http://evil.example/",
        "\u{7F}", "\u{85}", "\u{2028}", "a\tb", ")(", "<a>&lt;", "]]>", "{}", "@evil", "$ref", ",", ";",
    ]

    /// What must not depend on the text: where the parts of the requests begin and end.
    private static func structure(_ exchange: HTTPExchange) -> [String] {
        let parts = exchange.url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let slashes = parts[0].count { $0 == "/" }
        let options = parts.count > 1 ? parts[1].split(separator: "&").map { String($0.prefix { $0 != "=" }) } : []
        return ["\(exchange.method)", "\(slashes)"] + options
    }

    /// Texts for one place only: what an app writes there is a part of a URL, of XML or of SQL, and may have parts.
    private static let structured: Set<String> = ["target", "target in a batch", "file name", "FetchXML's table"]

    private static func client(_ wire: Wire) throws -> DataverseClient {
        try DataverseClient(
            environment: "https://contoso.example",
            credential: StaticTokenCredential("t"),
            configuration: ClientConfiguration(retry: .never, operationContext: "app\r\nX-Evil: 1"),
            transport: wire
        )
    }

    @Test("in URLs, headers and batches", arguments: EntryPoint.all)
    fileprivate func requests(entry: EntryPoint) throws {
        let plain = Wire()
        try? entry.call(Self.client(plain), "x")
        #expect(!plain.exchanges.isEmpty, "the entry point sends nothing at all")
        let expected = plain.exchanges.map(Self.structure)
        for text in Self.hostile {
            let wire = Wire()
            do {
                try entry.call(Self.client(wire), text)
            } catch {
                #expect(error is DataverseError, "\(text.debugDescription): \(error)")
            }
            for (index, exchange) in wire.exchanges.enumerated() {
                check(exchange, text)
                if !Self.structured.contains(entry.name), index < expected.count {
                    #expect(Self.structure(exchange) == expected[index], "\(text.debugDescription): \(exchange.url)")
                }
            }
        }
    }

    private func check(_ exchange: HTTPExchange, _ text: String) {
        let place = "\(text.debugDescription): \(exchange.url.debugDescription)"
        #expect(exchange.url.hasPrefix("https://contoso.example/api/data/v9.2/"), "\(place)")
        let forbidden = Set("\"<>\\^`{|}".utf8)
        #expect(exchange.url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !forbidden.contains($0) }, "\(place)")
        let segments = exchange.url.prefix { $0 != "?" }.lowercased().replacing("%2e", with: ".").split(separator: "/")
        #expect(!segments.contains(".."), "\(place)")
        #expect(URL(string: exchange.url)?.host() == "contoso.example", "\(place)")
        for field in exchange.headers {
            #expect(field.name.canonicalName != "x-evil", "\(place)")
            let isClean = field.value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
            #expect(isClean, "\(place) \(field.name): \(field.value.debugDescription)")
        }
        guard exchange.url.hasSuffix("/$batch"), let bytes = exchange.body?.inMemory else { return }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(lines.count { $0.hasPrefix("--batch_") } == 2, "\(place)")
        #expect(lines.count { $0.hasPrefix("GET ") } == 1, "\(place)")
        #expect(!lines.contains { $0.lowercased().hasPrefix("x-evil") }, "\(place)")
        #expect(!lines.contains { $0.contains("\n") || $0.contains("\r") }, "\(place)")
    }

    @Test("in the URL of the environment and the version of the API")
    func environment() throws {
        for text in Self.hostile {
            if let root = try? ServiceRoot(environment: "https://contoso.example" + text) {
                let url = try #require(URL(string: root.url), "\(text.debugDescription)")
                #expect(url.user() == nil && url.query() == nil && url.fragment() == nil, "\(text.debugDescription)")
                #expect(root.url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }, "\(text.debugDescription)")
                #expect(!root.url.contains("/.."))
            }
            guard let root = try? ServiceRoot(environment: "https://contoso.example", version: text) else { continue }
            #expect(root.origin == "https://contoso.example")
            #expect(root.url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
        }
    }

    @Test("in what credentials send")
    func credentials() throws {
        for text in Self.hostile + ["x"] {
            let wire = Wire()
            let options = CredentialOptions.scripted(transport: wire)
            let requests = [
                TokenRequest.contoso, TokenRequest(scope: text), TokenRequest(scope: "s", claims: text),
                TokenRequest(scope: "s", tenant: text),
            ]
            for request in requests {
                for values in [(text, "c", "s"), ("t", text, "s"), ("t", "c", text)] {
                    let credential = try? ClientSecretCredential(
                        tenant: values.0,
                        clientID: values.1,
                        secret: values.2,
                        options: options
                    )
                    _ = try? credential?.token(for: request)
                }
                let device = try? DeviceCodeCredential(tenant: "t", clientID: "c", options: options) { _ in }
                _ = try? device?.token(for: request)
                for identity in [ManagedIdentityCredential.Identity.clientID(text), .resourceID(text), .objectID(text)]
                {
                    _ = try? ManagedIdentityCredential(identity, options: options).token(for: request)
                }
            }
            #expect(!wire.exchanges.isEmpty)
            for exchange in wire.exchanges {
                let isClean = exchange.url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }
                #expect(isClean, "\(exchange.url.debugDescription)")
                let path = exchange.url.prefix { $0 != "?" }
                let known = [
                    "https://login.microsoftonline.com/", "http://169.254.169.254/metadata/identity/oauth2/token",
                ]
                #expect(known.contains { path.hasPrefix($0) }, "\(path)")
                #expect(path.count { $0 == "/" } == 6)
                let names = String(decoding: exchange.body?.inMemory ?? [], as: UTF8.self).split(separator: "&")
                    .map { String($0.prefix { $0 != "=" }) }
                #expect(Set(names).count == names.count)
                #expect(names.allSatisfy { !$0.contains("%") })
            }
        }
    }
}
