import Foundation
import HTTPTypes
import ODataCore

/// An error as Microsoft Entra ID reports it.
///
/// Source: Microsoft identity platform, "Microsoft Entra authentication and authorization error codes".
struct SignInError: Error {
    let status: Int
    /// The name of OAuth 2.0.
    let name: String
    /// The number after `AADSTS`.
    let code: Int
    let message: String

    init(_ name: String, _ code: Int, _ message: String, status: Int = 400) {
        self.status = status
        self.name = name
        self.code = code
        self.message = message
    }

    func response(correlationID: String?) -> EmulatorResponse {
        let trace = UUID().uuidString.lowercased()
        let correlation = correlationID ?? UUID().uuidString.lowercased()
        let time = Date().formatted(.iso8601)
        return EmulatorResponse(
            signIn: [
                "error": .string(name),
                "error_description": .string(
                    "AADSTS\(code): \(message) Trace ID: \(trace) Correlation ID: \(correlation) Timestamp: \(time)"
                ),
                "error_codes": .array([.integer(Int64(code))]), "timestamp": .string(time), "trace_id": .string(trace),
                "correlation_id": .string(correlation),
                "error_uri": .string("https://login.microsoftonline.com/error?code=\(code)"),
            ],
            status: .init(code: status)
        )
    }
}

extension EmulatorResponse {
    /// A reply of the sign-in service.
    init(signIn object: Record, status: HTTPResponse.Status = .ok) {
        self.init(status, body: JSONWriter.bytes(from: .object(object)))
        fields[.contentType] = "application/json; charset=utf-8"
        fields[.cacheControl] = "no-store, no-cache"
    }
}
