import Foundation
import Testing

/// The examples of the documentation's pages on queries and rows compile, with both clients.
@Suite("Examples in the documentation", .enabled(if: TypeChecker.modules != nil, "no modules beside the tests"))
struct DocumentationTests {
    @Test("compile with both clients", arguments: ["Queries.md", "Rows.md"])
    func examples(page name: String) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "Documentation/\(name)"), encoding: .utf8)
        let examples = text.components(separatedBy: "```swift\n").dropFirst().map {
            $0.components(separatedBy: "```")[0]
        }
        #expect(examples.count >= 2)
        var lines = ["import ContosoBindings", "import Dataverse", "import Foundation"]
        for (number, example) in examples.enumerated() {
            let parameters = "date: Date, searchText: String?, account: Account"
            lines.append("func example\(number)(client: DataverseClient, \(parameters)) throws {")
            lines += example.split(separator: "\n").map(String.init)
            lines.append("}")
            lines.append("func example\(number)(client: AsyncDataverseClient, \(parameters)) async throws {")
            // Inside of a closure there is nothing to wait for.
            lines += example.split(separator: "\n").map { $0.replacing("try client", with: "try await client") }
            lines.append("}")
        }
        let messages = try TypeChecker.messages(about: lines).filter { $0.severity == "error" }
        #expect(messages.map { "\(lines[$0.line - 1]): \($0.text)" } == [])
    }
}
