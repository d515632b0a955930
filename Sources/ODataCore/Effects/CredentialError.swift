/// Why there is no access token.
public struct CredentialError: Error, Hashable, CustomStringConvertible {
    /// What kind of failure it was.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// The credential cannot be used here: something that it needs is not set up. A chain asks its next credential.
        case unavailable
        /// The identity provider refused: wrong secret, unknown app, missing consent.
        case refused
        /// A person has to sign in, or to sign in again.
        case interactionRequired
        /// The identity provider could not be reached, or did not answer in time.
        case unreachable
        /// The identity provider answered with something that cannot be read.
        case unexpectedReply
        /// The caller gave up.
        case cancelled
    }

    /// What kind of failure it was.
    public let reason: Reason
    /// What went wrong and what to do about it, without secrets.
    public let message: String
    /// The identity provider's code, such as `AADSTS7000215` or `invalid_grant`.
    public var code: String?
    /// Marks the exchange in the identity provider's log. Support asks for it.
    public var correlationID: String?
    /// Marks the failure in the identity provider's log.
    public var traceID: String?

    /// - Parameters:
    ///   - message: what went wrong and what to do about it, without secrets.
    ///   - reason: what kind of failure it was.
    public init(_ message: String, reason: Reason = .refused) {
        self.message = message
        self.reason = reason
    }

    public var description: String {
        var text = message
        let identifiers = [correlationID.map { "correlation \($0)" }, traceID.map { "trace \($0)" }].compactMap(\.self)
        if !identifiers.isEmpty { text += " (\(identifiers.joined(separator: ", ")))" }
        return text
    }
}

extension DataverseError.Kind {
    /// What a credential's failure is to the call that wanted the token.
    package init(_ reason: CredentialError.Reason) {
        switch reason {
        case .cancelled: self = .cancelled
        case .unreachable: self = .transport
        case .unavailable, .refused, .interactionRequired, .unexpectedReply: self = .credential
        }
    }
}
