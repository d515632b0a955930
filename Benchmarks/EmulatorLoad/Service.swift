import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// The requests of the load, over plain HTTP.
struct Service: Sendable {
    let client: HTTPClient
    let root: String

    struct UnexpectedStatus: Error, CustomStringConvertible {
        let method: HTTPMethod
        let status: Int
        let body: String

        var description: String { "\(method) answered \(status): \(body.prefix(200))" }
    }

    init(client: HTTPClient, address: String) {
        self.client = client
        root = address + "/api/data/v9.2/"
    }

    @discardableResult
    func send(
        _ method: HTTPMethod,
        _ path: String,
        _ body: String? = nil,
        allowed: Set<Int> = [200, 204]
    ) async throws -> (headers: HTTPHeaders, body: ByteBuffer) {
        var request = HTTPClientRequest(url: path.hasPrefix("http") ? path : root + path)
        request.method = method
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: body))
        }
        let response = try await client.execute(request, timeout: .seconds(30))
        let content = try await response.body.collect(upTo: 64 << 20)
        let status = Int(response.status.code)
        guard allowed.contains(status) else {
            throw UnexpectedStatus(method: method, status: status, body: String(buffer: content))
        }
        return (response.headers, content)
    }

    /// All rows of a query, page by page: the values of two columns.
    func values(_ query: String, _ key: String, _ column: String) async throws -> [String: String] {
        var values: [String: String] = [:]
        var next: String? = query
        while let path = next {
            let reply = try await send(.GET, path)
            let object = try JSONSerialization.jsonObject(with: Data(reply.body.readableBytesView)) as? [String: Any]
            for row in object?["value"] as? [[String: Any]] ?? [] {
                if let key = row[key] as? String { values[key] = row[column] as? String ?? "" }
            }
            next = object?["@odata.nextLink"] as? String
        }
        return values
    }
}
