import Foundation
import PackagePlugin

/// Generates the bindings of a target while it is built.
///
/// The target has `dataverse-gen.yaml` beside its sources, and the metadata that it names: `metadata.xml`, if it names
/// none. Each table that it lists under `tables` becomes a Swift file; other selected tables share `OtherTables.swift`.
/// With `shards`, all tables are spread over as many files. A build in which no input has changed generates nothing.
///
/// SwiftPM plans a build anew when `Package.swift` or the set of source files changes, not when a list in a file does.
/// A table that is added to the list is therefore in `OtherTables.swift` until the next plan.
@main
struct DataverseBindings: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let target = target as? any SourceModuleTarget else { return [] }
        let folder = target.directoryURL
        let file = folder.appending(path: "dataverse-gen.yaml")
        try require(file, of: target)
        let configuration = PluginConfiguration(yaml: try String(contentsOf: file, encoding: .utf8))
        let metadata = (configuration.metadata.isEmpty ? ["metadata.xml"] : configuration.metadata)
            .map { URL(filePath: $0, relativeTo: folder).absoluteURL }
        for document in metadata { try require(document, of: target) }
        let output = context.pluginWorkDirectoryURL.appending(path: "Bindings")
        let files = configuration.outputFiles
        return [
            .buildCommand(
                displayName: "Generating the bindings of \(target.name)",
                executable: try context.tool(named: "dataverse-gen").url,
                arguments: ["generate", "--config", file.path, "--output", output.path, "--module", target.moduleName]
                    + metadata.flatMap { ["--metadata", $0.path] } + files.flatMap { ["--planned-file", $0] },
                inputFiles: [file] + metadata
                    + configuration.otherInputs.map { URL(filePath: $0, relativeTo: folder).absoluteURL }
                    + templates(configuration.templates, in: folder),
                outputFiles: files.map { output.appending(path: $0) }
            )
        ]
    }

    private func templates(_ path: String?, in folder: URL) -> [URL] {
        guard let path else { return [] }
        let templates = URL(filePath: path, relativeTo: folder).absoluteURL
        let names = (try? FileManager.default.contentsOfDirectory(atPath: templates.path)) ?? []
        return names.filter { $0.hasSuffix(".mustache") }.sorted().map { templates.appending(path: $0) }
    }

    private func require(_ file: URL, of target: any SourceModuleTarget) throws {
        guard !FileManager.default.fileExists(atPath: file.path) else { return }
        throw PluginFailure(
            "the target \(target.name) uses DataverseBindings, and there is no \(file.lastPathComponent) in "
                + file.deletingLastPathComponent().path
        )
    }
}

/// Why no command could be made, as a line for the build log.
struct PluginFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
