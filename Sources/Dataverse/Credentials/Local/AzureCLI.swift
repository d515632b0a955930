import Foundation

/// Asks the Azure CLI for a token.
struct AzureCLI: Sendable {
    let tenant: String?
    let timeout: Duration
    let options: CredentialOptions

    func acquire(_ request: TokenRequest) -> CredentialOperation<TokenGrant> {
        .attempt { () throws(CredentialError) in
            guard let executable = executable() else {
                throw CredentialError(
                    "The Azure CLI (az) is not installed, or not in a folder of PATH. Install it and run `az login`.",
                    reason: .unavailable
                )
            }
            let resource = ManagedIdentityFlow.resource(of: request.scope)
            guard Self.isPlain(resource) else {
                throw CredentialError("The Azure CLI gives no tokens for the scope “\(request.scope)”.")
            }
            var arguments = ["account", "get-access-token", "--output", "json", "--resource", resource]
            if let tenant = try tenant(for: request) { arguments += ["--tenant", tenant] }
            let process = LocalProcess(executable: executable, arguments: arguments, timeout: timeout)
            return .outside { [options] interruption in
                .attempt { () throws(CredentialError) in
                    .done(try read(try options.system.run(process, interruption)))
                }
            }
        }
    }

    private func tenant(for request: TokenRequest) throws(CredentialError) -> String? {
        guard let wanted = request.tenant else { return tenant }
        let app = try EntraApp(tenant: tenant ?? "organizations", clientID: "az", options: options)
        return try app.tenant(for: request) == wanted ? wanted : tenant
    }

    /// The program in the folders of `PATH`. Folders that depend on where the app was started are left out.
    private func executable() -> String? {
        let folders = (options.system.variable("PATH") ?? "").split(separator: ":").filter { $0.hasPrefix("/") }
        return folders.lazy.map { "\($0)/az" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Whether a text can be an argument without being taken for an option.
    private static func isPlain(_ text: String) -> Bool {
        !text.hasPrefix("-") && !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "-")...UInt8(ascii: ":"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    private func read(_ output: LocalProcess.Output) throws(CredentialError) -> TokenGrant {
        let text = output.standardOutput.text
        guard output.status == 0 else {
            let said = output.standardError.split(whereSeparator: \.isNewline).prefix(3).joined(separator: " ")
            let isSignedOut = said.contains("az login") || said.contains("az account set")
            throw CredentialError(
                "The Azure CLI gave no token: \(said.without([output.standardOutput]).prefix(500)) Run `az login`.",
                reason: isSignedOut ? .unavailable : .refused
            )
        }
        guard let object = (try? JSONReader.value(from: text))?.objectValue,
            let token = object["accessToken"]?.stringValue, TokenReply.isToken(token)
        else {
            throw CredentialError(
                "The output of the Azure CLI cannot be read. Update it with `az upgrade`.",
                reason: .unexpectedReply
            )
        }
        return TokenGrant(token: Secret(token), lifetime: lifetime(object))
    }

    /// What is left of the token's time. Before version 2.54 there is a local time only.
    private func lifetime(_ object: Record) -> Duration {
        let now = options.system.date()
        if let moment = object["expires_on"]?.integerValue {
            return .seconds(min(max(moment - Int64(now.timeIntervalSince1970), 0), 30 * 86_400))
        }
        let numbers = (object["expiresOn"]?.stringValue ?? "").prefix(19).split { !$0.isNumber }.compactMap { Int($0) }
        guard numbers.count == 6 else { return .seconds(300) }
        let components = DateComponents(
            year: numbers[0],
            month: numbers[1],
            day: numbers[2],
            hour: numbers[3],
            minute: numbers[4],
            second: numbers[5]
        )
        guard let date = Calendar(identifier: .gregorian).date(from: components) else { return .seconds(300) }
        return .seconds(min(max(date.timeIntervalSince(now), 0), 30 * 86_400))
    }
}
