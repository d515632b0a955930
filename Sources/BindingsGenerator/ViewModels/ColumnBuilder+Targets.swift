import CSDL

/// Lookups of several tables.
extension ColumnBuilder {
    /// A lookup with a navigation property for each table: one property, and the enumeration of the tables.
    func polymorphicLookup(
        _ entry: Members.Entry<Property>,
        lookups: [Members.Entry<NavigationProperty>],
        names: inout ColumnNames,
        nested: inout NestedTypeNames
    ) -> (ColumnContext, LookupTargetsContext) {
        let property = entry.property
        let lookupName = property.lookupName
        let typeName = nested.lookup(lookupName.withoutIdentifierSuffix, at: property.position)
        let targets = LookupTargetsContext.Builder(mapper: mapper)
            .targets(
                named: typeName,
                of: lookupName,
                tables: lookups.map { ($0.property.type.name, $0.property.name) }
            )
        var declarations: [ColumnContext] = []
        for (lookup, name) in zip(lookups, targets.names) {
            declarations.append(self.lookup(lookup, valueColumn: property.name, name: name, rowName: names.rowName))
        }
        let column = context(
            names.assign(property.name, as: lookupName, suffix: "Lookup", at: property.position),
            type: "PolymorphicLookup<\(names.rowName), \(typeName)>",
            value: "PolymorphicLookup(\(SwiftLiteral.string(property.name)))",
            documentation(
                ofPolymorphic: entry,
                targets: "\(names.rowName)/\(typeName)",
                count: lookups.count
            )
        )
        return (column, targets.context(lookups: template.declarations(declarations)?.indented))
    }

    /// A lookup of a table that others inherit from.
    func generalLookup(
        _ entry: Members.Entry<NavigationProperty>,
        valueColumn: String,
        names: inout ColumnNames
    ) -> ColumnContext {
        let property = entry.property
        let row = mapper.target(of: property.type)
        let arguments = "\(SwiftLiteral.string(property.name)), value: \(SwiftLiteral.string(valueColumn))"
        return context(
            names.assign(property.name, suffix: "Lookup", at: property.position),
            type: "GeneralLookup<\(names.rowName), \(row)>",
            value: "GeneralLookup(\(arguments))",
            documentation(of: entry, row: row, valueColumn: valueColumn)
        )
    }
}

extension LookupTargetsContext {
    /// Collects the tables of a lookup.
    struct Builder {
        let mapper: TypeMapper

        /// The cases and tables, and the name of each table.
        struct Targets {
            let typeName: String
            let summary: String
            let cases: [Case]
            let tables: [String]
            /// The names of the tables as members, in order; those that have no case included.
            let names: [String]

            func context(lookups: String?) -> LookupTargetsContext {
                LookupTargetsContext(
                    documentation: DocumentationComment.text([summary], indentation: 4),
                    name: typeName,
                    cases: cases,
                    tables: tables,
                    lookups: lookups
                )
            }
        }

        /// - Parameters:
        ///   - typeName: The Swift name of the enumeration.
        ///   - lookup: What refers to the tables, for the comment.
        ///   - tables: The names of the entity types, and the navigation property that leads to each.
        func targets(
            named typeName: String,
            of lookup: String,
            tables: [(type: String, navigationProperty: String?)]
        ) -> Targets {
            var scope = NameScope(reserved: ReservedNames.lookupTargetMembers)
            var cases: [Case] = []
            var names: [String] = []
            var seen: Set<String> = []
            var expressions: [String] = []
            for (type, navigationProperty) in tables {
                let declared = mapper.schema.index.entityType(named: type)
                let logicalName = declared?.element.name ?? type.split(separator: ".").last.map(String.init) ?? type
                let row = mapper.row(named: type)
                let plain = row.map { IdentifierWords($0.name).lowerCamelCase } ?? IdentifierWords.member(logicalName)
                let name = scope.assign(plain, for: logicalName, suffix: "Table").name.escapedIdentifier
                names.append(name)
                let isFirst = seen.insert(declared?.qualifiedName ?? type).inserted
                let literal = SwiftLiteral.string(logicalName)
                if let row, isFirst {
                    let documentation = comment(row, navigationProperty)
                    let index = String(expressions.count)
                    cases.append(Case(documentation: documentation, name: name, row: row.name, index: index))
                }
                guard isFirst || navigationProperty != nil else { continue }
                let set = declared.flatMap {
                    mapper.schema.index.entitySets(ofType: $0.qualifiedName).first?.element.name
                }
                var expression = "LookupTable(\(literal), in: \(set.map(SwiftLiteral.string) ?? "nil")"
                if let navigationProperty { expression += ", through: \(SwiftLiteral.string(navigationProperty))" }
                expressions.append(expression + ")")
            }
            return Targets(
                typeName: typeName,
                summary: "What \(DocumentationComment.code(lookup)) refers to.",
                cases: cases,
                tables: expressions,
                names: names
            )
        }

        private func comment(_ row: TypeMapper.RowType, _ navigationProperty: String?) -> String {
            let way = navigationProperty.map { ", set through \(DocumentationComment.code($0))" } ?? ""
            return DocumentationComment.text(["A row of ``\(row.name)``\(way)."], indentation: 8)
        }
    }
}

extension TypeMapper {
    /// The selected tables that inherit from an abstract one and whose rows a lookup of it can refer to; `nil` where
    /// there are none.
    func subtypes(of name: String) -> [SchemaIndex.Declared<EntityType>]? {
        generalTypes[schema.index.canonicalName(name)]
    }
}

extension String {
    /// `customerid` → `customer`: what a lookup refers to, not its key.
    var withoutIdentifierSuffix: String {
        utf8.count > 4 && lowercased().hasSuffix("id") ? String(dropLast(2)) : self
    }

    /// The text with four more spaces before each line.
    fileprivate var indented: String {
        var indented: [UInt8] = []
        indented.reserveCapacity(utf8.count * 5 / 4)
        var isLineStart = true
        for byte in utf8 {
            let isLineEnd = byte == UInt8(ascii: "\n")
            // Empty lines stay empty.
            if isLineStart, !isLineEnd { indented.append(contentsOf: "    ".utf8) }
            indented.append(byte)
            isLineStart = isLineEnd
        }
        return String(decoding: indented, as: UTF8.self)
    }
}
