import Foundation
import Testing

/// The examples of the documentation's pages on calls compile, with both clients.
@Suite("Examples in the documentation", .enabled(if: TypeChecker.modules != nil, "no modules beside the tests"))
struct DocumentationTests {
    @Test("compile with both clients", arguments: ["Queries.md", "Rows.md", "TwelveTasks.md"])
    func examples(page name: String) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "Documentation/\(name)"), encoding: .utf8)
        let examples = text.components(separatedBy: "```swift\n").dropFirst().map {
            $0.components(separatedBy: "```")[0]
        }
        #expect(examples.count >= 2)
        var code = "import ContosoBindings\nimport Dataverse\nimport Foundation\n"
        for (number, example) in examples.enumerated() {
            let parameters = "date: Date, searchText: String?, account: Account"
            code += "func example\(number)(client: DataverseClient, \(parameters)) throws {\n\(example)}\n"
            code += "func example\(number)(client: AsyncDataverseClient, \(parameters)) async throws {\n"
            // Inside of a closure there is nothing to wait for.
            code += example.replacing("try client", with: "try await client") + "}\n"
        }
        let lines = code.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let messages = try TypeChecker.messages(about: lines).filter { $0.severity == "error" }
        #expect(messages.map { "\(lines[$0.line - 1]): \($0.text)" } == [])
    }
}
