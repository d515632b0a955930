#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Why a call failed: what an app needs to act on it, and what a person needs to understand it.
///
///     do {
///         try client.accounts.update(account, ifMatch: .unchanged)
///     } catch where error.kind == .preconditionFailed {
///         // somebody else has changed the row: read it again
///     }
public struct DataverseError: Error, Sendable, Hashable {
    /// What kind of failure it was.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The request is not valid, or not with this data (400, or found before sending).
        case invalidRequest
        /// There is no valid access token (401).
        case unauthorized
        /// The caller may not do this (403).
        case forbidden
        /// There is no such row, table or function (404).
        case notFound
        /// The row was changed by somebody else, or exists already (409, 412).
        case preconditionFailed
        /// Another row has the same key.
        case duplicate
        /// The service asks for fewer requests (429).
        case throttled
        /// The service failed (5xx).
        case service
        /// The service could not be reached, or the connection broke.
        case transport
        /// The time for an exchange was up.
        case timedOut
        /// The call was cancelled.
        case cancelled
        /// The credential gave no access token.
        case credential
        /// The service sent something that this library cannot read.
        case unexpectedReply
        /// The service does not know a table or column.
        case metadata
    }

    /// What kind of failure it was.
    public let kind: Kind
    /// What happened, in the service's words where it said something.
    public let message: String
    /// The HTTP status, where there was a response.
    public var status: Int?
    /// The service's own code, such as `0x80040217`.
    public var serviceCode: String?
    /// The request that failed, as method and URL.
    public var request: String?
    /// Marks all exchanges of the call in the service's log.
    public var correlationID: UUID?
    /// Marks this exchange, as this client named it.
    public var clientRequestID: String?
    /// Marks this exchange, as the service named it. Support asks for it.
    public var serviceRequestID: String?
    /// How long the service asks to wait before the next request.
    public var retryAfter: Duration?
    /// The beginning of the response body.
    public var bodyExcerpt: String?

    /// - Parameters:
    ///   - kind: what kind of failure it was.
    ///   - message: what happened, and what to do about it.
    public init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    /// Whether the same call may succeed later.
    public var isTransient: Bool {
        switch kind {
        case .throttled, .transport, .timedOut: true
        case .service: status == 502 || status == 503 || status == 504
        default: false
        }
    }

    /// What to do about it, where that can be said in general.
    public var suggestion: String? {
        switch kind {
        case .unauthorized: "Check that the credential is for this environment and that its user is enabled there."
        case .forbidden: "Give the user a security role with the privilege that the message names."
        case .preconditionFailed: "Read the row again and repeat the change on its new version."
        case .throttled: "Send fewer requests at a time, or wait as long as retryAfter says."
        case .transport: "Check the URL, the network and the proxy; the call can be repeated."
        case .timedOut: "Ask for less at a time, or raise the timeout in the client's configuration."
        default: nil
        }
    }
}

extension DataverseError: CustomStringConvertible {
    public var description: String {
        var text = request.map { "\($0): " } ?? ""
        if let status { text += "\(status) " }
        text += message
        var identifiers = serviceCode.map { ["code \($0)"] } ?? []
        if let serviceRequestID { identifiers.append("service request \(serviceRequestID)") }
        if let retryAfter { identifiers.append("retry after \(retryAfter)") }
        if !identifiers.isEmpty { text += " (\(identifiers.joined(separator: ", ")))" }
        if let suggestion { text += "\n\(suggestion)" }
        return text
    }
}

/// Lets an app write `catch DataverseError.Kind.notFound`.
public func ~= (kind: DataverseError.Kind, error: any Error) -> Bool {
    (error as? DataverseError)?.kind == kind
}
