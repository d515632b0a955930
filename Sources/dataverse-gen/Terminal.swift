import CSDL
import Foundation

/// The two streams of the command.
enum Terminal {
    /// Writes diagnostics to standard error, a line each.
    static func report(_ diagnostics: [Diagnostic]) {
        for diagnostic in diagnostics { writeError(diagnostic.description) }
    }

    /// Writes a line to standard error.
    static func writeError(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }
}
