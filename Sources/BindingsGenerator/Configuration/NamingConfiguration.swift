/// How Swift names are made of the names of the metadata.
public struct NamingConfiguration: Sendable, Hashable {
    /// A name that someone chose.
    public struct Rename: Sendable, Hashable {
        /// What is renamed, as the metadata names it: `account`, `account.accountnumber`, `Kind.member`; an alternate key
        /// of several columns as `account.accountnumber,ownerid`.
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
    /// New names of the enumerations of choices: by the name of a global option set, or as `table.column`.
    public var choices: [Rename] = []
    /// New names of the functions for alternate keys, as `table.column` or `table.column,column`.
    public var alternateKeys: [Rename] = []

    /// All new names.
    var renames: [Rename] { types + columns + members + operations + entitySets + choices + alternateKeys }

    /// The names of the metadata in Swift's casing.
    public init() {}
}
