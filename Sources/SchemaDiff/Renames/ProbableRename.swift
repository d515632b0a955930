/// A removed and an added element that are probably the same one under another name.
///
/// It is a guess, and stands beside the two changes, never in place of them.
public struct ProbableRename: Sendable, Hashable {
    /// The path of the element that was removed.
    public let oldPath: String
    /// The path of the element that was added.
    public let newPath: String
    /// How likely it is, from 0 to 1; guesses below 0.6 are not made.
    public let confidence: Double

    /// The confidence in percent.
    public var percent: Int { Int((confidence * 100).rounded()) }
}
