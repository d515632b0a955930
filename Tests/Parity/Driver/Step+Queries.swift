import Dataverse
import Foundation

/// What a step asks of rows.
extension Step {
    func query() throws -> RowQuery<Record> {
        var query = RowQuery<Record>().select(texts("select"))
        for condition in try conditions() { query = query.where { _ in condition } }
        for order in self["order"]?.arrayValue ?? [] { query = query.orderBy { _ in ordering(order) } }
        for navigation in self["expand"]?.arrayValue ?? [] { query = query.expand(odata: try expansion(navigation)) }
        if let top = integer("top") { query = query.top(top) }
        if let size = integer("pageSize") { query = query.pageSize(size) }
        if flag("count") { query = query.withTotalCount() }
        if let annotations = optionalText("annotations") { query = query.includeAnnotations(annotations) }
        return query
    }

    /// `where` is one condition, or a list of conditions that must all hold.
    private func conditions() throws -> [Filter<Record>] {
        guard let terms = self["where"]?.arrayValue else { return [] }
        if terms.first?.stringValue != nil { return [try FilterTerms(terms).filter()] }
        return try terms.map { try FilterTerms($0.arrayValue ?? []).filter() }
    }

    private func ordering(_ json: Value) -> Ordering<Record> {
        let parts =
            json.arrayValue?.compactMap(\.stringValue) ?? json.stringValue?.split(separator: " ").map(String.init)
        let column = Record.columns[parts?.first ?? ""]
        return parts?.last == "desc" ? column.descending : column.ascending
    }

    private func expansion(_ json: Value) throws -> String {
        if let text = json.stringValue { return text }
        let step = Step(name: "expand", arguments: json.objectValue ?? [:])
        var query = RowQuery<Record>().select(step.texts("select"))
        if let filter = step.optionalText("filter") { query = query.where(odata: filter) }
        for order in step["order"]?.arrayValue ?? [] { query = query.orderBy { _ in ordering(order) } }
        if let top = step.integer("top") { query = query.top(top) }
        let navigation = CollectionNavigation<Record, Record>(try step.text("property"))
        return navigation.building { $0 = query }.expandTerm
    }

    /// The keys and the columns of the rows to write.
    func items() throws -> [(key: RowKey<Record>, values: Record)] {
        try steps("items").map { (try $0.key(), try $0.row("row")) }
    }

    /// The primary key, or an alternate one.
    func key() throws -> RowKey<Record> {
        if self["key"] == nil { return .id(try id()) }
        let key = try row("key").map { (name: $0.name, value: try TypedValue($0.value).columnValue) }
        return RowKey(KeyPredicate(named: key))
    }
}

/// A condition in the neutral form: an operator and its operands.
struct FilterTerms {
    private let name: String
    private let operands: ArraySlice<Value>

    init(_ terms: [Value]) throws {
        guard let name = terms.first?.stringValue else { throw StepError("\(terms) is no condition") }
        self.name = name
        operands = terms.dropFirst()
    }

    func filter() throws -> Filter<Record> {
        switch name {
        case "and": return try combined(&&)
        case "or": return try combined(||)
        case "not": return try !combined(&&)
        case "raw": return Filter(odata: try text(0))
        case "contains": return try column(of: String.self).contains(text(1))
        case "startswith": return try column(of: String.self).hasPrefix(text(1))
        case "endswith": return try column(of: String.self).hasSuffix(text(1))
        case "null": return try column(of: Value.self) == nil
        case "notNull": return try column(of: Value.self) != nil
        case "in": return try isIn(TypedValue(operand(1).arrayValue?.first ?? .null).columnValue)
        case "notIn": return try !isIn(TypedValue(operand(1).arrayValue?.first ?? .null).columnValue)
        case "between": return try between(TypedValue(operand(1)).columnValue)
        case "notBetween": return try !between(TypedValue(operand(1)).columnValue)
        default: return try comparison(TypedValue(operand(1)).columnValue)
        }
    }

    private func operand(_ index: Int) throws -> Value {
        guard index < operands.count else { throw StepError("\(name) needs more operands") }
        return operands[operands.startIndex + index]
    }

    private func text(_ index: Int) throws -> String { try operand(index).stringValue ?? "" }

    private func column<ColumnType>(of type: ColumnType.Type) throws -> Column<Record, ColumnType> {
        Record.columns[try text(0), ColumnType.self]
    }

    private func combined(_ combine: (Filter<Record>, Filter<Record>) -> Filter<Record>) throws -> Filter<Record> {
        let filters = try operands.map { try FilterTerms($0.arrayValue ?? []).filter() }
        return filters.dropFirst().reduce(filters[0], combine)
    }

    private func comparison<Operand: ColumnValue>(_ value: Operand) throws -> Filter<Record> {
        let column = try column(of: Operand.self)
        switch name {
        case "eq": return column == value
        case "ne": return column != value
        case "gt": return column > value
        case "ge": return column >= value
        case "lt": return column < value
        case "le": return column <= value
        default: throw StepError("there is no operator \(name)")
        }
    }

    private func isIn<Operand: ColumnValue>(_ first: Operand) throws -> Filter<Record> {
        let values = try (operand(1).arrayValue ?? []).compactMap { try TypedValue($0).columnValue as? Operand }
        return try column(of: Operand.self).isIn(values)
    }

    private func between<Operand: ColumnValue>(_ low: Operand) throws -> Filter<Record> {
        guard let low = low as? any Comparable & ColumnValue else { throw StepError("\(low) has no order") }
        return try between(comparable: low)
    }

    private func between<Operand: ColumnValue & Comparable>(comparable low: Operand) throws -> Filter<Record> {
        guard let high = try TypedValue(operand(2)).columnValue as? Operand else { throw StepError("no upper bound") }
        return try column(of: Operand.self).isBetween(low...high)
    }
}

/// A value of a filter or a key: `{"guid": …}`, `{"date": …}`, `{"timestamp": …}` and `{"decimal": …}` say what a
/// text is.
struct TypedValue {
    let columnValue: any ColumnValue

    init(_ json: Value) throws {
        guard let member = json.objectValue?.first(where: { _ in true }) else {
            columnValue = Self.plain(json)
            return
        }
        switch member.name {
        case "guid": columnValue = try UUID(json: member.value)
        case "date": columnValue = try DateOnly(json: member.value)
        case "timestamp": columnValue = try Date(json: member.value)
        case "decimal": columnValue = try Decimal(json: member.value)
        default: throw StepError("there is no type \(member.name)")
        }
    }

    private static func plain(_ json: Value) -> any ColumnValue {
        switch json {
        case .string(let text): text
        case .bool(let flag): flag
        case .integer(let number): number
        case .decimal(let number): number
        case .double(let number): number
        default: json
        }
    }
}
