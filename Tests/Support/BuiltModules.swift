import Foundation

/// The modules that lie beside the tests.
public enum BuiltModules {
    /// Their folder; `nil` where there is none.
    public static let folder: URL? = {
        for candidate in ["/proc/self/exe", CommandLine.arguments[0]] + Bundle.allBundles.map(\.bundlePath) {
            var folder = URL(filePath: candidate).resolvingSymlinksInPath().deletingLastPathComponent()
            for _ in 0..<4 {
                let modules = folder.appending(path: "Modules")
                if FileManager.default.fileExists(atPath: modules.path) { return modules }
                folder.deleteLastPathComponent()
            }
        }
        return nil
    }()

    /// Whether a module was built.
    public static func contain(_ module: String) -> Bool {
        guard let folder else { return false }
        return FileManager.default.fileExists(atPath: folder.appending(path: "\(module).swiftmodule").path)
    }

    /// What makes the compiler find the C modules of dependencies: those with a map of their own, and those that were
    /// given one by the build.
    public static func cModuleArguments() throws -> [String] {
        guard let folder else { return [] }
        let products = folder.deletingLastPathComponent()
        let checkouts = products.deletingLastPathComponent().deletingLastPathComponent().appending(path: "checkouts")
        var arguments = ["-Xcc", "-I/usr/include/libxml2"]
        for module in ["CLibXML2", "CLibCurl"] {
            arguments += ["-I", SourceFolder.root.appending(path: "Sources/\(module)").path]
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: products.path) where name.hasSuffix(".build") {
            let map = products.appending(path: "\(name)/module.modulemap").path
            if FileManager.default.fileExists(atPath: map) { arguments += ["-Xcc", "-fmodule-map-file=\(map)"] }
        }
        for package in try FileManager.default.contentsOfDirectory(atPath: checkouts.path) {
            let sources = checkouts.appending(path: "\(package)/Sources")
            for target in (try? FileManager.default.contentsOfDirectory(atPath: sources.path)) ?? [] {
                for folder in ["\(target)/include", target] {
                    let headers = sources.appending(path: folder).path
                    if FileManager.default.fileExists(atPath: headers + "/module.modulemap") {
                        arguments += ["-Xcc", "-I\(headers)"]
                    }
                }
            }
        }
        return arguments
    }
}
