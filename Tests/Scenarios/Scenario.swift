import ContosoBindings
import DataverseEmulator
import Foundation
import Testing

@testable import Dataverse

/// What an app does, from its first request to its last: written once, and run by every client.
struct Scenario: Sendable, CustomTestStringConvertible {
    let name: String
    let body: @Sendable (ScenarioContext) async throws -> Void

    init(_ name: String, _ body: @escaping @Sendable (ScenarioContext) async throws -> Void) {
        self.name = name
        self.body = body
    }

    var testDescription: String { name }

    /// All scenarios.
    static let all = rows + queries + relations + batches + requests + errors + properties
}

/// What a scenario works with: an emulator of its own, and a client.
struct ScenarioContext: Sendable {
    static let token = "scenario-token"

    let kind: ClientKind
    let environment: URL
    let client: any ScenarioClient
    let faults: FaultInjector

    var accounts: any ScenarioRows<Account> { client.rows(of: Account.self) }
    var contacts: any ScenarioRows<Contact> { client.rows(of: Contact.self) }
    var opportunities: any ScenarioRows<Opportunity> { client.rows(of: Opportunity.self) }
    var projects: any ScenarioRows<ContosoProject> { client.rows(of: ContosoProject.self) }

    /// Starts an emulator, and runs a scenario against it.
    ///
    /// - Returns: the exchanges of the scenario, without what differs from run to run.
    static func run(_ scenario: Scenario, through kind: ClientKind) async throws -> [String] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        var configuration = try EmulatorConfiguration(
            metadataFile: root.appending(path: "Examples/Contoso/metadata.xml").path
        )
        configuration.requiredToken = token
        let faults = configuration.faults
        let recorder = ExchangeRecorder()
        try await withEmulator(configuration) { url in
            let client = try kind.client(url, recorder: recorder)
            try await scenario.body(
                ScenarioContext(kind: kind, environment: url, client: client, faults: faults)
            )
        }
        return recorder.normalized
    }
}

/// Expects a call to fail with an error of this kind, and gives the error.
@discardableResult
func expectFailure(
    _ kind: DataverseError.Kind,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
) async -> DataverseError? {
    do {
        try await body()
        Issue.record("the call should have failed: \(kind)", sourceLocation: sourceLocation)
        return nil
    } catch {
        let failure = error as? DataverseError
        #expect(failure?.kind == kind, "\(error)", sourceLocation: sourceLocation)
        return failure
    }
}
