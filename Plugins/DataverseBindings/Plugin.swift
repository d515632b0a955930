import Foundation
import PackagePlugin

/// Generates the bindings of a target while it is built.
///
/// The target has two files beside its sources: `metadata.xml`, what the service answers at `$metadata`, and
/// `dataverse-gen.yaml`, which lists the tables (see ``BindingsList``). One Swift file is generated for each table, and
/// a build in which neither file has changed generates nothing.
///
/// SwiftPM plans a build anew when `Package.swift` or the set of source files changes, not when a list in a file does.
/// After a change of the list the build says so, and `touch Package.swift` is needed once.
@main
struct DataverseBindings: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let target = target as? any SourceModuleTarget else { return [] }
        let metadata = target.directoryURL.appending(path: "metadata.xml")
        let configuration = target.directoryURL.appending(path: "dataverse-gen.yaml")
        for file in [metadata, configuration] where !FileManager.default.fileExists(atPath: file.path) {
            throw PluginFailure(
                "the target \(target.name) uses DataverseBindings and has no \(file.lastPathComponent) in \(target.directoryURL.path)"
            )
        }
        let list = try BindingsList(
            yaml: String(contentsOf: configuration, encoding: .utf8),
            file: configuration.path
        )
        let output = context.pluginWorkDirectoryURL.appending(path: "Bindings")
        let files = OutputFileNames.files(forTables: list.tables).values.sorted() + OutputFileNames.shared
        let names = (list.tables + list.operations).flatMap { ["--include", $0] }
        return [
            .buildCommand(
                displayName: "Generating the bindings of \(target.name)",
                executable: try context.tool(named: "dataverse-gen").url,
                arguments: [
                    "generate", "--metadata", metadata.path, "--output", output.path, "--module", target.moduleName,
                    "--access", list.access, "--planned-with", configuration.path,
                ] + names,
                inputFiles: [metadata, configuration],
                outputFiles: files.map { output.appending(path: $0) }
            )
        ]
    }
}

/// Why no command could be made, as a line for the build log.
struct PluginFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
