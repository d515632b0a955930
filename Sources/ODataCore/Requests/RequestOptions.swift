public import HTTPTypes

/// What holds for every request of a client: on whose behalf it is made, which logic of the service is left out,
/// how consistent a read must be.
///
/// Options are set on a client, which gives another client that shares everything else with it:
///
///     let importer = client.with {
///         $0.impersonation = .user(id)
///         $0.bypassedLogic = [.synchronous, .asynchronous]
///     }
///
/// Combinations that contradict each other are refused when a call is made, before anything is sent.
///
/// Sources: Dataverse, "Use optional parameters", "Impersonate another user using the Web API", "Bypass custom
/// Dataverse logic" and "Use elastic tables".
public struct RequestOptions: Sendable, Hashable {
    /// A user on whose behalf requests are made. The caller needs the privilege `prvActOnBehalfOfAnotherUser`.
    public enum Impersonation: Sendable, Hashable {
        /// The user with this `systemuserid` (`MSCRMCallerID`).
        case user(UUID)
        /// The user with this object identifier in Microsoft Entra ID (`CallerObjectId`).
        case entraObject(UUID)
    }

    /// Kinds of custom logic that the service runs on changes.
    public struct CustomLogic: OptionSet, Sendable, Hashable {
        public let rawValue: Int
        public init(rawValue: Int) { self.rawValue = rawValue }

        /// Plug-ins and workflows that run before the service replies.
        public static let synchronous = CustomLogic(rawValue: 1)
        /// Plug-ins and workflows that run later.
        public static let asynchronous = CustomLogic(rawValue: 2)
    }

    /// The state of an elastic table that reads must see at least.
    public enum Session: Sendable, Hashable {
        /// All that this client, or one that it was made from, has written before: the token that the service gave
        /// with its latest reply.
        case latest
        /// All that had been written when the service gave this token, see ``ServiceSignals/sessionToken``.
        case token(String)
    }

    /// On whose behalf requests are made; `nil` for the credential's own user.
    public var impersonation: Impersonation?
    /// Custom logic that does not run (`MSCRM.BypassBusinessLogicExecution`).
    public var bypassedLogic: CustomLogic = []
    /// Registered plug-in steps that do not run (`MSCRM.BypassBusinessLogicExecutionStepIds`).
    public var bypassedSteps: [UUID] = []
    /// Leaves out synchronous plug-ins in the older way (`MSCRM.BypassCustomPluginExecution`), for callers who only
    /// have the privilege `prvBypassCustomPlugins`.
    public var bypassesCustomPlugins = false
    /// Triggers no Power Automate flows (`MSCRM.SuppressCallbackRegistrationExpanderJob`).
    public var bypassesFlows = false
    /// Whether a change that makes a duplicate by the service's rules is refused (`MSCRM.SuppressDuplicateDetection`,
    /// with the opposite value); `nil` leaves it to the service.
    public var detectsDuplicates: Bool?
    /// The unique name of the solution that new components belong to (`MSCRM.SolutionUniqueName`).
    public var solution: String?
    /// Reads definitions as they are now, and not as a cache of the service remembers them (`Consistency: Strong`).
    public var isStronglyConsistent = false
    /// What reads of elastic tables must see at least (`MSCRM.SessionToken`).
    public var session: Session?
    /// The partition of an elastic table that rows are read and deleted in (`partitionId`). Rows that are written name
    /// it themselves, in the column `partitionid` or in their key.
    public var partitionID: String?
    /// A text that plug-ins find in their shared variables (`tag`).
    public var tag: String?
    /// Headers beyond those that the options above stand for.
    public var headers: HTTPFields = [:]

    /// Nothing out of the ordinary.
    public init() {}
}

extension RequestOptions {
    /// Headers that the client sets itself, and that options therefore must not have.
    private static let ownHeaders: Set<HTTPField.Name> = [
        .authorization, .contentType, .contentLength, .host, .transferEncoding, .clientRequestID, .correlationID,
        .odataVersion, .odataMaxVersion,
    ]

