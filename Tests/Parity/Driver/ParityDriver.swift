import Dataverse
import Foundation

/// Runs scenarios of the parity check through the clients: one JSON line in, one JSON line out.
///
/// A line names the service, the client (`sync` or `async`), its configuration and the steps; the answer has an
/// outcome for each step.
@main
enum ParityDriver {
    static func main() async throws {
        while let line = readLine() {
            let run = try ScenarioRun(JSONReader.value(from: line))
            let outcomes = try await run.outcomes()
            let answer = JSONWriter.bytes(from: ["outcomes": .array(outcomes)]) + [UInt8(ascii: "\n")]
            try FileHandle.standardOutput.write(contentsOf: Data(answer))
        }
    }
}
