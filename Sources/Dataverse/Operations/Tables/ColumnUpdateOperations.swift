import HTTPTypes

// Source: Dataverse Web API, "Update a column": the whole definition is read, changed and written back.
extension CallContext {
    /// Changes columns one after the other.
    func updateColumns(_ updates: [(name: String, changes: ColumnChanges)], of table: String) -> ODataOperation<Void> {
        for (name, changes) in updates {
            if let error = problem(with: changes, of: name) { return .failed(error) }
        }
        return inOrder(updates[...]) { updateColumn($0.name, of: table, $0.changes) }
    }

    private func problem(with changes: ColumnChanges, of name: String) -> DataverseError? {
        if changes.isEmpty {
            return DataverseError(
                .invalidRequest,
                "There is nothing to change about the column “\(name)”. Set at least one property of ColumnChanges."
            )
        }
        if let minimum = changes.minimum, let maximum = changes.maximum, minimum > maximum {
            return DataverseError(
                .invalidRequest,
                "The smallest value of “\(name)” (\(minimum)) is larger than its largest (\(maximum)). Exchange them."
            )
        }
        return nil
    }

    private func updateColumn(_ name: String, of table: String, _ changes: ColumnChanges) -> ODataOperation<Void> {
        tablePath(of: table).flatMap { path in
            let attribute = attribute(name, at: path)
            let query = DefinitionQuery.text(filter: nil, select: ["MetadataId", "SchemaName"])
            return send(ServiceRequest(.get, attribute + query))
                .map { reply throws(DataverseError) in try reply.record() }
                .recover { $0.status == 404 ? .failed(unknownColumn(name, of: table)) : .failed($0) }
                .flatMap { found in
                    guard let id = found.metadataID, let type = found.metadataType else {
                        return .failed(unknownColumn(name, of: table))
                    }
                    return send(ServiceRequest(.get, "\(attribute)/\(PercentEncoding.pathSegment(type))"))
                        .map { reply throws(DataverseError) in
                            let definition = try reply.record()
                            let changed = try metadataWriter.update(definition, type: type, found: found, with: changes)
                            return JSONWriter.bytes(from: .object(changed))
                        }
                        .flatMap { body in
                            let target = "\(path)/Attributes(\(id.guid))"
                            return send(ServiceRequest(.put, target, headers: [.mergeLabels: "true"], body: body))
                        }
                }
        }.map { (_: HTTPReply) in }
    }
}

extension MetadataWriter {
    /// The definition of a column with changes.
    fileprivate func update(
        _ definition: Record,
        type: String,
        found: Record,
        with changes: ColumnChanges
    ) throws(DataverseError) -> Record {
        var body = Record(members: definition.lazy.filter { !$0.name.hasPrefix("@odata.") }.map { ($0.name, $0.value) })
        body[AnnotationName.type] = .string(type)
        body["MetadataId"] = found["MetadataId"]
        if !body.contains("SchemaName") { body["SchemaName"] = found["SchemaName"] }
        if let maxLength = changes.maxLength { body["MaxLength"] = Value(maxLength) }
        if let minimum = changes.minimum { body["MinValue"] = .decimal(minimum) }
        if let maximum = changes.maximum { body["MaxValue"] = .decimal(maximum) }
        if let precision = changes.precision { body["Precision"] = Value(precision) }
        if let format = changes.format {
            // Texts keep their format in a property of another name and form.
            if type.contains("String") || type.contains("Memo") {
                body["FormatName"] = ["Value": .string(format.rawValue)]
            } else {
                body["Format"] = .string(format.rawValue)
            }
        }
        if let required = changes.required { body["RequiredLevel"] = ["Value": .string(required.rawValue)] }
        if let displayName = changes.displayName {
            body["DisplayName"] = try label(displayName, of: body.metadataText("SchemaName"))
        }
        if let description = changes.description {
            let subject = "the description of \(body.metadataText("SchemaName"))"
            body["Description"] = try label(description, of: subject)
        }
        return body
    }
}

extension Record {
    /// The name of the metadata type, such as `Microsoft.Dynamics.CRM.StringAttributeMetadata`.
    fileprivate var metadataType: String? {
        guard let type = self[AnnotationName.type]?.stringValue?.drop(while: { $0 == "#" }), !type.isEmpty else {
            return nil
        }
        return String(type)
    }
}
