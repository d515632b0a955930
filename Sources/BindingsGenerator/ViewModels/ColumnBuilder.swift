import CSDL

/// Builds the columns, lookups and collections of one structured type, inherited ones included.
struct ColumnBuilder {
    /// The declarations of a type.
    struct Columns {
        var columns: [ColumnContext] = []
        var lookups: [ColumnContext] = []
        var collections: [ColumnContext] = []
    }

    let mapper: TypeMapper
    let vocabulary: Vocabulary
    let file: FileContext

    /// The declarations of a type.
    ///
    /// - Parameters:
    ///   - lineage: The types that declare the properties, the root first, with the canonical name of each.
    ///   - rowName: The Swift name of the type.
    ///   - key: The names of the key properties.
    ///   - reserved: Names that hide columns.
    ///   - file: The name of the document, for notes.
    ///   - diagnostics: Takes the notes about names.
    func columns(
        of lineage: [(type: any StructuredType, qualifiedName: String)],
        rowName: String,
        key: [String],
        reserved: Set<String>,
        file: String,
        diagnostics: inout [Diagnostic]
    ) -> Columns {
        let members = Members(lineage)
        var scope = NameScope(reserved: reserved)
        scope.hold(members.names)
        let constraints = members.lookupsByValueProperty()
        var result = Columns()

        func assign(_ source: String, words: String, suffix: String, _ position: SourcePosition) -> String {
            let isOnlyKey = key.count == 1 && key[0] == source && words == "id"
            let given = scope.assign(words, for: source, suffix: suffix, allowingReserved: isOnlyKey)
            if let reason = given.reason {
                diagnostics.append(
                    Diagnostic(
                        .note,
                        "'\(source)' of \(rowName) is named \(given.name), because \(reason)",
                        file: file,
                        position: position
                    )
                )
            }
            return given.name.escapedIdentifier
        }

        var polymorphic: [(property: Property, target: String, lookups: [NavigationProperty])] = []
        for (property, declaringType) in members.properties(keyFirst: key) {
            let target = "\(declaringType)/\(property.name)"
            if let lookups = constraints[property.name], property.isLookupValue,
                lookups.allSatisfy({ valueProperty(of: $0, in: members) == property.name })
            {
                if lookups.count > 1 { polymorphic.append((property, target, lookups)) }
                continue
            }
            let type = mapper.columnType(of: property.type)
            let isReadOnly =
                property.isLookupValue || property.type.name == "Edm.Stream"
                || vocabulary.isReadOnly(property, target: target)
            let column = isReadOnly ? "ReadOnlyColumn" : "Column"
            let name = assign(
                property.name,
                words: IdentifierWords(property.name).lowerCamelCase,
                suffix: "Column",
                property.position
            )
            result.columns.append(
                context(
                    name,
                    type: "\(column)<\(rowName), \(type)>",
                    value: "\(column)(\(SwiftLiteral.string(property.name)))",
                    documentation(of: property, target: target, isKey: key.contains(property.name))
                )
            )
        }
        for (property, target, lookups) in polymorphic {
            let name = assign(
                property.name,
                words: IdentifierWords(property.lookupName).lowerCamelCase,
                suffix: "Lookup",
                property.position
            )
            result.lookups.append(
                context(
                    name,
                    type: "PolymorphicLookup<\(rowName)>",
                    value: "PolymorphicLookup(\(SwiftLiteral.string(property.name)))",
                    documentation(ofPolymorphic: property, target: target, lookups: lookups)
                )
            )
        }
        for (property, declaringType) in members.navigationProperties() {
            let target = "\(declaringType)/\(property.name)"
            let row = mapper.target(of: property.type)
            let isCollection = property.type.isCollection
            let name = assign(
                property.name,
                words: IdentifierWords(property.name).lowerCamelCase,
                suffix: isCollection ? "Collection" : "Lookup",
                property.position
            )
            let literal = SwiftLiteral.string(property.name)
            if isCollection {
                result.collections.append(
                    context(
                        name,
                        type: "CollectionNavigation<\(rowName), \(row)>",
                        value: "CollectionNavigation(\(literal))",
                        documentation(of: property, target: target, row: row, value: nil)
                    )
                )
            } else {
                let value = valueProperty(of: property, in: members)
                let argument = value.map { ", value: " + SwiftLiteral.string($0) } ?? ""
                result.lookups.append(
                    context(
                        name,
                        type: "Lookup<\(rowName), \(row)>",
                        value: "Lookup(\(literal)\(argument))",
                        documentation(of: property, target: target, row: row, value: value)
                    )
                )
            }
        }
        return result
    }

