import Dataverse

/// The definitions in the arguments of a step.
extension Step {
    func columns() throws -> [ColumnDefinition] { try steps("columns").map { try $0.columnDefinition() } }

    private func columnDefinition() throws -> ColumnDefinition {
        let name = try text("name")
        let label = optionalText("label").map { LocalizedLabel($0) }
        let required = try requiredLevel() ?? .optional
        let format = optionalText("format").map(ColumnFormat.init(rawValue:))
        switch try text("type") {
        case "string":
            let length = integer("maxLength") ?? 200
            return .string(
                name,
                maxLength: length,
                format: format ?? .text,
                displayName: label,
                required: required
            )
        case "memo":
            let length = integer("maxLength") ?? 4000
            return .memo(name, maxLength: length, format: format ?? .text, displayName: label, required: required)
        case "int":
            let range = Int32(integer("minimum") ?? Int(Int32.min))...Int32(integer("maximum") ?? Int(Int32.max))
            return .integer(name, in: range, format: format ?? .plain, displayName: label, required: required)
        case "decimal":
            let range = Decimal(integer("minimum") ?? -100_000_000_000)...Decimal(integer("maximum") ?? 100_000_000_000)
            let precision = integer("precision") ?? 2
            return .decimal(name, in: range, precision: precision, displayName: label, required: required)
        case "float":
            let range = Double(integer("minimum") ?? -100_000_000_000)...Double(integer("maximum") ?? 100_000_000_000)
            let precision = integer("precision") ?? 5
            return .double(name, in: range, precision: precision, displayName: label, required: required)
        case "datetime":
            return .dateTime(name, format: format ?? .dateOnly, displayName: label, required: required)
        case "bool": return .boolean(name, displayName: label, required: required)
        case "file": return .file(name, displayName: label, required: required)
        case "choice": return .choice(name, options: try choiceOptions())
        case let other: throw StepError("there is no column type \(other)")
        }
    }

    private func requiredLevel() throws -> RequiredLevel? {
        guard let text = optionalText("required") else { return nil }
        guard let level = RequiredLevel(rawValue: text) else { throw StepError("there is no level \(text)") }
        return level
    }

    /// The options, each with its own name as its label in every language that has no other.
    private func choiceOptions() throws -> [ChoiceOption] {
        let labels = self["labels"]?.objectValue ?? [:]
        return try steps("options").map { option in
            let name = try option.text("name")
            var texts: [(LanguageCode, String)] = []
            for (language, members) in labels {
                guard let code = Int(language) else { throw StepError("\(language) is no language") }
                texts.append((LanguageCode(rawValue: code), members.objectValue?[name]?.stringValue ?? name))
            }
            let label = texts.isEmpty ? LocalizedLabel(name) : LocalizedLabel(texts)
            return ChoiceOption(value: option.integer("value") ?? 0, label: label)
        }
    }

    func columnChanges() throws -> [(name: String, changes: ColumnChanges)] {
        try steps("columns").map { column in
            let changes = ColumnChanges(
                maxLength: column.integer("maxLength"),
                minimum: column.integer("minimum").map { Decimal($0) },
                maximum: column.integer("maximum").map { Decimal($0) },
                precision: column.integer("precision"),
                format: column.optionalText("format").map(ColumnFormat.init(rawValue:)),
                required: try column.requiredLevel(),
                displayName: column.optionalText("label").map { LocalizedLabel($0) }
            )
            return (try column.text("name"), changes)
        }
    }

    func tableDefinition() throws -> TableDefinition {
        TableDefinition(
            try text("table"),
            displayName: optionalText("label").map { LocalizedLabel($0) },
            primaryColumn: optionalText("primary").map { .string($0) },
            columns: self["columns"] == nil ? [] : try columns()
        )
    }

    func lookup() throws -> LookupDefinition {
        let label = LocalizedLabel(try optionalText("label") ?? text("target"))
        return LookupDefinition(
            try text(self["lookup"] == nil ? "name" : "lookup"),
            displayName: label,
            description: optionalText("description").map { LocalizedLabel($0) },
            required: flag("required") ? .required : .optional
        )
    }

    func oneToMany() throws -> OneToManyRelationship {
        OneToManyRelationship(
            try text("name"),
            from: try text("referenced"),
            to: try text("referencing"),
            lookup: try lookup(),
            cascade: CascadeConfiguration(
                assign: try behavior("assign") ?? .noCascade,
                delete: try behavior("delete") ?? .removeLink,
                merge: try behavior("merge") ?? .noCascade,
                reparent: try behavior("reparent") ?? .noCascade,
                share: try behavior("share") ?? .noCascade,
                unshare: try behavior("unshare") ?? .noCascade
            )
        )
    }

    func behavior(_ name: String) throws -> CascadeConfiguration.Behavior? {
        guard let text = optionalText(name) else { return nil }
        guard let behavior = CascadeConfiguration.Behavior(rawValue: text) else {
            throw StepError("there is no behavior \(text)")
        }
        return behavior
    }

    func manyToMany() throws -> ManyToManyRelationship {
        ManyToManyRelationship(
            try text("name"),
            between: try text("first"),
            and: try text("second"),
            intersectTable: optionalText("intersect")
        )
    }

    func file() throws -> (path: String, location: FileLocation, options: FileUploadOptions) {
        let strategies: [String: FileUploadOptions.Strategy] = ["single": .singleRequest, "chunked": .chunked]
        let options = FileUploadOptions(
            strategy: strategies[optionalText("mode") ?? ""] ?? .automatic,
            mimeType: optionalText("type"),
            replacesExisting: flag("replace")
        )
        let location = FileLocation(table: try text("table"), row: try id(), column: try text("column"))
        return (try text("path"), location, options)
    }
}
