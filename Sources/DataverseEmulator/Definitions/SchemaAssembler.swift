import CSDL
import ODataCore

/// Puts the schema together: the CSDL document that the service was started with, and the definitions made since.
///
/// The definitions are written into the document, and the tables are made from the result, so that `$metadata` and the
/// tables cannot differ.
struct SchemaAssembler: Sendable {
    let base: [UInt8]
    private let index: SchemaIndex
    private let baseSchema: ServiceSchema
    private let options: [String: [String: ChoiceLabels]]
    private let namespace: String

    /// - Parameter options: The options of choice columns by table and column, for those of the document.
    init(base: [UInt8], document: CSDLDocument, options: [String: [String: ChoiceLabels]]) {
        self.base = base
        self.options = options
        let builder = SchemaBuilder(documents: [document], definitions: DefinitionCatalog(), options: options)
        baseSchema = builder.build(document: base)
        index = baseSchema.index
        namespace = (document.schemas.first { !$0.entityContainers.isEmpty }?.namespace ?? "") + "."
    }

    /// - Throws: ``ServiceError`` if the definitions contradict the document.
    func schema(_ definitions: DefinitionCatalog) throws -> ServiceSchema {
        guard !definitions.isEmpty else { return baseSchema }
        let document = document(definitions)
        let parsed: CSDLDocument
        do {
            parsed = try CSDLReader().read(document, name: "$metadata").0
        } catch {
            throw ServiceError.badPayload("The definition cannot be written into the metadata: \(error)")
        }
        return SchemaBuilder(documents: [parsed], definitions: definitions, options: options).build(document: document)
    }

    private func document(_ definitions: DefinitionCatalog) -> [UInt8] {
        let fragment = EdmxFragment(namespace: namespace)
        var changes: [String: EdmxEditor.Change] = [:]
        var sets = ""
        var types = ""
        for definition in definitions.all(.table) {
            guard let record = definition.record else {
                changes[definition.name, default: EdmxEditor.Change()].isRemoved = true
                continue
            }
            types += "<EntityType Name=\"\(definition.name)\">\(tableBody(record, definition.name))</EntityType>\n"
            sets += """
                <EntitySet Name="\(record.text("EntitySetName") ?? definition.name)" \
                EntityType="\(namespace)\(definition.name)"/>

                """
        }
        for definition in definitions.all(.column) {
            guard let record = definition.record else {
                let names = [definition.name, definition.name + "_base", definition.name + "_name"]
                changes[definition.table, default: EdmxEditor.Change()].removedMembers.formUnion(names)
                continue
            }
            guard record["isOverride"] == nil else {
                if let length = record["MaxLength"]?.integerValue {
                    changes[definition.table, default: EdmxEditor.Change()].maxLengths[definition.name] = Int(length)
                }
                continue
            }
            changes[definition.table, default: EdmxEditor.Change()].added += fragment.properties(record)
        }
        for definition in definitions.all(.relationship) {
            guard let record = definition.record, record["isOverride"] == nil else { continue }
            add(record, definitions, fragment, &changes)
        }
        for definition in definitions.all(.key) {
            let columns = (definition.record?["KeyAttributes"]?.arrayValue ?? []).compactMap(\.stringValue).map {
                name in
                isLookup(name, of: definition.table, definitions) ? "_\(name)_value" : name
            }
            guard !columns.isEmpty else { continue }
            changes[definition.table, default: EdmxEditor.Change()].keys += fragment.alternateKey(columns)
        }
        var editor = EdmxEditor(base)
        if !types.isEmpty {
            editor.insert(types, beforeTag: "<EntityContainer")
            editor.insert(sets, beforeTag: "</EntityContainer>")
        }
        let removed = changes.filter(\.value.isRemoved).keys.flatMap { name in
            baseSchema.tables.values.filter { $0.logicalName == name }.map(\.entitySetName)
        }
        editor.apply(changes, fragment: fragment)
        if !removed.isEmpty { editor.removeSets(named: Set(removed)) }
        return editor.document
    }

    private func isLookup(_ name: String, of table: String, _ definitions: DefinitionCatalog) -> Bool {
        if definitions.record(.column, name, of: table)?.text("AttributeType") == "Lookup" { return true }
        return baseSchema.table(ofType: table)?.column("_\(name)_value") != nil
    }

    /// The columns that every table has.
    private func tableBody(_ record: Record, _ name: String) -> String {
        let fragment = EdmxFragment(namespace: namespace)
        let key = record.text("PrimaryIdAttribute") ?? name + "id"
        var text = "<Key><PropertyRef Name=\"\(key)\"/></Key>\n" + fragment.property(key, "Edm.Guid")
        text +=
            fragment.property("createdon", "Edm.DateTimeOffset") + fragment.property("modifiedon", "Edm.DateTimeOffset")
        text += fragment.property("statecode", "Edm.Int32") + fragment.property("statuscode", "Edm.Int32")
        text += fragment.property("versionnumber", "Edm.Int64")
        for (column, target) in [("createdby", "systemuser"), ("modifiedby", "systemuser"), ("ownerid", "principal")] {
            guard let table = baseSchema.table(ofType: namespace + target), let targetKey = table.key.first else {
                continue
            }
            text += fragment.property("_\(column)_value", "Edm.Guid")
            text += fragment.lookup(
                property: "_\(column)_value",
                name: column,
                target: target,
                targetKey: targetKey,
                partner: nil
            )
        }
        return text
    }

    private func add(
        _ record: Record,
        _ definitions: DefinitionCatalog,
        _ fragment: EdmxFragment,
        _ changes: inout [String: EdmxEditor.Change]
    ) {
        guard let name = record.text("SchemaName") else { return }
        func addition(_ table: String, _ xml: String) {
            changes[table, default: EdmxEditor.Change()].added += xml
        }
        if let one = record.text("Entity1LogicalName"), let other = record.text("Entity2LogicalName") {
            let first = record.text("Entity1NavigationPropertyName") ?? name
            let second = record.text("Entity2NavigationPropertyName") ?? name
            addition(one, fragment.collection(name: first, target: other, partner: second))
            if one != other || first != second {
                addition(other, fragment.collection(name: second, target: one, partner: first))
            }
        } else if let referenced = record.text("ReferencedEntity"), let referencing = record.text("ReferencingEntity"),
            let attribute = record.text("ReferencingAttribute"), let key = key(of: referenced, definitions)
        {
            let navigation = record.text("ReferencingEntityNavigationPropertyName") ?? attribute
            let property = "_\(attribute)_value"
            addition(referencing, fragment.property(property, "Edm.Guid"))
            addition(
                referencing,
                fragment.lookup(property: property, name: navigation, target: referenced, targetKey: key, partner: name)
            )
            addition(referenced, fragment.collection(name: name, target: referencing, partner: navigation))
        }
    }

    private func key(of table: String, _ definitions: DefinitionCatalog) -> String? {
        definitions.record(.table, table)?.text("PrimaryIdAttribute") ?? baseSchema.table(ofType: table)?.key.first
    }
}
