/// One option of a choice column: the value that is stored and the text that people read.
public struct ChoiceOption: Sendable, Hashable {
    /// The value that is stored.
    public let value: Int
    /// The text that people read.
    public let label: LocalizedLabel
    /// The colour that apps show it in, such as `#FF0000`.
    public let color: String?
    /// Stands in for the label in languages that have none.
    let name: String?

    /// - Parameters:
    ///   - value: the value that is stored.
    ///   - label: the text that people read.
    ///   - color: the colour that apps show it in, such as `#FF0000`.
    public init(value: Int, label: LocalizedLabel, color: String? = nil) {
        self.init(value: value, label: label, color: color, name: nil)
    }

    init(value: Int, label: LocalizedLabel, color: String? = nil, name: String?) {
        self.value = value
        self.label = label
        self.color = color
        self.name = name
    }
}

/// Where the options of a choice column come from.
enum ChoiceOptions: Sendable, Hashable {
    /// They belong to the column.
    case local([ChoiceOption])
    /// They are a choice of the environment with this name, which many columns can share.
    case global(String)
}
