import GRDB

/// Writes rows as the JSON of a response.
struct RowWriter {
    let schema: ServiceSchema
    let annotations: RowAnnotation.Wanted
    /// The service root with a slash at its end.
    let root: String
    /// How many related rows stand in a row before a link leads to the others.
    var expandedPageSize = Int.max

    func write(_ row: [DatabaseValue], of set: RowSet, into json: inout JSONBuffer, contextURL: String? = nil) {
        json.beginObject()
        if let contextURL { json.member("@odata.context", contextURL) }
        json.etag(Int64.fromDatabaseValue(row[RowHead.versionPlace]) ?? 0)
        if let type = typeName(of: row, in: set) { json.member("@odata.type", "#" + type) }
        let annotates = annotations.isAny
        for (column, place) in zip(set.plan.columns, set.plan.head.columnPlaces) {
            let value = row[place]
            if annotates, !value.isNull { annotate(column, value, row, set, &json) }
            json.name(encoded: column.jsonName)
            json.value(value, as: column.type)
        }
        for (expansion, related) in zip(set.plan.expansions, set.related) {
            write(expansion, related, row, set, &json)
        }
        json.endObject()
    }

    static func etag(_ version: DatabaseValue) -> String {
        "W/\"\(Int64.fromDatabaseValue(version) ?? 0)\""
    }

    /// The address of a row: its set and key.
    func address(of row: [DatabaseValue], in set: RowSet) -> String {
        root + Self.address(of: set.plan.table) { set.value($0, of: row) }
    }

    /// The address of a row relative to the root.
    static func address(of table: TableSchema, _ value: (String) -> DatabaseValue) -> String {
        let parts = table.key.map { name in
            let literal = Self.literal(value(name), table.column(name)?.type ?? .guid)
            return table.key.count == 1 ? literal : "\(name)=\(literal)"
        }
        return "\(table.entitySetName)(\(parts.joined(separator: ",")))"
    }

    private static func literal(_ value: DatabaseValue, _ type: ColumnType) -> String {
        var json = JSONBuffer()
        json.value(value, as: type)
        let text = String(decoding: json.bytes, as: UTF8.self)
        guard case .string = type, let plain = String.fromDatabaseValue(value) else {
            return text.hasPrefix("\"") ? String(text.dropFirst().dropLast()) : text
        }
        return "'"
            + PercentEncoding.segment(
                plain.split(separator: "'", omittingEmptySubsequences: false)
                    .joined(separator: "''")
            ) + "'"
    }

    // MARK: Parts of a row

    private func typeName(of row: [DatabaseValue], in set: RowSet) -> String? {
        guard case .union = set.plan.table.source,
            let place = Int.fromDatabaseValue(set.value(HiddenColumn.type, of: row))
        else { return nil }
        let members = schema.members(of: set.plan.table)
        return members.indices.contains(place) ? members[place].typeName : nil
    }

    private func annotate(
        _ column: ColumnSchema,
        _ value: DatabaseValue,
        _ row: [DatabaseValue],
        _ set: RowSet,
        _ json: inout JSONBuffer
    ) {
        guard let reference = reference(column, row, set) else {
            if annotations.formattedValues, let text = FormattedValue.text(value, column) {
                json.name(column.name, RowAnnotation.formattedValue)
                json.string(text)
            }
            return
        }
        if annotations.formattedValues, let name = set.names[reference.table]?[value] {
            json.name(column.name, RowAnnotation.formattedValue)
            json.string(name)
        }
        if annotations.navigationProperties {
            json.name(column.name, RowAnnotation.navigationProperty)
            json.string(reference.navigationProperty)
        }
        if annotations.lookupTables {
            json.name(column.name, RowAnnotation.lookupTable)
            json.string(reference.table)
        }
    }

    /// What the value of a lookup refers to: the table, and the navigation property that leads there.
    private func reference(
        _ column: ColumnSchema,
        _ row: [DatabaseValue],
        _ set: RowSet
    ) -> (table: String, navigationProperty: String)? {
        for lookup in set.plan.table.lookups(using: column.name) {
            guard let target = schema.tables[lookup.target] else { continue }
            guard let typeColumn = lookup.typeColumn else { return (target.logicalName, lookup.navigationProperty) }
            let type = String.fromDatabaseValue(set.value(typeColumn, of: row))
            if let member = schema.members(of: target).first(where: { $0.logicalName == type }) {
                return (member.logicalName, lookup.navigationProperty)
            }
        }
        return nil
    }

    private func write(
        _ expansion: RowPlan.Expansion,
        _ related: RowSet.RelatedRows,
        _ row: [DatabaseValue],
        _ set: RowSet,
        _ json: inout JSONBuffer
    ) {
        json.name(expansion.name)
        switch expansion.relation {
        case .lookup(let lookup):
            let key = set.value(lookup.column, of: row)
            let target = schema.tables[lookup.target]
            let type = lookup.typeColumn.flatMap { String.fromDatabaseValue(set.value($0, of: row)) }
            let isThere =
                lookup.typeColumn == nil
                || target.map { schema.members(of: $0).contains { $0.logicalName == type } } == true
            guard isThere, !key.isNull, let place = related.groups[key]?.first else {
                json.raw("null")
                return
            }
            write(related.set.rows[place], related.set, expansion, &json)
        case .collection(let collection):
            let key: DatabaseValue
            switch collection.kind {
            case .oneToMany(let lookup): key = set.value(lookup.referencedColumn, of: row)
            case .manyToMany(let link): key = set.value(link.ownKey, of: row)
            }
            let places = related.groups[key] ?? []
            json.beginArray()
            for place in places.prefix(expandedPageSize) {
                write(related.set.rows[place], related.set, expansion, &json)
            }
            json.endArray()
            guard places.count > expandedPageSize, expandedPageSize > 0 else { return }
            json.name(expansion.name, "@odata.nextLink")
            json.string(nextLink(expansion, related.set, after: places[expandedPageSize - 1], of: row, set))
        }
    }

    /// The address of the related rows that come after one, with the options of the `$expand`.
    private func nextLink(
        _ expansion: RowPlan.Expansion,
        _ members: RowSet,
        after place: Int,
        of row: [DatabaseValue],
        _ set: RowSet
    ) -> String {
        let last = members.rows[place]
        let values = expansion.options.orderBy.indices.map { members.value("@order\($0)", of: last) }
        let number = Int64.fromDatabaseValue(members.value(HiddenColumn.row, of: last)) ?? 0
        let token = SkipToken(values: values, row: number, delivered: expandedPageSize)
        var options = expansion.options.written.map { "$\($0.name)=\(PercentEncoding.segment($0.value ?? ""))" }
        options.append("$skiptoken=\(token.text)")
        let suffix = expansion.kind == .references ? "/$ref" : ""
        return "\(address(of: row, in: set))/\(expansion.name)\(suffix)?\(options.joined(separator: "&"))"
    }

    private func write(
        _ row: [DatabaseValue],
        _ set: RowSet,
        _ expansion: RowPlan.Expansion,
        _ json: inout JSONBuffer
    ) {
        guard expansion.kind == .references else {
            write(row, of: set, into: &json)
            return
        }
        json.beginObject()
        json.member("@odata.id", address(of: row, in: set))
        json.endObject()
    }
}

/// Percent-encoding of texts that go into URLs.
enum PercentEncoding {
    /// A text as part of a path segment.
    static func segment(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"),
                UInt8(ascii: "'"), UInt8(ascii: "@"), UInt8(ascii: ":"):
                result.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                result += byte < 16 ? "%0" + digits : "%" + digits
            }
        }
        return result
    }
}
