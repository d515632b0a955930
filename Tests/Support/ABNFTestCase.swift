import Foundation

/// The test cases that OASIS publishes with the grammar, read from `$DATAVERSE_SHARED/conformance`.
public struct ABNFTestCase: Sendable {
    /// What the case is about.
    public let name: String
    /// The rule of the grammar that the input is for.
    public let rule: String
    /// The text to be read.
    public let input: String
    /// Whether the text is to be refused.
    public let isNegative: Bool

    /// Where the cases are; `nil` where the reference documents are missing.
    public static let file = SharedFiles.url("conformance/odata-abnf-testcases.yaml")

    /// Reads the cases. The file is YAML of a narrow kind, with a tab in it that YAML readers refuse.
    public static func load() throws -> [ABNFTestCase] {
        guard let file else { return [] }
        let text = try String(contentsOf: file, encoding: .utf8)
        guard let start = text.range(of: "\nTestCases:\n") else { return [] }
        var cases: [ABNFTestCase] = []
        var fields: [String: [String]] = [:]
        var field = ""
        func finish() {
            guard let rule = fields["Rule"], let input = fields["Input"] else { return }
            cases.append(
                ABNFTestCase(
                    name: scalar(fields["Name"] ?? []),
                    rule: scalar(rule),
                    input: scalar(input),
                    isNegative: fields["FailAt"] != nil
                )
            )
        }
        for line in text[start.upperBound...].split(separator: "\n", omittingEmptySubsequences: true) {
            let trimmed = line.drop { $0 == " " }
            if trimmed.hasPrefix("#") { continue }
            if line.hasPrefix("  - Name:") {
                finish()
                fields = ["Name": [String(line.dropFirst(9))]]
                field = "Name"
            } else if line.hasPrefix("    "), !line.hasPrefix("     "), let colon = trimmed.firstIndex(of: ":") {
                field = String(trimmed[..<colon])
                fields[field] = [String(trimmed[trimmed.index(after: colon)...])]
            } else {
                fields[field, default: []].append(String(trimmed))
            }
        }
        finish()
        return cases
    }

    /// The value of a YAML scalar: plain or quoted, folded over lines.
    private static func scalar(_ lines: [String]) -> String {
        var text = ""
        for line in lines.map({ $0.trimmingCharacters(in: [" "]) }) where !line.isEmpty {
            if text.hasSuffix("\\"), !text.hasSuffix("\\\\") {
                text = String(text.dropLast()) + line.drop { $0 == " " }
            } else {
                text += (text.isEmpty ? "" : " ") + line
            }
        }
        if text.hasPrefix("'"), text.hasSuffix("'"), text.count > 1 {
            return text.dropFirst().dropLast().replacingOccurrences(of: "''", with: "'")
        }
        guard text.hasPrefix("\""), text.hasSuffix("\""), text.count > 1 else { return text }
        var result = ""
        var isEscaped = false
        for character in text.dropFirst().dropLast() {
            if isEscaped {
                result.append(["n": "\n", "r": "\r", "t": "\t"][character] ?? character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else {
                result.append(character)
            }
        }
        return result
    }
}
