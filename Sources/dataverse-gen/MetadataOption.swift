import ArgumentParser
import CSDL

/// The metadata document, as all commands take it.
struct MetadataOption: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The CSDL XML document: what the service answers at $metadata.",
            valueName: "file"
        ),
        completion: .file(extensions: ["xml", "edmx", "csdl"])
    )
    var metadata: String

    /// Reads the document. Warnings are returned, errors thrown.
    func read() throws(CommandFailure) -> (document: CSDLDocument, diagnostics: [Diagnostic]) {
        do throws(Diagnostic) {
            return try CSDLReader().read(contentsOfFile: metadata)
        } catch {
            throw .badInput(error)
        }
    }
}
