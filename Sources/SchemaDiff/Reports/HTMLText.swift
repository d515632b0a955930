/// HTML that is being written: what is markup, and what is text from elsewhere.
struct HTMLText {
    private(set) var html = ""

    /// Markup of our own.
    mutating func raw(_ markup: String) { html += markup }

    /// Text on a line, for content and for attribute values in double quotes. Control characters are shown by their
    /// numbers, those that turn the direction of writing too.
    mutating func text(_ text: String) { escape(TextReport.printable(text)) }

    /// Text with line breaks.
    mutating func block(_ text: String) {
        var isFirst = true
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if !isFirst { html += "\n" }
            isFirst = false
            escape(TextReport.printable(String(line)))
        }
    }

    private mutating func escape(_ text: String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": html += "&amp;"
            case "<": html += "&lt;"
            case ">": html += "&gt;"
            case "\"": html += "&quot;"
            case "'": html += "&#39;"
            default: html.unicodeScalars.append(scalar)
            }
        }
    }
}

/// Names of places on a page: made of ASCII letters, digits and `-`, the same every time, and each used once.
struct HTMLAnchors {
    private var counts: [String: Int] = [:]

    mutating func anchor(_ name: String) -> String {
        var anchor = "c-"
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."):
                anchor.unicodeScalars.append(Unicode.Scalar(byte))
            default: anchor += "-"
            }
        }
        counts[anchor, default: 0] += 1
        let count = counts[anchor] ?? 1
        return count == 1 ? anchor : anchor + "--\(count)"
    }
}
