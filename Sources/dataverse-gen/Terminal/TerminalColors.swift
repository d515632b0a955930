import CSDL

/// When messages are coloured, and how.
enum TerminalColors {
    /// Whether a stream gets colours: `NO_COLOR` forbids them, `CLICOLOR_FORCE` asks for them everywhere, and otherwise a
    /// terminal has them that is not a dumb one.
    ///
    /// Source: no-color.org; bixense.com/clicolors.
    static func areShown(isTerminal: Bool, environment: [String: String]) -> Bool {
        if environment["NO_COLOR"]?.isEmpty == false { return false }
        if let force = environment["CLICOLOR_FORCE"], !force.isEmpty, force != "0" { return true }
        return isTerminal && environment["CLICOLOR"] != "0" && environment["TERM"] != "dumb"
    }

    /// A message with its place in bold and its severity in a colour.
    static func colored(_ diagnostic: Diagnostic) -> String {
        let text = diagnostic.description
        let mark = "\(diagnostic.severity.rawValue): "
        let place = text.dropLast(mark.count + diagnostic.message.count)
        let color =
            switch diagnostic.severity {
            case .note: "36"
            case .warning: "35"
            case .error: "31"
            }
        let bold = place.isEmpty ? "" : "\u{1B}[1m\(place)\u{1B}[0m"
        return "\(bold)\u{1B}[1;\(color)m\(mark.dropLast())\u{1B}[0m \(diagnostic.message)"
    }
}
