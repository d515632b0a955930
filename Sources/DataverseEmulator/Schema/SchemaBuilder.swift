import CSDL
import ODataCore

/// Makes tables from entity sets.
///
/// Inheritance is flattened. A set whose type has subtypes with sets of their own (`owners`, `activitypointers`) is a
/// union of the tables of those sets.
struct SchemaBuilder {
    private let index: SchemaIndex
    private let definitions: DefinitionCatalog
    /// The options of choice columns by table and column, for those that no definition tells.
    private let options: [String: [String: ChoiceLabels]]

    /// Sets of the metadata API, which the emulator does not take from CSDL.
    private static let metadataSets: Set<String> = [
        "EntityDefinitions", "GlobalOptionSetDefinitions", "ManagedPropertyDefinitions", "RelationshipDefinitions",
    ]

    /// The entity set of each type, by the type's qualified name.
    private var setsByType: [String: String] = [:]
    /// The sets that are unions.
    private var unionSets: Set<String> = []
    /// The lookups of each entity type, inherited ones included, by the type's qualified name.
    private var lookupsByType: [String: [LookupSchema]] = [:]

    init(documents: [CSDLDocument], definitions: DefinitionCatalog, options: [String: [String: ChoiceLabels]]) {
        self.definitions = definitions
        self.options = options
        index = SchemaIndex(documents)
        for set in index.entitySets {
            let type = index.canonicalName(set.element.entityType)
            if setsByType[type] == nil { setsByType[type] = set.element.name }
        }
        for set in index.entitySets {
            guard let type = index.entityType(named: set.element.entityType), !unionMembers(of: type).isEmpty else {
                continue
            }
            unionSets.insert(set.element.name)
        }
        for type in index.entityTypes {
            lookupsByType[type.qualifiedName] = lookups(
                index.lineage(of: type).flatMap(\.element.navigationProperties)
            )
        }
    }

    func build(document: [UInt8]) -> ServiceSchema {
        var tables: [TableSchema] = []
        for set in index.entitySets where !Self.metadataSets.contains(set.element.name) {
            guard let type = index.entityType(named: set.element.entityType) else { continue }
            tables.append(table(named: set.element.name, type: type))
        }
        return ServiceSchema(
            tables: tables,
            setsByType: setsByType,
            index: index,
            definitions: definitions,
            document: document
        )
    }

    private func table(named name: String, type: SchemaIndex.Declared<EntityType>) -> TableSchema {
        let lineage = index.lineage(of: type)
        let members = unionMembers(of: type)
        let properties = lineage.flatMap(\.element.properties)
        let key = index.key(of: type).map(\.name)
        let navigation = lineage.flatMap { owner in owner.element.navigationProperties.map { (owner, $0) } }
        let lookupColumns = Set(navigation.flatMap { $0.1.referentialConstraints.map(\.property) })
        var seen: Set<String> = []
        var columns: [ColumnSchema] = []
        for property in properties where seen.insert(property.name).inserted {
            columns.append(
                defined(column(property, key: key, lookupColumns: lookupColumns), of: type.element.name)
            )
        }
        columns = Self.withAmounts(columns)
        return TableSchema(
            entitySetName: name,
            logicalName: type.element.name,
            typeName: type.qualifiedName,
            key: key,
            columns: columns,
            lookups: lookupsByType[type.qualifiedName] ?? [],
            collections: collections(navigation, key: key),
            alternateKeys: lineage.flatMap { alternateKeys(of: $0) },
            primaryName: definitions.record(.table, type.element.name)?.text("PrimaryNameAttribute"),
            source: members.isEmpty ? .table : .union((type.element.isAbstract ? [] : [name]) + members)
        )
    }

    /// The entity sets of the types that derive from this one, however far.
    private func unionMembers(of type: SchemaIndex.Declared<EntityType>) -> [String] {
        index.directSubtypes(of: type).flatMap { subtype in
            (setsByType[subtype.qualifiedName].map { [$0] } ?? []) + unionMembers(of: subtype)
        }
    }

    // MARK: Columns

    private func column(_ property: Property, key: [String], lookupColumns: Set<String>) -> ColumnSchema {
        let isComputed = property.annotations.contains {
            index.annotation($0, hasTerm: "Org.OData.Core.V1.Computed") && $0.value?.boolValue != false
        }
        let role = role(
            of: property,
            isLookup: lookupColumns.contains(property.name),
            isKey: key.contains(property.name)
        )
        let isReadOnly: Bool
        switch role {
        case .plain, .state, .status: isReadOnly = isComputed
        default: isReadOnly = true
        }
        var column = ColumnSchema(
            name: property.name,
            type: columnType(property.type),
            isNullable: property.type.isNullable && !key.contains(property.name),
            isReadOnly: isReadOnly && !key.contains(property.name),
            role: role
        )
        column.isRequired =
            !property.type.isNullable && !key.contains(property.name) && role == .plain && !isReadOnly
            && property.defaultValue == nil && column.type != .stream
        return column
    }