    /// A declaration, its getter on a line of its own where the whole would be longer than 120 characters.
    private func context(_ name: String, type: String, value: String, _ documentation: [String]) -> ColumnContext {
        let length = 8 + file.memberPrefixLength + "var : { }".utf8.count + name.utf8.count + type.utf8.count
        let fits = length + value.utf8.count + 1 <= 120
        return ColumnContext(
            documentation: documentation,
            name: name,
            type: type,
            body: fits ? "{ \(value) }" : "{\n            \(value)\n        }"
        )
    }

    /// The property that holds the key of the related row, where a lookup can read it from there.
    private func valueProperty(of lookup: NavigationProperty, in members: Members) -> String? {
        guard !lookup.type.isCollection, lookup.referentialConstraints.count == 1,
            let constraint = lookup.referentialConstraints.first, let property = members.property(constraint.property)
        else { return nil }
        let type = mapper.columnType(of: property.type)
        let target = mapper.schema.index.entityType(named: lookup.type.name)
        guard mapper.target(of: lookup.type) != "UntypedEntity", let target else {
            return type == "UUID" ? property.name : nil
        }
        // A lookup value of Dataverse identifies the row whatever it is said to reference: a user's key is `ownerid`, and
        // lookups of users reference the `systemuserid` that is always the same.
        let key = mapper.schema.index.key(of: target)
        guard key.count == 1, key[0].name == constraint.referencedProperty || property.isLookupValue else { return nil }
        return mapper.primaryKeyType(of: target) == type ? property.name : nil
    }
}

/// All properties of a type by name, inherited ones included; a type that declares one again replaces it.
struct Members {
    private var propertiesByName: [String: (property: Property, declaringType: String)] = [:]
    private var navigationPropertiesByName: [String: (property: NavigationProperty, declaringType: String)] = [:]

    init(_ lineage: [(type: any StructuredType, qualifiedName: String)]) {
        for (type, qualifiedName) in lineage {
            for property in type.properties { propertiesByName[property.name] = (property, qualifiedName) }
            for property in type.navigationProperties {
                navigationPropertiesByName[property.name] = (property, qualifiedName)
            }
        }
    }

    /// The names of all properties.
    var names: [String] { Array(propertiesByName.keys) + Array(navigationPropertiesByName.keys) }

    func property(_ name: String) -> Property? { propertiesByName[name]?.property }

    /// The properties, those of the key first, the others by name.
    func properties(keyFirst key: [String]) -> [(property: Property, declaringType: String)] {
        let first = key.compactMap { propertiesByName[$0] }
        let others = propertiesByName.values.filter { !key.contains($0.property.name) }
        return first + others.sorted { $0.property.name < $1.property.name }
    }

    /// The navigation properties by name.
    func navigationProperties() -> [(property: NavigationProperty, declaringType: String)] {
        navigationPropertiesByName.values.sorted { $0.property.name < $1.property.name }
    }

    /// The single-valued navigation properties that a property holds the key of, by that property.
    func lookupsByValueProperty() -> [String: [NavigationProperty]] {
        var lookups: [String: [NavigationProperty]] = [:]
        for (navigation, _) in navigationProperties() where !navigation.type.isCollection {
            guard navigation.referentialConstraints.count == 1 else { continue }
            for constraint in navigation.referentialConstraints {
                lookups[constraint.property, default: []].append(navigation)
            }
        }
        return lookups
    }
}

extension Property {
    /// Whether this is the raw value of a Dataverse lookup: `_primarycontactid_value`.
    var isLookupValue: Bool {
        name.utf8.count > 7 && name.utf8.first == UInt8(ascii: "_") && name.hasSuffix("_value")
            && type.name == "Edm.Guid" && !type.isCollection
    }

    /// `_customerid_value` → `customerid`.
    var lookupName: String { String(name.dropFirst().dropLast("_value".count)) }
}
