/// What was downloaded, for people in a line each, for scripts as JSON.
struct FetchSummary: Encodable {
    struct Metadata: Encodable {
        let file: String
        let entityTypes: Int
        let properties: Int
    }

    struct OptionSets: Encodable {
        let file: String
        let tables: Int
        let columns: Int
    }

    let metadata: Metadata
    var optionSets: OptionSets?

    var text: String {
        var text = "\(metadata.file): \(metadata.entityTypes) entity types, \(metadata.properties) properties\n"
        if let optionSets {
            text += "\(optionSets.file): \(optionSets.columns) choice columns of \(optionSets.tables) tables\n"
        }
        return text
    }
}
