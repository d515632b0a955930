import HTTPTypes
import ODataCore
import ODataQuery

/// Answers requests for definitions: `EntityDefinitions`, `RelationshipDefinitions`, `GlobalOptionSetDefinitions`.
struct DefinitionsHandler {
    let schema: ServiceSchema
    let request: EmulatorRequest
    let url: ODataURL

    static let sets = ["EntityDefinitions", "GlobalOptionSetDefinitions", "RelationshipDefinitions"]
    static let createTables = "CreateEntities"
    static let metadataChanges = "RetrieveMetadataChanges"

    static func handles(_ path: ResourcePath) -> Bool {
        guard case .name(let name, _)? = path.segments.first else { return false }
        return sets.contains(name) || name == createTables || name == metadataChanges
    }

    var reader: MetadataReader { MetadataReader(schema: schema) }

    /// What a path leads to.
    enum Target {
        case tables
        case table(TableSchema)
        case columns(TableSchema, [Record])
        case column(TableSchema, Record)
        case keys(TableSchema)
        case key(TableSchema, Record)
        case relationships([Record])
        case relationship(Record)
        case choices
        case choice(Record)
        /// A value that can only be read: an option set, or a property.
        case value(Value, name: String)
    }

    // MARK: Paths

    func target() throws -> Target {
        var target: Target?
        for segment in url.path.segments {
            guard case .name(let name, let arguments) = segment else {
                throw ServiceError.unsupported("this segment of a path to definitions")
            }
            target = try target.map { try step(from: $0, to: name, arguments) } ?? start(name, arguments)
        }
        guard let target else { throw ServiceError.segmentNotFound("") }
        return target
    }

    private func start(_ name: String, _ arguments: [Argument]?) throws -> Target {
        switch name {
        case "EntityDefinitions":
            guard let arguments else { return .tables }
            let found = try find(arguments, in: reader.tables(), named: "LogicalName", what: "table")
            return .table(try schema.table(found.text("EntitySetName") ?? ""))
        case "RelationshipDefinitions":
            let all = reader.relationships()
            guard let arguments else { return .relationships(all) }
            return .relationship(try find(arguments, in: all, named: "SchemaName", what: "relationship"))
        case "GlobalOptionSetDefinitions":
            guard let arguments else { return .choices }
            return .choice(try find(arguments, in: choices, named: "Name", what: "choice"))
        default: throw ServiceError.segmentNotFound(name)
        }
    }

    private func step(from target: Target, to name: String, _ arguments: [Argument]?) throws -> Target {
        switch (target, name) {
        case (.table(let table), "Attributes"):
            let columns = reader.columns(table)
            guard let arguments else { return .columns(table, columns) }
            return .column(table, try find(arguments, in: columns, named: "LogicalName", what: "column"))
        case (.table(let table), "Keys"):
            guard let arguments else { return .keys(table) }
            return .key(table, try find(arguments, in: reader.keys(table), named: "LogicalName", what: "key"))
        case (.table(let table), "OneToManyRelationships"): return .relationships(reader.oneToMany(table))
        case (.table(let table), "ManyToOneRelationships"): return .relationships(reader.manyToOne(table))
        case (.table(let table), "ManyToManyRelationships"): return .relationships(reader.manyToMany(table))
        case (.columns(let table, let columns), _) where name.contains("."):
            return .columns(table, try cast(columns, to: name))
        case (.column(let table, let column), _) where name.contains("."):
            guard let cast = try cast([column], to: name).first else {
                throw SchemaChanger.missing("column of the type \(name)", column.text("LogicalName") ?? "")
            }
            return .column(table, cast)
        case (.relationships(let all), _) where name.contains("."): return .relationships(try cast(all, to: name))
        case (.relationship(let one), _) where name.contains("."):
            guard let cast = try cast([one], to: name).first else {
                throw SchemaChanger.missing("relationship of the type \(name)", one.text("SchemaName") ?? "")
            }
            return .relationship(cast)
        case (.choices, _) where name.contains("."): return .choices
        case (.choice, _) where name.contains("."): return target
        case (.table(let table), _): return try member(name, of: reader.table(table))
        case (.column(_, let record), _), (.key(_, let record), _), (.relationship(let record), _),
            (.choice(let record), _):
            return try member(name, of: record)
        default: throw ServiceError.segmentNotFound(name)
        }
    }

    private func member(_ name: String, of record: Record) throws -> Target {
        guard let value = record[name] else { throw ServiceError.segmentNotFound(name) }
        return .value(value, name: name)
    }

