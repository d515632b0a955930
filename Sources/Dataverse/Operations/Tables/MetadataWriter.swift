/// Writes definitions as the metadata that the service expects, and refuses what it would refuse.
///
/// Sources: Dataverse Web API, "Create and update table definitions", "… column definitions", "… relationships".
struct MetadataWriter: Sendable {
    /// The language of labels that do not name theirs.
    let language: LanguageCode

    /// The namespace of the service's own types.
    static let namespace = "Microsoft.Dynamics.CRM."

    /// A label.
    ///
    /// - Parameters:
    ///   - label: the texts.
    ///   - subject: what the label is of, for messages.
    ///   - namesUserLabel: whether the text that the caller sees is written too.
    func label(
        _ label: LocalizedLabel,
        of subject: String,
        namesUserLabel: Bool = false
    ) throws(DataverseError) -> Value {
        try self.label(texts: label.texts(default: language), of: subject, namesUserLabel: namesUserLabel)
    }

    func label(
        texts: [(language: LanguageCode, text: String)],
        of subject: String,
        namesUserLabel: Bool = false
    ) throws(DataverseError) -> Value {
        guard let first = texts.first else {
            throw DataverseError(.invalidRequest, "The label of \(subject) has no text. Give one in some language.")
        }
        for text in texts where text.text.allSatisfy(\.isWhitespace) {
            throw DataverseError(
                .invalidRequest,
                "The label of \(subject) is blank in language \(text.language.rawValue). Give it a text, or leave the "
                    + "language out."
            )
        }
        var label: Record = [
            AnnotationName.type: .string(Self.namespace + "Label"),
            "LocalizedLabels": .array(texts.map(localizedLabel)),
        ]
        if namesUserLabel { label["UserLocalizedLabel"] = localizedLabel(first) }
        return .object(label)
    }

    private func localizedLabel(_ text: (language: LanguageCode, text: String)) -> Value {
        [
            AnnotationName.type: .string(Self.namespace + "LocalizedLabel"),
            "Label": .string(text.text),
            "LanguageCode": .integer(Int64(text.language.rawValue)),
        ]
    }

    /// Refuses a name that the service could not take.
    func check(schemaName name: String, of subject: String) throws(DataverseError) {
        let isName = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard isName, !name.isEmpty else {
            throw DataverseError(
                .invalidRequest,
                "“\(name)” cannot be the name of a \(subject). Use letters, digits and underscores, beginning with the "
                    + "prefix of your publisher, such as new_Example."
            )
        }
    }
}

extension Record {
    /// Writes further members over those that are there.
    mutating func merge(_ members: Record) {
        for (name, value) in members { self[name] = value }
    }
}
