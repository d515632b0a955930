import BindingsGenerator
import CSDL
import Foundation
import SchemaDiff
import Yams

/// Reads severities and accepted changes from YAML. Every problem is reported with its place.
struct DiffConfiguration {
    private let path: String
    private var diagnostics: [Diagnostic] = []

    private enum Key: String, CaseIterable {
        case severities, accepted
    }

    private enum SeverityKey: String, CaseIterable {
        case rule, path, severity
    }

    private enum AcceptanceKey: String, CaseIterable {
        case rule, path, reason, expires
    }

    /// Reads a file.
    ///
    /// - Throws: `CommandFailure` with everything that is wrong in it.
    static func read(contentsOfFile path: String) throws(CommandFailure) -> DiffPolicy {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw .badInput(Diagnostic(.error, "there is no such file", file: path))
        }
        guard let yaml = String(data: data, encoding: .utf8) else {
            throw .badInput(Diagnostic(.error, "the file is not UTF-8 text", file: path))
        }
        return try read(yaml: yaml, path: path)
    }

    /// Reads the text of a file.
    static func read(yaml: String, path: String) throws(CommandFailure) -> DiffPolicy {
        var reader = DiffConfiguration(path: path)
        let policy = reader.policy(yaml)
        guard reader.diagnostics.isEmpty else {
            throw CommandFailure(code: CommandFailure.badInput, diagnostics: reader.diagnostics)
        }
        return policy
    }

    private init(path: String) { self.path = path }

    private mutating func policy(_ yaml: String) -> DiffPolicy {
        var policy = DiffPolicy()
        let root: Node?
        do {
            root = try Yams.compose(yaml: yaml)
        } catch {
            diagnostics.append(notYAML(error))
            return policy
        }
        guard let root, root.null == nil else { return policy }
        for (key, value) in entries(of: root, keys: Key.self, what: "the file") {
            switch key {
            case .severities: policy.severities = elements(of: value).compactMap { severity($0) }
            case .accepted: policy.acceptances = elements(of: value).compactMap { acceptance($0) }
            }
        }
        return policy
    }

    private mutating func severity(_ node: Node) -> DiffPolicy.SeverityOverride? {
        var rule: PathPattern?
        var path = PathPattern("*")
        var severity: Severity?
        let count = diagnostics.count
        for (key, value) in entries(of: node, keys: SeverityKey.self, what: "an entry of 'severities'") {
            switch key {
            case .rule: rule = rulePattern(value)
            case .path: path = text(value).map(PathPattern.init) ?? path
            case .severity: severity = choice(value, Severity.self)
            }
        }
        guard diagnostics.count == count else { return nil }
        guard let rule, let severity else {
            report("an entry of 'severities' needs 'rule' and 'severity'", at: node)
            return nil
        }
        return DiffPolicy.SeverityOverride(rule: rule, path: path, severity: severity)
    }

    private mutating func acceptance(_ node: Node) -> DiffPolicy.Acceptance? {
        var rule: PathPattern?
        var path: PathPattern?
        var reason: String?
        var expires: CalendarDate?
        let count = diagnostics.count
        for (key, value) in entries(of: node, keys: AcceptanceKey.self, what: "an entry of 'accepted'") {
            switch key {
            case .rule: rule = rulePattern(value)
            case .path: path = text(value).map(PathPattern.init)
            case .reason: reason = text(value)
            case .expires:
                guard let date = text(value).flatMap(CalendarDate.init) else {
                    report("expected a date such as 2027-01-31", at: value)
                    continue
                }
                expires = date
            }
        }
        guard diagnostics.count == count else { return nil }
        guard let rule, let path, let reason else {
            report("an entry of 'accepted' needs 'rule', 'path' and 'reason'", at: node)
            return nil
        }
        return DiffPolicy.Acceptance(
            rule: rule,
            path: path,
            reason: reason,
            expires: expires,
            file: self.path,
            position: position(of: node)
        )
    }

    /// The id of a rule, or a pattern that some rule matches.
    private mutating func rulePattern(_ node: Node) -> PathPattern? {
        guard let text = text(node) else { return nil }
        let pattern = PathPattern(text)
        if RuleCatalog.all.contains(where: { pattern.matches($0.id) }) { return pattern }
        let near = NearMatches.of(text, in: RuleCatalog.all.map(\.id)).first.map { "; did you mean '\($0)'?" }
        report("there is no rule '\(text)'" + (near ?? "; --list-rules prints them"), at: node)
        return nil
    }
}

// MARK: Values

extension DiffConfiguration {
    private mutating func entries<Key: RawRepresentable & CaseIterable>(
        of node: Node,
        keys: Key.Type,
        what: String
    ) -> [(Key, Node)] where Key.RawValue == String {
        guard case .mapping(let mapping) = node else {
            report("expected 'key: value' lines", at: node)
            return []
        }
        return mapping.compactMap { key, value in
            guard let name = text(key) else { return nil }
            if let known = Key(rawValue: name) { return (known, value) }
            let names = Key.allCases.map(\.rawValue)
            let near = NearMatches.of(name, in: names).first.map { "did you mean '\($0)'?" }
            report("unknown key '\(name)'; " + (near ?? "\(what) may have \(names.joined(separator: ", "))"), at: key)
            return nil
        }
    }

    private mutating func elements(of node: Node) -> [Node] {
        if node.null != nil { return [] }
        guard case .sequence(let sequence) = node else {
            report("expected a list", at: node)
            return []
        }
        return Array(sequence)
    }

    private mutating func text(_ node: Node) -> String? {
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
            report("expected a text", at: node)
            return nil
        }
        return scalar.string
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

    private func position(of node: Node) -> SourcePosition? {
        node.mark.map { SourcePosition(line: $0.line, column: $0.column) }
    }

    private mutating func report(_ message: String, at node: Node) {
        diagnostics.append(Diagnostic(.error, message, file: path, position: position(of: node)))
    }

    private func notYAML(_ error: any Error) -> Diagnostic {
        let (message, mark): (String, Mark?) =
            switch error as? YamlError {
            case .scanner(_, let message, let mark, _)?, .parser(_, let message, let mark, _)?,
                .composer(_, let message, let mark, _)?:
                ("not YAML: \(message)", mark)
            case .duplicatedKeysInMapping(let duplicates, let context)?:
                ("given twice: " + duplicates.sorted().map { "'\($0)'" }.joined(separator: ", "), context.mark)
            default: ("not YAML: \(error)", nil)
            }
        let position = mark.map { SourcePosition(line: $0.line, column: $0.column) }
        return Diagnostic(.error, message, file: path, position: position)
    }
}
