import CSDL

/// Builds the columns, lookups and collections of one structured type, inherited ones included.
struct ColumnBuilder {
    /// The rendered declarations of a type; `nil` where there are none.
    struct Columns {
        var columns: String?
        var lookups: String?
        var collections: String?
        /// The enumerations of the tables that lookups of several tables refer to.
        var targets: [LookupTargetsContext] = []
    }

    let mapper: TypeMapper
    let vocabulary: Vocabulary
    let file: FileContext
    let template: ColumnTemplate
    /// The Swift types that someone chose for columns of the type.
    let chosenTypes: ColumnTypes.OfType
    /// Whether a lookup of several tables is one property with an enumeration of them.
    var joinsLookups = true

    /// The declarations of a type.
    ///
    /// - Parameters:
    ///   - members: The properties of the type.
    ///   - key: The names of the key properties.
    ///   - names: Gives the declarations their names.
    ///   - nested: Gives the types that are nested in the type their names.
    ///   - choices: The choices of the table.
    func columns(
        _ members: Members,
        key: [String],
        names: inout ColumnNames,
        nested: inout NestedTypeNames,
        choices: inout TableChoices
    ) -> Columns {
        let navigationProperties = members.navigationProperties()
        let valueColumns = navigationProperties.map { valueColumn(of: $0.property, in: members) }
        var lookupsOfColumn: [String: [Members.Entry<NavigationProperty>]] = [:]
        for (entry, column) in zip(navigationProperties, valueColumns) {
            if let column { lookupsOfColumn[column, default: []].append(entry) }
        }

        var columns: [ColumnContext] = []
        var lookups: [ColumnContext] = []
        var collections: [ColumnContext] = []
        var targets: [LookupTargetsContext] = []
        var joined: Set<String> = []
        let known = DataverseColumns(members, tables: choices.tables)
        for entry in members.properties(keyFirst: key) {
            guard entry.property.isLookupValue, let owners = lookupsOfColumn[entry.property.name] else {
                let isKey = key.contains(entry.property.name)
                let chosen = isKey ? nil : chosenTypes[entry.property.name]
                let choice =
                    chosen == nil ? choices.type(of: entry.property, file: names.file, nested: &nested) : nil
                columns.append(
                    column(
                        entry,
                        isKey: isKey,
                        chosen: chosen,
                        type: choice ?? mapper.columnType(of: entry.property.type),
                        labels: choices.labels(of: entry.property),
                        facts: known.facts(of: entry.property),
                        names: &names
                    )
                )
                continue
            }
            // The lookup itself reads this column.
            guard owners.count > 1, joinsLookups else { continue }
            joined.formUnion(owners.map(\.property.name))
            let (lookup, context) = polymorphicLookup(entry, lookups: owners, names: &names, nested: &nested)
            lookups.append(lookup)
            targets.append(context)
        }
        for (entry, column) in zip(navigationProperties, valueColumns) where !joined.contains(entry.property.name) {
            if entry.property.type.isCollection {
                collections.append(collection(entry, names: &names))
            } else if joinsLookups, let column, mapper.subtypes(of: entry.property.type.name) != nil {
                lookups.append(generalLookup(entry, valueColumn: column, names: &names))
            } else {
                lookups.append(lookup(entry, valueColumn: column, names: &names))
            }
        }
        return Columns(
            columns: template.declarations(columns),
            lookups: template.declarations(lookups),
            collections: template.declarations(collections),
            targets: targets
        )
    }

    private func column(
        _ entry: Members.Entry<Property>,
        isKey: Bool,
        chosen: ColumnTypes.Choice?,
        type: String,
        labels: String?,
        facts: DataverseColumns.Facts?,
        names: inout ColumnNames
    ) -> ColumnContext {
        let property = entry.property
        let target = "\(entry.declaringType)/\(property.name)"
        let access =
            property.isLookupValue || property.type.name == "Edm.Stream" || facts?.isReadOnly == true
            ? .readOnly : vocabulary.access(to: property, target: target)
        let column =
            switch access {
            case .writable: "Column"
            case .onCreation: "CreateOnlyColumn"
            case .readOnly: "ReadOnlyColumn"
            }
        return context(
            names.assign(property.name, suffix: "Column", at: property.position),
            type: "\(column)<\(names.rowName), \(chosen?.columnType ?? type)>",
            value: "\(column)(\(SwiftLiteral.string(property.name)))",
            documentation(of: entry, isKey: isKey, chosenType: chosen?.type, labels: labels, note: facts?.sentence)
        )
    }

