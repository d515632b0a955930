/// Tokens that the app gets itself, for example with MSAL.
///
///     let credential = ClosureCredential { request in
///         AccessToken(try tokens.acquire(scope: request.scope))
///     }
///
/// The closure is asked for each request; it keeps its own cache, and must not give `TokenRequest.rejected` again.
/// Where it can only be asynchronous, use ``AsyncClosureCredential`` with ``AsyncDataverseClient``.
public struct ClosureCredential: TokenCredential, AsyncTokenCredential {
    private let acquire: @Sendable (TokenRequest) throws -> AccessToken

    /// - Parameter acquire: gives a token; it may block its thread.
    public init(_ acquire: @escaping @Sendable (TokenRequest) throws -> AccessToken) { self.acquire = acquire }

    public func token(for request: TokenRequest) throws(CredentialError) -> AccessToken {
        do {
            return try acquire(request).checked()
        } catch {
            throw CredentialError(closure: error)
        }
    }

    public func token(for request: TokenRequest) async throws(CredentialError) -> AccessToken {
        try await AsyncCredentialDriver.onThread { [acquire] _ in
            Result { () throws(CredentialError) in try ClosureCredential(acquire).token(for: request) }
        }.get()
    }
}

/// Tokens that the app gets itself with asynchronous code, for example with MSAL.
///
///     let credential = AsyncClosureCredential { request in
///         AccessToken(try await msal.acquireToken(scopes: [request.scope], claims: request.claims))
///     }
public struct AsyncClosureCredential: AsyncTokenCredential {
    private let acquire: @Sendable (TokenRequest) async throws -> AccessToken

    /// - Parameter acquire: gives a token, and keeps its own cache.
    public init(_ acquire: @escaping @Sendable (TokenRequest) async throws -> AccessToken) { self.acquire = acquire }

    public func token(for request: TokenRequest) async throws(CredentialError) -> AccessToken {
        do {
            return try await acquire(request).checked()
        } catch {
            throw CredentialError(closure: error)
        }
    }
}

extension AccessToken {
    /// The token, if a header can carry it.
    func checked() throws(CredentialError) -> AccessToken {
        if TokenReply.isToken(secret) { return self }
        throw CredentialError("The text given as a token is none: it is empty, or has spaces or line breaks in it.")
    }
}

extension CredentialError {
    /// What a closure of the app threw. Texts of other errors are the app's own and may say anything, so that only
    /// their kind is named.
    fileprivate init(closure error: any Error) {
        switch error {
        case let error as CredentialError: self = error
        case is CancellationError: self.init("The sign-in was cancelled.", reason: .cancelled)
        default:
            self.init("The app's closure gave no token: \(type(of: error)). Throw a CredentialError to say more.")
        }
    }
}