    private func cast(_ records: [Record], to type: String) throws -> [Record] {
        let wanted = type.split(separator: ".").last.map(String.init) ?? type
        if wanted == "AttributeMetadata" || wanted == "RelationshipMetadataBase" { return records }
        let isKnown =
            AttributeType(metadataType: wanted) != nil || wanted == "EnumAttributeMetadata"
            || wanted.hasSuffix("RelationshipMetadata")
        guard isKnown else { throw ServiceError.unsupported("the type '\(type)' of definitions") }
        return records.filter { record in
            let name = record.text("@odata.type")?.split(separator: ".").last.map(String.init) ?? ""
            if wanted == "EnumAttributeMetadata" {
                return AttributeType(metadataType: name).map { $0.hasOptions && $0 != .boolean } ?? false
            }
            return name == wanted
        }
    }

    private func find(_ arguments: [Argument], in records: [Record], named name: String, what: String) throws -> Record
    {
        guard arguments.count == 1, let argument = arguments.first else {
            throw ServiceError.badQuery("A \(what) has a key of one part.")
        }
        var value = argument.value
        if case .path(let path) = value, case .alias(let alias) = path.root, let aliased = url.options.aliases[alias] {
            value = aliased
        }
        guard case .literal(let literal) = value else { throw ServiceError.badQuery("The key must be a literal.") }
        let found: Record?
        let text: String
        switch (argument.name ?? "MetadataId", literal) {
        case ("MetadataId", .guid(let identifier)):
            text = identifier
            found = records.first { $0.text("MetadataId") == identifier }
        case (name, .string(let key)), ("SchemaName", .string(let key)):
            text = key
            let member = argument.name ?? name
            found = records.first { $0.text(member)?.lowercased() == key.lowercased() }
        default: throw ServiceError.badQuery("'\(argument.name ?? "")' is not a key of a \(what).")
        }
        guard let found else { throw SchemaChanger.missing(what, text) }
        return found
    }

    private var choices: [Record] { schema.definitions.all(.choice).compactMap(\.record) }

    // MARK: Reading

    func read() throws -> EmulatorResponse {
        if case .name(Self.metadataChanges, let arguments)? = url.path.segments.first {
            return try readChanges(arguments ?? [])
        }
        switch try target() {
        case .tables: return try list(reader.tables(), "EntityDefinitions")
        case .table(let table): return try one(reader.table(table), "EntityDefinitions")
        case .columns(_, let columns): return try list(columns, "EntityDefinitions/Attributes")
        case .column(_, let column): return try one(column, "EntityDefinitions/Attributes")
        case .keys(let table): return try list(reader.keys(table), "EntityDefinitions/Keys")
        case .key(_, let key): return try one(key, "EntityDefinitions/Keys")
        case .relationships(let all): return try list(all, "RelationshipDefinitions")
        case .relationship(let relationship): return try one(relationship, "RelationshipDefinitions")
        case .choices: return try list(choices, "GlobalOptionSetDefinitions")
        case .choice(let choice): return try one(choice, "GlobalOptionSetDefinitions")
        case .value(.object(let record), let name): return try one(record, name)
        case .value(let value, let name):
            return Self.response([("@odata.context", .string(request.root + "$metadata#" + name)), ("value", value)])
        }
    }

    private func list(_ records: [Record], _ set: String) throws -> EmulatorResponse {
        let options = url.options
        if !options.orderBy.isEmpty { throw ServiceError.unsupported("$orderby on definitions") }
        if options.apply != nil { throw ServiceError.unsupported("$apply on definitions") }
        if options.skip != nil { throw ServiceError.badQuery("Skip Clause is not supported in CRM") }
        let filter = DefinitionFilter(aliases: options.aliases)
        let found =
            try options.filter.map { condition in
                try records.filter { try filter.holds(condition, for: $0) }
            } ?? records
        var members: [(String, Value)] = [("@odata.context", .string(request.root + "$metadata#" + set))]
        if options.count == true { members.append(("@odata.count", .integer(Int64(found.count)))) }
        let rows = try found.prefix(options.top ?? Int.max).map { Value.object(try shaped($0, options)) }
        members.append(("value", .array(Array(rows))))
        return Self.response(members)
    }

    private func one(_ record: Record, _ set: String) throws -> EmulatorResponse {
        let shaped = try shaped(record, url.options)
        return Self.response(
            [("@odata.context", .string(request.root + "$metadata#" + set + "/$entity"))]
                + shaped.members.map { ($0.name, $0.value) }
        )
    }

    private static func response(_ members: [(String, Value)]) -> EmulatorResponse {
        EmulatorResponse(.ok, body: JSONWriter.bytes(from: .object(Record(members: members))))
    }

    /// The members of a definition that a request asks for.
    private func shaped(_ record: Record, _ options: QueryOptions) throws -> Record {
        let navigation: Set<String> = ["OptionSet", "GlobalOptionSet"]
        var members = record.members.filter { !navigation.contains($0.name) }
        if let select = options.select, !select.contains(where: { $0.path == ["*"] }) {
            let names = Set(select.compactMap(\.path.first))
            // Members that only some types have are left out where there are none.
            members = members.filter { names.contains($0.name) || ["@odata.type", "MetadataId"].contains($0.name) }
        }
        for item in options.expand {
            guard item.kind == .rows, item.path.count == 1, let name = item.path.first else {
                throw ServiceError.unsupported("this $expand of definitions")
            }
            members.append((name, try expanded(name, of: record, item.options)))
        }
        return Record(members: members.map { ($0.name, $0.value) })
    }

