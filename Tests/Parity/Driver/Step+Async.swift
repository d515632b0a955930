import Dataverse

// Step+Blocking.swift is this file without `await`.
extension Step {
    /// Does what the step says.
    func run(through client: AsyncDataverseClient) async throws -> Value {
        if let table = optionalText("table"), let outcome = try await run(on: client.table(table)) { return outcome }
        if let outcome = try await run(on: client.tables) { return outcome }
        if let outcome = try await runOnRelationships(client.tables) { return outcome }
        switch name {
        case "fetchXML": return try await client.rows(fetchXML: text("xml")).outcome
        case "fetchXMLPages":
            var next: FetchXML? = try FetchXML(text("xml"))
            var pages: [Value] = []
            while let query = next {
                let page = try await client.page(of: query)
                pages.append(page.rows.outcome)
                next = page.next
            }
            return .array(pages)
        case "sql": return try await client.rows(sql: text("sql")).outcome
        case "upload":
            let (path, location, options) = try file()
            try await client.files.upload(path, to: location, options: options)
            return .null
        case "batch":
            return try await client.batch(batchOperations(), continuingOnError: flag("continueOnError")).outcome
        case "flushChoices": return .integer(Int64(client.tables.flushCache(.choices)))
        case "close":
            await client.close()
            return .null
        default: throw StepError("there is no step \(name)")
        }
    }

    private func run(on rows: AsyncEntitySet<Record>) async throws -> Value? {
        switch name {
        case "create":
            guard self["rows"] != nil else { return Value(try await rows.create(row("row"))) }
            return .array(try await rows.create(newRows()).map { Value($0) })
        case "retrieve":
            let query = try query()
            return try await rows.building { $0 = query }.retrieve(key())?.outcome ?? .null
        case "list", "query":
            let query = try query()
            return try await rows.building { $0 = query }.all().outcome
        case "listPages", "queryPages":
            let query = try query()
            let pages = rows.building { $0 = query }.pages()
            var outcomes: [Value] = []
            for try await page in pages { outcomes.append(page.rows.outcome) }
            return .array(outcomes)
        case "update":
            switch try changes() {
            case .one(let id, let row): try await rows.update(id) { $0 = row }
            case .same(let ids, let row): try await rows.update(ids) { $0 = row }
            case .each(let changes): try await rows.update(changes)
            }
        case "delete": try await rows.delete(id())
        case "deleteMany":
            if flag("bulk", default: true) { return Value(try await rows.deleteInBackground(ids())) }
            if let error = try await rows.delete(ids()).values.first { throw error }
        case "upsert":
            let items = try items()
            if items.count == 1 {
                try await rows.upsert(items[0].values, key: items[0].key)
            } else {
                try await rows.upsert(items)
            }
        default: return nil
        }
        return .null
    }

    private func run(on tables: AsyncTableOperations) async throws -> Value? {
        switch name {
        case "createTable":
            return try await tables.create(tableDefinition(), solution: optionalText("solution")).outcome
        case "getTable": return try await tables.get(text("table"))?.outcome ?? .null
        case "listTables":
            return .array(
                try await tables.list(filter: optionalText("filter"), select: texts("select")).map(
                    \.metadata.definition
                )
            )
        case "deleteTable": try await tables.delete(text("table"))
        case "addColumns": return Value(texts: try await tables.addColumns(columns(), to: text("table")))
        case "removeColumns": return Value(texts: try await tables.removeColumns(texts("columns"), from: text("table")))
        case "updateColumns":
            for (name, changes) in try columnChanges() {
                try await tables.updateColumn(name, of: text("table"), changes)
            }
        case "getColumn":
            let (column, table) = (try text("column"), try text("table"))
            return flag("typed")
                ? try await tables.getTypedColumn(column, of: table, properties: texts("select"))?.metadata.definition
                    ?? .null
                : try await tables.getColumn(column, of: table, select: texts("select"))?.metadata.definition ?? .null
        case "listColumns":
            let table = try text("table")
            let columns =
                flag("typed")
                ? try await tables.listTypedColumns(of: table, properties: texts("select"))
                : try await tables.listColumns(of: table, filter: optionalText("filter"), select: texts("select"))
            return .array(columns.map(\.metadata.definition))
        default: return nil
        }
        return .null
    }

    private func runOnRelationships(_ tables: AsyncTableOperations) async throws -> Value? {
        let solution = optionalText("solution")
        switch name {
        case "createLookup":
            return try await tables.createLookup(
                lookup(),
                on: text("table"),
                to: text("target"),
                onDelete: behavior("onDelete") ?? .removeLink,
                solution: solution
            ).outcome
        case "createOneToMany": return try await tables.createRelationship(oneToMany(), solution: solution).outcome
        case "createManyToMany": return try await tables.createRelationship(manyToMany(), solution: solution).outcome
        case "getRelationship": return try await tables.getRelationship(text("name"))?.outcome ?? .null
        case "listRelationships":
            let (filter, select) = (optionalText("filter"), texts("select"))
            guard let table = optionalText("table") else {
                return .array(
                    try await tables.listRelationships(filter: filter, select: select).map(\.metadata.definition)
                )
            }
            let found = try await tables.listRelationships(of: table, filter: filter, select: select)
            return .array(found.map(\.metadata.definition))
        case "deleteRelationship": try await tables.deleteRelationship(id())
        case "createKey":
            let label = optionalText("label").map { LocalizedLabel($0) }
            return try await tables.createAlternateKey(
                text("name"),
                on: text("table"),
                columns: texts("columns"),
                displayName: label
            ).outcome
        case "listKeys": return .array(try await tables.listAlternateKeys(of: text("table")).map(\.outcome))
        case "deleteKey": try await tables.deleteAlternateKey(id(), of: text("table"))
        default: return nil
        }
        return .null
    }
}
