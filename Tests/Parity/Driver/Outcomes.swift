import Dataverse

// The outcomes of steps in the neutral form.

extension Record {
    /// The row, without what describes the reply.
    var outcome: Value {
        let data = Record(members: filter { !$0.name.hasPrefix("@odata.") }.map { ($0.name, $0.value) })
        return ["etag": etag.map { .string($0) } ?? .null, "data": .object(data)]
    }

    /// The definition as the service gave it.
    var definition: Value { .object(self) }
}

extension Sequence where Element == Record {
    var outcome: Value { .array(map(\.outcome)) }
}

extension Value {
    init(_ id: UUID?) { self = id.map { .string($0.guid) } ?? .null }

    init(text: String?) { self = text.map { .string($0) } ?? .null }

    init(texts: [String]) { self = .array(texts.map { .string($0) }) }
}

extension TableInfo {
    var outcome: Value {
        [
            "schemaName": .string(schemaName),
            "logicalName": .string(logicalName),
            "entitySet": Value(text: entitySetName),
            "id": Value(metadataID),
            "primaryKey": Value(text: primaryKeyColumn),
            "primaryName": Value(text: primaryNameColumn),
        ]
    }
}

extension RelationshipInfo {
    var outcome: Value {
        switch kind {
        case .oneToMany(let lookup, let referenced, let referencing):
            outcome(lookup: .string(lookup), tables: [referenced, referencing])
        case .manyToMany(let first, let second): outcome(lookup: .null, tables: [first, second])
        case nil: outcome(lookup: .null, tables: [])
        }
    }

    private func outcome(lookup: Value, tables: [String]) -> Value {
        [
            "id": Value(metadataID), "schemaName": .string(schemaName), "lookup": lookup,
            "tables": Value(texts: tables),
        ]
    }
}

extension AlternateKeyInfo {
    var outcome: Value {
        [
            "id": Value(metadataID), "schemaName": .string(schemaName), "columns": Value(texts: columns),
            "status": Value(text: indexStatus?.rawValue),
        ]
    }
}

extension Result where Success == [Value], Failure == DataverseError {
    /// The outcomes of one operation of a batch, or of a change set.
    var outcomes: [Value] {
        switch self {
        case .success(let values): values
        case .failure(let error):
            [
                [
                    "status": error.status.map { .integer(Int64($0)) } ?? .null, "id": .null, "rows": .null,
                    "code": Value(text: error.serviceCode), "message": .string(error.message),
                ]
            ]
        }
    }
}