    /// A column with what its definition and the known options say.
    private func defined(_ column: ColumnSchema, of table: String) -> ColumnSchema {
        var column = column
        let name = MetadataReader.logicalName(column)
        column.choices = options[table]?[name]
        guard let record = definitions.record(.column, name, of: table) else { return column }
        let optionSet = record.text("GlobalOptionSetName").flatMap { definitions.record(.choice, $0) }
        column.choices =
            MetadataChoice.labels(optionSet.map { .object($0) } ?? record["OptionSet"]) ?? column.choices
        if record.text("@odata.type")?.hasSuffix(".FileAttributeMetadata") == true {
            column.type = .guid
            column.role = .file
            column.isReadOnly = true
        }
        if case .string = column.type, let length = record["MaxLength"]?.integerValue {
            column.type = .string(maxLength: Int(length))
        }
        if record["RequiredLevel"]?.objectValue?.text("Value") == "SystemRequired" {
            column.isRequired = column.role == .plain && !column.isReadOnly
        }
        if let lower = Self.number(record["MinValue"]), let upper = Self.number(record["MaxValue"]), lower <= upper {
            column.range = lower...upper
        }
        return column
    }

    private static func number(_ value: Value?) -> Double? {
        switch value {
        case .integer(let number)?: Double(number)
        case .double(let number)?: number
        case .decimal(let number)?: Double("\(number)")
        default: nil
        }
    }

    private func role(of property: Property, isLookup: Bool, isKey: Bool) -> ColumnSchema.Role {
        let name = property.name
        switch (name, property.type.name) {
        case ("versionnumber", "Edm.Int64"): return .versionNumber
        case ("createdon", "Edm.DateTimeOffset"): return .createdOn
        case ("modifiedon", "Edm.DateTimeOffset"): return .modifiedOn
        case ("_createdby_value", "Edm.Guid"): return .createdBy
        case ("_modifiedby_value", "Edm.Guid"): return .modifiedBy
        case ("_createdonbehalfby_value", "Edm.Guid"): return .createdOnBehalfBy
        case ("_modifiedonbehalfby_value", "Edm.Guid"): return .modifiedOnBehalfBy
        case ("_ownerid_value", "Edm.Guid"): return .owner
        case ("_owninguser_value", "Edm.Guid"): return .owner
        case ("_owningbusinessunit_value", "Edm.Guid"): return .owningBusinessUnit
        case ("statecode", "Edm.Int32"): return .state
        case ("statuscode", "Edm.Int32"): return .status
        case ("fullname", "Edm.String"): return .fullName
        case ("exchangerate", "Edm.Decimal"): return .exchangeRate
        default: return isLookup && !isKey ? .lookup : .plain
        }
    }

    /// Finds the pairs `x` and `x_base` of money columns, and drops roles that have nothing to work on.
    private static func withAmounts(_ columns: [ColumnSchema]) -> [ColumnSchema] {
        let names = Set(columns.map(\.name))
        let images = columns.filter { $0.type == .binary && names.contains($0.name + "id") }.map(\.name)
        let imageDetails = Set(images.flatMap { image in ColumnSchema.imageDetails.map { image + $0 } })
        return columns.map { column in
            var role = column.role
            if images.contains(column.name) { role = .image }
            if imageDetails.contains(column.name) { role = .imageDetail }
            var isMoney = column.isMoney
            if column.type == .decimal {
                let base = column.name.hasSuffix("_base") ? String(column.name.dropLast(5)) : nil
                if let base, names.contains(base) {
                    role = .baseAmount(of: base)
                    isMoney = true
                } else {
                    isMoney = names.contains(column.name + "_base")
                }
            }
            if role == .fullName, !names.isSuperset(of: ["firstname", "lastname"]) { role = .plain }
            // A currency's own rate is plain data; everywhere else it follows the row's currency.
            if role == .exchangeRate, !names.contains("_transactioncurrencyid_value") { role = .plain }
            var copy = column
            copy.isReadOnly =
                role == .plain && column.role != .plain ? false : column.isReadOnly || role.isComputed
            copy.role = role
            copy.isMoney = isMoney
            return copy
        }
    }

    private func columnType(_ type: TypeReference) -> ColumnType {
        guard !type.isCollection else { return .json(type.spelling) }
        if let declared = index.enumType(named: type.name) {
            return .enumeration(EnumerationSchema(declared))
        }
        guard let primitive = index.primitiveType(named: type.name) else {
            return .json(index.canonicalName(type.name))
        }
        return ColumnType(primitive, facets: type.facets)
    }

    // MARK: Relationships

