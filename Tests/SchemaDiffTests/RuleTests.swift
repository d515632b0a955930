import CSDL
import SchemaDiff
import Testing

/// Each rule's example, and exactly what is found in it.
@Suite("Rules")
struct RuleTests {
    @Test("The example of a rule gives exactly these changes", arguments: RuleFindings.all)
    func example(_ findings: RuleFindings) throws {
        let rule = try #require(RuleCatalog.rule(findings.rule), "there is no such rule")
        let changes =
            rule.group == .choices
            ? try Self.choiceChanges(rule.example)
            : try Documents.changes(rule.example.oldDocument, rule.example.newDocument)
        #expect(changes.lines == findings.changes)
        for change in changes {
            #expect(change.oldLocation?.file == "old.xml")
            #expect(change.newLocation?.file == "new.xml")
            #expect(!change.message.isEmpty)
        }
    }

    @Test("Every rule is in the table, once")
    func coverage() {
        #expect(RuleFindings.all.map(\.rule) == RuleCatalog.all.map(\.id))
        #expect(Set(RuleCatalog.all.map(\.id)).count == RuleCatalog.all.count)
        #expect(RuleCatalog.all.count >= 70)
    }

    @Test("The example of a rule is found with the severity of the rule", arguments: RuleCatalog.all)
    func severity(_ rule: Rule) throws {
        let findings = try #require(RuleFindings.all.first { $0.rule == rule.id })
        #expect(findings.changes.contains { $0.hasPrefix("\(rule.severity.rawValue) \(rule.id) ") })
    }

    @Test("An example without its change gives nothing", arguments: RuleCatalog.all.filter { $0.group != .choices })
    func unchanged(_ rule: Rule) throws {
        #expect(try Documents.changes(rule.example.oldDocument, rule.example.oldDocument).lines == [])
        #expect(try Documents.changes(rule.example.newDocument, rule.example.newDocument).lines == [])
    }

    @Test("Rules are documented", arguments: RuleCatalog.all)
    func documentation(_ rule: Rule) {
        #expect(!rule.title.isEmpty && !rule.title.hasSuffix("."))
        #expect(rule.reason.hasSuffix("."))
        #expect(rule.id.allSatisfy { $0.isLowercase || $0 == "-" })
    }

    /// The choices of the examples, as the reader of the command would hand them over.
    private static func choiceChanges(_ example: RuleExample) throws -> [Change] {
        let document = RuleExample.Place.choices.document(with: "")
        return SchemaComparison(
            old: SchemaVersion(try Documents.read(document, name: "old.xml"), choices: choices(example.old)),
            new: SchemaVersion(try Documents.read(document, name: "new.xml"), choices: choices(example.new))
        ).changes()
    }

    private static func choices(_ json: String) -> [ChoiceSet] {
        let options = json.matches(of: /"Value": (\d+), "Label": {"UserLocalizedLabel": {"Label": "(\w+)"/).map {
            ChoiceSet.Option(value: Int($0.1) ?? -1, label: String($0.2))
        }
        return options.isEmpty ? [] : [ChoiceSet(table: "order", column: "statecode", options: options)]
    }
}
