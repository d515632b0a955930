import Foundation
import GRDB
import HTTPTypes
import ODataCore

extension RequestHandler {
    /// The path of the action.
    static let bulkDelete = "BulkDelete"

    /// Deletes the rows that queries find, at once, and answers with the identifier of the job that did it.
    ///
    /// Source: Dataverse Web API reference, BulkDelete action and QueryExpression complex type.
    func respondToBulkDelete() throws -> EmulatorResponse {
        guard request.method == .post else { throw notAllowed }
        let body = try request.object()
        guard let queries = body["QuerySet"]?.arrayValue, !queries.isEmpty else {
            throw ServiceError.badPayload("The body must have the member 'QuerySet' with the queries.")
        }
        for query in queries { try delete(query) }
        var json = JSONBuffer()
        json.beginObject()
        json.member("@odata.context", contextURL("Microsoft.Dynamics.CRM.BulkDeleteResponse"))
        json.member("JobId", UUID().uuidString.lowercased())
        json.endObject()
        return EmulatorResponse(.ok, body: json.bytes)
    }

    private func delete(_ query: Value) throws {
        guard let record = query.objectValue, let name = record["EntityName"]?.stringValue,
            let table = schema.table(ofType: name)
        else { throw ServiceError.badPayload("A query of 'QuerySet' names no table in 'EntityName'.") }
        let scope = try context.scope(for: table)
        var statement: SQLFragment = """
            SELECT \(scope.reference(HiddenColumn.row)), \(scope.reference(HiddenColumn.version)) \
            FROM \(try context.source(scope))
            """
        if let criteria = record["Criteria"]?.objectValue {
            let condition = try RowConditionTranslator(context: context).translate(try Self.condition(criteria), scope)
            statement = "\(statement) WHERE \(condition)"
        }
        let rows = try Row.fetchAll(db, sql: statement.sql, arguments: StatementArguments(statement.arguments))
        for row in rows { try store.delete(RowLocation(table: table, row: row[0], version: row[1])) }
    }

    private static func condition(_ filter: Record, depth: Int = 0) throws -> RowCondition {
        guard depth < 20 else { throw ServiceError.badPayload("The criteria are nested too deep.") }
        var parts = try (filter["Conditions"]?.arrayValue ?? []).map { value -> RowCondition in
            guard let condition = value.objectValue, let attribute = condition["AttributeName"]?.stringValue,
                let operation = condition["Operator"]?.stringValue
            else { throw ServiceError.badPayload("A condition needs 'AttributeName' and 'Operator'.") }
            return .comparison(
                RowCondition.Comparison(
                    attribute: attribute,
                    operation: Self.fetchOperator(operation),
                    values: (condition["Values"]?.arrayValue ?? []).compactMap { Self.text($0["Value"] ?? $0) }
                )
            )
        }
        for nested in filter["Filters"]?.arrayValue ?? [] {
            if let record = nested.objectValue { parts.append(try condition(record, depth: depth + 1)) }
        }
        return filter["FilterOperator"]?.stringValue == "Or" ? .any(parts) : .all(parts)
    }

    private static func text(_ value: Value) -> String? {
        value.stringValue ?? (value == .null ? nil : JSONWriter.string(from: value))
    }

    /// The operator of FetchXML that a `ConditionOperator` is: `NotNull` is `not-null`.
    private static func fetchOperator(_ name: String) -> String {
        switch name {
        case "Equal": "eq"
        case "NotEqual": "ne"
        case "GreaterThan": "gt"
        case "GreaterEqual": "ge"
        case "LessThan": "lt"
        case "LessEqual": "le"
        case "EqualUserId": "eq-userid"
        case "NotEqualUserId": "ne-userid"
        case "BeginsWith": "begins-with"
        case "DoesNotBeginWith": "not-begin-with"
        case "EndsWith": "ends-with"
        case "DoesNotEndWith": "not-end-with"
        default:
            name.reduce(into: "") { result, character in
                if character.isUppercase, !result.isEmpty { result.append("-") }
                result += character.lowercased()
            }
        }
    }
}

extension Value {
    /// A member of an object; `nil` for values of other kinds.
    fileprivate subscript(name: String) -> Value? { objectValue?[name] }
}
