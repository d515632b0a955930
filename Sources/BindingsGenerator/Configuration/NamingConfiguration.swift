/// How Swift names are made of the names of the metadata.
public struct NamingConfiguration: Sendable, Hashable {
    /// A name that someone chose.
    public struct Rename: Sendable, Hashable {
        /// What is renamed, as the metadata names it: `account`, `account.accountnumber`, `Kind.member`.
        public var source: String
        /// The Swift name.
        public var name: String
        /// Where it stands, for messages.
        public var place: Place?

        /// A new name for something.
        public init(_ source: String, to name: String, at place: Place? = nil) {
            self.source = source
            self.name = name
            self.place = place
        }
    }

    /// Prefixes of names that are left out, such as `contoso_`.
    public var stripPrefixes: [String] = []
    /// Words that run-together names are made of (`account`, `number`), and whole names taken apart (`fax number`).
    public var words: [String] = []
    /// Names with the capitals that show their words (`AccountNumber`), by the same in small letters.
    public var spellings: [String: String] = [:]
    /// New names of tables, complex types and enumerations.
    public var types: [Rename] = []
    /// New names of columns, lookups and collections, as `table.column` or `complextype.property`.
    public var columns: [Rename] = []
    /// New names of members of enumerations, as `enumeration.member`.
    public var members: [Rename] = []
    /// New names of actions and functions.
    public var operations: [Rename] = []
    /// New names of the clients' properties for entity sets and singletons.
    public var entitySets: [Rename] = []

    /// The names of the metadata in Swift's casing.
    public init() {}
}
