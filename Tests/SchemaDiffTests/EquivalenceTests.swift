import CSDL
import SchemaDiff
import TestSupport
import Testing

/// What is written in another way and means the same is no change.
@Suite("Order, aliases and places of annotations do not matter")
struct EquivalenceTests {
    private static func document(_ schemas: String) -> String {
        """
        <edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.0">
        <edmx:Reference Uri="core.xml"><edmx:Include Namespace="Org.OData.Core.V1" Alias="Core"/></edmx:Reference>
        <edmx:DataServices>\(schemas)</edmx:DataServices></edmx:Edmx>
        """
    }

    private static let edm = "http://docs.oasis-open.org/odata/ns/edm"

    private func expectNothing(_ old: String, _ new: String) throws {
        #expect(try Documents.changes(old, new).lines == [])
        #expect(try Documents.changes(new, old).lines == [])
    }

    @Test("Aliases and namespaces")
    func aliases() throws {
        func schema(_ attributes: String, _ q: String) -> String {
            Self.document(
                """
                <Schema xmlns="\(Self.edm)" Namespace="Contoso.Sales" \(attributes)>
                <EntityType Name="Base" Abstract="true"/>
                <EntityType Name="Order" BaseType="\(q).Base"><Property Name="color" Type="Collection(\(q).Color)"/>
                <NavigationProperty Name="next" Type="\(q).Order" Partner="previous"/>
                <Annotation Term="\(q).Rank" EnumMember="\(q).Color/Red \(q).Color/Blue"/></EntityType>
                <EnumType Name="Color" IsFlags="true"><Member Name="Red" Value="1"/><Member Name="Blue" Value="2"/></EnumType>
                <Term Name="Rank" Type="\(q).Color"/>
                <Action Name="Ship" IsBound="true"><Parameter Name="it" Type="\(q).Order"/>
                <ReturnType Type="Collection(\(q).Order)"/></Action>
                <Action Name="Ship" IsBound="true"><Parameter Name="it" Type="Collection(\(q).Order)"/></Action>
                <EntityContainer Name="Service"><EntitySet Name="orders" EntityType="\(q).Order">
                <NavigationPropertyBinding Path="\(q).Order/next" Target="orders"/></EntitySet></EntityContainer>
                <Annotations Target="\(q).Ship(Collection(\(q).Order))/it">
                <Annotation Term="Core.Description" String="Which"/></Annotations>
                </Schema>
                """
            )
        }
        let full = schema("", "Contoso.Sales")
        try expectNothing(full, schema(#"Alias="Self""#, "Self"))
        try expectNothing(schema(#"Alias="S""#, "S"), schema(#"Alias="Self""#, "Self"))
        try expectNothing(full, schema(#"Alias="unused""#, "Contoso.Sales"))
    }

    @Test("Annotations inside their element or beside it")
    func targets() throws {
        func schema(_ inline: Bool) -> String {
            let description = #"<Annotation Term="Core.Description" String="A number"/>"#
            let computed = #"<Annotation Term="Core.Computed" Bool="true"/>"#
            let optional = #"<Annotation Term="Core.OptionalParameter"/>"#
            let targeted = """
                <Annotations Target="Self.Order/number">\(description)\(computed)</Annotations>
                <Annotations Target="Self.Color/Red">\(description)</Annotations>
                <Annotations Target="Self.Find(Edm.String)/text">\(optional)</Annotations>
                <Annotations Target="Self.Count(Collection(Edm.String))/$ReturnType">\(description)</Annotations>
                <Annotations Target="Self.Count/texts">\(optional)</Annotations>
                <Annotations Target="Self.Service/orders">\(description)</Annotations>
                <Annotations Target="Self.Order" Qualifier="x">\(description)</Annotations>
                """
            let qualified = #"<Annotation Term="Core.Description" Qualifier="x" String="A number"/>"#
            return Self.document(
                """
                <Schema xmlns="\(Self.edm)" Namespace="Sales" Alias="Self">
                <EntityType Name="Order"><Property Name="number" Type="Edm.Int32">\(inline ? description + computed : "")
                </Property>\(inline ? qualified : "")</EntityType>
                <EnumType Name="Color"><Member Name="Red">\(inline ? description : "")</Member></EnumType>
                <Function Name="Find"><Parameter Name="text" Type="Edm.String">\(inline ? optional : "")</Parameter>
                <ReturnType Type="Edm.String"/></Function>
                <Function Name="Count"><Parameter Name="texts" Type="Collection(Edm.String)">\(inline ? optional : "")
                </Parameter><ReturnType Type="Edm.String">\(inline ? description : "")</ReturnType></Function>
                <Function Name="Count"><ReturnType Type="Edm.String"/></Function>
                <EntityContainer Name="Service"><EntitySet Name="orders" EntityType="Self.Order">
                \(inline ? description : "")</EntitySet></EntityContainer>
                \(inline ? "" : targeted)
                </Schema>
                """
            )
        }
        try expectNothing(schema(true), schema(false))
    }

    @Test("Defaults, stated or not")
    func defaults() throws {
        try expectNothing(
            Documents.schema(
                """
                <EntityType Name="Order"><Property Name="a" Type="Edm.String"/><Property Name="b" Type="Edm.Decimal"/>
                <Property Name="c" Type="Edm.DateTimeOffset"/><Property Name="d" Type="Edm.GeographyPoint"/></EntityType>
                <EnumType Name="Color"><Member Name="Red"/><Member Name="Green"/></EnumType>
                """
            ),
            Documents.schema(
                """
                <EnumType Name="Color" UnderlyingType="Edm.Int32" IsFlags="false"><Member Name="Green" Value="1"/>
                <Member Name="Red" Value="0"/></EnumType>
                <EntityType Name="Order" Abstract="false" OpenType="false">
                <Property Name="d" Type="Edm.GeographyPoint" SRID="4326"/>
                <Property Name="c" Type="Edm.DateTimeOffset" Precision="0"/>
                <Property Name="b" Type="Edm.Decimal" Scale="0"/>
                <Property Name="a" Type="Edm.String" Nullable="true" MaxLength="max" Unicode="true"/></EntityType>
                """
            )
        )
    }

    @Test(
        "A real document, reordered and with other aliases",
        .enabled(if: Documents.haveShared, "DATAVERSE_SHARED has no metadata"),
        arguments: Documents.sharedNames
    )
    func shuffled(name: String) throws {
        let document = try Documents.shared(name)
        #expect(
            DiffResult(old: SchemaVersion(document), new: SchemaVersion(document), today: Documents.today).changes == []
        )
        var random = SeededGenerator(seed: 7)
        for _ in 0..<3 {
            let other = document.shuffled(using: &random)
            let changes = SchemaComparison(old: SchemaVersion(document), new: SchemaVersion(other)).changes()
            #expect(changes.lines == [])
        }
    }
}

extension CSDLDocument {
    /// The same document in another order.
    func shuffled(using random: inout SeededGenerator) -> CSDLDocument {
        var copy = self
        copy.schemas.shuffle(using: &random)
        for place in copy.schemas.indices { copy.schemas[place].shuffle(using: &random) }
        return copy
    }
}

extension Schema {
    fileprivate mutating func shuffle(using random: inout SeededGenerator) {
        entityTypes.shuffle(using: &random)
        complexTypes.shuffle(using: &random)
        enumTypes.shuffle(using: &random)
        operations.shuffle(using: &random)
        annotationGroups.shuffle(using: &random)
        for place in entityTypes.indices {
            entityTypes[place].properties.shuffle(using: &random)
            entityTypes[place].navigationProperties.shuffle(using: &random)
            entityTypes[place].key.shuffle(using: &random)
        }
        for place in complexTypes.indices { complexTypes[place].properties.shuffle(using: &random) }
        for place in enumTypes.indices { enumTypes[place].members.shuffle(using: &random) }
        for place in entityContainers.indices {
            entityContainers[place].entitySets.shuffle(using: &random)
            entityContainers[place].operationImports.shuffle(using: &random)
        }
    }
}
