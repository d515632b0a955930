import GRDB
import ODataCore

/// What an environment tells of itself.
///
/// Source: Dataverse Web API function reference.
enum EnvironmentOperations {
    static let handlers: [String: OperationHandler] = [
        "WhoAmI": { call in
            let identity = call.service.identity
            return .value([
                "BusinessUnitId": .string(identity.businessUnitID), "UserId": .string(identity.userID),
                "OrganizationId": .string(identity.organizationID),
            ])
        },
        "RetrieveVersion": { _ in .value(["Version": .string(version)]) },
        "RetrieveAvailableLanguages": { _ in .value(["LocaleIds": [.integer(language)]]) },
        "RetrieveProvisionedLanguages": { _ in .value(["RetrieveProvisionedLanguages": [.integer(language)]]) },
        "RetrieveDeprovisionedLanguages": { _ in .value(["RetrieveDeprovisionedLanguages": []]) },
        "RetrieveInstalledLanguagePacks": { _ in .value(["RetrieveInstalledLanguagePacks": [.integer(language)]]) },
        "RetrieveCurrentOrganization": currentOrganization,
        "RetrieveTimestamp": { call in
            let version = try await call.service.transaction { store in
                try Int64.fetchOne(store.db, sql: "SELECT value FROM \"@version\"") ?? 0
            }
            return .value(["Timestamp": .string("\(version)!0")])
        },
        "RetrieveTotalRecordCount": totalRecordCount,
        // Definitions take effect at once, so that there is nothing to publish.
        "PublishXml": { _ in .none },
        "PublishAllXml": { _ in .none },
    ]

    static let language: Int64 = 1033
    private static let version = "9.2.0.0"

    private static let currentOrganization: OperationHandler = { call in
        let identity = call.service.identity
        let address = call.service.address
        return .value([
            "Detail": [
                "OrganizationId": .string(identity.organizationID), "EnvironmentId": .string(identity.organizationID),
                "FriendlyName": "Emulator", "UniqueName": "emulator", "UrlName": "emulator", "Geo": "",
                "OrganizationVersion": .string(version), "State": "Enabled",
                "Endpoints": [
                    "Count": 3, "IsReadOnly": false,
                    "Keys": ["WebApplication", "OrganizationService", "OrganizationDataService"],
                    "Values": [.string(address), .string(address), .string(address + "api/data/")],
                ],
            ]
        ])
    }

    /// Counts the rows of tables, named by their logical names.
    private static let totalRecordCount: OperationHandler = { call in
        guard let names = call.parameters["EntityNames"]?.arrayValue?.compactMap(\.stringValue), !names.isEmpty else {
            throw ServiceError.badPayload("'EntityNames' must be an array with the logical names of tables.")
        }
        let counts = try await call.service.transaction { store in
            try names.map { name -> Int64 in
                guard let table = store.context.schema.table(ofType: name) else {
                    throw ServiceError.badQuery("The entity with a name = '\(name)' was not found.")
                }
                let scope = try store.context.scope(for: table)
                let query: SQLFragment = "SELECT COUNT(*) FROM \(try store.context.source(scope))"
                return try Int64.fetchOne(store.db, sql: query.sql, arguments: StatementArguments(query.arguments)) ?? 0
            }
        }
        return .value([
            "EntityRecordCountCollection": [
                "Count": .integer(Int64(names.count)), "IsReadOnly": false, "Keys": .array(names.map { .string($0) }),
                "Values": .array(counts.map { .integer($0) }),
            ]
        ])
    }
}
