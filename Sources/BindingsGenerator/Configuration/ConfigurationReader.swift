import CSDL
import Yams

/// Reads `dataverse-gen.yaml`.
///
/// Every problem is reported with its place, an unknown key with the one that was probably meant.
struct ConfigurationReader {
    private(set) var diagnostics: [Diagnostic] = []
    private let path: String

    init(path: String) {
        self.path = path
    }

    mutating func read(_ yaml: String) -> ConfigurationFile {
        var file = ConfigurationFile(path: path)
        let root: Node?
        do {
            root = try Yams.compose(yaml: yaml)
        } catch {
            diagnostics.append(ConfigurationReader.diagnostic(of: error, path: path))
            return file
        }
        guard let root, root.null == nil else { return file }
        for (key, value) in entries(of: root, keys: ConfigurationFile.Key.self, what: "the file") {
            read(key, value, into: &file)
        }
        return file
    }

    private mutating func read(_ key: ConfigurationFile.Key, _ value: Node, into file: inout ConfigurationFile) {
        switch key {
        case .metadata: file.metadata = paths(value)
        case .output: file.output = text(value).map(resolved)
        case .tables:
            let tables = scalars(value).compactMap { exactName($0) }
            file.tables = tables.map(\.value)
            file.generator.include += tables
        case .operations: file.generator.include += scalars(value).compactMap { exactName($0) }
        case .include: file.generator.include += scalars(value).compactMap { locatedText($0) }
        case .exclude: file.generator.exclude = scalars(value).compactMap { locatedText($0) }
        case .closure:
            if let closure = choice(value, GeneratorConfiguration.Closure.self) {
                file.generator.closure = closure
            }
        case .emit: file.generator.parts = Set(choices(value, GeneratorConfiguration.Part.self))
        case .module: file.generator.module = text(value)
        case .access:
            if let access = choice(value, GeneratorConfiguration.AccessLevel.self) {
                file.generator.accessLevel = access
            }
        case .imports: file.generator.imports = scalars(value).compactMap { modulePath($0) }
        case .names: readNames(value, into: &file)
        case .columnTypes: file.generator.columnTypes = pairs(value).compactMap { columnType($0, $1) }
        case .optionSets: file.generator.optionSets = paths(value)
        case .shards: file.generator.shards = number(value, in: 1...1000)
        case .header: file.generator.header = text(value)
        case .templates: file.generator.templatesFolder = text(value).map(resolved)
        case .strict: if let isStrict = flag(value) { file.isStrict = isStrict }
        }
    }

    private mutating func readNames(_ node: Node, into file: inout ConfigurationFile) {
        for (key, value) in entries(of: node, keys: ConfigurationFile.NamesKey.self, what: "names") {
            switch key {
            case .stripPrefixes: file.generator.naming.stripPrefixes = texts(value)
            case .words: file.generator.naming.words = texts(value)
            case .schemaNames: file.schemaNames = paths(value)
            case .types: file.generator.naming.types = renames(value)
            case .columns: file.generator.naming.columns = renames(value)
            case .members: file.generator.naming.members = renames(value)
            case .operations: file.generator.naming.operations = renames(value)
            case .entitySets: file.generator.naming.entitySets = renames(value)
            case .choices: file.generator.naming.choices = renames(value)
            case .alternateKeys: file.generator.naming.alternateKeys = renames(value)
            }
        }
    }

    private mutating func renames(_ node: Node) -> [NamingConfiguration.Rename] {
        pairs(node).compactMap { key, value in
            guard let source = text(key), let name = identifier(value) else { return nil }
            return NamingConfiguration.Rename(source, to: name, at: place(of: key))
        }
    }

    private mutating func columnType(_ key: Node, _ value: Node) -> GeneratorConfiguration.ColumnType? {
        guard let located = locatedText(key) else { return nil }
        guard located.value.contains(".") else {
            report("'\(located.value)' is not of the form table.column", at: key)
            return nil
        }
        guard case .mapping = value else {
            return swiftType(value).map { GeneratorConfiguration.ColumnType(columns: located, type: $0) }
        }
        var type: String?
        var converter: String?
        for (key, value) in entries(of: value, keys: ConfigurationFile.ColumnTypeKey.self, what: "a column type") {
            switch key {
            case .type: type = swiftType(value)
            case .converter: converter = swiftType(value)
            }
        }
        guard let type else {
            report("the column type has no 'type'", at: value)
            return nil
        }
        return GeneratorConfiguration.ColumnType(columns: located, type: type, converter: converter)
    }
}

// MARK: Values

extension ConfigurationReader {
    /// The entries of a mapping whose keys are known; others are reported.
    private mutating func entries<Key: RawRepresentable & CaseIterable>(
        of node: Node,
        keys: Key.Type,
        what: String
    ) -> [(Key, Node)] where Key.RawValue == String {
        pairs(node).compactMap { key, value in
            guard let name = text(key) else { return nil }
            if let known = Key(rawValue: name) { return (known, value) }
            let names = Key.allCases.map(\.rawValue)
            let near = NearMatches.of(name, in: names).first.map { "did you mean '\($0)'?" }
            report("unknown key '\(name)'; " + (near ?? "\(what) may have \(names.joined(separator: ", "))"), at: key)
            return nil
        }
    }

