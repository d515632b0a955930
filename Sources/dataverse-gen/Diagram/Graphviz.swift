import CSDL

/// Graphviz, which lays out diagrams.
enum Graphviz {
    /// Draws a text in DOT as SVG.
    static func svg(_ text: String) throws(CommandFailure) -> String {
        guard ChildProcess.find("dot") != nil else {
            let message =
                "SVG is drawn by graphviz, which is not installed: install it (apt-get install graphviz, brew install "
                + "graphviz), or use --format dot or mermaid"
            throw CommandFailure(code: CommandFailure.failed, diagnostics: [Diagnostic(.error, message)])
        }
        let dot = try ChildProcess("dot", ["-Tsvg"], input: text)
        var lines: [String] = []
        let status = try dot.readLines { lines.append($0) }
        guard status == 0, !lines.isEmpty else {
            throw CommandFailure(
                code: CommandFailure.failed,
                diagnostics: [Diagnostic(.error, "graphviz cannot draw the diagram: \(dot.errors)")]
            )
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
