import SchemaDiff
import Testing

@Suite("Probable renames")
struct RenameTests {
    private func result(_ old: String, _ new: String) throws -> DiffResult {
        DiffResult(
            old: SchemaVersion(try Documents.read(Documents.schema(old), name: "old.xml")),
            new: SchemaVersion(try Documents.read(Documents.schema(new), name: "new.xml")),
            today: Documents.today
        )
    }

    @Test("A property under another name is a rename, and still removed and added")
    func property() throws {
        let result = try result(
            #"<EntityType Name="Order"><Property Name="new_shippingdate" Type="Edm.Date"/></EntityType>"#,
            #"<EntityType Name="Order"><Property Name="contoso_shippingdate" Type="Edm.Date"/></EntityType>"#
        )
        #expect(
            result.changes.lines == [
                "safe property-added Sales.Order/contoso_shippingdate: nothing → Edm.Date",
                "breaking property-removed Sales.Order/new_shippingdate: Edm.Date → nothing",
            ]
        )
        let rename = try #require(result.renames.first)
        #expect(result.renames.count == 1)
        #expect(rename.oldPath == "Sales.Order/new_shippingdate")
        #expect(rename.newPath == "Sales.Order/contoso_shippingdate")
        #expect((0.6...1).contains(rename.confidence))
        #expect(result.changes.allSatisfy { $0.rename == rename })
    }

    @Test("A type is known by its members")
    func type() throws {
        let members = ["id", "name", "total", "city"].map { #"<Property Name="\#($0)" Type="Edm.String"/>"# }.joined()
        let result = try result(
            #"<EntityType Name="Order">\#(members)</EntityType>"#,
            #"<EntityType Name="Purchase">\#(members)</EntityType>"#
        )
        #expect(result.renames.map(\.oldPath) == ["Sales.Order"])
        #expect(result.renames.map(\.newPath) == ["Sales.Purchase"])
        #expect(result.changes.count { $0.rule.id == "property-removed" } == 4)
        #expect(result.changes.count { $0.rule.id == "property-added" } == 4)
    }

    @Test("An enumeration member is known by its value")
    func member() throws {
        let result = try result(
            #"<EnumType Name="Color"><Member Name="Rot" Value="7"/></EnumType>"#,
            #"<EnumType Name="Color"><Member Name="Red" Value="7"/></EnumType>"#
        )
        #expect(result.renames.map(\.newPath) == ["Sales.Color/Red"])
    }

    @Test("What has nothing in common is no rename")
    func unrelated() throws {
        let result = try result(
            #"<EntityType Name="Order"><Property Name="shippingdate" Type="Edm.Date"/></EntityType>"#,
            #"<EntityType Name="Order"><Property Name="weight" Type="Edm.Double"/></EntityType>"#
        )
        #expect(result.changes.count == 2)
        #expect(result.renames == [])
    }

    @Test("An element is part of one rename only")
    func rivals() throws {
        let result = try result(
            #"<EntityType Name="Order"><Property Name="address1" Type="Edm.String"/></EntityType>"#,
            """
            <EntityType Name="Order"><Property Name="address2" Type="Edm.String"/>
            <Property Name="address3" Type="Edm.String"/></EntityType>
            """
        )
        #expect(result.renames.count <= 1)
        #expect(result.changes.count == 3)
    }
}