    private func expanded(_ name: String, of record: Record, _ options: QueryOptions) throws -> Value {
        if let value = record[name], name == "OptionSet" || name == "GlobalOptionSet" {
            guard let object = value.objectValue else { return .null }
            return .object(try shaped(object, options))
        }
        guard let set = record.text("EntitySetName"), let table = schema.tables[set] else {
            throw ServiceError.unknownProperty(name, of: record.text("@odata.type") ?? "EntityMetadata")
        }
        let records: [Record] =
            switch name {
            case "Attributes": reader.columns(table)
            case "Keys": reader.keys(table)
            case "OneToManyRelationships": reader.oneToMany(table)
            case "ManyToOneRelationships": reader.manyToOne(table)
            case "ManyToManyRelationships": reader.manyToMany(table)
            default: throw ServiceError.unknownProperty(name, of: "Microsoft.Dynamics.CRM.EntityMetadata")
            }
        let filter = DefinitionFilter(aliases: url.options.aliases)
        let found =
            try options.filter.map { condition in
                try records.filter { try filter.holds(condition, for: $0) }
            } ?? records
        return .array(try found.map { .object(try shaped($0, options)) })
    }

    // MARK: RetrieveMetadataChanges

    private func readChanges(_ arguments: [Argument]) throws -> EmulatorResponse {
        guard arguments.count == 1, arguments[0].name == "Query",
            let query = try OperationDispatcher.json(arguments[0].value, url.options.aliases).objectValue
        else { throw ServiceError.badQuery("RetrieveMetadataChanges needs the parameter 'Query' alone.") }
        for unsupported in ["RelationshipQuery", "LabelQuery", "KeyQuery"] where query[unsupported]?.isNull == false {
            throw ServiceError.unsupported("'\(unsupported)' of RetrieveMetadataChanges")
        }
        let tables = try reader.tables().filter { try Self.holds(query["Criteria"], for: $0) }
        let attributeQuery = query["AttributeQuery"]?.objectValue
        let entities = try tables.map { record -> Value in
            var shaped = Self.projected(record, query["Properties"])
            if let attributeQuery, let table = schema.tables[record.text("EntitySetName") ?? ""] {
                let columns = try reader.columns(table).filter { try Self.holds(attributeQuery["Criteria"], for: $0) }
                shaped["Attributes"] = .array(
                    columns.map { .object(Self.projected($0, attributeQuery["Properties"])) }
                )
            }
            return .object(shaped)
        }
        return Self.response([
            (
                "@odata.context",
                .string(request.root + "$metadata#Microsoft.Dynamics.CRM.RetrieveMetadataChangesResponse")
            ), ("EntityMetadata", .array(entities)), ("ServerVersionStamp", "0!0"), ("DeletedMetadata", nil),
        ])
    }

    private static func projected(_ record: Record, _ properties: Value?) -> Record {
        let names = properties?.objectValue?["PropertyNames"]?.arrayValue?.compactMap(\.stringValue)
        guard let names, properties?.objectValue?["AllProperties"] != true else { return record }
        let wanted = Set(names + ["@odata.type", "MetadataId"])
        return Record(members: record.members.filter { wanted.contains($0.name) }.map { ($0.name, $0.value) })
    }

    private static func holds(_ criteria: Value?, for record: Record, depth: Int = 0) throws -> Bool {
        guard let criteria = criteria?.objectValue else { return true }
        guard depth < 20 else { throw ServiceError.badQuery("The criteria are nested too deep.") }
        var results = try (criteria["Conditions"]?.arrayValue ?? []).compactMap(\.objectValue).map { condition in
            let actual = record[condition.text("PropertyName") ?? ""] ?? .null
            let wanted = condition["Value"]?.objectValue?["Value"] ?? condition["Value"] ?? .null
            let values = wanted.arrayValue ?? [wanted]
            let isIn = values.contains { text($0) == text(actual) }
            switch condition.text("ConditionOperator") {
            case "Equals", "In": return isIn
            case "NotEquals", "NotIn": return !isIn
            default: throw ServiceError.unsupported("this operator in RetrieveMetadataChanges")
            }
        }
        for filter in criteria["Filters"]?.arrayValue ?? [] {
            results.append(try holds(filter, for: record, depth: depth + 1))
        }
        return criteria.text("FilterOperator") == "Or" ? results.contains(true) : !results.contains(false)
    }

    private static func text(_ value: Value) -> String {
        (value.stringValue ?? JSONWriter.string(from: value)).lowercased()
    }
}
