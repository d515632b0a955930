import CSDL

/// The terms that the comparison understands, whichever alias they are written with.
///
/// Sources: the vocabularies Org.OData.Core.V1 and Org.OData.Capabilities.V1; OData.Community.Keys.V1, which Dataverse
/// uses.
enum CoreTerm: Hashable {
    case description, computed, immutable, permissions, optionalParameter, alternateKeys, revisions
    /// A term of the capabilities vocabulary.
    case capability

    init?(_ annotation: Annotation, _ aliases: [String: String]) {
        self.init(CanonicalName.resolve(annotation.term, aliases))
    }

    /// - Parameter name: the canonical name of the term; documents that declare no alias may still write `Core`.
    init?(_ name: String) {
        if name.hasPrefix("Org.OData.Capabilities.V1.") || name.hasPrefix("Capabilities.") {
            self = .capability
            return
        }
        guard let dot = name.lastIndex(of: ".") else { return nil }
        switch name[..<dot] {
        case "Org.OData.Core.V1", "Core":
            switch name[name.index(after: dot)...] {
            case "Description", "LongDescription": self = .description
            case "Computed": self = .computed
            case "Immutable": self = .immutable
            case "Permissions": self = .permissions
            case "OptionalParameter": self = .optionalParameter
            case "AlternateKeys": self = .alternateKeys
            case "Revisions": self = .revisions
            default: return nil
            }
        case "OData.Community.Keys.V1", "Keys":
            guard name.hasSuffix(".AlternateKeys") else { return nil }
            self = .alternateKeys
        default: return nil
        }
    }
}

/// What annotations say about writing a property.
struct Writability {
    private(set) var isReadOnly = false
    private(set) var isImmutable = false

    init(_ annotations: [Annotation], _ aliases: [String: String]) {
        for annotation in annotations {
            switch CoreTerm(annotation, aliases) {
            case .computed?: isReadOnly = isReadOnly || Writability.isTrue(annotation)
            case .immutable?: isImmutable = Writability.isTrue(annotation)
            case .permissions?: isReadOnly = isReadOnly || Writability.deniesWriting(annotation)
            default: break
            }
        }
    }

    /// A tagging term without a value is true.
    private static func isTrue(_ annotation: Annotation) -> Bool {
        annotation.value.map { $0.boolValue ?? false } ?? true
    }

    private static func deniesWriting(_ annotation: Annotation) -> Bool {
        guard case .constant(.enumMember, let members)? = annotation.value else { return false }
        let names = members.split { $0 == " " || $0 == "," }.map { $0.split(separator: "/").last ?? $0 }
        return !names.isEmpty && !names.contains { $0 == "Write" || $0 == "ReadWrite" || $0 == "3" || $0 == "2" }
    }
}
