// Shared with the plugins: the standard library only.

/// What the plugins need to know of `dataverse-gen.yaml` before anything runs: which files are read, and the names of
/// those that are written.
///
/// A plugin cannot use a package to read YAML. This reader understands what its keys usually look like: a value, a list
/// of `- items`, or `[a list, in brackets]`. Everything else it passes over: the tool reads the whole file when it runs,
/// reports what is wrong with it, and writes the tables that a plugin did not see into `OtherTables.swift`.
public struct PluginConfiguration: Sendable, Hashable {
    private var lists: [String: [String]] = [:]

    /// The tables that get a file each.
    public var tables: [String] { lists["tables", default: []] }
    /// How many files all tables are spread over; `nil` where each has its own.
    public var shards: Int? {
        lists["shards"]?.first.flatMap { Int($0) }.flatMap { (1...1000).contains($0) ? $0 : nil }
    }
    /// The metadata documents.
    public var metadata: [String] { lists["metadata", default: []] }
    /// The folder to write to.
    public var output: String? { lists["output"]?.first }
    /// The folder of templates.
    public var templates: String? { lists["templates"]?.first }
    /// Other files that the result depends on.
    public var otherInputs: [String] { lists["optionSets", default: []] + lists["names.schemaNames", default: []] }
    /// The names of the files that a build writes.
    public var outputFiles: [String] { OutputFileNames.planned(tables: tables, shards: shards) }

    /// Reads the text of the file.
    public init(yaml: String) {
        var key = ""
        var section = ""
        var openList: String?
        for line in yaml.split(whereSeparator: \.isNewline).map(PluginConfiguration.withoutComment) {
            let content = line.drop { $0 == " " }
            if content.isEmpty { continue }
            if let list = openList {
                openList = nil
                readList(list + " " + content, key, &openList)
                continue
            }
            let isIndented = content.startIndex != line.startIndex
            if content == "-" || content.hasPrefix("- ") {
                add(content.dropFirst(), to: key)
                continue
            }
            guard let colon = content.firstIndex(of: ":") else { continue }
            let name = PluginConfiguration.scalar(content[..<colon])
            if isIndented {
                key = section + "." + name
            } else {
                section = name
                key = name
                lists[key] = nil
            }
            let value = content[content.index(after: colon)...].drop { $0 == " " }
            if value.hasPrefix("[") {
                readList(String(value), key, &openList)
            } else if !value.isEmpty {
                add(value, to: key)
            }
        }
    }

    /// Reads a list in brackets, or keeps its beginning until the line that ends it.
    private mutating func readList(_ text: String, _ key: String, _ openList: inout String?) {
        guard let end = text.firstIndex(of: "]") else {
            openList = text
            return
        }
        for item in text[..<end].dropFirst().split(separator: ",") { add(item, to: key) }
    }

    private mutating func add(_ item: Substring, to key: String) {
        let value = PluginConfiguration.scalar(item)
        if !value.isEmpty { lists[key, default: []].append(value) }
    }

    /// A plain or quoted text.
    private static func scalar(_ text: Substring) -> String {
        var text = text.drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        if text.count >= 2, let quote = text.first, quote == "\"" || quote == "'", text.last == quote {
            text = text.dropFirst().dropLast()
        }
        return String(text)
    }

    private static func withoutComment(_ line: Substring) -> Substring {
        var text = line
        var quote: Character?
        var previous: Character = " "
        for index in line.indices {
            let character = line[index]
            if let open = quote {
                if character == open { quote = nil }
            } else if character == "#", previous == " " {
                text = line[..<index]
                break
            } else if character == "\"" || character == "'", previous == " " || previous == "[" || previous == "," {
                quote = character
            }
            previous = character
        }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return text
    }
}
