import Foundation
import SchemaDiff
import Testing

/// The HTML report in a browser: headless Chromium, where it is installed.
@Suite("The page in a browser", .enabled(if: Browser.executable != nil, "Chromium is not installed"), .serialized)
struct BrowserTests {
    private static let old = Documents.schema(
        #"""
        <EntityType Name="Order"><Property Name="fax" Type="Edm.String"/><Property Name="note" Type="Edm.String"/>
        </EntityType>
        """#
    )
    private static let new = Documents.schema(
        #"""
        <EntityType Name="Order"><Property Name="note" Type="Edm.String" MaxLength="5"/>
        <Property Name="&lt;b onclick='x'>" Type="Edm.Date"/></EntityType><EntityType Name="Bill"/>
        """#
    )

    private func page(_ fragment: String) throws -> String {
        let result = DiffResult(
            old: SchemaVersion(try Documents.read(Self.old)),
            new: SchemaVersion(try Documents.read(Self.new)),
            today: Documents.today
        )
        return try Browser.load(HTMLReport(result).text, fragment: fragment)
    }

    /// The rules of the changes that are shown.
    private func shown(_ html: String) -> [String] {
        html.matches(of: /<article ([^>]*)>.*?<a class="rule"[^>]*>([a-z-]+)<\/a>/.dotMatchesNewlines())
            .filter { !$0.1.contains("hidden") }
            .map { String($0.2) }
    }

    @Test("Everything is shown at first, and names are text")
    func all() throws {
        let html = try page("")
        #expect(
            shown(html) == ["entity-type-added", "property-removed", "property-max-length-narrowed", "property-added"]
        )
        #expect(html.contains("4 of 4 shown"))
        #expect(!html.contains("<b onclick"))
    }

    @Test(
        "The address says what is shown",
        arguments: [
            ("#?severity=safe", ["entity-type-added", "property-added"]),
            ("#?table=Sales.Bill", ["entity-type-added"]),
            ("#?q=FAX", ["property-removed"]),
            ("#?severity=breaking&q=note+order", ["property-max-length-narrowed"]),
            ("#?q=nothing-at-all", []),
        ]
    )
    func filters(fragment: String, rules: [String]) throws {
        let html = try page(fragment)
        #expect(shown(html) == rules)
        #expect(html.contains("\(rules.count) of 4 shown"))
    }

    @Test("A link to a change opens its details")
    func link() throws {
        let html = try page("#c-property-removed-Sales.Order-fax")
        let opened = html.matches(
            of: /<article id="([^"]+)"[^>]*>\s*<p>(?:(?!<article).)*?<details open/.dotMatchesNewlines()
        )
        #expect(opened.map { String($0.1) } == ["c-property-removed-Sales.Order-fax"])
    }
}

/// Loads pages in headless Chromium.
enum Browser {
    static let executable: URL? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        for name in ["chromium", "chromium-browser", "google-chrome"] {
            for folder in folders {
                let file = URL(filePath: String(folder)).appending(path: name)
                if FileManager.default.isExecutableFile(atPath: file.path) { return file }
            }
        }
        return nil
    }()

    /// What the page has become after its script ran.
    static func load(_ html: String, fragment: String) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "browser-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "page.html")
        try Data(html.utf8).write(to: file)
        let process = Process()
        process.executableURL = executable
        process.arguments = [
            "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(folder.path)/profile",
            "--dump-dom", file.absoluteString + fragment,
        ]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let dom = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: dom, as: UTF8.self)
    }
}
