import ODataCore

/// A change of the schema: the definitions after it, and what has to be done to tables that exist already.
struct SchemaChange {
    enum Work {
        case dropTable(String)
        case dropColumns([String], table: String)
        case dropLinks(String)
        case createKeys(table: String)
        case dropKey([String], table: String)
    }

    var definitions: DefinitionCatalog
    var work: [Work] = []
    /// The address of what was created, relative to the service root.
    var created: String?
    /// The options of the choice that was changed, if one was.
    var options: [Record] = []

    init(_ definitions: DefinitionCatalog) { self.definitions = definitions }
}
