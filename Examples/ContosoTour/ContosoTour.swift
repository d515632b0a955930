import Dataverse
import Foundation

/// Creates, reads, queries, updates and deletes rows of the sample environment, first with the synchronous and then
/// with the asynchronous client, and says what it does.
///
/// Usage: `contoso-tour URL`, where URL is the environment, for example the one that `dataverse-emulator` prints.
@main
enum ContosoTour {
    static func main() async throws {
        guard CommandLine.arguments.count == 2 else {
            print("usage: contoso-tour URL")
            exit(2)
        }
        let environment = CommandLine.arguments[1]
        let clock = ContinuousClock()
        do {
            print("\nSynchronous client")
            let blocking = try clock.measure { try SyncTour(environment: environment).run() }
            print("\nAsynchronous client")
            let asynchronous = try await clock.measure { try await AsyncTour(environment: environment).run() }
            print("\nsynchronous tour \(milliseconds(blocking)), asynchronous tour \(milliseconds(asynchronous))")
        } catch let error as DataverseError {
            print("\nThe tour ended early. \(error)")
            exit(1)
        }
    }
}

/// A duration for people, such as `3.2 ms`.
func milliseconds(_ duration: Duration) -> String {
    let tenths = Int((duration / .milliseconds(1) * 10).rounded())
    return "\(tenths / 10).\(tenths % 10) ms"
}
