import Foundation
import TestSupport
import Testing

/// The reference and the pages of every module: what DocC makes of the modules that lie beside the tests.
@Suite("The reference", .enabled(if: BuiltModules.folder != nil, "no modules beside the tests"))
struct ReferenceTests {
    private static let targets = [
        "BindingsGenerator", "CSDL", "Dataverse", "DataverseAsyncHTTPClient", "DataverseCredentials", "DataverseCurl",
        "DataverseEmulator", "DataverseObservability", "ODataCore", "ODataQuery", "ODataTransport", "SchemaDiagrams",
        "SchemaDiff",
    ].filter(BuiltModules.contain)

    @Test("every public symbol is documented, and DocC has no warning", arguments: targets)
    func reference(module: String) throws {
        let graph = try SymbolGraph(of: module)
        defer { graph.remove() }
        let symbols = try graph.symbols()
        #expect(symbols.count > 5)
        #expect(symbols.filter { $0.docComment == nil }.map(\.path).sorted() == [])
        let catalogue = SourceFile.packageRoot.appending(path: "Sources/\(module)/\(module).docc")
        guard FileManager.default.fileExists(atPath: catalogue.path) else { return }
        #expect(try graph.documentationWarnings(with: catalogue) == [])
    }
}
