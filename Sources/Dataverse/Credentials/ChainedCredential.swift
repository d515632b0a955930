import Synchronization

/// Several credentials, of which the first one that can be used here is used from then on.
///
///     let credential = ChainedCredential(ManagedIdentityCredential(), try AzureCLICredential())
///
/// A credential that cannot be used here (`CredentialError.Reason.unavailable`) is passed over. One that can be used and
/// is refused ends the search: a wrong secret must not lead to somebody else's identity.
public struct ChainedCredential: TokenCredential, AsyncTokenCredential {
    private let chain: CredentialChain

    /// - Parameter credentials: in the order in which they are tried.
    public init(_ credentials: any TokenCredential & AsyncTokenCredential...) { self.init(credentials) }

    /// - Parameter credentials: in the order in which they are tried.
    public init(_ credentials: [any TokenCredential & AsyncTokenCredential]) {
        chain = CredentialChain(credentials)
    }

    public func token(for request: TokenRequest) throws(CredentialError) -> AccessToken {
        try BlockingCredentialDriver(transport: NoTransport()).run(chain.acquire(request)).get()
    }

    public func token(for request: TokenRequest) async throws(CredentialError) -> AccessToken {
        try await AsyncCredentialDriver(transport: NoTransport()).run(chain.acquire(request)).get()
    }
}

/// The search for the credential to use. Tokens are in the caches of the credentials.
private final class CredentialChain: Sendable {
    private let credentials: [any TokenCredential & AsyncTokenCredential]
    private let chosen = Mutex<Int?>(nil)

    init(_ credentials: [any TokenCredential & AsyncTokenCredential]) { self.credentials = credentials }

    func acquire(_ request: TokenRequest) -> CredentialOperation<AccessToken> {
        guard let index = chosen.withLock({ $0 }) else { return ask(0, request, []) }
        return .ask(credentials[index], request) { result in
            switch result {
            case .success(let token): .done(token)
            case .failure(let error): .failed(error)
            }
        }
    }

    private func ask(
        _ index: Int,
        _ request: TokenRequest,
        _ reasons: [String]
    ) -> CredentialOperation<AccessToken> {
        guard index < credentials.count else {
            return .failed(
                CredentialError(
                    credentials.isEmpty
                        ? "The chain has no credentials. Give it some."
                        : "No credential can be used here:\n\(reasons.joined(separator: "\n"))",
                    reason: .unavailable
                )
            )
        }
        let credential = credentials[index]
        return .ask(credential, request) { [self] result in
            switch result {
            case .success(let token):
                chosen.withLock { $0 = $0 ?? index }
                return .done(token)
            case .failure(let error) where error.reason == .unavailable:
                return ask(index + 1, request, reasons + ["\(type(of: credential)): \(error.message)"])
            case .failure(let error):
                return .failed(error)
            }
        }
    }
}

/// A chain makes no exchanges itself.
private struct NoTransport: BlockingTransport, AsyncTransport {
    func perform(_ exchange: HTTPExchange) throws(TransportError) -> HTTPReply {
        throw TransportError(.other, message: "There is nothing to send.", mayHaveBeenProcessed: false)
    }
}
