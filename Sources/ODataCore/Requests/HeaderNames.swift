public import HTTPTypes

extension HTTPField.Name {
    // The initialiser fails for characters that a header name must not have; these are literals of letters and dashes.
    /// The version of OData of a request or reply.
    public static let odataVersion = known("OData-Version")
    /// The highest version of OData that the client understands.
    public static let odataMaxVersion = known("OData-MaxVersion")
    /// The URL of the row that was created or changed, in a reply without a body.
    public static let odataEntityID = known("OData-EntityId")
    /// What the client would like, such as annotations and the size of pages.
    public static let prefer = known("Prefer")
    /// The id of one exchange, which the client chooses.
    public static let clientRequestID = known("x-ms-client-request-id")
    /// The id that all exchanges of one call share.
    public static let correlationID = known("x-ms-correlation-id")
    /// The id that the service gives to an exchange.
    public static let serviceRequestID = known("x-ms-service-request-id")
    /// The id of a request in replies of Azure's gateways.
    public static let requestID = known("x-ms-request-id")
    /// The service's identifier of a request, under the name that Dataverse has given it from the beginning.
    static let originalRequestID = known("REQ_ID")
    /// The id of a sign-in, in replies of the service.
    public static let activityID = known("AuthActivityId")

    /// The user on whose behalf a request is made, by `systemuserid`.
    public static let callerID = known("MSCRMCallerID")
    /// The user on whose behalf a request is made, by the object identifier in Microsoft Entra ID.
    public static let callerObjectID = known("CallerObjectId")
    /// Which custom logic is not to run: synchronous, asynchronous or both.
    public static let bypassBusinessLogic = known("MSCRM.BypassBusinessLogicExecution")
    /// The ids of the plug-in steps that are not to run.
    public static let bypassBusinessLogicSteps = known("MSCRM.BypassBusinessLogicExecutionStepIds")
    /// Whether synchronous custom logic is not to run.
    public static let bypassCustomPlugins = known("MSCRM.BypassCustomPluginExecution")
    /// Whether cloud flows are not to start.
    public static let suppressCallbackJob = known("MSCRM.SuppressCallbackRegistrationExpanderJob")
    /// Whether duplicates are not looked for.
    public static let suppressDuplicateDetection = known("MSCRM.SuppressDuplicateDetection")
    /// The solution that gets what is created.
    public static let solutionUniqueName = known("MSCRM.SolutionUniqueName")
    /// Whether metadata is read as it is now, and not from a cache.
    public static let consistency = known("Consistency")
    /// What a read of an elastic table must see at least, in requests.
    public static let sessionToken = known("MSCRM.SessionToken")
    /// The state of an elastic table after a write, in replies.
    public static let sessionTokenReply = known("x-ms-session-token")
    /// How many requests at a time the service recommends.
    public static let parallelismHint = known("x-ms-dop-hint")
    /// How many requests are left before the service limit.
    public static let remainingRequests = known("x-ms-ratelimit-burst-remaining-xrm-requests")
    /// How much time of execution is left before the service limit.
    public static let remainingTime = known("x-ms-ratelimit-time-remaining-xrm-requests")
    static let host = known("Host")
    /// The secret of Azure App Service's token endpoint.
    package static let identityHeader = known("X-IDENTITY-HEADER")
    /// Asks Azure's Instance Metadata Service; a forged request that a server was tricked into has no such header.
    package static let metadata = known("Metadata")

    private static func known(_ name: String) -> HTTPField.Name {
        HTTPField.Name(name) ?? .accept
    }
}
