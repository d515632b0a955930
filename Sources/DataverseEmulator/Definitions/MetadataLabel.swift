import ODataCore

/// Labels as the metadata API has them.
enum MetadataLabel {
    static let namespace = "Microsoft.Dynamics.CRM."

    /// A label with one text in English.
    static func label(_ text: String?) -> Value {
        guard let text else { return ["LocalizedLabels": [], "UserLocalizedLabel": nil] }
        return completed(["LocalizedLabels": [["Label": .string(text), "LanguageCode": 1033]]])
    }

    /// A label of a request with what the service adds: the label in the user's language.
    static func completed(_ value: Value?) -> Value {
        guard let record = value?.objectValue else { return label(nil) }
        let labels: [Value] = (record["LocalizedLabels"]?.arrayValue ?? []).compactMap(\.objectValue).map { label in
            [
                "Label": label["Label"] ?? .null, "LanguageCode": label["LanguageCode"] ?? 1033, "IsManaged": false,
                "MetadataId": .string(MetadataIdentifier.of(JSONWriter.string(from: .object(label)))),
                "HasChanged": nil,
            ]
        }
        let user = labels.first { $0.objectValue?["LanguageCode"] == 1033 } ?? labels.first
        return ["LocalizedLabels": .array(labels), "UserLocalizedLabel": user ?? .null]
    }

    static func text(_ value: Value?) -> String? {
        value?.objectValue?["UserLocalizedLabel"]?.objectValue?["Label"]?.stringValue
    }

    /// The labels of a stored one where a request with `MSCRM.MergeLabels` leaves them out.
    static func merged(_ new: Value?, into old: Value?) -> Value {
        let given = new?.objectValue?["LocalizedLabels"]?.arrayValue ?? []
        let languages = given.map { $0.objectValue?["LanguageCode"] }
        let kept = (old?.objectValue?["LocalizedLabels"]?.arrayValue ?? []).filter {
            !languages.contains($0.objectValue?["LanguageCode"])
        }
        return completed(["LocalizedLabels": .array(kept + given)])
    }
}

/// Choices as the metadata API has them.
enum MetadataChoice {
    /// An option set of a request with what the service adds.
    static func completed(_ value: Value?, name: String, isGlobal: Bool, type: String = "Picklist") throws -> Value {
        let record = value?.objectValue ?? Record()
        var seen: Set<Int64> = []
        let options = try (record["Options"]?.arrayValue ?? []).enumerated().map { place, option -> Value in
            let number = option.objectValue?["Value"]?.integerValue ?? 100_000_000 + Int64(place)
            guard seen.insert(number).inserted else {
                throw ServiceError(
                    status: 400,
                    code: "0x80048403",
                    message: "The option set '\(name)' has more than one option with the value \(number)."
                )
            }
            return self.option(number, option.objectValue?["Label"])
        }
        var result: Record = [
            "MetadataId": .string(record.text("MetadataId") ?? MetadataIdentifier.new()),
            "Name": .string(record.text("Name") ?? name), "IsGlobal": .bool(isGlobal),
            "IsCustomOptionSet": true, "IsManaged": false, "OptionSetType": .string(type),
            "DisplayName": MetadataLabel.completed(record["DisplayName"]),
            "Description": MetadataLabel.completed(record["Description"]),
        ]
        if type == "Boolean" {
            result["TrueOption"] = option(1, record["TrueOption"]?.objectValue?["Label"])
            result["FalseOption"] = option(0, record["FalseOption"]?.objectValue?["Label"])
        } else {
            result["Options"] = .array(options)
        }
        return .object(result)
    }

    private static func option(_ value: Int64, _ label: Value?) -> Value {
        [
            "Value": .integer(value), "Label": MetadataLabel.completed(label),
            "Description": MetadataLabel.label(nil), "Color": nil, "IsManaged": false, "MetadataId": nil,
            "HasChanged": nil, "ExternalValue": "", "ParentValues": [],
        ]
    }

    /// The labels of an option set by value.
    static func labels(_ optionSet: Value?) -> ChoiceLabels? {
        guard let record = optionSet?.objectValue else { return nil }
        var labels: [Int64: String] = [:]
        let boolean = [record["FalseOption"], record["TrueOption"]].compactMap { $0 }
        for option in (record["Options"]?.arrayValue ?? []) + boolean {
            guard let option = option.objectValue, let value = option["Value"]?.integerValue else { continue }
            labels[value] = MetadataLabel.text(MetadataLabel.completed(option["Label"])) ?? String(value)
        }
        return labels.isEmpty ? nil : ChoiceLabels(labels: labels)
    }
}

/// The options of a choice column.
struct ChoiceLabels: Sendable, Hashable {
    let labels: [Int64: String]
}
