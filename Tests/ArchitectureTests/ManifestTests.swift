import Foundation
import Testing

@Suite("Package.swift")
struct ManifestTests {
    private static func text(_ path: String) throws -> String {
        try String(contentsOf: SourceFile.packageRoot.appending(path: path), encoding: .utf8)
    }

    /// The names of the packages in `.package(url: "…/NAME", …)`.
    private static func packages(in manifest: String) -> Set<String> {
        Set(manifest.matches(of: /\.package\(url: "[^"]*\/([\w.-]+)"/).map { String($0.output.1) })
    }

    @Test("the packages that it names are those of Documentation/Licences.md")
    func licences() throws {
        let packages = Self.packages(in: try Self.text("Package.swift"))
            .union(Self.packages(in: try Self.text("Benchmarks/Package.swift")))
        #expect(packages.count > 10)
        let page = try Self.text("Documentation/Licences.md")
        let listed = Set(page.matches(of: /\| \[([\w.-]+)\]\(https/).map { String($0.output.1) })
        #expect(packages.subtracting(listed) == [], "not in Documentation/Licences.md")
        #expect(listed.subtracting(packages) == [], "only in Documentation/Licences.md")
    }

    /// The packages that every user resolves.
    private static let general: Set<String> = [
        "swift-argument-parser", "swift-http-types", "swift-mustache", "Yams",
    ]

    @Test("whatever needs SwiftNIO is behind the package trait, so that apps do not resolve it")
    func traits() throws {
        let manifest = try Self.text("Package.swift")
        let products = manifest.matches(of: /\.product\(name: "(\w+)", package: "([\w.-]+)"\)/)
        #expect(products.count > 3)
        for product in products where !Self.general.contains(String(product.output.2)) {
            Issue.record("write .server(\"\(product.output.1)\", from: \"\(product.output.2)\"): apps do not need it")
        }
        #expect(manifest.matches(of: /\.server\("/).count > 5)
    }

    @Test("the products are in .spi.yml, and their documentation begins with a page of their name")
    func catalogues() throws {
        let manifest = try Self.text("Package.swift")
        let libraries = Set(manifest.matches(of: /\.library\(name: "(\w+)"/).map { String($0.output.1) })
            .subtracting(["ContosoBindings"])
        #expect(libraries.count >= 5)
        let index = try Self.text(".spi.yml")
        for library in libraries { #expect(index.contains("- \(library)\n"), "\(library) is not in .spi.yml") }
        for module in [
            "ODataCore", "Dataverse", "BindingsGenerator", "DataverseAsyncHTTPClient", "DataverseCredentials",
            "DataverseEmulator", "DataverseObservability",
        ] {
            let page = try Self.text("Sources/\(module)/\(module).docc/\(module).md")
            #expect(page.hasPrefix("# ``\(module)``\n"))
        }
    }

    @Test("the tool and the library have one version")
    func version() throws {
        let library = try Self.text("Sources/ODataCore/Requests/ClientConfiguration.swift")
            .firstMatch(of: /libraryVersion = "([^"]+)"/)?.output.1
        let tool = try Self.text("Sources/dataverse-gen/DataverseGen.swift").firstMatch(of: /version: "([^"]+)"/)?
            .output.1
        #expect(library != nil && library == tool)
    }

    @Test("every folder of sources and tests has an owner")
    func owners() throws {
        let owners = try Self.text(".github/CODEOWNERS")
        for parent in ["Sources", "Tests"] {
            let folder = SourceFile.packageRoot.appending(path: parent)
            for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
            where parent == "Sources" && name.first != "." && !name.contains(".") {
                #expect(owners.contains("/\(parent)/\(name)/"), "\(parent)/\(name) is not in .github/CODEOWNERS")
            }
        }
        for line in owners.split(separator: "\n") where line.hasPrefix("/") {
            let path = String(line.split(separator: " ")[0].dropFirst())
            #expect(
                FileManager.default.fileExists(atPath: SourceFile.packageRoot.appending(path: path).path),
                "\(path) of .github/CODEOWNERS is not there"
            )
        }
    }
}
