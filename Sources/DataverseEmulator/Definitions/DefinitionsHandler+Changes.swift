import HTTPTypes
import ODataCore

extension DefinitionsHandler {
    /// Works out what a request changes.
    func change() throws -> SchemaChange {
        var changer = SchemaChanger(schema: schema)
        if case .name(Self.createTables, nil)? = url.path.segments.first, url.path.segments.count == 1 {
            guard request.method == .post else { throw notAllowed }
            let tables = (try request.object()["Entities"]?.arrayValue ?? []).compactMap(\.objectValue)
            guard !tables.isEmpty else { throw ServiceError.badPayload("The body lacks 'Entities'.") }
            for table in tables { try changer.createTable(table) }
            changer.change.created = nil
            return changer.change
        }
        let target = try target()
        switch request.method {
        case .post: try create(target, &changer)
        case .put, .patch: try update(target, &changer)
        case .delete: try delete(target, &changer)
        default: throw notAllowed
        }
        return changer.change
    }

    private var notAllowed: ServiceError { .methodNotAllowed(request.method.rawValue) }

    private func create(_ target: Target, _ changer: inout SchemaChanger) throws {
        let body = try request.object()
        switch target {
        case .tables: try changer.createTable(body)
        case .columns(let table, _): try changer.createColumn(body, of: table)
        case .keys(let table): try changer.createKey(body, of: table)
        case .relationships where url.path.segments.count == 1: try changer.createRelationship(body)
        case .choices: try changer.createChoice(body)
        default: throw notAllowed
        }
        switch target {
        case .columns, .keys:
            // The address goes on from the one that the request was sent to.
            let identifier = changer.change.created?.split(separator: "(").last ?? ""
            changer.change.created = "\(request.path)(\(identifier)"
        default: break
        }
    }

    private func update(_ target: Target, _ changer: inout SchemaChanger) throws {
        let body = try request.object()
        let merges = request.fields[.mergeLabels]?.lowercased() == "true"
        switch target {
        case .table(let table): changer.updateTable(table, body, mergesLabels: merges)
        case .column(let table, let column):
            try changer.updateColumn(
                column.text("LogicalName") ?? "",
                of: table,
                body,
                mergesLabels: merges
            )
        case .relationship(let relationship): try changer.updateRelationship(relationship, body)
        case .choice(let choice): changer.updateChoice(choice, body, mergesLabels: merges)
        case .key: throw ServiceError.badQuery("A key cannot be changed: delete it and create another one.")
        default: throw notAllowed
        }
    }

    private func delete(_ target: Target, _ changer: inout SchemaChanger) throws {
        switch target {
        case .table(let table): try changer.deleteTable(table)
        case .column(let table, let column): try changer.deleteColumn(column.text("LogicalName") ?? "", of: table)
        case .key(let table, let key): try changer.deleteKey(key, of: table)
        case .relationship(let relationship):
            try changer.deleteRelationship(relationship, named: relationship.text("SchemaName") ?? "")
        case .choice(let choice): try changer.deleteChoice(choice)
        default: throw notAllowed
        }
    }
}

extension HTTPField.Name {
    // The initialiser fails for characters that a field name must not have; these are letters and a dot.
    static let mergeLabels = HTTPField.Name("MSCRM.MergeLabels") ?? .accept
}
