/// Whether a column must have a value.
///
/// Source: Dataverse Web API, AttributeRequiredLevel enumeration.
public enum RequiredLevel: String, Sendable, Hashable, CaseIterable {
    /// It may be empty.
    case optional = "None"
    /// It may be empty, and apps suggest to fill it in.
    case recommended = "Recommended"
    /// Apps insist on a value; the Web API does not.
    case required = "ApplicationRequired"
    /// The service insists on a value; only columns of the system are like that.
    case systemRequired = "SystemRequired"
}
