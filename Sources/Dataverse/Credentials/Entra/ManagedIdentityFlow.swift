import HTTPTypes

/// Asks the endpoint of a managed identity.
///
/// Sources: "How managed identities for Azure resources work with Azure virtual machines", with its error handling and
/// retry guidance; "How to use managed identities for App Service and Azure Functions".
struct ManagedIdentityFlow: Sendable {
    let identity: ManagedIdentityCredential.Identity
    let probes: Bool
    let options: CredentialOptions

    func acquire(_ request: TokenRequest) -> CredentialOperation<TokenGrant> {
        .attempt { () throws(CredentialError) in
            if request.tenant != nil {
                throw CredentialError(
                    "A managed identity gives tokens of its own tenant only. Leave out the tenant.",
                    reason: .unavailable
                )
            }
            let variable = options.system.variable
            guard let endpoint = variable("IDENTITY_ENDPOINT") else { return metadataService(request) }
            guard let secret = variable("IDENTITY_HEADER"), variable("IDENTITY_SERVER_THUMBPRINT") == nil else {
                throw CredentialError(
                    "IDENTITY_ENDPOINT is set as Azure Arc and Service Fabric do, whose identities are not supported. "
                        + "Use a certificate (ClientCertificateCredential).",
                    reason: .unavailable
                )
            }
            return appService(request, endpoint, secret)
        }
    }

    // MARK: App Service and Functions

    private func appService(
        _ request: TokenRequest,
        _ endpoint: String,
        _ secret: String
    ) -> CredentialOperation<TokenGrant> {
        var query = Form(["api-version": "2019-08-01", "resource": Self.resource(of: request.scope)])
        switch identity {
        case .system: break
        case .clientID(let id): query["client_id"] = id
        case .objectID(let id): query["principal_id"] = id
        case .resourceID(let id): query["mi_res_id"] = id
        }
        let repeated = RepeatedExchange(
            exchange: exchange("\(endpoint)?\(query.text)", [.identityHeader: secret], timeout: options.timeout),
            system: options.system,
            policy: options.retry
        )
        return read(repeated.operation(), from: "The identity endpoint of App Service", [Secret(secret)])
    }

    // MARK: Instance Metadata Service

    private func metadataService(_ request: TokenRequest) -> CredentialOperation<TokenGrant> {
        let host = options.system.variable("AZURE_POD_IDENTITY_AUTHORITY_HOST") ?? "http://169.254.169.254"
        let path = "\(host)/metadata/identity/oauth2/token"
        var query = Form(["api-version": "2018-02-01", "resource": Self.resource(of: request.scope)])
        switch identity {
        case .system: break
        case .clientID(let id): query["client_id"] = id
        case .objectID(let id): query["object_id"] = id
        case .resourceID(let id): query["msi_res_id"] = id
        }
        var repeated = RepeatedExchange(
            exchange: exchange("\(path)?\(query.text)", [.metadata: "true"], timeout: options.timeout),
            system: options.system,
            policy: options.retry
        )
        // An identity that was just assigned is not found at first (404); an endpoint that is being updated (410) is
        // back within 70 seconds.
        repeated.policy.maximumAttempts = 6
        repeated.policy.maximumDelay = .seconds(60)
        repeated.policy.maximumTotalDelay = .seconds(180)
        repeated.isWorthRepeating = { $0 == 404 || $0 == 410 || $0 == 429 || $0 >= 500 }
        repeated.baseDelay = { $0 == 410 ? .seconds(6) : nil }
        let token = read(
            repeated.operation().recover { error in .failed(error.reason == .cancelled ? error : Self.notOnAzure) },
            from: "The instance metadata service",
            []
        )
        guard probes else { return token }
        // Without the header the service refuses at once, which is all that has to be known.
        return .send(exchange(path, [:], timeout: options.probeTimeout)) { result in
            if case .failure(let error) = result {
                return .failed(error.kind == .cancelled ? Self.cancelled : Self.notOnAzure)
            }
            return token
        }
    }

    private static let cancelled = CredentialError("The sign-in was cancelled.", reason: .cancelled)
    private static let notOnAzure = CredentialError(
        "There is no managed identity here: the instance metadata service does not answer. It does on Azure only.",
        reason: .unavailable
    )

    private func exchange(_ url: String, _ headers: HTTPFields, timeout: Duration) -> HTTPExchange {
        HTTPExchange(method: .get, url: url, headers: headers, timeout: timeout)
    }

    private func read(
        _ reply: CredentialOperation<HTTPReply>,
        from source: String,
        _ secrets: [Secret]
    ) -> CredentialOperation<TokenGrant> {
        reply.flatMap { [options] reply in
            .attempt { () throws(CredentialError) in
                let status = reply.status.code
                let reply = TokenReply(reply, secrets: secrets)
                if reply.isSuccess { return .done(try reply.grant(from: source, date: options.system.date())) }
                let error = reply.error(from: source)
                guard status == 400 || status == 404 || status == 403 else { throw error }
                var unavailable = CredentialError(
                    "\(error.message) Check that the identity is assigned to this resource, and its client ID.",
                    reason: .unavailable
                )
                unavailable.code = error.code
                unavailable.correlationID = error.correlationID
                unavailable.traceID = error.traceID
                throw unavailable
            }
        }
    }

    /// The resource that a scope belongs to.
    static func resource(of scope: String) -> String {
        scope.hasSuffix("/.default") ? String(scope.dropLast("/.default".count)) : scope
    }
}
