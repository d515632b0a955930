import HTTPTypes

// Source: Dataverse Web API, "Create and update column definitions".
extension CallContext {
    /// Creates columns one after the other, and gives their names.
    func addColumns(_ columns: [ColumnDefinition], to table: String, solution: String?) -> ODataOperation<[String]> {
        guard !columns.isEmpty else {
            return .failed(DataverseError(.invalidRequest, "There are no columns to add to “\(table)”. Give some."))
        }
        let bodies: [[UInt8]]
        do throws(DataverseError) {
            let writer = metadataWriter
            bodies = try columns.map { column throws(DataverseError) in
                JSONWriter.bytes(from: .object(try writer.column(column)))
            }
        } catch {
            return .failed(error)
        }
        return solutionHeaders(solution).flatMap { headers in
            tablePath(of: table).flatMap { path in
                inOrder(Array(zip(columns, bodies))[...]) { column, body in
                    send(ServiceRequest(.post, path + "/Attributes", headers: headers, body: body)).map { _ in
                        if column.type.isChoice { service.choices.invalidate(table) }
                    }
                }
            }
        }.map { columns.map(\.schemaName) }
    }

    /// Deletes columns one after the other with their values, and gives their names.
    func removeColumns(_ names: [String], from table: String) -> ODataOperation<[String]> {
        for name in names where name.allSatisfy(\.isWhitespace) {
            return .failed(
                DataverseError(.invalidRequest, "The name of a column of “\(table)” is blank. Leave it out.")
            )
        }
        return tablePath(of: table).flatMap { path in
            inOrder(names[...]) { removeColumn($0, from: table, at: path) }
        }.map { names }
    }

    private func removeColumn(_ name: String, from table: String, at path: String) -> ODataOperation<Void> {
        column(name, at: path, select: ["AttributeType"]).flatMap { column -> ODataOperation<Void> in
            guard let column, let id = column.metadataID else { return .failed(unknownColumn(name, of: table)) }
            let type = (column.metadata[AnnotationName.type]?.stringValue ?? column.typeName).lowercased()
            let attribute = "\(path)/Attributes(\(id.guid))"
            return send(ServiceRequest(.delete, attribute, headers: [.ifMatch: "*"])).map { _ in
                if type.contains("picklist") { service.choices.invalidate(table) }
            }
        }
    }

    /// Looks for a column of a table whose definition is at a path.
    func column(_ name: String, at path: String, select further: [String] = []) -> ODataOperation<ColumnInfo?> {
        let query = QueryText.joined([
            ("$select", (["MetadataId", "LogicalName", "SchemaName"] + further).joined(separator: ",")),
            ("$filter", "LogicalName eq \(name.lowercased().urlLiteral)"),
        ])
        return definitions(at: "\(path)/Attributes\(query)").map { $0.first.map(ColumnInfo.init(metadata:)) }
    }

    /// The columns of a table, with the properties that all types of columns have.
    func columns(of table: String, filter: String?, select: [String]) -> ODataOperation<[ColumnInfo]> {
        tablePath(of: table).flatMap { path in
            definitions(at: "\(path)/Attributes" + DefinitionQuery.text(filter: filter, select: select))
        }.map { $0.map(ColumnInfo.init(metadata:)) }
    }

    /// A column with the properties that all types of columns have; `nil` if there is none with this name.
    func column(_ name: String, of table: String, select: [String]) -> ODataOperation<ColumnInfo?> {
        tablePath(of: table).flatMap { path in
            let target = attribute(name, at: path) + DefinitionQuery.text(filter: nil, select: select)
            return send(ServiceRequest(.get, target))
                .map { reply throws(DataverseError) in ColumnInfo(metadata: try reply.record()) as ColumnInfo? }
                .recover { $0.status == 404 ? .done(nil) : .failed($0) }
        }
    }

    func attribute(_ name: String, at path: String) -> String {
        "\(path)/Attributes" + KeyPredicate(named: [("LogicalName", name.lowercased())]).urlText
    }

    func unknownColumn(_ name: String, of table: String) -> DataverseError {
        metadataError(
            "The table “\(table)” has no column “\(name)”. List its columns with listColumns to see their names."
        )
    }
}
