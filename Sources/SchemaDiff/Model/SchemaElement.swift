/// An element of a schema, by its qualified name; what a change is about.
public enum SchemaElement: Sendable, Hashable {
    /// The kinds of elements, named as in CSDL.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The document as a whole.
        case document = "Document"
        /// A reference to another document.
        case reference = "Reference"
        /// A schema, by its namespace.
        case schema = "Schema"
        /// An entity type.
        case entityType = "EntityType"
        /// A complex type.
        case complexType = "ComplexType"
        /// An enumeration type.
        case enumType = "EnumType"
        /// A type definition.
        case typeDefinition = "TypeDefinition"
        /// An action.
        case action = "Action"
        /// A function.
        case function = "Function"
        /// A term.
        case term = "Term"
        /// An entity container.
        case container = "EntityContainer"
        /// A property.
        case property = "Property"
        /// A navigation property.
        case navigationProperty = "NavigationProperty"
        /// A member of an enumeration.
        case enumMember = "Member"
        /// A parameter of an action or function.
        case parameter = "Parameter"
        /// The result of an action or function.
        case result = "ReturnType"
        /// An entity set.
        case entitySet = "EntitySet"
        /// A singleton.
        case singleton = "Singleton"
        /// An action import.
        case actionImport = "ActionImport"
        /// A function import.
        case functionImport = "FunctionImport"
        /// The options of a choice column, which the document lacks.
        case choices = "OptionSet"
        /// One option.
        case choice = "Option"

        /// The kind in a sentence: "entity type".
        public var words: String {
            switch self {
            case .enumMember: "enumeration member"
            case .enumType: "enumeration"
            case .result: "result"
            case .choices: "option set"
            default: Kind.spaced(rawValue)
            }
        }

        private static func spaced(_ name: String) -> String {
            var words = ""
            for (offset, letter) in name.enumerated() {
                if letter.isUppercase, offset > 0 { words.append(" ") }
                words += letter.lowercased()
            }
            return words
        }
    }

    /// What has a qualified name of its own: a type, an operation, a container. An overloaded operation's name ends
    /// with the types of its parameters.
    case named(Kind, String)
    /// What stands inside another element: a property, a member, a parameter, an entity set.
    indirect case member(Kind, String, of: SchemaElement)

    /// The kind.
    public var kind: Kind {
        switch self {
        case .named(let kind, _), .member(let kind, _, _): kind
        }
    }

    /// The qualified name, with `/` before a member: `Microsoft.Dynamics.CRM.account/name`.
    public var path: String {
        switch self {
        case .named(_, let name): name
        case .member(_, let name, let owner): owner.path + "/" + name
        }
    }

    /// The last part of the path.
    public var name: String {
        switch self {
        case .named(_, let name), .member(_, let name, _): name
        }
    }

    /// The element with a name of its own that this one is, or is part of.
    public var root: SchemaElement {
        switch self {
        case .named: self
        case .member(_, _, let owner): owner.root
        }
    }
}
