import Foundation
import PackagePlugin

/// Writes bindings into the package, where they are checked in:
///
///     swift package generate-dataverse-bindings
///     swift package generate-dataverse-bindings --target App --strict
///
/// What is generated is said by every `dataverse-gen.yaml` that has an `output`, in the folder of the package or of a
/// target. `--config FILE` and `--target NAME` choose one of them; all other arguments are handed to
/// `dataverse-gen generate`.
@main
struct GenerateDataverseBindings: CommandPlugin {
    func performCommand(context: PluginContext, arguments: [String]) throws {
        var arguments = ArgumentExtractor(arguments)
        let files = arguments.extractOption(named: "config")
        let targets = arguments.extractOption(named: "target")
        let tool = try context.tool(named: "dataverse-gen").url
        let configurations = try configurations(of: context.package, files: files, targets: targets)
        for configuration in configurations {
            let process = Process()
            process.executableURL = tool
            process.currentDirectoryURL = context.package.directoryURL
            process.arguments = ["generate", "--config", configuration.path] + arguments.remainingArguments
            try process.run()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else {
                throw PluginFailure("dataverse-gen failed with \(configuration.path)")
            }
        }
    }

    private func configurations(of package: Package, files: [String], targets: [String]) throws -> [URL] {
        if !files.isEmpty {
            return files.map { URL(filePath: $0, relativeTo: package.directoryURL).absoluteURL }
        }
        let sources = try targets.isEmpty ? package.targets : package.targets(named: targets)
        let folders = (targets.isEmpty ? [package.directoryURL] : []) + sources.map(\.directoryURL)
        let found = folders.map { $0.appending(path: "dataverse-gen.yaml") }
            .filter { FileManager.default.fileExists(atPath: $0.path) }
        guard !found.isEmpty else {
            throw PluginFailure(
                "there is no dataverse-gen.yaml in the package or its targets; "
                    + "'swift run dataverse-gen init' writes one, and --config names one that is elsewhere"
            )
        }
        // One without an output is for the build-tool plugin.
        let complete = try found.filter {
            PluginConfiguration(yaml: try String(contentsOf: $0, encoding: .utf8)).output != nil || !targets.isEmpty
        }
        guard !complete.isEmpty else {
            throw PluginFailure(
                "say where to write to: add 'output: …' to " + found.map(\.path).joined(separator: ", ")
            )
        }
        return complete
    }
}

/// Why nothing was generated.
struct PluginFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
