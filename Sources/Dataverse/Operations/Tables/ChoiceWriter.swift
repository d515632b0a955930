extension MetadataWriter {
    /// What a choice column has beyond other columns.
    func choiceProperties(
        _ options: ChoiceOptions,
        defaultValue: Int?,
        of column: String,
        prefix: String
    ) throws(DataverseError) -> Record {
        var choice: Record = [:]
        switch options {
        case .global(let name):
            let row = "/GlobalOptionSetDefinitions" + KeyPredicate(named: [("Name", name)]).urlText
            choice[AnnotationName.bind("GlobalOptionSet")] = .string(row)
        case .local(let options):
            choice["OptionSet"] = [
                AnnotationName.type: .string(prefix + "OptionSetMetadata"),
                "IsGlobal": false,
                "Options": .array(try self.options(options, of: column)),
            ]
            if let defaultValue, !options.contains(where: { $0.value == defaultValue }) {
                throw DataverseError(
                    .invalidRequest,
                    "The default value \(defaultValue) of “\(column)” is none of its options. Choose one of them."
                )
            }
        }
        if let defaultValue { choice["DefaultFormValue"] = Value(defaultValue) }
        return choice
    }

    /// The options, in the order of their values, each with a label in every language that one of them has.
    private func options(_ options: [ChoiceOption], of column: String) throws(DataverseError) -> [Value] {
        guard !options.isEmpty else {
            throw DataverseError(.invalidRequest, "The choice “\(column)” has no options. Give it at least one.")
        }
        let sorted = options.sorted { $0.value < $1.value }
        for (option, next) in zip(sorted, sorted.dropFirst()) where option.value == next.value {
            throw DataverseError(
                .invalidRequest,
                "Two options of “\(column)” have the value \(option.value). Give each option a value of its own."
            )
        }
        let labels = sorted.map { $0.label.texts(default: language) }
        let languages = Set(labels.joined().map(\.language.rawValue)).union([language.rawValue]).sorted()
        var payloads: [Value] = []
        for (option, texts) in zip(sorted, labels) {
            payloads.append(.object(try self.option(option, texts: texts, in: languages, of: column)))
        }
        return payloads
    }

    private func option(
        _ option: ChoiceOption,
        texts: [(language: LanguageCode, text: String)],
        in languages: [Int],
        of column: String
    ) throws(DataverseError) -> Record {
        guard Int32(exactly: option.value) != nil else {
            throw DataverseError(
                .invalidRequest,
                "The option \(option.value) of “\(column)” does not fit into 32 bits. Choose a smaller value."
            )
        }
        let substitute = option.name ?? texts.first?.text ?? ""
        let all = languages.map { code in
            let language = LanguageCode(rawValue: code)
            return (language: language, text: texts.first { $0.language == language }?.text ?? substitute)
        }
        var payload: Record = [
            AnnotationName.type: .string(Self.namespace + "OptionMetadata"),
            "Value": Value(option.value),
            "Label": try label(texts: all, of: "the option \(option.value) of \(column)"),
        ]
        if let color = option.color { payload["Color"] = .string(color) }
        return payload
    }
}
