import CSDL
import Foundation
import TestSupport
import Testing

@Suite("Real documents", .enabled(if: SharedFiles.url("metadata") != nil, "DATAVERSE_SHARED has no metadata"))
struct RealDocumentTests {
    private func read(_ name: String) throws -> CSDLDocument {
        let url = try #require(SharedFiles.url("metadata/\(name)"))
        let (document, diagnostics) = try CSDLReader().read(contentsOfFile: url.path)
        #expect(diagnostics == [])
        return document
    }

    @Test func dataverseHasTheElementsItHas() throws {
        let document = try read("dataverse-v9.1.xml")
        var expected = ElementCounts()
        expected.schemas = 1
        expected.entityTypes = 299
        expected.complexTypes = 349
        expected.enumTypes = 51
        expected.properties = 8321
        expected.navigationProperties = 4936
        expected.actions = 184
        expected.functions = 198
        expected.entitySets = 270
        expected.actionImports = 132
        expected.functionImports = 70
        expected.terms = 2
        expected.annotations = 93
        #expect(document.counts == expected)
        let schema = try #require(document.schemas.first)
        #expect(schema.alias == "mscrm")
        #expect(schema.entityTypes.count == 299)
        #expect(schema.entityTypes.map(\.properties.count).reduce(0, +) > 6000)
        let account = try #require(schema.entityTypes.first { $0.name == "account" })
        #expect(account.position == SourcePosition(line: 15, column: 7))
        #expect(account.key.map(\.name) == ["accountid"])
        #expect(schema.entityContainers.first?.entitySets.last?.position.line ?? 0 > 23209)
        #expect(SchemaIndex([document]).diagnostics == [])
    }

    @Test func alternateKeysAreReadAsRecords() throws {
        let index = SchemaIndex([try read("dataverse-v9.1.xml")])
        let annotated = try #require(index.entityTypes.first { !$0.element.annotations.isEmpty })
        let annotation = try #require(annotated.element.annotations.first)
        #expect(annotation.term == "OData.Community.Keys.V1.AlternateKeys")
        let key = try #require(annotation.value?.elements.first?.record?["Key"])
        #expect(key.elements.first?.record?["Name"]?.pathValue == "overwritetime")
    }

    @Test func tripPin() throws {
        let document = try read("trippin.xml")
        #expect(document.counts.entityTypes == 9)
        #expect(document.counts.singletons == 1)
        #expect(document.counts.annotations == 36)
        let index = SchemaIndex([document])
        let namespace = "Microsoft.OData.SampleService.Models.TripPin"
        let flight = try #require(index.entityType(named: namespace + ".Flight"))
        #expect(
            index.lineage(of: flight).map(\.element.name) == ["PlanItem", "PublicTransportation", "Flight"]
        )
        #expect(index.key(of: flight).map(\.name) == ["PlanItemId"])
        let person = try #require(index.entityType(named: namespace + ".Person"))
        let userName = try #require(person.element.properties.first)
        #expect(
            userName.annotations.first?.value == .constant(.enumMember, "Org.OData.Core.V1.Permission/Read")
        )
    }

    @Test func northwindHasVendorAttributes() throws {
        let document = try read("northwind.xml")
        #expect(document.counts.entityTypes == 26)
        let index = SchemaIndex([document])
        #expect(index.entitySets.count == 26)
        #expect(index.entitySets.allSatisfy { index.entityType(named: $0.element.entityType) != nil })
    }
}
