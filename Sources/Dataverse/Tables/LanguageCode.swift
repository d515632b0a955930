/// A language as Dataverse numbers it: a Windows locale identifier (LCID).
public struct LanguageCode: RawRepresentable, Sendable, Hashable, ExpressibleByIntegerLiteral {
    /// The locale identifier.
    public let rawValue: Int

    /// - Parameter rawValue: a locale identifier.
    public init(rawValue: Int) { self.rawValue = rawValue }

    public init(integerLiteral value: Int) { self.init(rawValue: value) }

    public static let english: LanguageCode = 1033
    public static let german: LanguageCode = 1031
    public static let french: LanguageCode = 1036
    public static let spanish: LanguageCode = 3082
    public static let italian: LanguageCode = 1040
    public static let dutch: LanguageCode = 1043
    public static let japanese: LanguageCode = 1041
    public static let portugueseBrazil: LanguageCode = 1046
    public static let chineseSimplified: LanguageCode = 2052
}
