import ODataCore

/// The operations of Dataverse that the emulator knows by itself, where the metadata declares them.
enum BuiltInOperations {
    static let handlers: [String: OperationHandler] = [
        "WhoAmI": { call in
            let identity = call.service.identity
            return .value([
                "BusinessUnitId": .string(identity.businessUnitID), "UserId": .string(identity.userID),
                "OrganizationId": .string(identity.organizationID),
            ])
        },
        "RetrieveVersion": { _ in .value(["Version": "9.2.0.0"]) },
    ]
}
