/// What a call does, in the words of the client's methods: `retrieve accounts`.
///
/// There are few names, and no values of rows are in them, so that they can name spans and be dimensions of metrics.
public struct CallName: Sendable, Hashable, CustomStringConvertible {
    private enum Subject: Sendable, Hashable {
        case none
        case text(String)
        case source(EntitySetSource)
    }

    /// What is done, such as `retrieve`.
    public let operation: String
    private let subject: Subject

    /// What it is done to: an entity set, a table, an action or a function; `nil` where the call is about none.
    public var target: String? {
        switch subject {
        case .none: nil
        case .text(let text): text
        case .source(let source): source.observedName
        }
    }

    /// - Parameters:
    ///   - operation: what is done, such as `approve`.
    ///   - target: what it is done to, such as `invoices`.
    public init(_ operation: String, _ target: String? = nil) {
        self.operation = operation
        subject = target.map(Subject.text) ?? .none
    }

    /// The target is put into words only when somebody asks for it.
    init(_ operation: String, in source: EntitySetSource) {
        self.operation = operation
        subject = .source(source)
    }

    public var description: String { target.map { "\(operation) \($0)" } ?? operation }

    /// A call that nobody has named.
    public static let unnamed = CallName("run")
}

extension EntitySetSource {
    /// The name for observers, without keys.
    fileprivate var observedName: String {
        switch self {
        case .entitySet(let name), .table(let name): name
        case .related(let property, _, let parent): "\(parent.observedName)/\(property)"
        }
    }
}
