import Foundation
import Testing

@Suite("Targets import downwards")
struct LayerTests {
    /// The package's targets in the order of CONTRIBUTING.md, where a target may import those above it.
    private static func layers() throws -> [[String]] {
        let url = SourceFile.packageRoot.appending(path: "CONTRIBUTING.md")
        let text = try String(contentsOf: url, encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }
        return rows.map { row in
            row.split(separator: "|")[0].matches(of: /`([\w-]+)`/).map { String($0.output.1) }
        }
    }

    /// What a target must not reach, not even through others.
    private static let forbidden: [(target: String, unreachable: Set<String>)] = [
        ("ODataCore", ["CLibXML2", "CSDL", "BindingsGenerator"]),
        (
            "Dataverse",
            ["CLibXML2", "CSDL", "BindingsGenerator", "ODataQuery", "DataverseEmulator", "Logging", "Tracing"]
        ),
        ("DataverseAsyncHTTPClient", ["CLibXML2", "CSDL", "BindingsGenerator"]),
        ("DataverseCurl", ["CLibXML2", "CSDL", "BindingsGenerator", "Dataverse", "FoundationNetworking"]),
        ("DataverseObservability", ["CLibXML2", "CSDL", "BindingsGenerator"]),
        ("CSDL", ["ODataCore", "Dataverse"]),
        ("BindingsGenerator", ["Dataverse", "DataverseAsyncHTTPClient", "FoundationNetworking"]),
        ("DataverseEmulator", ["Dataverse", "BindingsGenerator"]),
    ]

    private static func importsByTarget() throws -> [String: Set<String>] {
        var imports: [String: Set<String>] = [:]
        for file in try SourceFile.all() { imports[file.target, default: []].formUnion(file.imports) }
        return imports
    }

    @Test("every target is in the table of CONTRIBUTING.md, and imports only targets above it")
    func order() throws {
        let layers = try Self.layers()
        #expect(layers.count > 5)
        let all = Set(layers.joined())
        for (target, imports) in try Self.importsByTarget() {
            guard let own = layers.firstIndex(where: { $0.contains(target) }) else {
                Issue.record("\(target) is not in the table of targets in CONTRIBUTING.md; add it where it belongs")
                continue
            }
            let upwards = imports.intersection(all).subtracting(layers[..<own].joined())
            #expect(upwards.isEmpty, "\(target) imports \(upwards.sorted()), which are not above it")
        }
    }

    @Test("the runtime never reaches libxml2, and the generator never reaches the runtime")
    func reach() throws {
        let imports = try Self.importsByTarget()
        for (target, unreachable) in Self.forbidden {
            var reached: Set<String> = []
            var pending = [target]
            while let next = pending.popLast() {
                for module in imports[next] ?? [] where reached.insert(module).inserted { pending.append(module) }
            }
            #expect(!(imports[target] ?? []).isEmpty, "\(target) is gone")
            #expect(reached.isDisjoint(with: unreachable), "\(target) reaches \(reached.intersection(unreachable))")
        }
    }
}
