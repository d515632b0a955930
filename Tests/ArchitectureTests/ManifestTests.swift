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

    @Test("whatever needs SwiftNIO is behind the package trait, so that apps do not resolve it")
    func traits() throws {
        let manifest = try Self.text("Package.swift")
        let server = try #require(manifest.components(separatedBy: "if includesNIO {").dropFirst().first)
        let packages = Self.packages(in: server)
        #expect(packages.count > 8)
        for line in server.split(separator: "\n") where line.contains(".product(name: \"") {
            let isGeneral = ["ArgumentParser", "HTTPTypes"].contains { line.contains("\"\($0)\"") }
            #expect(isGeneral, "write .server(…), not \(line.trimmingCharacters(in: .whitespaces))")
        }
        #expect(server.contains(".server("))
    }

    @Test("every product has a documentation catalogue with a page of its name, and is in .spi.yml")
    func catalogues() throws {
        let manifest = try Self.text("Package.swift")
        let libraries = Set(manifest.matches(of: /\.library\(name: "(\w+)"/).map { String($0.output.1) })
            .subtracting(["ContosoBindings"])
        #expect(libraries.count >= 5)
        let index = try Self.text(".spi.yml")
        for library in libraries {
            let page = try Self.text("Sources/\(library)/\(library).docc/\(library).md")
            #expect(page.hasPrefix("# ``\(library)``\n"))
            #expect(index.contains("- \(library)\n"), "\(library) is not in .spi.yml")
        }
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
