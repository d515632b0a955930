/// A Swift enumeration whose cases are the options of a choice column.
///
///     enum Priority: Int, ChoiceDefinition {
///         case low = 1, high = 2
///         var label: LocalizedLabel {
///             switch self {
///             case .low: [.english: "Low", .french: "Basse"]
///             case .high: [.english: "High", .french: "Haute"]
///             }
///         }
///     }
///     try client.tables.addColumns([.choice("new_Priority", of: Priority.self)], to: "new_Task")
public protocol ChoiceDefinition: CaseIterable, RawRepresentable, Sendable where RawValue == Int {
    /// What people read; the name of the case unless something else is said.
    var label: LocalizedLabel { get }
}

extension ChoiceDefinition {
    public var label: LocalizedLabel { LocalizedLabel("\(self)") }

    /// The cases as options.
    static var options: [ChoiceOption] {
        allCases.map { ChoiceOption(value: $0.rawValue, label: $0.label, name: "\($0)") }
    }
}
