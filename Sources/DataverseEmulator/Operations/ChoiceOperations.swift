import ODataCore

/// The actions that change the options of choices.
///
/// Source: Dataverse Web API action reference, InsertOptionValue, UpdateOptionValue, DeleteOptionValue, OrderOption and
/// InsertStatusValue.
enum ChoiceOperations {
    static let handlers: [String: OperationHandler] = [
        "InsertOptionValue": { call in .value(["NewOptionValue": .integer(try await insert(call))]) },
        "InsertStatusValue": { call in .value(["NewOptionValue": .integer(try await insert(call))]) },
        "UpdateOptionValue": { call in
            let value = try value(call)
            try await change(call) { options in
                let place = try place(of: value, in: options)
                let label = call.parameters["Label"]
                var option = options[place]
                option["Label"] =
                    call.parameters["MergeLabels"] == true
                    ? MetadataLabel.merged(label, into: option["Label"]) : MetadataLabel.completed(label)
                options[place] = option
            }
            return .none
        },
        "DeleteOptionValue": { call in
            let value = try value(call)
            try await change(call) { options in options.remove(at: try place(of: value, in: options)) }
            return .none
        },
        "OrderOption": { call in
            guard let values = call.parameters["Values"]?.arrayValue?.compactMap(\.integerValue) else {
                throw ServiceError.badPayload("'Values' must be an array of numbers.")
            }
            try await change(call) { options in
                guard values.count == options.count,
                    Set(values) == Set(options.compactMap { $0["Value"]?.integerValue })
                else { throw ServiceError.badPayload("'Values' must have the value of each option once.") }
                let old = options
                options = try values.map { old[try place(of: $0, in: old)] }
            }
            return .none
        },
    ]

    private static func value(_ call: OperationCall) throws -> Int64 {
        guard let value = call.parameters["Value"]?.integerValue else {
            throw ServiceError.badPayload("'\(call.name)' needs the parameter 'Value', a number.")
        }
        return value
    }

    private static func place(of value: Int64, in options: [ODataCore.Record]) throws -> Int {
        guard let place = options.firstIndex(where: { $0["Value"]?.integerValue == value }) else {
            throw ServiceError(
                status: 404,
                code: "0x80044331",
                message: "The choice has no option with the value \(value)."
            )
        }
        return place
    }

    private static func insert(_ call: OperationCall) async throws -> Int64 {
        let given = call.parameters["Value"]?.integerValue
        let record = try await change(call) { options in
            let taken = options.compactMap { $0["Value"]?.integerValue }
            let value = given ?? max(99_999_999, taken.max() ?? 0) + 1
            guard !taken.contains(value) else {
                throw ServiceError(
                    status: 400,
                    code: "0x80048403",
                    message: "The choice has an option with the value \(value) already."
                )
            }
            var option: ODataCore.Record = ["Value": .integer(value), "Label": call.parameters["Label"] ?? .null]
            if let state = call.parameters["StateCode"] { option["State"] = state }
            options.append(option)
        }
        return record.last?["Value"]?.integerValue ?? 0
    }

    /// Changes the options of the choice that the parameters name: a global one, or that of a column.
    @discardableResult
    private static func change(
        _ call: OperationCall,
        _ body: @escaping @Sendable (inout [ODataCore.Record]) throws -> Void
    ) async throws -> [ODataCore.Record] {
        let parameters = call.parameters
        let change = try await call.service.service.store.changeSchema { schema in
            var changer = SchemaChanger(schema: schema)
            if let name = parameters.text("OptionSetName") {
                try changer.changeOptions(ofChoice: name, body)
            } else {
                guard let table = parameters.text("EntityLogicalName"),
                    let column = parameters.text("AttributeLogicalName")
                else {
                    throw ServiceError.badPayload(
                        "'OptionSetName', or 'EntityLogicalName' and 'AttributeLogicalName', must name a choice."
                    )
                }
                try changer.changeOptions(ofColumn: column.lowercased(), table: table.lowercased(), body)
            }
            return changer.change
        }
        return change.options
    }
}

extension SchemaChanger {
    mutating func changeOptions(
        ofChoice name: String,
        _ body: (inout [ODataCore.Record]) throws -> Void
    ) throws {
        guard let current = change.definitions.record(.choice, name) else { throw Self.missing("choice", name) }
        let record = try changed(current, name: current.text("Name") ?? name, isGlobal: true, type: "Picklist", body)
        change.definitions.set(Definition(kind: .choice, table: "", name: name.lowercased(), record: record))
    }

    mutating func changeOptions(
        ofColumn name: String,
        table: String,
        _ body: (inout [ODataCore.Record]) throws -> Void
    ) throws {
        guard let schema = schema.table(ofType: table) else { throw Self.missing("table", table) }
        let columns = MetadataReader(schema: self.schema).columns(schema)
        guard let current = columns.first(where: { $0.text("LogicalName") == name }) else {
            throw Self.missing("column", name)
        }
        let stored = change.definitions.record(.column, name, of: table)
        if let global = stored?.text("GlobalOptionSetName") { return try changeOptions(ofChoice: global, body) }
        guard let set = current["OptionSet"]?.objectValue, set["Options"] != nil else {
            throw ServiceError.badPayload("The column '\(name)' has no options that can be changed.")
        }
        var record = stored ?? ["isOverride": true]
        record["OptionSet"] = .object(
            try changed(
                set,
                name: set.text("Name") ?? name,
                isGlobal: false,
                type: set.text("OptionSetType") ?? "Picklist",
                body
            )
        )
        change.definitions.set(Definition(kind: .column, table: table, name: name, record: record))
    }

    private mutating func changed(
        _ set: ODataCore.Record,
        name: String,
        isGlobal: Bool,
        type: String,
        _ body: (inout [ODataCore.Record]) throws -> Void
    ) throws -> ODataCore.Record {
        var options = (set["Options"]?.arrayValue ?? []).compactMap(\.objectValue)
        try body(&options)
        var given = set
        given["Options"] = .array(options.map { .object($0) })
        let completed = try MetadataChoice.completed(.object(given), name: name, isGlobal: isGlobal, type: type)
        let record = completed.objectValue ?? given
        change.options = (record["Options"]?.arrayValue ?? []).compactMap(\.objectValue)
        return set.merging(record)
    }
}
