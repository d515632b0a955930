/// What every file begins with, and the words that depend on the access level.
struct FileContext: Sendable {
    /// The name of the metadata's file.
    let sourceName: String
    /// `public `, `package ` or nothing.
    let access: String
    /// `@inlinable public `, or what the access level makes of it: inlining is for public declarations only.
    let inlinableAccess: String

    static let members: [String: ContextShape.Member] = [
        "sourceName": .text, "access": .text, "inlinableAccess": .text,
    ]

    init(sourceName: String, accessLevel: GeneratorConfiguration.AccessLevel) {
        self.sourceName = sourceName
        access = accessLevel == .internal ? "" : accessLevel.rawValue + " "
        inlinableAccess = (accessLevel == .public ? "@inlinable " : "") + access
    }

    func child(named name: String) -> Any? {
        switch name {
        case "access": access
        case "inlinableAccess": inlinableAccess
        case "sourceName": sourceName
        default: nil
        }
    }
}
