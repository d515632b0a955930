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

    private static func known(_ name: String) -> HTTPField.Name {
        HTTPField.Name(name) ?? .accept
    }
}
