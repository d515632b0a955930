import ArgumentParser
import BindingsGenerator
import CSDL
import Foundation

/// The documents that `generate` and `diagram` read, and the configuration that may name them.
struct SchemaOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The configuration; \(ConfigurationFile.defaultName) of the current folder, if there is one and no other is "
                + "given.",
            valueName: "file"
        ),
        completion: .file(extensions: ["yaml", "yml"])
    )
    var config: String?

    @Flag(name: .long, help: "Read no configuration.")
    var noConfig = false

    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp(
            "A CSDL XML document: what the service answers at $metadata. Give every document that another one refers to.",
            valueName: "file"
        ),
        completion: .file(extensions: ["xml", "edmx", "csdl"])
    )
    var metadata: [String] = []

    func validate() throws {
        if config != nil, noConfig { throw ValidationError("give --config or --no-config, not both") }
    }

    /// Reads the configuration; `nil` where there is none, or none is wanted.
    func configurationFile() throws(CommandFailure) -> ConfigurationFile? {
        guard !noConfig else { return nil }
        let isHere = FileManager.default.fileExists(atPath: ConfigurationFile.defaultName)
        guard let path = config ?? (isHere ? ConfigurationFile.defaultName : nil) else { return nil }
        do throws(GeneratorError) {
            return try ConfigurationFile.read(contentsOfFile: path)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// The documents of the options or else of the configuration.
    ///
    /// - Parameter purpose: What is done with them, as a word.
    func documents(
        _ file: ConfigurationFile?,
        to purpose: String
    ) throws(CommandFailure) -> [String] {
        let files = metadata.isEmpty ? file?.metadata ?? [] : metadata
        guard !files.isEmpty else {
            throw CommandFailure.missing("metadata", "the document to \(purpose) from", file)
        }
        return files
    }

    /// Reads documents; what makes one unusable is thrown, all other messages are returned.
    static func read(_ files: [String]) throws(CommandFailure) -> ([CSDLDocument], [Diagnostic]) {
        var documents: [CSDLDocument] = []
        var diagnostics: [Diagnostic] = []
        for file in files {
            let (document, found) = try MetadataOption.read(file)
            documents.append(document)
            diagnostics += found
        }
        guard !diagnostics.containsErrors else {
            throw CommandFailure(code: CommandFailure.failed, diagnostics: diagnostics)
        }
        return (documents, diagnostics)
    }
}
