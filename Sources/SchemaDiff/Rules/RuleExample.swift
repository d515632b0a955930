/// The smallest change that a rule finds: a piece of a schema before and after.
///
/// The documentation shows the pieces, and the tests compare the documents made of them.
public struct RuleExample: Sendable, Hashable {
    /// Where the pieces stand.
    public enum Place: Sendable, Hashable {
        /// In a schema with the namespace `Sales`.
        case schema
        /// In the entity type `Sales.Order`.
        case entityType
        /// In the entity container `Sales.Container`, beside the entity types `Sales.Order` and `Sales.Customer`.
        case container
        /// The pieces are whole documents.
        case document
        /// The pieces are replies of the metadata API, beside an entity type `Sales.order`.
        case choices
    }

    /// Where the pieces stand.
    public let place: Place
    /// The piece before the change.
    public let old: String
    /// The piece after it.
    public let new: String

    static func schema(_ old: String, _ new: String) -> RuleExample { RuleExample(place: .schema, old: old, new: new) }
    static func entityType(_ old: String, _ new: String) -> RuleExample {
        RuleExample(place: .entityType, old: old, new: new)
    }
    static func container(_ old: String, _ new: String) -> RuleExample {
        RuleExample(place: .container, old: old, new: new)
    }
    static func document(_ old: String, _ new: String) -> RuleExample {
        RuleExample(place: .document, old: old, new: new)
    }
    static func choices(_ old: String, _ new: String) -> RuleExample {
        RuleExample(place: .choices, old: old, new: new)
    }

    /// The document with the old piece.
    public var oldDocument: String { place.document(with: old) }
    /// The document with the new piece.
    public var newDocument: String { place.document(with: new) }
}

extension RuleExample.Place {
    /// The whole document around a piece.
    public func document(with piece: String) -> String {
        switch self {
        case .document: return piece
        case .schema: return RuleExample.Place.edmx(piece)
        case .entityType:
            return RuleExample.Place.edmx(#"<EntityType Name="Order">"# + piece + "</EntityType>" + Self.customer)
        case .container:
            let types =
                #"<EntityType Name="Order"><NavigationProperty Name="customer" Type="Sales.Customer"/></EntityType>"#
            return RuleExample.Place.edmx(
                types + Self.customer + #"<EntityContainer Name="Container">"# + piece + "</EntityContainer>"
            )
        case .choices:
            return RuleExample.Place.edmx(
                #"<EntityType Name="order"><Property Name="statecode" Type="Edm.Int32"/></EntityType>"#
            )
        }
    }

    private static let customer = #"<EntityType Name="Customer"/>"#

    private static func edmx(_ schema: String) -> String {
        """
        <edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.0"><edmx:Reference \
        Uri="https://oasis-tcs.github.io/odata-vocabularies/vocabularies/Org.OData.Core.V1.xml"><edmx:Include \
        Namespace="Org.OData.Core.V1" Alias="Core"/></edmx:Reference><edmx:DataServices>
        <Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="Sales">
        \(schema)
        </Schema></edmx:DataServices></edmx:Edmx>
        """
    }
}
