/// A language as Dataverse numbers it: a Windows locale identifier (LCID).
public struct LanguageCode: RawRepresentable, Sendable, Hashable, ExpressibleByIntegerLiteral {
    /// The locale identifier.
    public let rawValue: Int

    /// - Parameter rawValue: a locale identifier.
    public init(rawValue: Int) { self.rawValue = rawValue }

    public init(integerLiteral value: Int) { self.init(rawValue: value) }

    /// English (United States).
    public static let english: LanguageCode = 1033
    /// German (Germany).
    public static let german: LanguageCode = 1031
    /// French (France).
    public static let french: LanguageCode = 1036
    /// Spanish (Spain).
    public static let spanish: LanguageCode = 3082
    /// Italian (Italy).
    public static let italian: LanguageCode = 1040
    /// Dutch (Netherlands).
    public static let dutch: LanguageCode = 1043
    /// Japanese.
    public static let japanese: LanguageCode = 1041
    /// Portuguese (Brazil).
    public static let portugueseBrazil: LanguageCode = 1046
    /// Chinese, simplified (China).
    public static let chineseSimplified: LanguageCode = 2052
}
