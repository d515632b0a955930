import Foundation

/// A page for `man`, made of what a command says about itself with `--experimental-dump-help`.
public struct ManualPage {
    /// The name of the file, such as `dataverse-gen-diff.1`.
    public let name: String
    /// The page in the language of `man`.
    public let text: String

    /// The pages of a command and its subcommands.
    public static func pages(ofHelp json: Data) throws -> [ManualPage] {
        let command = try JSONDecoder().decode(Help.self, from: json).command
        let subcommands = (command.subcommands ?? []).filter { $0.commandName != "help" }
        return [page(of: command, named: command.commandName, subcommands: subcommands)]
            + subcommands.map { page(of: $0, named: "\(command.commandName)-\($0.commandName)", subcommands: []) }
    }

    /// What is not right about the pages in `Documentation/man`: nothing, or the names of pages that are missing, that
    /// nobody needs, or that are of another version. With `DATAVERSE_UPDATE_SNAPSHOTS` they are written first.
    public static func differences(from pages: [ManualPage], ofCommand command: String) throws -> [String] {
        let folder = SourceFolder.root.appending(path: "Documentation/man")
        if ProcessInfo.processInfo.environment["DATAVERSE_UPDATE_SNAPSHOTS"] != nil {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            for page in pages {
                try page.text.write(to: folder.appending(path: page.name), atomically: true, encoding: .utf8)
            }
        }
        let stored = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix(command) }
        let unneeded = Set(stored).subtracting(pages.map(\.name))
        let outdated = pages.filter { page in
            (try? String(contentsOf: folder.appending(path: page.name), encoding: .utf8)) != page.text
        }
        return unneeded.sorted() + outdated.map(\.name)
    }

    // MARK: What the command says

    private struct Help: Decodable {
        let command: Command
    }

    private struct Command: Decodable {
        let commandName: String
        let abstract: String?
        let discussion: String?
        let subcommands: [Command]?
        let arguments: [Argument]?
    }

    private struct Argument: Decodable {
        struct Name: Decodable {
            let kind: String
            let name: String

            var spelling: String { kind == "long" ? "--\(name)" : "-\(name)" }
        }

        let kind: String
        let isOptional: Bool
        let isRepeating: Bool
        let shouldDisplay: Bool
        let names: [Name]?
        let valueName: String?
        let defaultValue: String?
        let abstract: String?
        let discussion: String?
        let sectionTitle: String?

        /// How it is written on a command line.
        var usage: String {
            let value = valueName ?? "value"
            let text: String
            switch kind {
            case "positional": text = "<\(value)>"
            case "option": text = "\(names?.last?.spelling ?? "") <\(value)>"
            default: text = names?.last?.spelling ?? ""
            }
            return (isOptional ? "[\(text)]" : text) + (isRepeating ? " ..." : "")
        }

        var label: String {
            let value = valueName ?? "value"
            guard let names, kind != "positional" else { return "<\(value)>" }
            let spellings = names.map(\.spelling).joined(separator: ", ")
            return kind == "option" ? "\(spellings) <\(value)>" : spellings
        }

        var help: String {
            var parts = [abstract, discussion].compactMap(\.self)
            if let defaultValue { parts.append("(default: \(defaultValue))") }
            return parts.joined(separator: " ")
        }
    }

    // MARK: The page

    private static func page(of command: Command, named name: String, subcommands: [Command]) -> ManualPage {
        let call = name.replacing("dataverse-gen-", with: "dataverse-gen ")
        let shown = (command.arguments ?? []).filter(\.shouldDisplay)
        // Those without a title come before the first one.
        let arguments = shown.filter { $0.sectionTitle == nil } + shown.filter { $0.sectionTitle != nil }
        var lines = [
            ".\\\" Made of the help of the command. Do not edit.",
            ".TH \"\(name.uppercased())\" \"1\" \"\" \"swift-dataverse\" \"User Commands\"",
            ".SH NAME", "\(escaped(name)) \\- \(escaped(command.abstract ?? ""))",
            ".SH SYNOPSIS", ".B \(escaped(call))",
        ]
        lines += arguments.map { escaped($0.usage) }
        if !subcommands.isEmpty { lines.append("<subcommand>") }
        let (description, sections) = parts(of: command.discussion ?? "")
        if !description.isEmpty { lines += [".SH DESCRIPTION"] + description }
        if !subcommands.isEmpty {
            lines.append(".SH SUBCOMMANDS")
            for subcommand in subcommands {
                lines += [
                    ".TP", ".BR \(escaped("\(name)-\(subcommand.commandName)")) (1)",
                    escaped(subcommand.abstract ?? ""),
                ]
            }
        }
        if !arguments.isEmpty { lines.append(".SH OPTIONS") }
        var title: String?
        for argument in arguments {
            if argument.sectionTitle != title, let next = argument.sectionTitle { lines.append(".SS \(escaped(next))") }
            title = argument.sectionTitle ?? title
            lines += [".TP", ".B \(escaped(argument.label))", escaped(argument.help)]
        }
        return ManualPage(name: "\(name).1", text: (lines + sections).joined(separator: "\n") + "\n")
    }

    /// The text before the first heading, and what follows it. A heading is a line of capitals, and what is indented
    /// stays as it is.
    private static func parts(of discussion: String) -> (description: [String], sections: [String]) {
        var parts: [[String]] = [[]]
        var isCode = false
        for line in discussion.split(separator: "\n", omittingEmptySubsequences: false) {
            let isHeading = line.wholeMatch(of: /[A-Z][A-Z -]+/) != nil
            if isCode != (line.hasPrefix("  ") && !isHeading) {
                isCode.toggle()
                parts[parts.count - 1].append(isCode ? ".EX" : ".EE")
            }
            if isHeading {
                parts.append([".SH \(escaped(String(line)))"])
            } else if line.isEmpty {
                if parts[parts.count - 1].last != ".PP" { parts[parts.count - 1].append(".PP") }
            } else {
                parts[parts.count - 1].append(escaped(String(line)))
            }
        }
        if isCode { parts[parts.count - 1].append(".EE") }
        let trimmed = parts.map { part in part.last == ".PP" ? Array(part.dropLast()) : part }
        return (trimmed[0], Array(trimmed.dropFirst().joined()))
    }

    private static func escaped(_ text: String) -> String {
        let text = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
        return text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text
    }
}
