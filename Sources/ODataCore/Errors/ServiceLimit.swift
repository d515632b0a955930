/// The limits by which Dataverse protects itself; each is counted for a user, on each server.
///
/// Source: Dataverse, "Service protection API limits".
public enum ServiceLimit: Sendable, Hashable, CaseIterable {
    /// Too many requests within five minutes.
    case requests
    /// Too much processing time within five minutes.
    case processingTime
    /// Too many requests at the same time.
    case concurrentRequests

    /// The limit that an error code stands for.
    init?(serviceCode: String) {
        switch serviceCode.lowercased() {
        case "0x80072322", "-2147015902": self = .requests
        case "0x80072321", "-2147015903": self = .processingTime
        case "0x80072326", "-2147015898": self = .concurrentRequests
        default: return nil
        }
    }
}

extension DataverseError {
    /// Which of the service's protection limits was exceeded; `nil` for any other error.
    public var exceededLimit: ServiceLimit? { serviceCode.flatMap(ServiceLimit.init(serviceCode:)) }
}
