/// What can be read together with a row: a navigation property, with or without a query of its own.
public protocol Expandable<SourceRow>: Sendable {
    /// The rows that have the navigation property.
    associatedtype SourceRow
    /// The term of `$expand`, before percent encoding.
    var expandTerm: String { get }
}

/// A navigation property that is read together with a row, with options of its own.
///
/// Source: OData URL Conventions 4.01, section 5.1.3 "System Query Option $expand".
public struct Expansion<SourceRow, Target: ODataRow>: Expandable, QueryBuilding {
    let navigationProperty: String
    var query = RowQuery<Target>()

    public var expandTerm: String {
        let options = query.options.map { "\($0.name)=\($0.value)" }
        return options.isEmpty ? navigationProperty : "\(navigationProperty)(\(options.joined(separator: ";")))"
    }

    public func building(_ change: (inout RowQuery<Target>) -> Void) -> Expansion {
        var expansion = self
        change(&expansion.query)
        return expansion
    }
}

extension Lookup: Expandable, QueryBuilding {
    public typealias SourceRow = Row

    public var expandTerm: String { navigationProperty }

    public func building(_ change: (inout RowQuery<Target>) -> Void) -> Expansion<Row, Target> {
        Expansion(navigationProperty: navigationProperty).building(change)
    }
}

extension CollectionNavigation: Expandable, QueryBuilding {
    public typealias SourceRow = Row

    public var expandTerm: String { navigationProperty }

    public func building(_ change: (inout RowQuery<Target>) -> Void) -> Expansion<Row, Target> {
        Expansion(navigationProperty: navigationProperty).building(change)
    }
}
