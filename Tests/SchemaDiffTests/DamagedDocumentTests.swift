import CSDL
import Foundation
import SchemaDiff
import TestSupport
import Testing

/// Documents that nobody would write: whatever the reader takes, the comparison gets along with.
@Suite("Damaged documents", .enabled(if: Documents.haveShared, "DATAVERSE_SHARED has no metadata"))
struct DamagedDocumentTests {
    @Test("Lines left out, doubled or swapped do not stop a comparison", arguments: ["trippin.xml", "northwind.xml"])
    func damagedLines(name: String) throws {
        let url = try #require(SharedFiles.url("metadata/\(name)"))
        let lines = try String(contentsOf: url, encoding: .utf8).split(
            separator: "\n",
            omittingEmptySubsequences: false
        )
        let original = try Documents.shared(name)
        var random = SeededGenerator(seed: 11)
        var compared = 0
        for _ in 0..<150 {
            var damaged = lines
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<damaged.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: damaged.remove(at: place)
                case 1: damaged.insert(damaged[place], at: place)
                case 2: damaged.swapAt(place, Int.random(in: 0..<damaged.count, using: &random))
                default: damaged[place] = Substring(damaged[place].replacing("Name=\"", with: "Name=\"x"))
                }
            }
            guard let read = try? CSDLReader().read(Array(damaged.joined(separator: "\n").utf8), name: "damaged.xml")
            else { continue }
            let (left, right) = (SchemaVersion(original), SchemaVersion(read.document))
            let result = DiffResult(old: left, new: right, today: Documents.today)
            _ = JSONReport(result, hasDetails: true).text
            #expect(SchemaComparison(old: right, new: right).changes().lines == [])
            compared += 1
        }
        #expect(compared > 10)
    }

    @Test("A name that is declared twice counts once, where it comes first")
    func duplicates() throws {
        let old = Documents.schema(
            #"""
            <EntityType Name="Order"><Property Name="a" Type="Edm.String"/><Property Name="a" Type="Edm.Int32"/>
            <Property Name="b" Type="Edm.String"/></EntityType><EntityType Name="Order"/>
            """#
        )
        let new = Documents.schema(
            #"""
            <EntityType Name="Order"><Property Name="b" Type="Edm.String"/><Property Name="a" Type="Edm.String"/>
            </EntityType>
            """#
        )
        #expect(try Documents.changes(old, new).lines == [])
        #expect(try Documents.changes(new, old).lines == [])
        let version = SchemaVersion(try Documents.read(old, name: "old.xml"))
        #expect(version.diagnostics.map(\.severity) == [.warning])
    }

    @Test("Two documents that have nothing in common")
    func unrelated() throws {
        let result = DiffResult(
            old: SchemaVersion(try Documents.shared("northwind.xml")),
            new: SchemaVersion(try Documents.shared("trippin.xml")),
            today: Documents.today
        )
        #expect(result.summary.breaking > 100)
        #expect(result.changes.count { $0.rule.id == "schema-removed" } == 2)
        #expect(result.changes.contains { $0.rule.id == "schema-added" })
    }
}
