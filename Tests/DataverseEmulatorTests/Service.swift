import AsyncHTTPClient
import DataverseEmulator
import Foundation
import HTTPTypes
import NIOCore
import NIOHTTP1
import ODataCore

/// The files that tests serve.
enum Fixture {
    static let contoso = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Examples/Contoso/metadata.xml").path
}

/// A running emulator as tests use it: over HTTP.
struct Service: Sendable {
    let url: URL

    struct Reply {
        let status: Int
        let headers: HTTPHeaders
        let body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
        /// The body as JSON; null if it is none.
        var json: Value { (try? JSONReader.value(from: body)) ?? .null }
        var rows: [ODataCore.Record] { json["value"]?.arrayValue?.compactMap(\.objectValue) ?? [] }
        var errorCode: String? { json["error"]?["code"]?.stringValue }
        var errorMessage: String { json["error"]?["message"]?.stringValue ?? "" }
        var etag: String? { json["@odata.etag"]?.stringValue }
        /// The key in `OData-EntityId`.
        var createdKey: String {
            let address = headers.first(name: "OData-EntityId") ?? ""
            return address.split(separator: "(").last.map { String($0.dropLast()) } ?? ""
        }

        func names(_ column: String) -> [String] { rows.map { $0[column]?.stringValue ?? "null" } }
    }

    /// The service root, with a slash at its end.
    var root: String { url.absoluteString + "/api/data/v9.2/" }

    func send(
        _ method: HTTPMethod,
        _ path: String,
        _ body: Value? = nil,
        headers: [(String, String)] = []
    ) async throws -> Reply {
        try await send(method, path, raw: body.map(JSONWriter.bytes(from:)), headers: headers)
    }

    func send(
        _ method: HTTPMethod,
        _ path: String,
        raw: [UInt8]?,
        headers: [(String, String)] = [],
        replacesContentType: Bool = false,
        timeout: TimeAmount = .seconds(30)
    ) async throws -> Reply {
        let address = path.hasPrefix("http") ? path : root + Self.encoded(path)
        var request = HTTPClientRequest(url: address)
        request.method = method
        if let raw {
            if !replacesContentType { request.headers.add(name: "Content-Type", value: "application/json") }
            request.body = .bytes(ByteBuffer(bytes: raw))
        }
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        let response = try await HTTPClient.shared.execute(request, timeout: timeout)
        let buffer = try await response.body.collect(upTo: 64 << 20)
        return Reply(
            status: Int(response.status.code),
            headers: response.headers,
            body: Array(buffer.readableBytesView)
        )
    }

    func get(_ path: String, prefer: String? = nil) async throws -> Reply {
        try await send(.GET, path, headers: prefer.map { [("Prefer", $0)] } ?? [])
    }

    /// Creates a row and returns its key.
    func create(_ set: String, _ body: Value) async throws -> String {
        let reply = try await send(.POST, set, body)
        guard reply.status == 204 else { throw UnexpectedReply(status: reply.status, text: reply.text) }
        return reply.createdKey
    }

    struct UnexpectedReply: Error {
        let status: Int
        let text: String
    }

    /// Encodes what tests write plainly: spaces, quotes, brackets and letters outside ASCII.
    private static func encoded(_ path: String) -> String {
        var allowed = CharacterSet.urlQueryAllowed
        allowed.insert("%")
        return path.addingPercentEncoding(withAllowedCharacters: allowed) ?? path
    }
}

extension Value {
    subscript(name: String) -> Value? { objectValue?[name] }
}

/// Runs a test against an emulator of the sample environment.
func withContoso(
    _ configure: (inout EmulatorConfiguration) -> Void = { _ in },
    _ body: @Sendable (Service) async throws -> Void
) async throws {
    var configuration = try EmulatorConfiguration(metadataFile: Fixture.contoso)
    configure(&configuration)
    try await withEmulator(configuration) { try await body(Service(url: $0)) }
}
