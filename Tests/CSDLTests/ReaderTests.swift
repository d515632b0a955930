import CSDL
import Testing

@Suite("Reading the constructs of CSDL")
struct ReaderTests {
    private func schema(_ content: String) throws -> Schema {
        let (document, diagnostics) = try read(document(content))
        #expect(diagnostics == [])
        return try #require(document.schemas.first)
    }

    @Test func entityType() throws {
        let type = try #require(
            try schema(
                """
                <EntityType Name="Order" BaseType="self.Base" Abstract="true" OpenType="1" HasStream="true">
                  <Key><PropertyRef Name="Id"/><PropertyRef Name="Part/No" Alias="No"/></Key>
                  <Property Name="Id" Type="Edm.Int32" Nullable="false" DefaultValue="7"/>
                  <Property Name="Names" Type="Collection(Edm.String)" MaxLength="max" Unicode="false"/>
                  <Property Name="Price" Type="Edm.Decimal" Precision="19" Scale="Variable"/>
                  <Property Name="Spot" Type="Edm.GeographyPoint" SRID="4326"/>
                  <NavigationProperty Name="Customer" Type="self.Customer" Nullable="false" Partner="Orders">
                    <ReferentialConstraint Property="CustomerId" ReferencedProperty="Id"/>
                    <OnDelete Action="Cascade"/>
                  </NavigationProperty>
                  <NavigationProperty Name="Lines" Type="Collection(self.Line)" ContainsTarget="true"/>
                </EntityType>
                """
            ).entityTypes.first
        )
        #expect(type.position == SourcePosition(line: 4, column: 1))
        #expect(type.baseType == "self.Base")
        #expect(type.isAbstract && type.isOpen && type.hasStream)
        #expect(type.key.map(\.name) == ["Id", "Part/No"])
        #expect(type.key.map(\.alias) == [nil, "No"])
        #expect(type.properties.map(\.name) == ["Id", "Names", "Price", "Spot"])
        #expect(type.properties[0].defaultValue == "7")
        #expect(!type.properties[0].type.isNullable)
        #expect(type.properties[0].position == SourcePosition(line: 6, column: 3))
        #expect(type.properties[1].type.spelling == "Collection(Edm.String)")
        #expect(type.properties[1].type.facets.maxLength == .max)
        #expect(type.properties[1].type.facets.isUnicode == false)
        #expect(type.properties[2].type.facets.scale == .variable)
        #expect(type.properties[2].type.facets.precision == 19)
        #expect(type.properties[3].type.facets.srid == "4326")
        let customer = type.navigationProperties[0]
        #expect(customer.partner == "Orders")
        #expect(customer.onDelete == .cascade)
        #expect(customer.referentialConstraints.map(\.property) == ["CustomerId"])
        #expect(type.navigationProperties[1].containsTarget)
        #expect(type.navigationProperties[1].type.isCollection)
    }

    @Test func enumMembersWithoutValuesCountUp() throws {
        let schema = try schema(
            """
            <EnumType Name="A"><Member Name="X"/><Member Name="Y" Value="-5"/><Member Name="Z"/></EnumType>
            <EnumType Name="B" IsFlags="true" UnderlyingType="Edm.Int64"/>
            """
        )
        #expect(schema.enumTypes[0].members.map(\.value) == [0, -5, -4])
        #expect(schema.enumTypes[1].isFlags)
        #expect(schema.enumTypes[1].underlyingType == "Edm.Int64")
    }

    @Test func operations() throws {
        let schema = try schema(
            """
            <Action Name="Close" IsBound="true" EntitySetPath="it/Orders">
              <Parameter Name="it" Type="self.Order"/>
              <Parameter Name="reason" Type="Edm.String" Nullable="false"/>
            </Action>
            <Function Name="Near" IsComposable="true">
              <ReturnType Type="Collection(self.Order)" Nullable="false"/>
            </Function>
            """
        )
        #expect(schema.operations.map(\.kind) == [.action, .function])
        #expect(schema.operations[0].bindingParameter?.name == "it")
        #expect(schema.operations[0].callParameters.map(\.name) == ["reason"])
        #expect(schema.operations[0].entitySetPath == "it/Orders")
        #expect(schema.operations[0].returnType == nil)
        #expect(schema.operations[1].isComposable)
        #expect(schema.operations[1].returnType?.isCollection == true)
    }

    @Test func container() throws {
        let container = try #require(
            try schema(
                """
                <EntityContainer Name="C" Extends="self.Other">
                  <EntitySet Name="Orders" EntityType="self.Order" IncludeInServiceDocument="false">
                    <NavigationPropertyBinding Path="Customer" Target="Customers"/>
                  </EntitySet>
                  <Singleton Name="Me" Type="self.Customer"/>
                  <ActionImport Name="Reset" Action="self.Reset"/>
                  <FunctionImport Name="Near" Function="self.Near" EntitySet="Orders" IncludeInServiceDocument="true"/>
                </EntityContainer>
                """
            ).entityContainers.first
        )
        #expect(container.extends == "self.Other")
        #expect(container.entitySets.first?.includeInServiceDocument == false)
        #expect(container.entitySets.first?.navigationPropertyBindings.map(\.target) == ["Customers"])
        #expect(container.singletons.map(\.name) == ["Me"])
        #expect(container.operationImports.map(\.kind) == [.action, .function])
        #expect(container.operationImports[1].entitySet == "Orders")
        #expect(container.operationImports[1].includeInServiceDocument)
    }

    @Test func everyKindOfExpression() throws {
        let schema = try schema(
            """
            <Annotation Term="a" Qualifier="q" String="x &amp; &#x41;"/>
            <Annotation Term="b"><Collection><String> s </String><Int> 7 </Int><Null/></Collection></Annotation>
            <Annotation Term="c"><If><Eq><Path>A</Path><Int>1</Int></Eq><Bool>true</Bool><Bool>false</Bool></If></Annotation>
            <Annotation Term="d"><Apply Function="odata.concat"><String>a</String><Path>B</Path></Apply></Annotation>
            <Annotation Term="e"><Cast Type="Edm.String" MaxLength="5"><Path>A</Path></Cast></Annotation>
            <Annotation Term="f"><IsOf Type="Collection(Edm.Int32)"><Path>A</Path></IsOf></Annotation>
            <Annotation Term="g"><LabeledElement Name="L" Path="A"/></Annotation>
            <Annotation Term="h"><LabeledElementReference>self.L</LabeledElementReference></Annotation>
            <Annotation Term="i" UrlRef="http://x"/>
            <Annotation Term="j"><Record Type="self.R"><PropertyValue Property="P" Bool="true">
              <Annotation Term="inner"/></PropertyValue><Annotation Term="r"/></Record></Annotation>
            <Annotation Term="k"><Neg><Decimal>1.5</Decimal></Neg></Annotation>
            <Annotation Term="l" ModelElementPath="a/b"/>
            <Annotation Term="m"/>
            """
        )
        let values = schema.annotations.map(\.value)
        #expect(schema.annotations.map(\.term) == "abcdefghijklm".map(String.init))
        #expect(schema.annotations[0].qualifier == "q")
        #expect(values[0] == .constant(.string, "x & A"))
        #expect(values[1] == .collection([.constant(.string, " s "), .constant(.int, "7"), .null]))
        #expect(
            values[2]
                == .conditional([
                    .operation(.equal, [.path(.value, "A"), .constant(.int, "1")]), .constant(.bool, "true"),
                    .constant(.bool, "false"),
                ])
        )
        #expect(
            values[3] == .apply(function: "odata.concat", arguments: [.constant(.string, "a"), .path(.value, "B")])
        )
        #expect(values[5] == .isOf(TypeReference("Edm.Int32", isCollection: true), .path(.value, "A")))
        #expect(values[6] == .labeledElement(name: "L", .path(.value, "A")))
        #expect(values[7] == .labeledElementReference("self.L"))
        #expect(values[8] == .urlReference(.constant(.string, "http://x")))
        #expect(values[9]?.record?["P"]?.boolValue == true)
        #expect(values[9]?.record?.annotations.map(\.term) == ["r"])
        #expect(values[9]?.record?.propertyValues.first?.annotations.map(\.term) == ["inner"])
        #expect(values[10] == .operation(.negate, [.constant(.decimal, "1.5")]))
        #expect(values[11] == .path(.modelElementPath, "a/b"))
        #expect(values[12] == nil)
    }

    @Test func termsTypeDefinitionsAndTargets() throws {
        let schema = try schema(
            """
            <Term Name="T" Type="Edm.Boolean" BaseTerm="self.B" DefaultValue="true" AppliesTo="Property EntityType"/>
            <TypeDefinition Name="Weight" UnderlyingType="Edm.Decimal" Precision="5" Scale="2"/>
            <Annotations Target="self.A/x" Qualifier="Phone"><Annotation Term="self.T"/></Annotations>
            """
        )
        #expect(schema.terms.first?.appliesTo == ["Property", "EntityType"])
        #expect(schema.terms.first?.baseTerm == "self.B")
        #expect(schema.typeDefinitions.first?.underlyingType.facets.scale == .fixed(2))
        #expect(schema.annotationGroups.first?.target == "self.A/x")
        #expect(schema.annotationGroups.first?.annotations.count == 1)
    }

    @Test func unknownConstructsAreWarningsWithTheirPlace() throws {
        let (document, diagnostics) = try read(
            document(
                """
                <EntityType Name="A" Color="red" v:Vendor="yes" xmlns:v="urn:v">
                  <Gadget><Property Name="NotCounted" Type="Edm.String"/></Gadget>
                  <v:Anything><v:More/></v:Anything>
                  <Property Name="P" Type="Edm.String" Nullable="maybe" MaxLength="long"/>
                </EntityType>
                <Property Name="Misplaced" Type="Edm.String"/>
                """
            )
        )
        #expect(
            diagnostics.map(\.description) == [
                "test.xml:4:1: warning: unknown attribute 'Color' of EntityType is ignored",
                "test.xml:5:3: warning: unknown element 'Gadget' in EntityType is ignored",
                "test.xml:7:3: warning: Nullable='maybe' is not 'true' or 'false'; true is assumed",
                "test.xml:7:3: warning: MaxLength='long' is not a number and is ignored",
                "test.xml:9:1: warning: 'Property' has no place in Schema and is ignored",
            ]
        )
        #expect(document.counts.properties == 1)
        #expect(document.schemas.first?.entityTypes.first?.properties.map(\.name) == ["P"])
    }

    @Test func missingNamesAreErrorsAndReadingGoesOn() throws {
        let (document, diagnostics) = try read(
            document(
                "<EntityType/>\n<ComplexType Name=\"\"/>\n<EntityType Name=\"B\"><Property Name=\"x\"/></EntityType>"
            )
        )
        #expect(
            diagnostics.map(\.description) == [
                "test.xml:4:1: error: EntityType has no Name attribute and is left out",
                "test.xml:5:1: error: ComplexType has an empty Name attribute and is left out",
                "test.xml:6:22: error: Property has no Type attribute and is left out",
            ]
        )
        #expect(document.schemas.first?.entityTypes.map(\.name) == ["B"])
    }

    @Test func placesAreExactAfterCommentsAndCDATA() throws {
        let (document, _) = try read(
            document(
                """
                <!-- <EntityType Name="no"/> > -->
                <Annotation Term="t"><String><![CDATA[<a> ]] <b>]]></String></Annotation><?x <y> ?>
                  <EntityType Name="A"/>
                """
            )
        )
        #expect(document.schemas.first?.entityTypes.first?.position == SourcePosition(line: 6, column: 3))
        #expect(document.schemas.first?.annotations.first?.value?.stringValue == "<a> ]] <b>")
    }

    @Test(arguments: [true, false]) func utf16(bigEndian: Bool) throws {
        let text = "\u{FEFF}<?xml version=\"1.0\" encoding=\"utf-16\"?>\n" + document("<EntityType Name=\"Straße\"/>")
        let bytes = text.utf16.flatMap { unit -> [UInt8] in
            let pair = [UInt8(unit >> 8), UInt8(unit & 255)]
            return bigEndian ? pair : pair.reversed()
        }
        let (document, _) = try CSDLReader().read(bytes, name: "test.xml")
        #expect(document.schemas.first?.entityTypes.first?.name == "Straße")
        #expect(document.schemas.first?.entityTypes.first?.position == SourcePosition(line: 5, column: 1))
    }

    @Test func references() throws {
        let (document, diagnostics) = try read(
            """
            <edmx:Edmx Version="4.01" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
            <edmx:Reference Uri="core.xml"><edmx:Include Namespace="Org.OData.Core.V1" Alias="Core"/>
            <edmx:IncludeAnnotations TermNamespace="x" Qualifier="q" TargetNamespace="y"/></edmx:Reference>
            <edmx:DataServices/></edmx:Edmx>
            """
        )
        #expect(diagnostics == [])
        #expect(document.version == "4.01")
        #expect(document.references.first?.includes.first?.alias == "Core")
        #expect(document.references.first?.includedAnnotations.first?.targetNamespace == "y")
    }
}
