import ArgumentParser
import BindingsGenerator
import CSDL
import Foundation

/// `dataverse-gen init`: writes a configuration to start with.
struct Init: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes a \(ConfigurationFile.defaultName) with every key in it, and what each is for.",
        discussion: """
            Beside it, a JSON schema is written, with which editors complete and check the file.

            EXAMPLES
              dataverse-gen init
              dataverse-gen init Sources/App --metadata metadata.xml --output Bindings

            EXIT CODES
              0  The files were written.
              1  A file cannot be written.
              2  Bad input or usage, or there is such a file already.
            """
    )

    /// The name of the schema's file.
    static let schemaName = "dataverse-gen.schema.json"

    @Argument(help: "The folder that gets the files.", completion: .directory)
    var folder = "."

    @Option(
        name: .long,
        help: ArgumentHelp("The metadata document, relative to the folder.", valueName: "file"),
        completion: .file(extensions: ["xml", "edmx", "csdl"])
    )
    var metadata = "metadata.xml"

    @Option(
        name: .long,
        help: ArgumentHelp("The folder for the Swift files, relative to the folder.", valueName: "folder"),
        completion: .directory
    )
    var output = "Bindings"

    @Option(
        name: .long,
        help: ArgumentHelp("The URL or path of the JSON schema; no schema is written then.", valueName: "url")
    )
    var schema: String?

    @Flag(name: .long, help: "Replace files that are there.")
    var force = false

    func run() throws {
        let yaml = ConfigurationStarter.yaml(metadata: metadata, output: output, schema: schema ?? Init.schemaName)
        var files = [(name: ConfigurationFile.defaultName, text: yaml)]
        if schema == nil { files.append((Init.schemaName, ConfigurationStarter.schema)) }
        let folder = URL(filePath: folder)
        for file in files where !force {
            let path = folder.appending(path: file.name).relativePath
            guard !FileManager.default.fileExists(atPath: path) else {
                throw CommandFailure.badInput(
                    Diagnostic(.error, "there is one already; --force replaces it", file: path)
                )
            }
        }
        for file in files {
            let url = folder.appending(path: file.name)
            do {
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                try file.text.write(to: url, atomically: true, encoding: .utf8)
            } catch {
                let message = Diagnostic(
                    .error,
                    "cannot be written: \(error.localizedDescription)",
                    file: url.relativePath
                )
                throw CommandFailure(code: CommandFailure.failed, diagnostics: [message])
            }
            print(url.relativePath)
        }
    }
}