    private mutating func pairs(_ node: Node) -> [(Node, Node)] {
        switch node {
        case .mapping(let mapping): return mapping.map { ($0.key, $0.value) }
        case .scalar where node.null != nil: return []
        default:
            report("expected 'key: value' lines", at: node)
            return []
        }
    }

    /// The elements of a list; a single value is a list of one.
    private mutating func scalars(_ node: Node) -> [Node] {
        switch node {
        case .sequence(let sequence): return Array(sequence)
        case .scalar: return node.null == nil ? [node] : []
        default:
            report("expected a list", at: node)
            return []
        }
    }

    private mutating func texts(_ node: Node) -> [String] { scalars(node).compactMap { text($0) } }

    private mutating func paths(_ node: Node) -> [String] { texts(node).map(resolved) }

    private mutating func text(_ node: Node) -> String? {
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
            report("expected a text", at: node)
            return nil
        }
        return scalar.string
    }

    private mutating func locatedText(_ node: Node) -> Located<String>? {
        text(node).map { Located($0, at: place(of: node)) }
    }

    private mutating func exactName(_ node: Node) -> Located<String>? {
        guard let name = locatedText(node) else { return nil }
        guard !name.value.contains("*") else {
            report("'\(name.value)' is a pattern; patterns belong under 'include'", at: node)
            return nil
        }
        return name
    }

    private mutating func flag(_ node: Node) -> Bool? {
        guard let flag = node.bool else {
            report("expected true or false", at: node)
            return nil
        }
        return flag
    }

    private mutating func number(_ node: Node, in range: ClosedRange<Int>) -> Int? {
        guard let number = node.int, range.contains(number) else {
            report("expected a whole number from \(range.lowerBound) to \(range.upperBound)", at: node)
            return nil
        }
        return number
    }

    private mutating func choices<Choice: RawRepresentable & CaseIterable>(
        _ node: Node,
        _ type: Choice.Type
    ) -> [Choice] where Choice.RawValue == String {
        scalars(node).compactMap { choice($0, type) }
    }

    private mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ node: Node,
        _: Choice.Type
    ) -> Choice? where Choice.RawValue == String {
        guard let name = text(node) else { return nil }
        if let choice = Choice(rawValue: name) { return choice }
        let names = Choice.allCases.map(\.rawValue)
        let near = NearMatches.of(name, in: names).first.map { "; did you mean '\($0)'?" } ?? ""
        report("expected one of \(names.joined(separator: ", ")), found '\(name)'\(near)", at: node)
        return nil
    }

    private mutating func identifier(_ node: Node) -> String? {
        guard let name = text(node) else { return nil }
        guard SwiftIdentifier.isValid(name) else {
            report("'\(name)' is not a Swift identifier", at: node)
            return nil
        }
        return name
    }

    private mutating func modulePath(_ node: Node) -> String? {
        guard let name = text(node) else { return nil }
        guard SwiftIdentifier.isModulePath(name) else {
            report("'\(name)' is not the name of a module", at: node)
            return nil
        }
        return name
    }

    private mutating func swiftType(_ node: Node) -> String? {
        guard let name = text(node) else { return nil }
        guard SwiftIdentifier.isTypeName(name) else {
            report("'\(name)' is not the name of a Swift type", at: node)
            return nil
        }
        return name
    }

    private func resolved(_ path: String) -> String {
        guard !path.hasPrefix("/"), let slash = self.path.lastIndex(of: "/") else { return path }
        return self.path[...slash] + path
    }
}

// MARK: Messages

extension ConfigurationReader {
    private mutating func report(_ message: String, at node: Node) {
        diagnostics.append(Diagnostic(.error, message, at: place(of: node)))
    }

    private func place(of node: Node) -> Place? {
        node.mark.map { Place(file: path, position: SourcePosition(line: $0.line, column: $0.column)) }
    }

    private static func diagnostic(of error: any Error, path: String) -> Diagnostic {
        func problem(_ message: String, _ mark: Mark) -> Diagnostic {
            Diagnostic(
                .error,
                "not YAML: \(message)",
                file: path,
                position: SourcePosition(line: mark.line, column: mark.column)
            )
        }
        switch error as? YamlError {
        case .scanner(_, let message, let mark, _)?, .parser(_, let message, let mark, _)?,
            .composer(_, let message, let mark, _)?:
            return problem(message, mark)
        case .duplicatedKeysInMapping(let duplicates, let context)?:
            let keys = duplicates.sorted().map { "'\($0)'" }.joined(separator: ", ")
            return Diagnostic(
                .error,
                "given twice: \(keys)",
                file: path,
                position: SourcePosition(line: context.mark.line, column: context.mark.column)
            )
        default:
            return Diagnostic(.error, "not YAML: \(error)", file: path)
        }
    }
}
