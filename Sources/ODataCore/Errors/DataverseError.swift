#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Why a call failed: what an app needs to act on it, and what a person needs to understand it.
///
///     do {
///         try client.accounts.update(account, ifMatch: .unchanged)
///     } catch DataverseError.preconditionFailed {
///         // somebody else has changed the row: read it again
///     } catch let error as DataverseError where error.isTransient {
///         // try again later
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
        /// The client was closed before the call.
        case closed
        /// The request of a batch was not run, because an earlier one failed.
        case notRun
    }

    /// What kind of failure it was.
    public var kind: Kind { box.details.kind }
    /// What happened, in the service's words where it said something.
    public var message: String { box.details.message }
    /// The HTTP status, where there was a response.
    public var status: Int? {
        get { box.details.status }
        set { change { $0.status = newValue } }
    }
    /// The service's own code, such as `0x80040217`.
    public var serviceCode: String? {
        get { box.details.serviceCode }
        set { change { $0.serviceCode = newValue } }
    }
    /// The request that failed, as method and URL.
    public var request: String? {
        get { box.details.request }
        set { change { $0.request = newValue } }
    }
    /// Marks all exchanges of the call in the service's log.
    public var correlationID: UUID? {
        get { box.details.correlationID }
        set { change { $0.correlationID = newValue } }
    }
    /// Marks this exchange, as this client named it.
    public var clientRequestID: String? {
        get { box.details.clientRequestID }
        set { change { $0.clientRequestID = newValue } }
    }
    /// Marks this exchange, as the service named it. Support asks for it.
    public var serviceRequestID: String? {
        get { box.details.serviceRequestID }
        set { change { $0.serviceRequestID = newValue } }
    }
    /// Marks the activity in the service's log, where the service named it.
    public var activityID: String? {
        get { box.details.activityID }
        set { change { $0.activityID = newValue } }
    }
    /// Where the service's documentation says more about the error, where the service said so.
    public var helpLink: String? {
        get { box.details.helpLink }
        set { change { $0.helpLink = newValue } }
    }
    /// Whether the service may have acted on the request although the call failed: its bytes went out, and no answer
    /// came that says otherwise. Look before you repeat a change.
    public var mayHaveBeenProcessed: Bool {
        get { box.details.mayHaveBeenProcessed }
        set { change { $0.mayHaveBeenProcessed = newValue } }
    }
    /// How long the service asks to wait before the next request.
    public var retryAfter: Duration? {
        get { box.details.retryAfter }
        set { change { $0.retryAfter = newValue } }
    }
    /// The beginning of the response body.
    public var bodyExcerpt: String? {
        get { box.details.bodyExcerpt }
        set { change { $0.bodyExcerpt = newValue } }
    }

    private struct Details: Sendable, Hashable {
        let kind: Kind
        let message: String
        var status: Int?
        var serviceCode: String?
        var request: String?
        var correlationID: UUID?
        var clientRequestID: String?
        var serviceRequestID: String?
        var activityID: String?
        var helpLink: String?
        var mayHaveBeenProcessed = false
        var retryAfter: Duration?
        var bodyExcerpt: String?
    }

    /// Keeps the error the size of one reference: it is carried through every step of an operation.
    private final class Box: Sendable, Hashable {
        let details: Details

        init(_ details: Details) { self.details = details }

        static func == (left: Box, right: Box) -> Bool { left.details == right.details }

        func hash(into hasher: inout Hasher) { hasher.combine(details) }
    }

    private var box: Box

    /// - Parameters:
    ///   - kind: what kind of failure it was.
    ///   - message: what happened, and what to do about it.
    public init(_ kind: Kind, _ message: String) {
        box = Box(Details(kind: kind, message: message))
    }

    private mutating func change(_ body: (inout Details) -> Void) {
        var details = box.details
        body(&details)
        box = Box(details)
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
        case .closed: "Make another client; one that is closed stays closed."
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
