/// What happens to the rows that refer to a row when something is done to it.
///
/// Source: Dataverse, "Configure table relationship cascading behavior".
public struct CascadeConfiguration: Sendable, Hashable {
    /// What happens to the referring rows.
    public enum Behavior: String, Sendable, Hashable, CaseIterable {
        /// Nothing.
        case noCascade = "NoCascade"
        /// The same.
        case cascade = "Cascade"
        /// The same, to those that are active.
        case active = "Active"
        /// The same, to those with the same owner.
        case userOwned = "UserOwned"
        /// Their lookup is emptied.
        case removeLink = "RemoveLink"
        /// It is refused while there are any.
        case restrict = "Restrict"
    }

    /// What happens when the row gets another owner.
    public var assign: Behavior
    /// What happens when the row is deleted.
    public var delete: Behavior
    /// What happens when the row is merged into another one.
    public var merge: Behavior
    /// What happens when the row gets another parent.
    public var reparent: Behavior
    /// What happens when the row is shared.
    public var share: Behavior
    /// What happens when the row is shared no longer.
    public var unshare: Behavior
    /// Further properties, as the service names them, such as `RollupView`.
    public var additionalMetadata: Record = [:]

    /// - Parameters:
    ///   - assign: when the row gets another owner.
    ///   - delete: when the row is deleted.
    ///   - merge: when the row is merged into another one.
    ///   - reparent: when the row gets another parent.
    ///   - share: when the row is shared.
    ///   - unshare: when the row is shared no longer.
    public init(
        assign: Behavior = .noCascade,
        delete: Behavior = .removeLink,
        merge: Behavior = .noCascade,
        reparent: Behavior = .noCascade,
        share: Behavior = .noCascade,
        unshare: Behavior = .noCascade
    ) {
        self.assign = assign
        self.delete = delete
        self.merge = merge
        self.reparent = reparent
        self.share = share
        self.unshare = unshare
    }
}
