import ArgumentParser
import CSDL

/// The metadata document of a command that reads one.
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
        try MetadataOption.read(metadata)
    }

    /// Reads a document. Warnings are returned, errors thrown, with what to do next.
    static func read(_ file: String) throws(CommandFailure) -> (document: CSDLDocument, diagnostics: [Diagnostic]) {
        do throws(Diagnostic) {
            return try CSDLReader().read(contentsOfFile: file)
        } catch {
            throw .badInput(withNextStep(error))
        }
    }

    /// Why a document cannot be read, with where to get one if it is not what is in it.
    static func withNextStep(_ problem: Diagnostic) -> Diagnostic {
        guard problem.position == nil else { return problem }
        var problem = problem
        problem.message += "; 'dataverse-gen fetch' downloads the metadata of a service"
        return problem
    }
}
