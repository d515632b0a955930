import BindingsGenerator
import CSDL
import Foundation
import Testing

/// `Generated/ContosoBindings` is what the generator makes of `Examples/Contoso/metadata.xml`, byte for byte.
///
/// To update it after a change of the generator:
///
///     swift run dataverse-gen generate --metadata Examples/Contoso/metadata.xml \
///         --option-sets Examples/Contoso/option-sets.json \
///         --output Generated/ContosoBindings --module ContosoBindings --access public
@Suite("The sample's bindings")
struct SampleBindingsTests {
    private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    @Test("generating them again gives the same bytes")
    func sameBytes() throws {
        let metadata = root.appending(path: "Examples/Contoso/metadata.xml").path
        var configuration = GeneratorConfiguration()
        configuration.module = "ContosoBindings"
        configuration.accessLevel = .public
        configuration.optionSets = [root.appending(path: "Examples/Contoso/option-sets.json").path]
        let (document, diagnostics) = try CSDLReader().read(contentsOfFile: metadata)
        #expect(diagnostics.isEmpty)
        let output = try BindingsGenerator(configuration: configuration).generate([document])

        let folder = root.appending(path: "Generated/ContosoBindings")
        let checkedIn = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(checkedIn.sorted() == output.files.map(\.name))
        for file in output.files {
            let text = try String(contentsOf: folder.appending(path: file.name), encoding: .utf8)
            #expect(text == file.text, "\(file.name) differs; see the comment of this suite for how to update it")
        }
    }

    /// To update them: `swift run dataverse-gen generate --config Examples/PluginApp/Sources/CheckedInApp/dataverse-gen.yaml`
    @Test("those of the example with a configuration as well")
    func sameBytesAsConfigured() throws {
        let folder = root.appending(path: "Examples/PluginApp/Sources/CheckedInApp")
        let file = try ConfigurationFile.read(contentsOfFile: folder.appending(path: "dataverse-gen.yaml").path)
        let documents = try file.metadata.map { try CSDLReader().read(contentsOfFile: $0).document }
        let output = try BindingsGenerator(configuration: file.generator).generate(documents)
        #expect(output.diagnostics.isEmpty)
        let bindings = folder.appending(path: "Bindings")
        #expect(try FileManager.default.contentsOfDirectory(atPath: bindings.path).sorted() == output.files.map(\.name))
        for file in output.files {
            let text = try String(contentsOf: bindings.appending(path: file.name), encoding: .utf8)
            #expect(text == file.text, "\(file.name) differs; see the comment of this test for how to update it")
        }
    }
}
