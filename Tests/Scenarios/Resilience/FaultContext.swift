import ContosoBindings
import DataverseEmulator
import Foundation
import Synchronization

@testable import Dataverse

/// What an operation works with while a fault happens to it.
struct FaultContext: Sendable {
    let client: any ScenarioClient
    /// A client of the same kind that waits longer, to look what was done.
    let patientClient: any ScenarioClient
    let faults: FaultInjector
    let recorder: ExchangeRecorder
    /// Marks the rows of one operation.
    let tag: String

    var accounts: any ScenarioRows<Account> { client.rows(of: Account.self) }
    var contacts: any ScenarioRows<Contact> { client.rows(of: Contact.self) }

    /// The same with the client that waits longer.
    var patient: FaultContext {
        FaultContext(client: patientClient, patientClient: patientClient, faults: faults, recorder: recorder, tag: tag)
    }

    /// A row with the tag as its name.
    func row(_ change: (inout Account) -> Void = { _ in }) -> Account {
        var account = Account()
        account.name = tag
        change(&account)
        return account
    }

    /// How many rows have the tag as their name.
    func count(_ name: String? = nil) async throws -> Int {
        try await accounts.count(RowQuery<Account>().where { $0.name == name ?? tag })
    }

    /// Runs a body with an emulator of its own, which accepts any token.
    ///
    /// - Parameters:
    ///   - kind: the client and its transport.
    ///   - timeout: how long an exchange may take.
    ///   - records: whether `recorder` remembers the exchanges.
    ///   - body: makes a context for each tag.
    static func run<Result: Sendable>(
        through kind: ClientKind,
        timeout: Duration = .seconds(30),
        records: Bool = true,
        _ body: @Sendable (@escaping @Sendable (String) -> FaultContext) async throws -> Result
    ) async throws -> Result {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let configuration = try EmulatorConfiguration(
            metadataFile: root.appending(path: "Examples/Contoso/metadata.xml").path
        )
        let faults = configuration.faults
        return try await withEmulator(configuration) { url in
            let recorder = ExchangeRecorder(isOn: records)
            let make = { (timeout: Duration) in
                try kind.client(
                    url,
                    credential: RenewingCredential(),
                    configuration: ClientConfiguration(
                        retry: RetryPolicy(baseDelay: .milliseconds(1), maximumDelay: .milliseconds(20)),
                        readTimeout: timeout,
                        writeTimeout: timeout
                    ),
                    recorder: recorder
                )
            }
            let client = try make(timeout)
            let patient = try make(.seconds(60))
            return try await body { tag in
                FaultContext(client: client, patientClient: patient, faults: faults, recorder: recorder, tag: tag)
            }
        }
    }
}

/// Gives a new token when the one before was refused.
final class RenewingCredential: TokenCredential, AsyncTokenCredential {
    private let number = Mutex(1)

    func token(for request: TokenRequest) throws(CredentialError) -> AccessToken {
        number.withLock { number in
            if request.rejected == AccessToken("token \(number)") { number += 1 }
            return AccessToken("token \(number)")
        }
    }
}
