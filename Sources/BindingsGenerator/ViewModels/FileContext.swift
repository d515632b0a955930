/// What every file begins with, and the words that depend on the access level.
struct FileContext: Sendable {
    /// The name of the metadata's file.
    let sourceName: String
    /// `public `, `package ` or nothing.
    let access: String
    /// `@inlinable ` where the access level allows it.
    let inlinable: String

    static let members: [String: ContextShape.Member] = ["sourceName": .text, "access": .text, "inlinable": .text]

    init(sourceName: String, accessLevel: GeneratorConfiguration.AccessLevel) {
        self.sourceName = sourceName
        access = accessLevel == .internal ? "" : accessLevel.rawValue + " "
        inlinable = accessLevel == .public ? "@inlinable " : ""
    }

    /// The characters before `var` in a declaration that may be inlined.
    var memberPrefixLength: Int { access.utf8.count + inlinable.utf8.count }

    func child(named name: String) -> Any? {
        switch name {
        case "access": access
        case "inlinable": inlinable
        case "sourceName": sourceName
        default: nil
        }
    }
}
