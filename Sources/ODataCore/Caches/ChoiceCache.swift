import Synchronization

/// The labels of the choice columns of tables, and the values they stand for.
///
/// What is known about a table is asked for again after an hour. The cache reads no clock: whoever asks says what
/// time it is. Names of tables are compared without regard to case, as Dataverse does.
public final class ChoiceCache: Sendable {
    /// The values of choice columns: the name of a column, then a normalised label.
    public typealias Columns = [String: [String: Int]]

    private struct Entry: Sendable {
        let columns: Columns
        let fetchedAt: ContinuousClock.Instant
    }

    /// How long what the service said about a table counts.
    public static let lifetime: Duration = .seconds(3_600)

    private let entries = Mutex<[String: Entry]>([:])

    /// An empty cache.
    public init() {}

    /// What is known about the choice columns of a table, or `nil` if the service has to be asked.
    ///
    /// - Parameters:
    ///   - table: the name of the table.
    ///   - now: the time of the question.
    public func columns(of table: String, at now: ContinuousClock.Instant) -> Columns? {
        entries.withLock { entries in
            guard let entry = entries[table.lowercased()], now - entry.fetchedAt < Self.lifetime else { return nil }
            return entry.columns
        }
    }

    /// Remembers what the service said about the choice columns of a table.
    ///
    /// - Parameters:
    ///   - columns: the values of the choice columns.
    ///   - table: the name of the table.
    ///   - now: the time of the answer.
    public func store(_ columns: Columns, for table: String, at now: ContinuousClock.Instant) {
        entries.withLock { $0[table.lowercased()] = Entry(columns: columns, fetchedAt: now) }
    }

    /// Forgets a table, or all of them, after their choices have changed.
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
