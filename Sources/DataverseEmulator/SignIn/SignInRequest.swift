import Foundation
import HTTPTypes

/// A request to the sign-in service.
struct SignInRequest: Sendable {
    let method: HTTPRequest.Method
    /// The path without the query, and its segments.
    let path: String
    let fields: HTTPFields
    /// The parameters of the query.
    let query: [String: String]
    /// The fields of the form.
    let form: [String: String]
    /// Scheme, host and port that the request was sent to.
    let origin: String

    init(method: HTTPRequest.Method, target: String, fields: HTTPFields, body: [UInt8], origin: String) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.method = method
        path = parts.first.map(String.init) ?? "/"
        self.fields = fields
        query = Self.parameters(parts.count > 1 ? parts[1] : "")
        form = Self.parameters(Substring(String(decoding: body, as: UTF8.self)))
        self.origin = origin
    }

    var segments: [String] { path.split(separator: "/").map(String.init) }

    /// A field of the form that must be there.
    func required(_ name: String) throws(SignInError) -> String {
        if let value = form[name], !value.isEmpty { return value }
        throw SignInError(
            "invalid_request",
            900_144,
            "The request body must contain the following parameter: '\(name)'."
        )
    }

    private static func parameters(_ text: Substring) -> [String: String] {
        var parameters: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let decoded = parts.map { $0.replacing("+", with: " ").removingPercentEncoding ?? "" }
            parameters[decoded[0]] = decoded.count > 1 ? decoded[1] : ""
        }
        return parameters
    }
}
