import CSDL

/// What Dataverse says about a column by its name and those beside it, as CSDL has no words for it.
///
/// Sources: Dataverse Web API, "Money columns", "Image columns", "File columns".
struct DataverseColumns {
    /// What is known about a column.
    struct Facts: Sendable, Hashable {
        /// A sentence for its comment.
        var sentence: String
        /// Whether only the service sets it.
        var isReadOnly = false
    }

    private let properties: [String: String]

    /// - Parameters:
    ///   - members: The properties of the table.
    ///   - tables: The names of the table and of those it inherits from.
    init(_ members: Members, tables: [String]) {
        guard tables.contains("crmbaseentity") else {
            properties = [:]
            return
        }
        let entries = members.properties(keyFirst: []).map { ($0.property.name, $0.property.type.spelling) }
        properties = Dictionary(entries) { first, _ in first }
    }

    /// What is known about a column; `nil` where it is an ordinary one.
    func facts(of property: Property) -> Facts? {
        guard !properties.isEmpty else { return nil }
        let name = property.name
        switch property.type.spelling {
        case "Edm.Decimal":
            guard properties["exchangerate"] != nil else { return nil }
            if let amount = name.removing(suffix: "_base"), properties[amount] == "Edm.Decimal" {
                return Facts(sentence: "The amount of \(DocumentationComment.code(amount)) in the base currency.")
            }
            guard properties[name + "_base"] == "Edm.Decimal" else { return nil }
            let base = DocumentationComment.code(name + "_base")
            return Facts(sentence: "Money in the currency of the row; \(base) has it in the base currency.")
        case "Edm.Binary":
            guard properties[name + "_url"] != nil, properties[name + "_timestamp"] != nil else { return nil }
            return Facts(sentence: "An image, in its small size; `files` of the client reads and writes the full one.")
        case "Edm.Guid":
            if isFile(name) {
                return Facts(
                    sentence: "The identifier of a file; `files` of the client reads and writes its content.",
                    isReadOnly: true
                )
            }
        case "Edm.String":
            if let image = name.removing(suffix: "_url"), isImage(image) {
                return Facts(sentence: "Where to download \(DocumentationComment.code(image)).", isReadOnly: true)
            }
            if let file = name.removing(suffix: "_name"), isFile(file) {
                return Facts(sentence: "The name of the file in \(DocumentationComment.code(file)).", isReadOnly: true)
            }
        case "Edm.Int64":
            if let image = name.removing(suffix: "_timestamp"), isImage(image) {
                return Facts(sentence: "When \(DocumentationComment.code(image)) changed, in ticks.", isReadOnly: true)
            }
        default: break
        }
        return nil
    }

    private func isImage(_ name: String) -> Bool {
        properties[name] == "Edm.Binary" && properties[name + "_url"] != nil && properties[name + "_timestamp"] != nil
    }

    private func isFile(_ name: String) -> Bool {
        properties[name] == "Edm.Guid" && properties[name + "_name"] == "Edm.String"
    }
}

extension String {
    fileprivate func removing(suffix: String) -> String? {
        hasSuffix(suffix) && utf8.count > suffix.utf8.count ? String(dropLast(suffix.count)) : nil
    }
}
