import Dataverse
import Foundation

/// The browser of this machine.
public enum SystemBrowser {
    /// Opens a URL, without a shell.
    ///
    /// - Throws: `CredentialError` where there is no browser.
    public static func open(_ url: String) throws {
        #if os(macOS)
        let programs = ["/usr/bin/open"]
        #else
        let programs = ["/usr/bin/xdg-open", "/usr/local/bin/xdg-open"]
        #endif
        guard let program = programs.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
            throw CredentialError(
                "This machine has no browser to open. Use DeviceCodeCredential, or pass a closure that shows the URL.",
                reason: .unavailable
            )
        }
        #if os(macOS) || os(Linux)
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = [url]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            throw CredentialError("\(program) cannot be started.", reason: .unavailable)
        }
        #endif
    }
}
