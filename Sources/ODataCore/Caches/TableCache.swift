import Synchronization

/// Which entity set a table has, asked from the service once per table.
///
/// Names of tables are compared without regard to case, as Dataverse does.
public final class TableCache: Sendable {
    /// What the metadata says about a table.
    public struct Entry: Sendable, Hashable {
        /// The name of the entity set, such as `accounts`.
        public let entitySetName: String
        /// The column of the primary key, such as `accountid`.
        public let primaryKey: String

        /// What the metadata says about a table.
        public init(entitySetName: String, primaryKey: String) {
            self.entitySetName = entitySetName
            self.primaryKey = primaryKey
        }
    }

    /// An empty cache.
    public init() {}

    private let entries = Mutex<[String: Entry]>([:])

    /// What is known about a table, or `nil` if the service has not been asked yet.
    public func entry(for table: String) -> Entry? {
        entries.withLock { $0[table.lowercased()] }
    }

    /// Remembers what the service said about a table.
    public func store(_ entry: Entry, for table: String) {
        entries.withLock { $0[table.lowercased()] = entry }
    }

    /// Forgets a table, or all of them, after their metadata has changed.
    ///
    /// - Parameter table: the name of a table; `nil` for all.
    /// - Returns: how many tables were forgotten.
    @discardableResult
    public func invalidate(_ table: String? = nil) -> Int {
        entries.withLock { entries in
            if let table { return entries.removeValue(forKey: table.lowercased()) == nil ? 0 : 1 }
            defer { entries.removeAll() }
            return entries.count
        }
    }
}
