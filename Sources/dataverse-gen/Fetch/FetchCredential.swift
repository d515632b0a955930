import CSDL
import Foundation

/// How `fetch` gets its access token.
enum FetchCredential: Equatable {
    /// None: the service is open, or runs on this machine.
    case none
    /// A token of the user's, from the environment.
    case token(String)
    /// A registered app, from the environment.
    case clientSecret(tenant: String, client: String, secret: String)
    /// Whoever is signed in to the Azure CLI.
    case azureCLI
    /// What a command of the user's prints.
    case command(String)

    static let tokenVariable = "DATAVERSE_TOKEN"
    static let appVariables = ["AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET"]

    /// - Parameters:
    ///   - command: a command of the user's that prints a token, or `nil`.
    ///   - environment: the variables of the process.
    ///   - location: the service.
    init(command: String?, environment: [String: String], location: ServiceLocation) {
        let app = FetchCredential.appVariables.compactMap { environment[$0] }.filter { !$0.isEmpty }
        if let command {
            self = .command(command)
        } else if let token = environment[FetchCredential.tokenVariable], !token.isEmpty {
            self = .token(token)
        } else if location.isDataverse, !location.origin.hasPrefix("http://") {
            self =
                app.count == FetchCredential.appVariables.count
                ? .clientSecret(tenant: app[0], client: app[1], secret: app[2]) : .azureCLI
        } else {
            self = .none
        }
    }

    /// The headers that say who asks.
    ///
    /// - Throws: `CommandFailure` where no token is given.
    func headers(for location: ServiceLocation) throws(CommandFailure) -> [String] {
        guard let token = try token(for: location) else { return [] }
        guard !location.isReadableOnTheWay else {
            throw .badInput(
                Diagnostic(.error, "an access token is not sent over http to another machine; use https")
            )
        }
        guard !token.isEmpty, token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw .badInput(Diagnostic(.error, "what was given as an access token is none"))
        }
        return ["Authorization: Bearer \(token)"]
    }

    private func token(for location: ServiceLocation) throws(CommandFailure) -> String? {
        switch self {
        case .none: nil
        case .token(let token): token
        case .clientSecret(let tenant, let client, let secret):
            try FetchCredential.token(tenant: tenant, client: client, secret: secret, location: location)
        case .azureCLI:
            try FetchCredential.output(
                of: "az",
                [
                    "account", "get-access-token", "--resource", location.origin, "--query", "accessToken",
                    "--output", "tsv",
                ],
                hint: "Sign in with 'az login', set \(FetchCredential.tokenVariable), "
                    + "or set \(FetchCredential.appVariables.joined(separator: ", "))."
            )
        case .command(let command):
            try FetchCredential.output(of: "sh", ["-c", command], hint: "It is to print an access token.")
        }
    }

    /// What a program prints.
    private static func output(
        of program: String,
        _ arguments: [String],
        hint: String
    ) throws(CommandFailure) -> String {
        let child: ChildProcess
        do throws(CommandFailure) {
            child = try ChildProcess(program, arguments)
        } catch {
            throw .badInput(Diagnostic(.error, "there is no access token: '\(program)' is not installed. \(hint)"))
        }
        var lines: [String] = []
        let status = try child.readLines { lines.append($0) }
        guard status == 0 else {
            let reason = child.errors.split(separator: "\n").last.map { ": \($0)" } ?? ""
            throw .badInput(Diagnostic(.error, "there is no access token: '\(program)' failed\(reason). \(hint)"))
        }
        return lines.joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Asks Microsoft Entra for a token of a registered app.
    private static func token(
        tenant: String,
        client: String,
        secret: String,
        location: ServiceLocation
    ) throws(CommandFailure) -> String {
        let authority =
            ProcessInfo.processInfo.environment["AZURE_AUTHORITY_HOST"] ?? "https://login.microsoftonline.com"
        guard tenant.allSatisfy({ $0.isLetter || $0.isNumber || "-._".contains($0) }), authority.hasPrefix("https://")
        else {
            throw .badInput(Diagnostic(.error, "AZURE_TENANT_ID or AZURE_AUTHORITY_HOST is not what it should be"))
        }
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "token.json")
        var curl = Curl()
        curl.form = [
            ("grant_type", "client_credentials"), ("client_id", client), ("client_secret", secret),
            ("scope", location.origin + "/.default"),
        ]
        let host = authority.hasSuffix("/") ? String(authority.dropLast()) : authority
        let outcome = try curl.download([.init(url: "\(host)/\(tenant)/oauth2/v2.0/token", file: file)])[0]
        let reply = (try? Data(contentsOf: file)).flatMap { try? JSONDecoder().decode(TokenReply.self, from: $0) }
        guard outcome.isSuccess, let token = reply?.accessToken else {
            let reason = reply?.errorDescription ?? reply?.error ?? outcome.message
            let first = reason.split(whereSeparator: \.isNewline).first.map(String.init) ?? "status \(outcome.status)"
            throw .badInput(Diagnostic(.error, "there is no access token: sign-in was refused: \(first)"))
        }
        return token
    }

    private struct TokenReply: Decodable {
        let accessToken: String?
        let error: String?
        let errorDescription: String?

        enum CodingKeys: String, CodingKey {
            case accessToken = "access_token"
            case error
            case errorDescription = "error_description"
        }
    }
}
