import Foundation

/// Compiles generated files against the runtime that the tests were built with.
enum SwiftCompiler {
    /// How a compilation went.
    struct Outcome {
        let status: Int32
        /// What the compiler said; nothing, if all is well.
        let messages: String
        let wallSeconds: Double
        /// The processor time of all compiler processes.
        let cpuSeconds: Double
        /// The memory of the largest compiler process.
        let peakMegabytes: Int
    }

    /// What imports `Dataverse` needs its module of libcurl too.
    private static let libcurl = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources/CLibCurl")

    /// The folder with the modules of this build: beside the test bundle.
    static let modules: URL? = {
        let candidates = [CommandLine.arguments[0], "/proc/self/exe"] + Bundle.allBundles.map(\.bundlePath)
        for candidate in candidates {
            let executable = URL(filePath: candidate).resolvingSymlinksInPath()
            var folder = executable.deletingLastPathComponent()
            for _ in 0..<4 {
                let modules = folder.appending(path: "Modules")
                if FileManager.default.fileExists(atPath: modules.appending(path: "Dataverse.swiftmodule").path) {
                    return modules
                }
                folder.deleteLastPathComponent()
            }
        }
        return nil
    }()

    /// Compiles files into objects and a module, without optimization.
    static func compile(
        _ files: [URL],
        module: String,
        in folder: URL,
        extraArguments: [String] = []
    ) throws -> Outcome {
        guard let modules else { throw CocoaError(.fileNoSuchFile) }
        let objects = folder.appending(path: "objects")
        try FileManager.default.createDirectory(at: objects, withIntermediateDirectories: true)
        return try run(
            [
                "-swift-version", "6", "-parse-as-library", "-module-name", module, "-Onone",
                "-enable-batch-mode", "-j", "2", "-emit-module", "-emit-module-path",
                objects.appending(path: module + ".swiftmodule").path, "-c", "-I", modules.path, "-I",
                libcurl.path,
            ] + extraArguments + files.map(\.path),
            in: objects
        )
    }

    /// Parses files, and no more, in one process.
    static func parse(_ files: [URL], in folder: URL) throws -> Outcome {
        try run(["-frontend", "-parse", "-parse-as-library"] + files.map(\.path), in: folder)
    }

    private static func run(_ arguments: [String], in folder: URL) throws -> Outcome {
        let log = folder.appending(path: "compiler.log")
        try Data().write(to: log)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.currentDirectoryURL = folder
        process.arguments = ["swiftc"] + arguments
        let output = try FileHandle(forWritingTo: log)
        process.standardOutput = output
        process.standardError = output
        let before = childUsage()
        let start = ContinuousClock.now
        try process.run()
        process.waitUntilExit()
        let duration = ContinuousClock.now - start
        let after = childUsage()
        return Outcome(
            status: process.terminationStatus,
            messages: try String(contentsOf: log, encoding: .utf8),
            wallSeconds: Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18,
            cpuSeconds: after.cpuSeconds - before.cpuSeconds,
            peakMegabytes: after.peakMegabytes
        )
    }

    private static func childUsage() -> (cpuSeconds: Double, peakMegabytes: Int) {
        var usage = rusage()
        getrusage(RUSAGE_CHILDREN, &usage)
        let seconds = { (time: timeval) in Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        #if canImport(Darwin)
        let bytes = Int(usage.ru_maxrss)
        #else
        let bytes = Int(usage.ru_maxrss) * 1024
        #endif
        return (seconds(usage.ru_utime) + seconds(usage.ru_stime), bytes / 1_000_000)
    }
}
#if canImport(Glibc)
// RUSAGE_CHILDREN is an enumerator of glibc's and not an Int32.
private func getrusage(_ who: __rusage_who, _ usage: inout rusage) {
    _ = Glibc.getrusage(who.rawValue, &usage)
}
#endif

/// A folder that is removed at the end.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "dataverse-gen-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }
}
