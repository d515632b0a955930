import BindingsGenerator
import CSDL

/// What was written, for people in one line, for scripts as JSON.
struct GenerateSummary: Encodable {
    let output: String
    let written: [String]
    let unchanged: Int
    let removed: [String]
    let diagnostics: [DiagnosticRecord]

    init(folder: String, report: OutputWriter.Report, diagnostics: [Diagnostic]) {
        output = folder
        written = report.written
        unchanged = report.unchanged
        removed = report.removed
        self.diagnostics = diagnostics.map(DiagnosticRecord.init)
    }

    var text: String {
        var parts = ["\(written.count) written", "\(unchanged) unchanged"]
        if !removed.isEmpty { parts.append("\(removed.count) removed") }
        return "\(output): \(parts.joined(separator: ", "))\n"
    }
}

/// A message as scripts read it.
struct DiagnosticRecord: Encodable {
    let severity: String
    let message: String
    let file: String?
    let line: Int32?
    let column: Int32?

    init(_ diagnostic: Diagnostic) {
        severity = diagnostic.severity.rawValue
        message = diagnostic.message
        file = diagnostic.file
        line = diagnostic.position?.line
        column = diagnostic.position?.column
    }
}
