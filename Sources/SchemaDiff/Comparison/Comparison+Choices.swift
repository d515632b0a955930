import CSDL

extension ComparisonRun {
    /// Compares the options of choice columns, where they are known of both sides.
    mutating func compareChoices() {
        guard let before = old.choices, let after = new.choices else { return }
        let types = (ComparisonRun.typesByLogicalName(old), ComparisonRun.typesByLogicalName(new))
        let matching = NameMatching(before, after) { "\($0.table)/\($0.column)".lowercased() }
        for place in matching.removed {
            let choices = before[place]
            let text = ComparisonRun.text(choices)
            add(
                .optionSetRemoved,
                choiceSite(choices, types),
                Values(before: text, oldDefinition: text),
                "the column \(choices.column.inQuotes) has no options any more"
            )
        }
        for place in matching.added {
            let choices = after[place]
            let text = ComparisonRun.text(choices)
            add(
                .optionSetAdded,
                choiceSite(choices, types),
                Values(after: text, newDefinition: text),
                "the column \(choices.column.inQuotes) has options now"
            )
        }
        for (oldPlace, newPlace) in matching.common {
            compare(before[oldPlace], after[newPlace], choiceSite(before[oldPlace], types))
        }
    }

    private typealias LogicalNames = [String: SchemaIndex.Declared<EntityType>]

    /// Files with options name tables by their logical names, which are the names of entity types in lower case.
    private static func typesByLogicalName(_ version: SchemaVersion) -> LogicalNames {
        Dictionary(
            version.index.entityTypes.map { ($0.element.name.lowercased(), $0) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    private func choiceSite(_ choices: ChoiceSet, _ types: (old: LogicalNames, new: LogicalNames)) -> Site {
        let (left, right) = (types.old[choices.table.lowercased()], types.new[choices.table.lowercased()])
        let name = left?.qualifiedName ?? right?.qualifiedName ?? choices.table
        func position(_ type: SchemaIndex.Declared<EntityType>?) -> SourcePosition {
            type?.element.properties.first { $0.name == choices.column }?.position ?? type?.element.position ?? .start
        }
        return Site(
            element: .member(.choices, choices.column, of: .named(.entityType, name)),
            old: position(left),
            new: position(right)
        )
    }

    private static func text(_ choices: ChoiceSet) -> String {
        choices.options.sorted { $0.value < $1.value }.map { "\($0.value) \($0.label)" }.joined(separator: "\n")
    }

    private mutating func compare(_ before: ChoiceSet, _ after: ChoiceSet, _ site: Site) {
        let (left, right) = (before.options, after.options)
        let matching = NameMatching(left, right) { String($0.value) }
        func optionSite(_ option: ChoiceSet.Option) -> Site {
            site.member(.choice, String(option.value), old: nil, new: nil)
        }
        for place in matching.removed {
            let option = left[place]
            add(
                .optionRemoved,
                optionSite(option),
                Values(before: option.label),
                "the option \(option.value) \(option.label.inQuotes) was removed"
            )
        }
        for place in matching.added {
            let option = right[place]
            add(
                .optionAdded,
                optionSite(option),
                Values(after: option.label),
                "the option \(option.value) \(option.label.inQuotes) was added"
            )
        }
        for (oldPlace, newPlace) in matching.common where left[oldPlace].label != right[newPlace].label {
            change(
                .optionLabelChanged,
                optionSite(left[oldPlace]),
                left[oldPlace].label,
                right[newPlace].label,
                "the label",
                nil
            )
        }
    }
}
