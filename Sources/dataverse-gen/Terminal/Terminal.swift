import CSDL
import Foundation

/// The two streams of the command.
enum Terminal {
    /// Whether standard output shows colours.
    static let isColored = TerminalColors.areShown(
        isTerminal: isatty(STDOUT_FILENO) == 1,
        environment: ProcessInfo.processInfo.environment
    )

    /// Whether standard error shows colours.
    static let areErrorsColored = TerminalColors.areShown(
        isTerminal: isatty(STDERR_FILENO) == 1,
        environment: ProcessInfo.processInfo.environment
    )

    /// Writes diagnostics to standard error, a line each.
    static func report(_ diagnostics: [Diagnostic]) {
        for diagnostic in diagnostics {
            writeError(areErrorsColored ? TerminalColors.colored(diagnostic) : diagnostic.description)
        }
    }

    /// Writes to standard error what the parser of the arguments says, with its first word as diagnostics have it.
    static func reportUsage(_ text: String) {
        let mark = "Error: "
        guard text.hasPrefix(mark) else { return writeError(text) }
        report([Diagnostic(.error, String(text.dropFirst(mark.count)))])
    }

    /// Writes a line to standard error.
    static func writeError(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }

    /// Writes a text to standard output.
    static func write(_ text: String) {
        FileHandle.standardOutput.write(Data(text.utf8))
    }

    /// Writes a value to standard output as JSON, the members sorted by name.
    static func writeJSON(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        write(String(decoding: try encoder.encode(value), as: UTF8.self) + "\n")
    }
}
