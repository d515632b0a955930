public import HTTPTypes

extension HTTPField.Name {
    // The initialiser fails for characters that a header name must not have; these are literals of letters and dashes.
    public static let odataVersion = known("OData-Version")
    public static let odataMaxVersion = known("OData-MaxVersion")
    public static let odataEntityID = known("OData-EntityId")
    public static let prefer = known("Prefer")
    public static let clientRequestID = known("x-ms-client-request-id")
    public static let correlationID = known("x-ms-correlation-id")
    public static let serviceRequestID = known("x-ms-service-request-id")
    public static let requestID = known("x-ms-request-id")
    /// The service's identifier of a request, under the name that Dataverse has given it from the beginning.
    static let originalRequestID = known("REQ_ID")
    public static let activityID = known("AuthActivityId")

    /// The user on whose behalf a request is made, by `systemuserid`.
    public static let callerID = known("MSCRMCallerID")
    /// The user on whose behalf a request is made, by the object identifier in Microsoft Entra ID.
    public static let callerObjectID = known("CallerObjectId")
    public static let bypassBusinessLogic = known("MSCRM.BypassBusinessLogicExecution")
    public static let bypassBusinessLogicSteps = known("MSCRM.BypassBusinessLogicExecutionStepIds")
    public static let bypassCustomPlugins = known("MSCRM.BypassCustomPluginExecution")
    public static let suppressCallbackJob = known("MSCRM.SuppressCallbackRegistrationExpanderJob")
    public static let suppressDuplicateDetection = known("MSCRM.SuppressDuplicateDetection")
    public static let solutionUniqueName = known("MSCRM.SolutionUniqueName")
    public static let consistency = known("Consistency")
    /// What a read of an elastic table must see at least, in requests.
    public static let sessionToken = known("MSCRM.SessionToken")
    /// The state of an elastic table after a write, in replies.
    public static let sessionTokenReply = known("x-ms-session-token")
    public static let parallelismHint = known("x-ms-dop-hint")
    public static let remainingRequests = known("x-ms-ratelimit-burst-remaining-xrm-requests")
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
