import Foundation
import TestSupport
import Testing

/// The Swift of every page of the repository compiles.
///
/// A block that begins with an import is a file of its own. All others are the body of a function with a client, and are
/// compiled twice, with both clients. The blocks of a page in `PageContext` are the body of a function with what that page
/// is about.
@Suite("Examples in the documentation", .enabled(if: TypeChecker.modules != nil, "no modules beside the tests"))
struct DocumentationTests {
    /// A block of Swift.
    struct Example: CustomTestStringConvertible, Sendable {
        let page: String
        let code: String

        var testDescription: String { "\(page): \(code.prefix { $0 != "\n" })" }
        var context: PageContext? { PageContext.all.first { $0.page == page } }
        var isFile: Bool { context == nil && code.hasPrefix("import ") }
        var imports: [String] { code.matches(of: /(?m)^import (\w+)/).map { String($0.output.1) } }
        var needsSwiftNIO: Bool { !PageContext.modulesWithSwiftNIO.isDisjoint(with: imports) }
    }

    private static let examples = DocumentationPages.paths.flatMap { page in
        DocumentationPages.blocks(of: page, language: "swift").map { Example(page: page, code: $0) }
    }

    /// The lines of a block, with Foundation where the block leaves its import out.
    private static func lines(of example: Example) -> [String] {
        let lines = example.code.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let needsFoundation = !example.imports.contains("Foundation") && example.code.contains("UUID")
        return needsFoundation ? ["import Foundation"] + lines : lines
    }

    @Test("calls compile with both clients")
    func calls() throws {
        let calls = Self.examples.filter { !$0.isFile && $0.context == nil }
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

    @Test("files compile", arguments: examples.filter { $0.isFile && !$0.needsSwiftNIO })
    func file(_ example: Example) throws { try check(Self.lines(of: example)) }

    @Test(
        "files with SwiftNIO compile",
        .enabled(if: PageContext.areThereModulesWithSwiftNIO, "the tests were built without SwiftNIO"),
        arguments: examples.filter { $0.isFile && $0.needsSwiftNIO }
    )
    func fileWithSwiftNIO(_ example: Example) throws { try check(Self.lines(of: example)) }

    @Test(
        "blocks of pages about one thing compile",
        .enabled(if: PageContext.areThereModulesWithSwiftNIO, "the tests were built without SwiftNIO"),
        arguments: PageContext.all
    )
    func blocks(_ context: PageContext) throws {
        let blocks = Self.examples.filter { $0.page == context.page }
        #expect(!blocks.isEmpty, "\(context.page) has no Swift any more")
        let strange = Set(blocks.flatMap(\.imports)).subtracting(context.imports)
        #expect(strange.isEmpty, "\(context.page) imports \(strange.sorted())")
        try check(context.file(with: blocks.map(\.code)))
    }

    private func check(_ code: [String]) throws {
        let messages = try TypeChecker.messages(about: code, arguments: BuiltModules.cModuleArguments())
            .filter { $0.severity == "error" }
        #expect(messages.map { "\(code[$0.line - 1]): \($0.text)" } == [])
    }

    @Test("every source that a page names is there")
    func sources() throws {
        let root = SourceFolder.root
        let targets = try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "Sources").path)
        let folders = ["", "Sources/"] + targets.map { "Sources/\($0)/" }
        var count = 0
        for page in DocumentationPages.paths {
            let folders = folders + [page.split(separator: "/").dropLast().map { "\($0)/" }.joined()]
            for match in try DocumentationPages.text(of: page).matches(of: /`((?:[\w+-]+\/)+[\w+-]+\.swift)`/) {
                let path = String(match.output.1)
                let isThere = folders.contains {
                    FileManager.default.fileExists(atPath: root.appending(path: $0 + path).path)
                }
                #expect(isThere, "\(page) names \(path)")
                count += 1
            }
        }
        #expect(count >= 15)
    }

    @Test("every link between pages leads to a file")
    func links() throws {
        let root = SourceFolder.root
        #expect(DocumentationPages.paths.count > 20)
        for page in DocumentationPages.paths {
            let url = root.appending(path: page)
            let text = try DocumentationPages.text(of: page)
            let inline = text.matches(of: /\]\(([^)#\s]+)(?:#[^)]*)?\)/).map(\.output.1)
            let references = text.matches(of: /(?m)^\[\w+\]: ([^#\s]+)/).map(\.output.1)
            for target in (inline + references).map(String.init) {
                if target.contains("://") || target.hasPrefix("mailto:") || page.contains(".docc/") { continue }
                let file = url.deletingLastPathComponent().appending(path: target)
                #expect(FileManager.default.fileExists(atPath: file.path), "\(page) links to \(target)")
            }
        }
        let articles = Set(
            DocumentationPages.paths.filter { $0.contains(".docc/") }
                .map { URL(filePath: $0).deletingPathExtension().lastPathComponent }
        )
        for page in DocumentationPages.paths where page.contains(".docc/") {
            let text = try DocumentationPages.text(of: page)
            for match in text.matches(of: /<doc:(\w+)>/) {
                #expect(articles.contains(String(match.output.1)), "\(page) links to \(match.output.1)")
            }
        }
    }
}
