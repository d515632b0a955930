import CSDL
import Testing

/// Several documents that refer to each other.
@Suite("Several documents")
struct DocumentLinkerTests {
    private func document(
        _ name: String,
        references: String = "",
        namespace: String,
        alias: String? = nil,
        _ content: String
    ) throws -> CSDLDocument {
        let alias = alias.map { " Alias=\"\($0)\"" } ?? ""
        let text = """
            <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">\(references)
            <edmx:DataServices><Schema Namespace="\(namespace)"\(alias) xmlns="http://docs.oasis-open.org/odata/ns/edm">
            \(content)</Schema></edmx:DataServices></edmx:Edmx>
            """
        return try CSDLReader().read(Array(text.utf8), name: name).document
    }

    private func reference(_ uri: String, _ content: String) -> String {
        "<edmx:Reference Uri=\"\(uri)\">\(content)</edmx:Reference>"
    }

    @Test func anAliasIsThatOfItsDocument() throws {
        let index = SchemaIndex([
            try document(
                "a.xml",
                references: reference("b.xml", "<edmx:Include Namespace=\"B.Sub\" Alias=\"other\"/>"),
                namespace: "A",
                alias: "self",
                """
                <EntityType Name="x" BaseType="other.x"><Property Name="p" Type="Collection(other.c)"/>
                  <NavigationProperty Name="n" Type="self.x" Partner="other.x/n"/></EntityType>
                <ComplexType Name="c"/>
                <Function Name="F" IsBound="true"><Parameter Name="it" Type="self.x"/><ReturnType Type="other.c"/></Function>
                <EntityContainer Name="C" Extends="other.C"><EntitySet Name="xs" EntityType="self.x">
                  <NavigationPropertyBinding Path="other.x/n" Target="other.C/ys"/></EntitySet>
                  <FunctionImport Name="F" Function="self.F"/></EntityContainer>
                <Annotations Target="other.x/q"><Annotation Term="other.T"><Record Type="self.c"/></Annotation></Annotations>
                """
            ),
            try document(
                "b.xml",
                namespace: "B.Sub",
                alias: "self",
                """
                <EntityType Name="x"><Property Name="q" Type="self.c"/></EntityType><ComplexType Name="c"/>
                """
            ),
        ])
        #expect(index.diagnostics == [])
        #expect(index.unknownTypeDiagnostics == [])
        let derived = try #require(index.entityType(named: "A.x"))
        #expect(index.lineage(of: derived).map(\.qualifiedName) == ["B.Sub.x", "A.x"])
        #expect(derived.element.properties.map(\.type.spelling) == ["Collection(B.Sub.c)"])
        #expect(derived.element.navigationProperties.map(\.type.name) == ["A.x"])
        #expect(derived.element.navigationProperties.map(\.partner) == ["B.Sub.x/n"])
        let base = try #require(index.entityType(named: "B.Sub.x"))
        #expect(base.element.properties.map(\.type.name) == ["B.Sub.c"])
        #expect(index.operations.map(\.element.returnType?.name) == ["B.Sub.c"])
        #expect(index.operationImports.map(\.element.operation) == ["A.F"])
        #expect(index.entitySets.map(\.element.entityType) == ["A.x"])
        let annotations = index.annotations(of: base.element.properties[0], target: "B.Sub.x/q")
        #expect(annotations.map(\.term) == ["B.Sub.T"])
        #expect(annotations.first?.value?.record?.type == "A.c")
    }

    @Test func aReferenceToADocumentThatIsNotThere() throws {
        let references =
            reference("http://x.org/b.xml", "<edmx:Include Namespace=\"B\"/><edmx:Include Namespace=\"C\"/>")
            + "\n" + reference("http://x.org/notes.xml", "<edmx:IncludeAnnotations TermNamespace=\"My.Terms\"/>")
            + reference("https://oasis/core.xml", "<edmx:Include Namespace=\"Org.OData.Core.V1\" Alias=\"core\"/>")
        let first = try document("a.xml", references: references, namespace: "A", "")
        #expect(
            SchemaIndex([first]).diagnostics.map(\.description) == [
                "a.xml:1:80: warning: 'B', 'C' of 'http://x.org/b.xml' is not among the documents; "
                    + "download it, and give its file with another --metadata",
                "a.xml:2:1: warning: 'My.Terms' of 'http://x.org/notes.xml' is not among the documents; "
                    + "download it, and give its file with another --metadata",
            ]
        )
        let second = try document("b.xml", namespace: "B", "")
        #expect(SchemaIndex([first, second]).diagnostics.map(\.message).first?.hasPrefix("'C' of") == true)
        let third = try document("c.xml", namespace: "C", "")
        let notes = try document("folder/notes.xml", namespace: "N", "")
        #expect(SchemaIndex([first, second, third, notes]).diagnostics == [])
        let named = try document(
            "other.xml",
            namespace: "N",
            "<Annotations Target=\"A.x\"><Annotation Term=\"My.Terms.T\"/></Annotations>"
        )
        #expect(SchemaIndex([first, second, third, named]).diagnostics == [])
    }

    @Test func aSchemaThatIsDeclaredTwice() throws {
        let index = SchemaIndex([
            try document("a.xml", namespace: "A", "<EntityType Name=\"x\"/>"),
            try document("b.xml", namespace: "A", "<EntityType Name=\"x\"/><EntityType Name=\"y\"/>"),
        ])
        #expect(
            index.diagnostics.map(\.description)
                == ["b.xml:2:20: error: the schema 'A' is declared a second time; the first is at a.xml:2:20"]
        )
        #expect(index.entityTypes.map(\.qualifiedName) == ["A.x"])
    }
}
