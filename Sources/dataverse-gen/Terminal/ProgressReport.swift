import Foundation

/// What is going on: one line that is written over on a terminal, a line for each step elsewhere.
final class ProgressReport {
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private var step = ""
    private var isLineOpen = false

    /// A new step begins.
    func begin(_ step: String) {
        end()
        self.step = step
        if isTerminal {
            draw("\(step) …")
        } else {
            Terminal.writeError(step)
        }
    }

    /// How far the step is; shown on a terminal only.
    func update(_ detail: String) {
        if isTerminal { draw("\(step) … \(detail)") }
    }

    /// The step is over.
    func end() {
        guard isLineOpen else { return }
        FileHandle.standardError.write(Data("\n".utf8))
        isLineOpen = false
    }

    private func draw(_ line: String) {
        FileHandle.standardError.write(Data("\r\u{1B}[K\(line)".utf8))
        isLineOpen = true
    }
}
