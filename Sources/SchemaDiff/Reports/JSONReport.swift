/// The result as JSON.
///
/// The form without details is stable and has only what it always had:
/// `{"summary":{…},"changes":[{"rule","severity","path","before","after","message","swift"}]}`. The details come on top
/// of it. `Documentation/Diff.md` describes both.
public struct JSONReport: Sendable {
    private let result: DiffResult
    private let hasDetails: Bool

    /// - Parameters:
    ///   - result: What was found.
    ///   - hasDetails: Whether places, definitions, uses, renames and accepted changes are written too.
    public init(_ result: DiffResult, hasDetails: Bool = false) {
        self.result = result
        self.hasDetails = hasDetails
    }

    /// The text, which ends with a line break.
    public var text: String {
        var json = JSONWriter()
        let summary = result.summary
        json.raw("{\"summary\":{\"breaking\":\(summary.breaking),\"risky\":\(summary.risky),\"safe\":\(summary.safe)},")
        json.raw("\n\"changes\":")
        json.array(result.changes) { json, change in
            json.raw("\n")
            write(change, to: &json)
        }
        if hasDetails { writeDetails(to: &json) }
        json.raw("}\n")
        return json.text
    }

    private func write(_ change: Change, to json: inout JSONWriter, acceptance: DiffPolicy.Acceptance? = nil) {
        json.raw("{")
        json.member("rule", change.rule.id)
        json.raw(",")
        json.member("severity", change.severity.rawValue)
        json.raw(",")
        json.member("path", change.path)
        json.raw(",")
        json.member("before", change.before)
        json.raw(",")
        json.member("after", change.after)
        json.raw(",")
        json.member("message", change.fullMessage)
        json.raw(",\"swift\":")
        json.array(change.symbols) { $0.string($1.qualifiedName) }
        if hasDetails { writeDetails(of: change, acceptance, to: &json) }
        json.raw("}")
    }

    private func writeDetails(of change: Change, _ acceptance: DiffPolicy.Acceptance?, to json: inout JSONWriter) {
        json.raw(",")
        json.member("kind", change.element.kind.rawValue)
        json.raw(",")
        json.member("direction", change.rule.direction.rawValue)
        json.raw(",")
        json.member("bump", change.bump.rawValue)
        json.raw(",\"implied\":\(change.isImplied)")
        for (name, location) in [("old", change.oldLocation), ("new", change.newLocation)] {
            guard let location else { continue }
            json.raw(",\"\(name)\":{")
            json.member("file", location.file)
            json.raw(",\"line\":\(location.position.line),\"column\":\(location.position.column)}")
        }
        if change.oldDefinition != nil || change.newDefinition != nil {
            json.raw(",")
            json.member("oldDefinition", change.oldDefinition)
            json.raw(",")
            json.member("newDefinition", change.newDefinition)
        }
        json.raw(",\"uses\":")
        json.array(change.uses) { json, use in
            json.raw("{")
            json.member("file", use.file)
            json.raw(",\"line\":\(use.line),")
            json.member("symbol", use.symbol)
            json.raw("}")
        }
        if let acceptance {
            json.raw(",")
            json.member("reason", acceptance.reason)
            json.raw(",")
            json.member("expires", acceptance.expires?.description)
        }
    }

    private func writeDetails(to json: inout JSONWriter) {
        json.raw(",\n\"bump\":")
        json.string(result.bump.rawValue)
        json.raw(",\n\"renames\":")
        json.array(result.renames) { json, rename in
            json.raw("\n{")
            json.member("old", rename.oldPath)
            json.raw(",")
            json.member("new", rename.newPath)
            json.raw(",\"confidence\":\(Double(rename.percent) / 100)}")
        }
        json.raw(",\n\"accepted\":")
        json.array(result.accepted) { json, accepted in
            json.raw("\n")
            write(accepted.change, to: &json, acceptance: accepted.acceptance)
        }
    }
}

extension Change {
    /// The message with the probable rename that the change is half of.
    var fullMessage: String {
        guard let rename else { return message }
        return rename.oldPath == path
            ? "\(message); probably renamed to \(rename.newPath.inQuotes) (\(rename.percent) %)"
            : "\(message); probably \(rename.oldPath.inQuotes) under a new name (\(rename.percent) %)"
    }
}