    private func lookups(_ properties: [NavigationProperty]) -> [LookupSchema] {
        let uses = properties.flatMap { $0.referentialConstraints.map(\.property) }
        let counts = Dictionary(grouping: uses) { $0 }.mapValues(\.count)
        return properties.compactMap { property in
            guard !property.type.isCollection, let target = set(of: property), property.referentialConstraints.count < 2
            else { return nil }
            let constraint = property.referentialConstraints.first
            let column = constraint?.property ?? HiddenColumn.key(of: property.name)
            let isPolymorphic = counts[column, default: 1] > 1 || unionSets.contains(target)
            guard let referenced = constraint?.referencedProperty ?? targetKey(of: property.type.name) else {
                return nil
            }
            return LookupSchema(
                navigationProperty: property.name,
                column: column,
                typeColumn: isPolymorphic ? HiddenColumn.targetType(of: column) : nil,
                target: target,
                referencedColumn: referenced
            )
        }
    }

    private func collections(
        _ properties: [(owner: SchemaIndex.Declared<EntityType>, property: NavigationProperty)],
        key: [String]
    ) -> [CollectionSchema] {
        properties.compactMap { owner, property in
            guard property.type.isCollection, let target = set(of: property) else { return nil }
            let partner = property.partner.flatMap { partner in
                index.entityType(named: property.type.name).flatMap { type in
                    index.lineage(of: type).flatMap(\.element.navigationProperties).first { $0.name == partner }
                }
            }
            if let partner, !partner.type.isCollection {
                let candidates = lookupsByType[index.canonicalName(property.type.name)] ?? []
                guard let lookup = candidates.first(where: { $0.navigationProperty == partner.name }) else {
                    return nil
                }
                return CollectionSchema(navigationProperty: property.name, target: target, kind: .oneToMany(lookup))
            }
            guard key.count == 1, let otherKey = targetKey(of: property.type.name) else { return nil }
            let own = "\(owner.element.name).\(property.name)"
            let other = partner.map { "\(unqualified(property.type.name)).\($0.name)" }
            let isFirst = other.map { own <= $0 } ?? true
            let link = LinkSchema(
                table: "@link " + (isFirst ? own : other ?? own),
                ownColumn: isFirst ? "first" : "second",
                otherColumn: isFirst ? "second" : "first",
                ownKey: key[0],
                otherKey: otherKey
            )
            return CollectionSchema(navigationProperty: property.name, target: target, kind: .manyToMany(link))
        }
    }

    private func set(of property: NavigationProperty) -> String? {
        setsByType[index.canonicalName(property.type.name)]
    }

    private func targetKey(of typeName: String) -> String? {
        guard let type = index.entityType(named: typeName) else { return nil }
        let key = index.key(of: type)
        return key.count == 1 ? key[0].name : nil
    }

    private func unqualified(_ name: String) -> String {
        name.split(separator: ".").last.map(String.init) ?? name
    }

    // MARK: Alternate keys

    private func alternateKeys(of type: SchemaIndex.Declared<EntityType>) -> [[String]] {
        let annotations = index.annotations(of: type.element, target: type.qualifiedName).filter {
            index.annotation($0, hasTerm: "OData.Community.Keys.V1.AlternateKeys")
                || index.annotation($0, hasTerm: "Org.OData.Core.V1.AlternateKeys")
        }
        return annotations.flatMap { $0.value?.elements ?? [] }.compactMap { element in
            guard let parts = element.record?["Key"]?.elements else { return nil }
            let names = parts.compactMap { $0.record?["Name"]?.pathValue }
            return names.isEmpty || names.count != parts.count ? nil : names
        }
    }
}

extension ColumnSchema.Role {
    /// Whether the service works the value out and ignores what a client sends.
    var isComputed: Bool {
        switch self {
        case .plain, .state, .status, .image: false
        default: true
        }
    }
}

extension ColumnType {
    init(_ primitive: PrimitiveType, facets: Facets) {
        switch primitive {
        case .string:
            if case .limited(let length)? = facets.maxLength {
                self = .string(maxLength: length)
            } else {
                self = .string(maxLength: nil)
            }
        case .boolean: self = .boolean
        case .byte: self = .integer(primitive.rawValue, 0...255)
        case .sbyte: self = .integer(primitive.rawValue, -128...127)
        case .int16: self = .integer(primitive.rawValue, Int64(Int16.min)...Int64(Int16.max))
        case .int32: self = .integer(primitive.rawValue, Int64(Int32.min)...Int64(Int32.max))
        case .int64: self = .integer(primitive.rawValue, Int64.min...Int64.max)
        case .decimal: self = .decimal
        case .double: self = .double
        case .single: self = .single
        case .guid: self = .guid
        case .date: self = .date
        case .dateTimeOffset: self = .dateTimeOffset
        case .timeOfDay: self = .timeOfDay
        case .duration: self = .duration
        case .binary: self = .binary
        case .stream: self = .stream
        default: self = .json(primitive.rawValue)
        }
    }
}
