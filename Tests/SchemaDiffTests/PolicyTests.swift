import CSDL
import SchemaDiff
import Testing

@Suite("Severities and accepted changes")
struct PolicyTests {
    private static let old = Documents.schema(
        #"""
        <EntityType Name="Order"><Property Name="fax" Type="Edm.String"/><Property Name="note" Type="Edm.String"/>
        </EntityType>
        """#
    )
    private static let new = Documents.schema(#"<EntityType Name="Order"/>"#)

    private func result(_ policy: DiffPolicy, on day: String = "2026-06-15") throws -> DiffResult {
        DiffResult(
            old: SchemaVersion(try Documents.read(Self.old, name: "old.xml")),
            new: SchemaVersion(try Documents.read(Self.new, name: "new.xml")),
            policy: policy,
            today: try #require(CalendarDate(day))
        )
    }

    @Test("A severity holds for the rule and path it names; the last one decides")
    func severities() throws {
        var policy = DiffPolicy()
        policy.severities = [
            .init(rule: PathPattern("property-*"), severity: .risky),
            .init(rule: PathPattern("property-removed"), path: PathPattern("*/fax"), severity: .safe),
        ]
        let result = try result(policy)
        #expect(
            result.changes.lines == [
                "safe property-removed Sales.Order/fax: Edm.String → nothing",
                "risky property-removed Sales.Order/note: Edm.String → nothing",
            ]
        )
        #expect(result.reaches(.risky) && !result.reaches(.breaking))
        #expect(result.bump == .minor)
    }

    @Test("An accepted change is listed and does not count, until it expires")
    func acceptance() throws {
        var policy = DiffPolicy()
        policy.acceptances = [
            .init(
                rule: PathPattern("property-removed"),
                path: PathPattern("Sales.Order/fax"),
                reason: "Nobody sends a fax.",
                expires: CalendarDate("2026-06-30"),
                file: "diff.yaml",
                position: SourcePosition(line: 3, column: 5)
            )
        ]
        for day in ["2026-06-15", "2026-06-30"] {
            let result = try result(policy, on: day)
            #expect(result.changes.map(\.path) == ["Sales.Order/note"])
            #expect(result.accepted.map(\.change.path) == ["Sales.Order/fax"])
            #expect(result.summary.breaking == 1)
            #expect(result.diagnostics == [])
        }
        let late = try result(policy, on: "2026-07-01")
        #expect(late.changes.map(\.path) == ["Sales.Order/fax", "Sales.Order/note"])
        #expect(late.accepted == [])
        #expect(late.diagnostics.map(\.severity) == [.warning])
        #expect(late.diagnostics.first?.description.hasPrefix("diff.yaml:3:5: warning: ") == true)
    }

    @Test("An acceptance of nothing is noted")
    func unused() throws {
        var policy = DiffPolicy()
        policy.acceptances = [.init(rule: PathPattern("*"), path: PathPattern("Sales.Invoice*"), reason: "Gone.")]
        let result = try result(policy)
        #expect(result.diagnostics.map(\.severity) == [.note])
        #expect(result.changes.count == 2)
    }

    @Test(
        "Patterns",
        arguments: [
            ("Sales.Order/fax", "Sales.Order/fax", true), ("Sales.Order/fax", "Sales.Order/fax2", false),
            ("*", "", true), ("*/fax", "Sales.Order/fax", true), ("Sales.*/fax", "Sales.Order/fax", true),
            ("Sales.*/f*x", "Sales.Order/fx", true), ("a*a", "a", false), ("*a*b*", "xbxaxbx", true),
            ("*a*b*", "xbxa", false),
        ]
    )
    func patterns(pattern: String, text: String, matches: Bool) {
        #expect(PathPattern(pattern).matches(text) == matches)
    }

    @Test("Dates", arguments: ["2026-02-29", "2026-13-01", "2026-1-1", "26-01-01", "2026-01-01x", "", "2026-00-10"])
    func noDate(text: String) {
        #expect(CalendarDate(text) == nil)
    }

    @Test func dates() throws {
        let leapDay = try #require(CalendarDate("2028-02-29"))
        #expect(leapDay.description == "2028-02-29")
        #expect(try leapDay < #require(CalendarDate("2028-03-01")))
    }
}
