import Foundation
import Synchronization

/// A sign-in service beside the emulated environment, and the check of its tokens at the environment's door.
///
/// It answers as Microsoft Entra ID, the instance metadata service and App Service do, at the emulator's own address:
/// `/{tenant}/oauth2/v2.0/token`, `…/devicecode` and `…/authorize`, `/metadata/identity/oauth2/token` and `/msi/token`.
/// Tests keep it and steer it while the emulator runs:
///
/// ```swift
/// let signIn = SignIn(tenant: "contoso.example")
/// signIn.register(SignIn.Client(id: "app", secrets: ["secret"]))
/// configuration.signIn = signIn
/// …
/// signIn.expireTokens()
/// ```
public final class SignIn: Sendable {
    /// An app that may sign in.
    public struct Client: Sendable {
        /// The application ID.
        public var id: String
        /// The client secrets that are accepted.
        public var secrets: [String]
        /// The certificates whose assertions are accepted, as PEM.
        public var certificates: [String]
        /// The assertions of another identity provider that are accepted as they are.
        public var federatedTokens: [String]
        /// Whether people may sign in with it, by device code or browser.
        public var isPublic: Bool

        /// Makes an app.
        public init(
            id: String,
            secrets: [String] = [],
            certificates: [String] = [],
            federatedTokens: [String] = [],
            isPublic: Bool = false
        ) {
            self.id = id
            self.secrets = secrets
            self.certificates = certificates
            self.federatedTokens = federatedTokens
            self.isPublic = isPublic
        }
    }

    /// What a person does with a device code.
    public enum DeviceOutcome: Sendable, Hashable {
        /// The person has signed in.
        case approved
        /// The person has refused.
        case declined
        /// The person took too long.
        case expired
    }

    /// A token that was issued.
    public struct Issue: Sendable, Hashable {
        /// The grant type, or `managed_identity`.
        public let grant: String
        /// The tenant that was asked.
        public let tenant: String
        /// The app, or the identity.
        public let client: String
        /// What the token is for.
        public let audience: String
        /// The claims that were asked for, as JSON.
        public let claims: String?
    }

    struct Token {
        let audience: String
        let expiresAt: Date
        let claims: String?
    }

    /// What stands for a sign-in that has been begun: a code, or what renews it.
    struct Ticket {
        let client: String
        let tenant: String
        var challenge: String?
        var redirect: String?
        var pollsLeft = 0
    }

    struct State {
        var clients: [String: Client] = [:]
        var tenants: Set<String>
        var tokens: [String: Token] = [:]
        var codes: [String: Ticket] = [:]
        var deviceCodes: [String: Ticket] = [:]
        var refreshTokens: [String: Ticket] = [:]
        var assertionsSeen: Set<String> = []
        var issues: [Issue] = []
        var tokenLifetime: TimeInterval = 3600
        var requiredClaims: String?
        var pendingPolls = 0
        var slowDowns = 0
        var deviceOutcome = DeviceOutcome.approved
        var deviceInterval = 5
        var identitySecret = UUID().uuidString
        var identities: Set<String> = []
    }

    let state: Mutex<State>

    /// Makes a sign-in service without apps.
    ///
    /// - Parameter tenants: The tenants that exist.
    public init(tenants: String...) { state = Mutex(State(tenants: Set(tenants))) }

    /// Adds an app, or replaces the one with its identifier.
    public func register(_ client: Client) { state.withLock { $0.clients[client.id] = client } }

    /// Adds a user-assigned managed identity by its client ID; the system's own is always there.
    public func registerIdentity(_ clientID: String) { state.withLock { _ = $0.identities.insert(clientID) } }

    /// How long new tokens are valid, in seconds.
    public var tokenLifetime: TimeInterval {
        get { state.withLock { $0.tokenLifetime } }
        set { state.withLock { $0.tokenLifetime = newValue } }
    }

    /// The secret of the App Service endpoint, as `IDENTITY_HEADER` has it.
    public var identityHeader: String { state.withLock { $0.identitySecret } }

    /// All tokens that were issued, in order.
    public var issues: [Issue] { state.withLock { $0.issues } }

    /// Makes all tokens that were issued invalid.
    public func expireTokens() { state.withLock { $0.tokens.removeAll() } }

    /// Makes people sign in again: what renews their sign-ins is refused.
    public func revokeSignIns() { state.withLock { $0.refreshTokens.removeAll() } }

    /// From now on, the environment takes only tokens that were asked for with these claims; `nil` takes any.
    ///
    /// - Parameter claims: The claims as JSON.
    public func requireClaims(_ claims: String?) { state.withLock { $0.requiredClaims = claims } }

    /// What happens to the next device codes.
    ///
    /// - Parameters:
    ///   - outcome: What the person does in the end.
    ///   - pendingPolls: How often the app is told to ask again before.
    ///   - slowDowns: How often it is told to ask more slowly, before that.
    ///   - interval: How many seconds it is to wait between its questions.
    public func expectDeviceCode(
        _ outcome: DeviceOutcome,
        pendingPolls: Int = 1,
        slowDowns: Int = 0,
        interval: Int = 0
    ) {
        state.withLock { state in
            state.deviceOutcome = outcome
            state.pendingPolls = pendingPolls
            state.slowDowns = slowDowns
            state.deviceInterval = interval
        }
    }
}
