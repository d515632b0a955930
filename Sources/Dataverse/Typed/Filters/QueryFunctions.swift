/// An argument of a query function.
enum QueryFunctionArgument {
    case number(Int)
    case text(String)
    case list([String])

    var urlText: String {
        switch self {
        case .number(let number): String(number)
        case .text(let text): text.urlLiteral
        case .list(let texts): JSONWriter.string(from: .array(texts.map { .string($0) }))
        }
    }
}

extension FilterOperand where Self: SelectableColumn {
    /// A query function of Dataverse: a condition with the name of a column and what to compare it with.
    ///
    /// The column is given by its logical name, that of a lookup without the `_…_value` around it.
    func queryFunction(_ name: String, _ arguments: QueryFunctionArgument...) -> Filter<Row> {
        var text = "Microsoft.Dynamics.CRM.\(name)(PropertyName=\(logicalName.urlLiteral)"
        for (position, argument) in arguments.enumerated() {
            let parameter =
                if arguments.count > 1 { "PropertyValue\(position + 1)" } else if case .list = argument {
                    "PropertyValues"
                } else { "PropertyValue" }
            text += ",\(parameter)=\(argument.urlText)"
        }
        return Filter(term: text + ")")
    }

    private var logicalName: String {
        guard columnName.hasPrefix("_"), columnName.hasSuffix("_value"), columnName.utf8.count > 7 else {
            return columnName
        }
        return String(columnName.dropFirst().dropLast("_value".count))
    }
}

extension ColumnValue {
    /// The value as query functions take it: every one of them takes text.
    var queryFunctionText: String {
        if self is any IdentifierColumnType, !(self is Value) { return urlLiteral }
        return json.stringValue ?? JSONWriter.string(from: json)
    }
}
