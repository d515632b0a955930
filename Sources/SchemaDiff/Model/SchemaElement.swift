/// An element of a schema, by its qualified name; what a change is about.
public enum SchemaElement: Sendable, Hashable {
    /// The kinds of elements, named as in CSDL.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// The document, a schema and so on, by the name of the element.
        case document = "Document"
        case reference = "Reference"
        case schema = "Schema"
        case entityType = "EntityType"
        case complexType = "ComplexType"
        case enumType = "EnumType"
        case typeDefinition = "TypeDefinition"
        case action = "Action"
        case function = "Function"
        case term = "Term"
        case container = "EntityContainer"
        case property = "Property"
        case navigationProperty = "NavigationProperty"
        case enumMember = "Member"
        case parameter = "Parameter"
        case result = "ReturnType"
        case entitySet = "EntitySet"
        case singleton = "Singleton"
        case actionImport = "ActionImport"
        case functionImport = "FunctionImport"
        case choices = "OptionSet"
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