    /// Why the options contradict each other, or cannot be sent; `nil` if all is well.
    var contradiction: String? {
        if bypassesCustomPlugins, !bypassedLogic.isEmpty || !bypassedSteps.isEmpty {
            return "bypassesCustomPlugins is the older form of bypassedLogic and bypassedSteps. Set one or the other."
        }
        if bypassedLogic == [.synchronous, .asynchronous], !bypassedSteps.isEmpty {
            return "bypassedLogic leaves out all custom logic already. Set bypassedSteps, or bypassedLogic, not both."
        }
        for (name, text) in [("solution", solution), ("session", sessionText)] {
            if let text, text.isEmpty || !text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) {
                return "\(name) is “\(text)”, which a header cannot carry. Give the text that the service gave."
            }
        }
        if partitionID?.isEmpty == true { return "partitionID is empty. Give the name of a partition, or nil." }
        let standIns = optionHeaders(latestSession: nil)
        for field in headers {
            if Self.ownHeaders.contains(field.name) {
                return "The header \(field.name) is set by the client itself. Take it out of headers."
            }
            if standIns[field.name] != nil {
                return "The header \(field.name) is set twice: in headers, and by the option for it."
            }
        }
        return nil
    }

    private var sessionText: String? {
        if case .token(let text) = session { text } else { nil }
    }

    private func optionHeaders(latestSession: String?) -> HTTPFields {
        var headers = HTTPFields()
        switch impersonation {
        case .user(let id): headers[.callerID] = id.guid
        case .entraObject(let id): headers[.callerObjectID] = id.guid
        case nil: break
        }
        let logic = [
            bypassedLogic.contains(.synchronous) ? "CustomSync" : nil,
            bypassedLogic.contains(.asynchronous) ? "CustomAsync" : nil,
        ].compactMap(\.self)
        if !logic.isEmpty { headers[.bypassBusinessLogic] = logic.joined(separator: ",") }
        if !bypassedSteps.isEmpty {
            headers[.bypassBusinessLogicSteps] = bypassedSteps.map(\.guid).joined(separator: ",")
        }
        if bypassesCustomPlugins { headers[.bypassCustomPlugins] = "true" }
        if bypassesFlows { headers[.suppressCallbackJob] = "true" }
        if let detectsDuplicates { headers[.suppressDuplicateDetection] = detectsDuplicates ? "false" : "true" }
        headers[.solutionUniqueName] = solution
        if isStronglyConsistent { headers[.consistency] = "Strong" }
        switch session {
        case .token(let text): headers[.sessionToken] = text
        case .latest: headers[.sessionToken] = latestSession
        case nil: break
        }
        return headers
    }

    /// A request with these options; what the request itself says goes before them.
    ///
    /// - Parameter latestSession: the session token of the latest reply that had one.
    func applied(to request: ServiceRequest, latestSession: String?) -> ServiceRequest {
        var request = request
        var merged = optionHeaders(latestSession: latestSession)
        for field in headers { merged[field.name] = field.value }
        for field in request.headers {
            // Preferences add up; of any other header there is one.
            if field.name == .prefer, let more = merged[.prefer] {
                merged[.prefer] = "\(field.value),\(more)"
            } else {
                merged[field.name] = field.value
            }
        }
        request.headers = merged
        if let tag { request.target = Self.adding("tag", tag, to: request.target) }
        // The service ignores the partition in the URL of a POST or PATCH.
        if let partitionID, request.method == .get || request.method == .delete {
            request.target = Self.adding("partitionId", partitionID, to: request.target)
        }
        return request
    }

    /// A link that the service gave has the options of its first request already.
    private static func adding(_ name: String, _ value: String, to target: String) -> String {
        guard let query = target.firstIndex(of: "?") else {
            return "\(target)?\(name)=\(PercentEncoding.queryValue(value))"
        }
        let isThere = target[target.index(after: query)...].split(separator: "&").contains { $0.hasPrefix("\(name)=") }
        return isThere ? target : "\(target)&\(name)=\(PercentEncoding.queryValue(value))"
    }
}
