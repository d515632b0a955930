/// Tables and the relations between them, as they are drawn.
public struct SchemaDiagram: Sendable, Hashable {
    /// Which columns of a table are drawn.
    public enum Columns: String, Sendable, Hashable, CaseIterable {
        /// None: names of tables only.
        case none
        /// Those of the key, of alternate keys, and of lookups.
        case keys
        /// All.
        case all
    }

    /// A table.
    public struct Table: Sendable, Hashable {
        /// The name that the relations know it by: the one with the namespace.
        public let id: String
        /// The name that is drawn.
        public let name: String
        /// The columns that are drawn.
        public let columns: [Column]
    }

    /// A column of a table.
    public struct Column: Sendable, Hashable {
        /// What a column is for.
        public enum Role: String, Sendable, Hashable {
            /// Part of the key.
            case key = "PK"
            /// Part of an alternate key.
            case alternateKey = "UK"
            /// The value of a lookup.
            case lookup = "FK"
        }

        /// The name.
        public let name: String
        /// The name of the type, without its namespace.
        public let type: String
        /// What the column is for.
        public let roles: [Role]
    }

    /// How many rows of a table belong to one of the other.
    public enum Cardinality: Sendable, Hashable {
        /// One or none.
        case zeroOrOne
        /// One.
        case exactlyOne
        /// Any number.
        case zeroOrMore
    }

    /// A relation between two tables, seen from the table that declares it.
    public struct Relation: Sendable, Hashable {
        /// What kind of relation it is.
        public enum Kind: Sendable, Hashable {
            /// The tables refer to each other.
            case reference
            /// The first table refers to this one or to another: a lookup of several tables.
            case oneOfSeveral
            /// The rows of the second table are part of the first.
            case containment
            /// The first table inherits from the second.
            case inheritance
        }

        /// The table that declares the relation.
        public let from: String
        /// The other table.
        public let to: String
        /// The name of the navigation property.
        public let name: String
        /// What kind of relation it is.
        public let kind: Kind
        /// How many rows of the first table belong to one of the second.
        public let fromCardinality: Cardinality
        /// How many rows of the second table belong to one of the first.
        public let toCardinality: Cardinality
    }

    /// The tables by name.
    public let tables: [Table]
    /// The relations by the names of the tables that declare them.
    public let relations: [Relation]

    init(tables: [Table], relations: [Relation]) {
        self.tables = tables
        self.relations = relations
    }
}