    private func lookup(
        _ entry: Members.Entry<NavigationProperty>,
        valueColumn: String?,
        names: inout ColumnNames
    ) -> ColumnContext {
        let name = names.assign(entry.property.name, suffix: "Lookup", at: entry.property.position)
        return lookup(entry, valueColumn: valueColumn, name: name, rowName: names.rowName)
    }

    /// A lookup of one table.
    func lookup(
        _ entry: Members.Entry<NavigationProperty>,
        valueColumn: String?,
        name: String,
        rowName: String
    ) -> ColumnContext {
        let property = entry.property
        let row = mapper.target(of: property.type)
        let argument = valueColumn.map { ", value: " + SwiftLiteral.string($0) } ?? ""
        return context(
            name,
            type: "Lookup<\(rowName), \(row)>",
            value: "Lookup(\(SwiftLiteral.string(property.name))\(argument))",
            documentation(of: entry, row: row, valueColumn: valueColumn)
        )
    }

    private func collection(
        _ entry: Members.Entry<NavigationProperty>,
        names: inout ColumnNames
    ) -> ColumnContext {
        let property = entry.property
        let row = mapper.target(of: property.type)
        return context(
            names.assign(property.name, suffix: "Collection", at: property.position),
            type: "CollectionNavigation<\(names.rowName), \(row)>",
            value: "CollectionNavigation(\(SwiftLiteral.string(property.name)))",
            documentation(of: entry, row: row, valueColumn: nil)
        )
    }

    /// A declaration, its getter on a line of its own where the whole would be longer than 120 characters.
    func context(
        _ name: String,
        type: String,
        value: String,
        _ documentation: @autoclosure () -> String
    ) -> ColumnContext {
        let length = 8 + file.inlinableAccess.utf8.count + "var : { }".utf8.count + name.utf8.count + type.utf8.count
        let fits = length + value.utf8.count + 1 <= 120
        return ColumnContext(
            documentation: template.hasDocumentation ? documentation() : "",
            inlinableAccess: file.inlinableAccess,
            name: name,
            type: type,
            body: fits ? "{ \(value) }" : "{\n            \(value)\n        }"
        )
    }

    /// The property that holds the key of the related row, where a lookup can read it from there.
    private func valueColumn(of lookup: NavigationProperty, in members: Members) -> String? {
        guard !lookup.type.isCollection, lookup.referentialConstraints.count == 1,
            let constraint = lookup.referentialConstraints.first, let property = members.property(constraint.property)
        else { return nil }
        let type = mapper.columnType(of: property.type)
        guard let row = mapper.row(named: lookup.type.name) else { return type == "UUID" ? property.name : nil }
        // A lookup value of Dataverse identifies the row whatever it is said to reference: a user's key is `ownerid`, and
        // lookups of users reference the `systemuserid` that is always the same.
        guard row.key.parts.count == 1, row.key.typeName == type,
            row.key.parts[0].name == constraint.referencedProperty || property.isLookupValue
        else { return nil }
        return property.name
    }
}

extension Property {
    /// Whether this is the raw value of a Dataverse lookup: `_primarycontactid_value`.
    var isLookupValue: Bool {
        name.utf8.first == UInt8(ascii: "_") && name.utf8.count > 7 && name.hasSuffix("_value")
            && type.name == "Edm.Guid" && !type.isCollection
    }

    /// `_customerid_value` → `customerid`.
    var lookupName: String { String(name.dropFirst().dropLast("_value".count)) }
}
