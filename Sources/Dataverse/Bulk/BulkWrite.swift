/// One change among many that are sent in bulk.
public enum BulkWrite<Row: ODataRow>: Sendable {
    /// Create a row.
    case create(Row)
    /// Change the columns that were set of a row that exists.
    case update(Row.PrimaryKey, Row)
    /// Change a row, or create it if it does not exist.
    case upsert(RowKey<Row>, Row)
    /// Delete a row.
    case delete(RowKey<Row>)

    /// Changes of one kind go out together.
    enum Kind: Sendable, Hashable {
        case create, update, upsert, delete
    }

    var kind: Kind {
        switch self {
        case .create: .create
        case .update: .update
        case .upsert: .upsert
        case .delete: .delete
        }
    }
}

/// What became of one change.
public enum BulkOutcome<Row: ODataRow>: Sendable {
    /// It was made.
    ///
    /// - Parameter id: the primary key of a row that was created; `nil` for other changes.
    case done(id: Row.PrimaryKey?)
    /// It was not made.
    case failed(DataverseError)
    /// It was sent, no reply came, and sending it again could make it twice: look before you repeat it.
    case unknown(DataverseError)
}

/// What became of the change at a position of the input.
public struct BulkResult<Row: ODataRow>: Sendable {
    /// The position of the change, counted from 0.
    public let position: Int
    /// What became of it.
    public let outcome: BulkOutcome<Row>
}

/// How many changes were made, and how many were not.
public struct BulkSummary: Sendable, Hashable {
    /// Changes that were made.
    public private(set) var done = 0
    /// Changes that were not made.
    public private(set) var failed = 0
    /// Changes that may have been made.
    public private(set) var unknown = 0

    mutating func count(_ outcome: BulkOutcome<some ODataRow>) {
        switch outcome {
        case .done: done += 1
        case .failed: failed += 1
        case .unknown: unknown += 1
        }
    }
}

/// How changes are sent in bulk.
public struct BulkOptions: Sendable, Hashable {
    /// In what kind of request a portion of changes goes out.
    public enum Method: Sendable, Hashable {
        /// `CreateMultiple`, `UpdateMultiple` and `UpsertMultiple`, the fastest. All changes of a portion are made, or
        /// none; if the service refuses a portion, its changes are sent again in a batch, so that the good ones are
        /// made and the bad ones have an error of their own. Deletions go out in batches in any case. Elastic tables
        /// make a part of a portion where standard tables make none: use ``batch`` for them.
        case multiple
        /// `$batch`, in which each change stands for itself.
        case batch
    }

    /// In what kind of request a portion goes out.
    public var method: Method = .multiple
    /// How many changes go out together; Dataverse recommends 100 to begin with, and takes 1,000 in a batch.
    public var portionSize = 100
    /// How many portions are under way at a time at the most. The service's own recommendation counts where it is
    /// lower. The synchronous client sends one portion after the other.
    public var maximumParallelism = 52
    /// How often a portion is sent at the most, where sending it again is safe.
    public var maximumAttempts = 10

    /// What is said above.
    public init() {}

    /// The number of changes in a portion, within what the service takes.
    var effectivePortionSize: Int { min(max(portionSize, 1), CallContext.maximumBatchSize) }
}
