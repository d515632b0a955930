import Dataverse

// Step+Async.swift is this file with `await`.
extension Step {
    /// Does what the step says.
    func run(through client: DataverseClient) throws -> Value {
        if let table = optionalText("table"), let outcome = try run(on: client.table(table)) { return outcome }
        if let outcome = try run(on: client.tables) { return outcome }
        if let outcome = try runOnRelationships(client.tables) { return outcome }
        switch name {
        case "fetchXML": return try client.rows(fetchXML: text("xml")).outcome
        case "fetchXMLPages":
            var next: FetchXML? = try FetchXML(text("xml"))
            var pages: [Value] = []
            while let query = next {
                let page = try client.page(of: query)
                pages.append(page.rows.outcome)
                next = page.next
            }
            return .array(pages)
        case "sql": return try client.rows(sql: text("sql")).outcome
        case "upload":
            let (path, location, options) = try file()
            try client.files.upload(path, to: location, options: options)
            return .null
        case "batch": return try client.batch(batchOperations(), continuingOnError: flag("continueOnError")).outcome
        case "flushChoices": return .integer(Int64(client.tables.flushCache(.choices)))
        case "close":
            client.close()
            return .null
        default: throw StepError("there is no step \(name)")
        }
    }

    private func run(on rows: EntitySet<Record>) throws -> Value? {
        switch name {
        case "create":
            guard self["rows"] != nil else { return Value(try rows.create(row("row"))) }
            return .array(try rows.create(newRows()).map { Value($0) })
        case "retrieve":
            let query = try query()
            return try rows.building { $0 = query }.retrieve(key())?.outcome ?? .null
        case "list", "query":
            let query = try query()
            return try rows.building { $0 = query }.all().outcome
        case "listPages", "queryPages":
            let query = try query()
            var pages = rows.building { $0 = query }.pages()
            var outcomes: [Value] = []
            while let page = try pages.next() { outcomes.append(page.rows.outcome) }
            return .array(outcomes)
        case "update":
            switch try changes() {
            case .one(let id, let row): try rows.update(id) { $0 = row }
            case .same(let ids, let row): try rows.update(ids) { $0 = row }
            case .each(let changes): try rows.update(changes)
            }
        case "delete": try rows.delete(id())
        case "deleteMany":
            if flag("bulk", default: true) { return Value(try rows.deleteInBackground(ids())) }
            if let error = try rows.delete(ids()).values.first { throw error }
        case "upsert":
            let items = try items()
            if items.count == 1 {
                try rows.upsert(items[0].values, key: items[0].key)
            } else {
                try rows.upsert(items)
            }
        default: return nil
        }
        return .null
    }

    private func run(on tables: TableOperations) throws -> Value? {
        switch name {
        case "createTable":
            return try tables.create(tableDefinition(), solution: optionalText("solution")).outcome
        case "getTable": return try tables.get(text("table"))?.outcome ?? .null
        case "listTables":
            return .array(
                try tables.list(filter: optionalText("filter"), select: texts("select")).map(\.metadata.definition)
            )
        case "deleteTable": try tables.delete(text("table"))
        case "addColumns": return Value(texts: try tables.addColumns(columns(), to: text("table")))
        case "removeColumns": return Value(texts: try tables.removeColumns(texts("columns"), from: text("table")))
        case "updateColumns":
            for (name, changes) in try columnChanges() { try tables.updateColumn(name, of: text("table"), changes) }
        case "getColumn":
            let (column, table) = (try text("column"), try text("table"))
            return flag("typed")
                ? try tables.getTypedColumn(column, of: table, properties: texts("select"))?.metadata.definition
                    ?? .null
                : try tables.getColumn(column, of: table, select: texts("select"))?.metadata.definition ?? .null
        case "listColumns":
            let table = try text("table")
            let columns =
                flag("typed")
                ? try tables.listTypedColumns(of: table, properties: texts("select"))
                : try tables.listColumns(of: table, filter: optionalText("filter"), select: texts("select"))
            return .array(columns.map(\.metadata.definition))
        default: return nil
        }
        return .null
    }

    private func runOnRelationships(_ tables: TableOperations) throws -> Value? {
        let solution = optionalText("solution")
        switch name {
        case "createLookup":
            return try tables.createLookup(
                lookup(),
                on: text("table"),
                to: text("target"),
                onDelete: behavior("onDelete") ?? .removeLink,
                solution: solution
            ).outcome
        case "createOneToMany": return try tables.createRelationship(oneToMany(), solution: solution).outcome
        case "createManyToMany": return try tables.createRelationship(manyToMany(), solution: solution).outcome
        case "getRelationship": return try tables.getRelationship(text("name"))?.outcome ?? .null
        case "listRelationships":
            let (filter, select) = (optionalText("filter"), texts("select"))
            guard let table = optionalText("table") else {
                return .array(try tables.listRelationships(filter: filter, select: select).map(\.metadata.definition))
            }
            let found = try tables.listRelationships(of: table, filter: filter, select: select)
            return .array(found.map(\.metadata.definition))
        case "deleteRelationship": try tables.deleteRelationship(id())
        case "createKey":
            let label = optionalText("label").map { LocalizedLabel($0) }
            return try tables.createAlternateKey(
                text("name"),
                on: text("table"),
                columns: texts("columns"),
                displayName: label
            ).outcome
        case "listKeys": return .array(try tables.listAlternateKeys(of: text("table")).map(\.outcome))
        case "deleteKey": try tables.deleteAlternateKey(id(), of: text("table"))
        default: return nil
        }
        return .null
    }
}
