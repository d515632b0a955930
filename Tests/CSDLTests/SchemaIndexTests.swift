import CSDL
import Testing

@Suite("Finding elements by name")
struct SchemaIndexTests {
    @Test func aliasesNamespacesAndDocuments() throws {
        let first = try read(document("<EntityType Name=\"A\"/>", namespace: "One", alias: "o")).document
        let second = try read(
            document("<EntityType Name=\"B\" BaseType=\"o.A\"/>", namespace: "Two.Parts", alias: nil)
        ).document
        let index = SchemaIndex([first, second])
        #expect(index.entityType(named: "o.A")?.qualifiedName == "One.A")
        #expect(index.entityType(named: "One.A")?.qualifiedName == "One.A")
        #expect(index.canonicalName("o.A") == "One.A")
        #expect(index.canonicalName("Edm.String") == "Edm.String")
        let derived = try #require(index.entityType(named: "Two.Parts.B"))
        #expect(index.lineage(of: derived).map(\.qualifiedName) == ["One.A", "Two.Parts.B"])
        #expect(
            index.directSubtypes(of: try #require(index.entityType(named: "o.A"))).map(\.qualifiedName) == [
                "Two.Parts.B"
            ]
        )
        #expect(index.diagnostics == [])
    }

    @Test func problemsOfTheWhole() throws {
        let index = SchemaIndex([
            try read(
                document(
                    """
                    <EntityType Name="A" BaseType="self.B"/>
                    <EntityType Name="B" BaseType="self.A"/>
                    <ComplexType Name="A"/>
                    <ComplexType Name="C" BaseType="self.Missing"/>
                    """
                )
            ).document
        ])
        #expect(
            index.diagnostics.map(\.description) == [
                "test.xml:6:1: warning: 'Test.A' is declared a second time; this declaration is ignored",
                "test.xml:4:1: error: 'Test.A' inherits from itself",
                "test.xml:5:1: error: 'Test.B' inherits from itself",
                "test.xml:7:1: warning: the base type 'self.Missing' of 'Test.C' is unknown; nothing is inherited",
            ]
        )
        #expect(index.lineage(of: try #require(index.entityType(named: "self.A"))).count == 2)
    }

    @Test func targetedAnnotations() throws {
        let index = SchemaIndex([
            try read(
                document(
                    """
                    <EntityType Name="A"><Property Name="x" Type="Edm.String"><Annotation Term="in"/></Property></EntityType>
                    <Annotations Target="self.A/x"><Annotation Term="out"/></Annotations>
                    """
                )
            ).document
        ])
        let property = try #require(index.entityTypes.first?.element.properties.first)
        #expect(index.annotations(of: property, target: "Test.A/x").map(\.term) == ["in", "out"])
    }

    @Test func typeDefinitionsAreTheirPrimitiveType() throws {
        let index = SchemaIndex([
            try read(document("<TypeDefinition Name=\"Weight\" UnderlyingType=\"Edm.Decimal\"/>")).document
        ])
        #expect(index.primitiveType(named: "self.Weight") == .decimal)
        #expect(index.primitiveType(named: "Edm.Guid") == .guid)
        #expect(index.primitiveType(named: "self.Nothing") == nil)
    }

    @Test func typesThatAreDeclaredNowhere() throws {
        let index = SchemaIndex([
            try read(
                document(
                    """
                    <EntityType Name="A">
                    <Property Name="known" Type="Collection(Edm.Int32)"/>
                    <Property Name="lost" Type="No.Such"/>
                    <NavigationProperty Name="gone" Type="Collection(self.Missing)"/>
                    </EntityType>
                    <Function Name="F"><Parameter Name="p" Type="Edm.Nonsense"/><ReturnType Type="self.A"/></Function>
                    """
                )
            ).document
        ])
        #expect(index.diagnostics == [])
        let messages = index.unknownTypeDiagnostics.map(\.message)
        #expect(messages.count == 3)
        #expect(zip(messages, ["No.Such", "self.Missing", "Edm.Nonsense"]).allSatisfy { $0.contains("'\($1)'") })
        #expect(Set(index.unknownTypeDiagnostics.map(\.position)).count == 3)
    }
}
