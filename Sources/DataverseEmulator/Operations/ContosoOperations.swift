import Foundation
import ODataCore

/// The operations of the sample environment in `Examples/Contoso/metadata.xml`, and an example of how to write such
/// handlers.
public enum ContosoOperations {
    /// The handlers by the operations' names, for ``EmulatorConfiguration/operations``.
    public static let handlers: [String: OperationHandler] = [
        "contoso_CloseProject": closeProject,
        "contoso_ProjectHealth": projectHealth,
        "contoso_ProjectTotals": projectTotals,
    ]

    /// Makes the project inactive and notes why.
    private static let closeProject: OperationHandler = { call in
        let row = try requireRow(call)
        let project = try await object(call.service.send(.get, row + "?$select=contoso_budget,contoso_notes"))
        let reason = call.parameters["Reason"]?.stringValue ?? "Completed"
        let closedOn =
            call.parameters["ClosedOn"]?.stringValue
            ?? Ticks.dateTime(EmulatorClock.now() / Ticks.perSecond * Ticks.perSecond)
        var change: ODataCore.Record = ["statecode": 1]
        if let note = call.parameters["Note"]?.stringValue {
            change = ["statecode": 1, "contoso_notes": .string(note)]
        }
        _ = try await call.service.send(.patch, row, body: change)
        return .value([
            "ClosedOn": .string(closedOn), "Reason": .string(reason),
            "RemainingBudget": project["contoso_budget"] ?? .null, "Note": call.parameters["Note"] ?? .null,
        ])
    }

    /// Tells whether a project is late or has no manager.
    private static let projectHealth: OperationHandler = { call in
        let columns = "contoso_dueon,contoso_hours,_contoso_manager_value"
        let row = try requireRow(call)
        let project = try await object(call.service.send(.get, row + "?$select=" + columns))
        var warnings: [String] = []
        if let due = project["contoso_dueon"]?.stringValue, due < Ticks.date(EmulatorClock.now()) {
            warnings.append("Late")
        }
        if project["_contoso_manager_value"]?.isNull != false { warnings.append("NoManager") }
        return .value([
            "Warnings": .string(warnings.isEmpty ? "None" : warnings.joined(separator: ",")),
            "HoursWorked": project["contoso_hours"] ?? .null,
        ])
    }

    /// Counts the projects of an account and adds up their budgets and hours.
    private static let projectTotals: OperationHandler = { call in
        guard let account = call.parameters["AccountId"]?.stringValue else {
            throw ServiceError(status: 400, code: "0x80040203", message: "AccountId is missing.")
        }
        var filter = "_contoso_account_value eq \(account)"
        if let since = call.parameters["Since"]?.stringValue { filter += " and contoso_startson ge \(since)" }
        let encoded = filter.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? filter
        let path = "contoso_projects?$select=contoso_budget,contoso_hours,contoso_code&$filter=" + encoded
        let rows = try await object(call.service.send(.get, path))["value"]?.arrayValue?.compactMap(\.objectValue) ?? []
        let budget = rows.reduce(Decimal(0)) { $0 + (decimal($1["contoso_budget"]) ?? 0) }
        let hours = rows.reduce(0.0) {
            $0 + (decimal($1["contoso_hours"]).map { NSDecimalNumber(decimal: $0).doubleValue } ?? 0)
        }
        return .value([
            "ProjectCount": .integer(Int64(rows.count)), "Budget": .decimal(budget), "Hours": .double(hours),
            "Codes": .array(rows.compactMap { $0["contoso_code"] }.filter { !$0.isNull }),
        ])
    }

    private static func requireRow(_ call: OperationCall) throws -> String {
        guard let row = call.boundRow else {
            throw ServiceError(status: 400, code: "0x80040203", message: "\(call.name) is bound to a project.")
        }
        return row
    }

    private static func object(_ value: Value?) throws -> ODataCore.Record {
        guard case .object(let record)? = value else {
            throw ServiceError(status: 500, code: "0x80040216", message: "The service answered with no object.")
        }
        return record
    }

    private static func decimal(_ value: Value?) -> Decimal? {
        switch value {
        case .integer(let number): Decimal(number)
        case .decimal(let number): number
        case .double(let number): Decimal(number)
        default: nil
        }
    }
}
