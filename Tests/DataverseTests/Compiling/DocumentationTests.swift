import Foundation
import TestSupport
import Testing

/// The Swift of the documentation compiles: of the README and of the DocC catalogues.
///
/// A block that begins with an import is a file of its own. All others are the body of a function with a client, and are
/// compiled twice, with both clients.
@Suite("Examples in the documentation", .enabled(if: TypeChecker.modules != nil, "no modules beside the tests"))
struct DocumentationTests {
    /// A block of Swift.
    struct Example: CustomTestStringConvertible, Sendable {
        let page: String
        let code: String

        var testDescription: String { "\(page): \(code.prefix { $0 != "\n" })" }
        var isFile: Bool { code.hasPrefix("import ") }
        var imports: [String] { code.matches(of: /(?m)^import (\w+)/).map { String($0.output.1) } }

        /// Whether a product of this package is imported that is not beside these tests.
        var needsMore: Bool {
            ["DataverseAsyncHTTPClient", "DataverseEmulator", "BindingsGenerator"].contains {
                imports.contains($0) && !BuiltModules.contain($0)
            }
        }
    }

    /// The paths of all pages of the repository.
    private static let pages: [String] = {
        let root = SourceFolder.root.standardizedFileURL
        let files = FileManager.default.enumerator(
            at: root,
            includingPropertiesForKeys: nil,
            options: [.skipsHiddenFiles]
        )
        var pages: [String] = []
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "md" else { continue }
            pages.append(String(file.standardizedFileURL.path.dropFirst(root.path.count + 1)))
        }
        return pages.sorted()
    }()

    private static let examples = pages.flatMap { path -> [Example] in
        let isDocumentation =
            path == "README.md" || path.hasPrefix("Sources/") && path.contains(".docc/")
        let url = SourceFolder.root.appending(path: path)
        guard isDocumentation, let text = try? String(contentsOf: url, encoding: .utf8) else { return [] }
        return text.components(separatedBy: "```swift\n").dropFirst().map {
            Example(page: path, code: $0.components(separatedBy: "```")[0])
        }
    }

    @Test("calls compile with both clients")
    func calls() throws {
        let calls = Self.examples.filter { !$0.isFile }
        #expect(calls.count >= 40)
        #expect(Set(calls.map(\.page)).count >= 9)
        var code = ["import ContosoBindings", "import Dataverse", "import Foundation"]
        var places = code.map { _ in "" }
        for (number, example) in calls.enumerated() {
            let parameters = "date: Date, searchText: String?, account: Account"
            let text =
                "func example\(number)(client: DataverseClient, \(parameters)) throws {\n\(example.code)}\n"
                + "func example\(number)(client: AsyncDataverseClient, \(parameters)) async throws {\n"
                // Inside of a closure there is nothing to wait for.
                + example.code.replacing("try client", with: "try await client") + "}"
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            code += lines
            places += lines.map { "\(example.page): \($0)" }
        }
        let messages = try TypeChecker.messages(about: code).filter { $0.severity == "error" }
        #expect(messages.map { "\(places[$0.line - 1]): \($0.text)" } == [])
    }

    @Test("files compile", arguments: examples.filter { $0.isFile && !$0.needsMore })
    func file(_ example: Example) throws { try check(example) }

    @Test(
        "files with SwiftNIO compile",
        .enabled(if: BuiltModules.contain("DataverseEmulator"), "the tests were built without SwiftNIO"),
        arguments: examples.filter {
            $0.isFile && $0.imports.contains { $0.hasPrefix("DataverseA") || $0.hasPrefix("DataverseE") }
        }
    )
    func fileWithSwiftNIO(_ example: Example) throws { try check(example) }

    private func check(_ example: Example) throws {
        let lines = example.code.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let needsFoundation = !example.imports.contains("Foundation") && example.code.contains("UUID")
        let code = needsFoundation ? ["import Foundation"] + lines : lines
        let messages = try TypeChecker.messages(about: code, arguments: BuiltModules.cModuleArguments())
            .filter { $0.severity == "error" }
        #expect(messages.map { "\(code[$0.line - 1]): \($0.text)" } == [])
    }

    @Test("every link between pages leads to a file")
    func links() throws {
        let root = SourceFolder.root
        #expect(Self.pages.count > 20)
        for page in Self.pages {
            let url = root.appending(path: page)
            let text = try String(contentsOf: url, encoding: .utf8)
            for match in text.matches(of: /\]\(([^)#\s]+)(?:#[^)]*)?\)/) {
                let target = String(match.output.1)
                if target.contains("://") || target.hasPrefix("mailto:") || page.contains(".docc/") { continue }
                let file = url.deletingLastPathComponent().appending(path: target)
                #expect(FileManager.default.fileExists(atPath: file.path), "\(page) links to \(target)")
            }
        }
        let articles = Set(
            Self.pages.filter { $0.contains(".docc/") }
                .map { URL(filePath: $0).deletingPathExtension().lastPathComponent }
        )
        for page in Self.pages where page.contains(".docc/") {
            let text = try String(contentsOf: root.appending(path: page), encoding: .utf8)
            for match in text.matches(of: /<doc:(\w+)>/) {
                #expect(articles.contains(String(match.output.1)), "\(page) links to \(match.output.1)")
            }
        }
    }
}
