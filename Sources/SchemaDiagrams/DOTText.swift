/// Names in DOT.
///
/// Source: Graphviz, "DOT Language" and "Node Shapes", HTML-like labels.
enum DOTText {
    /// Whether a name can stand between quotes as it is.
    static func isPlain(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }

    /// A text in an HTML-like label.
    static func html(_ text: String) -> String {
        var html = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            // What follows a single backslash may be an escape, as in \N, the name of the table.
            case "\\": html += "\\\\"
            case "&": html += "&amp;"
            case "<": html += "&lt;"
            case ">": html += "&gt;"
            case "\"": html += "&quot;"
            case _ where scalar.properties.generalCategory == .control: html += "\u{FFFD}"
            default: html.unicodeScalars.append(scalar)
            }
        }
        return html.isEmpty ? " " : html
    }
}
