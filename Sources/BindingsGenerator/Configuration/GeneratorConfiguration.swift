/// What to generate and how.
public struct GeneratorConfiguration: Sendable, Hashable {
    /// The access level of everything generated.
    public enum AccessLevel: String, Sendable, Hashable, CaseIterable {
        /// Visible to every module that imports the generated one.
        case `public`
        /// Visible inside the package.
        case package
        /// Visible inside the module; the compiler is fastest with it.
        case `internal`
    }

    /// Names and patterns of what to generate; everything where empty.
    public var include: [String] = []
    /// Names and patterns of what to leave out, even where it is included.
    public var exclude: [String] = []
    /// The name of the module that the files will be part of. No type gets that name.
    public var module: String?
    /// The access level of everything generated.
    public var accessLevel: AccessLevel = .internal
    /// The paths of files with option sets: replies of the metadata API, see ``OptionSets``.
    public var optionSets: [String] = []

    /// Everything, internal.
    public init() {}
}
