import GRDB
import ODataCore

/// The actions that close a row with an activity that says how: opportunities, cases, quotes and orders.
///
/// Source: Dynamics 365 Sales and Customer Service, Web API action reference.
enum ClosingOperations {
    private struct Closing {
        /// The parameter with the activity.
        let activity: String
        /// The activity's lookup of the row that is closed, and that row's table.
        let lookup: String
        let table: String
        let state: Int64
        /// The status where the caller leaves it to the service.
        let status: Int64
    }

    private static let closings: [String: Closing] = [
        "WinOpportunity": opportunity(state: 1, status: 3),
        "LoseOpportunity": opportunity(state: 2, status: 4),
        "CloseIncident": Closing(
            activity: "IncidentResolution",
            lookup: "incidentid",
            table: "incident",
            state: 1,
            status: 5
        ),
        "WinQuote": quote(state: 2, status: 4),
        "CloseQuote": quote(state: 3, status: 5),
        "FulfillSalesOrder": order(state: 3, status: 100_001),
        "CancelSalesOrder": order(state: 2, status: 4),
    ]

    static let handlers: [String: OperationHandler] = closings.mapValues { closing in
        { call in
            try await close(call, closing)
            return .none
        }
    }

    private static func opportunity(state: Int64, status: Int64) -> Closing {
        Closing(
            activity: "OpportunityClose",
            lookup: "opportunityid",
            table: "opportunity",
            state: state,
            status: status
        )
    }

    private static func quote(state: Int64, status: Int64) -> Closing {
        Closing(activity: "QuoteClose", lookup: "quoteid", table: "quote", state: state, status: status)
    }

    private static func order(state: Int64, status: Int64) -> Closing {
        Closing(activity: "OrderClose", lookup: "salesorderid", table: "salesorder", state: state, status: status)
    }

    private static func close(_ call: OperationCall, _ closing: Closing) async throws {
        guard let activity = call.parameters[closing.activity]?.objectValue else {
            throw ServiceError.badPayload("'\(call.name)' needs the parameter '\(closing.activity)'.")
        }
        let given = call.parameters["Status"]?.integerValue ?? -1
        try await call.service.transaction { store in
            let row: RowLocation
            if let reference = activity[closing.lookup + "@odata.bind"]?.stringValue {
                row = try store.resolve(reference: reference)
            } else if let target = activity[closing.lookup]?.objectValue {
                row = try store.row(target, defaultType: closing.table)
            } else {
                throw ServiceError.badPayload("'\(closing.activity)' needs '\(closing.lookup)@odata.bind'.")
            }
            guard row.table.logicalName == closing.table else {
                throw ServiceError.badPayload("'\(closing.lookup)' must refer to a row of '\(closing.table)'.")
            }
            if row.table.column("statecode") != nil,
                try store.values(["statecode"], of: row)[0] == closing.state.databaseValue
            {
                throw ServiceError.badQuery("The row of '\(closing.table)' is closed in this way already.")
            }
            var change = Record()
            change["statecode"] = .integer(closing.state)
            change["statuscode"] = .integer(given == -1 ? closing.status : given)
            for (column, source) in [("actualvalue", "actualrevenue"), ("actualclosedate", "actualend")] {
                if row.table.column(column) != nil, let value = activity[source] { change[column] = value }
            }
            try store.update(row, with: change)
            let activityTable = closing.activity.lowercased()
            if let table = store.context.schema.table(ofType: activityTable), case .table = table.source {
                _ = try store.create(activity, in: table)
            }
        }
    }
}
