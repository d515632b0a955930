// Shared with the build-tool plugin, which derives the names of its outputs from it: the standard library only.

/// What `dataverse-gen.yaml` asks the build-tool plugin for.
///
/// ```yaml
/// # The tables, by their logical names; each becomes a file.
/// tables:
///   - account
///   - contact
/// # Actions and functions that belong to no table.
/// operations: [WhoAmI]
/// # internal (the default), package or public.
/// access: internal
/// ```
///
/// A plugin cannot use a package to read YAML, and it has to know the names of its outputs before anything runs. The
/// file is therefore of this simple form, without wildcards, and everything else in it is an error.
public struct BindingsList: Sendable, Hashable {
    /// The logical names of the tables.
    public private(set) var tables: [String] = []
    /// The names of actions and functions that belong to no table.
    public private(set) var operations: [String] = []
    /// The access level.
    public private(set) var access = "internal"

    /// Reads the file.
    ///
    /// - Parameters:
    ///   - yaml: The text.
    ///   - file: The path, for messages.
    /// - Throws: ``Problem`` with the line of the first thing that is wrong.
    public init(yaml: String, file: String) throws(Problem) {
        var key: String?
        for (index, line) in yaml.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let text = BindingsList.withoutComment(line)
            if text.allSatisfy(\.isWhitespace) || text == "---" { continue }
            do throws(Fault) {
                try read(text, key: &key)
            } catch {
                throw Problem(description: "\(file):\(index + 1): error: \(error.message)")
            }
        }
        if tables.isEmpty && operations.isEmpty { throw Problem(description: "\(file): error: it lists no tables") }
    }

    /// What is wrong with a list, as a line for the build log.
    public struct Problem: Error, Hashable, CustomStringConvertible {
        /// File, line and message.
        public let description: String
    }

    private struct Fault: Error {
        let message: String
    }

    private mutating func read(_ line: Substring, key: inout String?) throws(Fault) {
        let content = line.drop { $0 == " " }
        if content.hasPrefix("- ") || content == "-" {
            guard let key else { throw Fault(message: "a list item without a key above it") }
            return try add(try BindingsList.scalar(content.dropFirst()), to: key)
        }
        guard content.startIndex == line.startIndex, let colon = content.firstIndex(of: ":") else {
            throw Fault(message: "expected 'key:' or '- item'")
        }
        let name = String(content[..<colon])
        let value = content[content.index(after: colon)...].drop { $0 == " " }
        guard ["tables", "operations", "access"].contains(name) else {
            throw Fault(message: "unknown key '\(name)'; the keys are tables, operations and access")
        }
        key = name
        if value.isEmpty { return }
        if value.hasPrefix("["), name != "access" {
            guard value.last == "]" else { throw Fault(message: "the list does not end on this line") }
            for item in value.dropFirst().dropLast().split(separator: ",") {
                try add(try BindingsList.scalar(item), to: name)
            }
        } else {
            try add(try BindingsList.scalar(value), to: name)
        }
    }

    private mutating func add(_ value: String, to key: String) throws(Fault) {
        switch key {
        case "tables": tables.append(value)
        case "operations": operations.append(value)
        default:
            guard ["internal", "package", "public"].contains(value) else {
                throw Fault(message: "access is internal, package or public, not '\(value)'")
            }
            access = value
        }
    }

    /// A plain or quoted name.
    private static func scalar(_ text: Substring) throws(Fault) -> String {
        var name = text.drop { $0 == " " }
        while name.last?.isWhitespace == true { name.removeLast() }
        if name.count >= 2, let quote = name.first, quote == "\"" || quote == "'", name.last == quote {
            name = name.dropFirst().dropLast()
        }
        guard !name.isEmpty else { throw Fault(message: "a name is missing") }
        guard name.allSatisfy({ $0.isLetter || $0.isNumber || "_.-".contains($0) }) else {
            throw Fault(message: "'\(name)' is not a name; wildcards are not possible in a plugin")
        }
        return String(name)
    }

    /// Whether a build that was planned with these names is still what the list asks for.
    ///
    /// - Parameter names: The tables and operations that the plugin read when SwiftPM planned the build.
    public func isWhatWasPlanned(names: [String], access: String) -> Bool {
        tables + operations == names && self.access == access
    }

    private static func withoutComment(_ line: Substring) -> Substring {
        var text = line
        if let mark = text.firstIndex(of: "#"), mark == text.startIndex || text[text.index(before: mark)] == " " {
            text = text[..<mark]
        }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
