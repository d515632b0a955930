/// Whose calls the service takes a client's calls for.
///
/// Source: Dataverse Web API, function `WhoAmI`.
public struct CurrentUser: Sendable, Hashable {
    /// The user, as `systemuserid`.
    public let id: UUID
    /// The business unit that the user belongs to.
    public let businessUnitID: UUID
    /// The organization of the environment.
    public let organizationID: UUID
}

extension CallContext {
    /// Asks whose call this is.
    func currentUser() -> ODataOperation<CurrentUser> {
        send(ServiceRequest(.get, "WhoAmI")).map { reply throws(DataverseError) in
            let record = try reply.record()
            guard let user = try? record.value("UserId", as: UUID.self),
                let unit = try? record.value("BusinessUnitId", as: UUID.self),
                let organization = try? record.value("OrganizationId", as: UUID.self)
            else { throw reply.unreadable("it does not have UserId, BusinessUnitId and OrganizationId") }
            return CurrentUser(id: user, businessUnitID: unit, organizationID: organization)
        }
    }
}
