import CSDL
import Testing

@testable import BindingsGenerator

@Suite("Snippets of vocabularies and of Dataverse's own ways")
struct VocabularySnippetTests {
    private let thing = """
        <EntityType Name="Thing"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.Int32"/></EntityType>
        """

    @Test func whatAnEntitySetDoesNotSupport() throws {
        let output = try generate(
            thing + """
                <EntityContainer Name="C"><EntitySet Name="Things" EntityType="self.Thing">
                  <Annotation Term="Org.OData.Capabilities.V1.InsertRestrictions"><Record>
                    <PropertyValue Property="Insertable" Bool="false"/></Record></Annotation>
                  <Annotation Term="Org.OData.Capabilities.V1.TopSupported" Bool="false"/>
                  <Annotation Term="Org.OData.Capabilities.V1.FilterRestrictions"><Record>
                    <PropertyValue Property="RequiresFilter" Bool="true"/>
                    <PropertyValue Property="NonFilterableProperties"><Collection><PropertyPath>id</PropertyPath>
                    </Collection></PropertyValue></Record></Annotation></EntitySet></EntityContainer>
                <Annotations Target="self.C/Things"><Annotation Term="Org.OData.Capabilities.V1.DeleteRestrictions"><Record>
                  <PropertyValue Property="Deletable" Bool="false"/></Record></Annotation></Annotations>
                """
        )
        #expect(
            output.declaration("extension DataverseClient", in: "Thing.swift") == """
                extension DataverseClient {
                    /// The rows of `Things`.
                    ///
                    /// The service does not support creating rows, deleting rows or `top`. Not to be filtered by: `id`. Queries
                    /// need a filter.
                    var things: EntitySet<Thing> { EntitySet(self) }
                }
                """
        )
        #expect(output.file("Thing.swift").contains("/// The service does not support creating rows, deleting rows or"))
    }

    @Test func deprecations() throws {
        let deprecated = """
            <Annotation Term="Org.OData.Core.V1.Revisions"><Collection>
            <Record><PropertyValue Property="Kind" EnumMember="Org.OData.Core.V1.RevisionKind/Added"/></Record>
            <Record><PropertyValue Property="Kind" EnumMember="Org.OData.Core.V1.RevisionKind/Deprecated"/>
            <PropertyValue Property="Version" String="2"/><PropertyValue Property="Description" String='Use "b"'/></Record>
            </Collection></Annotation>
            """
        let output = try generate(
            """
            <EntityType Name="T"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.Int32"/>
              <Property Name="a" Type="Edm.String">\(deprecated)</Property>
              <Property Name="c" Type="Edm.String"><Annotation Term="Vendor.V1.Deprecated" String="Gone soon"/></Property>
              <NavigationProperty Name="n" Type="self.T">\(deprecated)</NavigationProperty></EntityType>
            <EnumType Name="E"><Member Name="Old">\(deprecated)</Member></EnumType>
            <Function Name="F">\(deprecated)<ReturnType Type="Edm.Int32" Nullable="false"/></Function>
            <EntityContainer Name="C"><EntitySet Name="Ts" EntityType="self.T">\(deprecated)</EntitySet>
              <FunctionImport Name="F" Function="self.F"/></EntityContainer>
            """
        )
        let attribute = #"@available(*, deprecated, message: "Use \"b\" (since 2)")"#
        #expect(
            output.declaration("struct Columns", in: "T.swift") == """
                struct Columns: Sendable {
                    init() {}

                    /// `id`, `Edm.Int32`, part of the key.
                    var id: Column<T, Int32> { Column("id") }
                    /// `a`, `Edm.String`.
                    \(attribute)
                    var a: Column<T, String> { Column("a") }
                    /// `c`, `Edm.String`.
                    @available(*, deprecated, message: "Gone soon")
                    var c: Column<T, String> { Column("c") }

                    /// `n`, lookup of ``T``.
                    \(attribute)
                    var n: Lookup<T, T> { Lookup("n") }
                }
                """
        )
        #expect(output.lines("T.swift", containing: "@available").count == 5, "and both clients' entity sets")
        #expect(output.lines("Operations.swift", containing: "@available") == [attribute, attribute, attribute])
        #expect(output.file("Enumerations.swift").contains("/// `Old`, 0. Deprecated: Use \"b\" (since 2)."))
        #expect(!output.file("Enumerations.swift").contains("@available"))
    }

    @Test func descriptions() throws {
        let output = try generate(
            """
            <EntityType Name="T"><Property Name="a" Type="self.Weight"/></EntityType>
            <TypeDefinition Name="Weight" UnderlyingType="Edm.Decimal" Precision="10" Scale="3"/>
            <Annotations Target="self.T/a"><Annotation Term="Org.OData.Core.V1.Description">
              <Apply Function="odata.concat"><String>Net </String><String>weight</String></Apply></Annotation>
              <Annotation Term="Org.OData.Core.V1.LongDescription" Qualifier="Print"><String>In kg</String></Annotation>
              <Annotation Term="Org.OData.Core.V1.LongDescription"><String>In kilograms</String></Annotation></Annotations>
            """
        )
        #expect(
            output.file("T.swift").contains(
                """
                        /// Net weight.
                        ///
                        /// In kilograms.
                        ///
                        /// `a`, `self.Weight`, `Edm.Decimal`, 10 digits, 3 after the point.
                        var a: Column<T, Decimal> { Column("a") }
                """
            )
        )
    }

    @Test func whatHappensOnDeletion() throws {
        let output = try generate(
            """
            <EntityType Name="T"><Key><PropertyRef Name="a"/><PropertyRef Name="b"/></Key>
              <Property Name="a" Type="Edm.Int32"/><Property Name="b" Type="Edm.Int32"/>
              <Property Name="x" Type="Edm.Int32"/><Property Name="y" Type="Edm.Int32"/>
              <NavigationProperty Name="other" Type="self.T"><ReferentialConstraint Property="x" ReferencedProperty="a"/>
                <ReferentialConstraint Property="y" ReferencedProperty="b"/><OnDelete Action="SetNull"/></NavigationProperty>
              <NavigationProperty Name="parts" Type="Collection(self.T)" ContainsTarget="true"><OnDelete Action="Cascade"/>
              </NavigationProperty></EntityType>
            """
        )
        #expect(
            output.lines("T.swift", containing: "/// `other`")
                == ["/// `other`, lookup of ``T``; `x` is its `a`, `y` is its `b`; null after it is deleted."]
        )
        #expect(
            output.lines("T.swift", containing: "/// `parts`")
                == ["/// `parts`, collection of ``T``, contained; deleted together with it."]
        )
    }

    @Test func moneyImagesAndFiles() throws {
        let output = try generate(
            """
            <EntityType Name="crmbaseentity" Abstract="true"/>
            <EntityType Name="account" BaseType="self.crmbaseentity"><Key><PropertyRef Name="accountid"/></Key>
              <Property Name="accountid" Type="Edm.Guid"/><Property Name="exchangerate" Type="Edm.Decimal"/>
              <Property Name="revenue" Type="Edm.Decimal"/><Property Name="revenue_base" Type="Edm.Decimal"/>
              <Property Name="logo" Type="Edm.Binary"/><Property Name="logo_url" Type="Edm.String"/>
              <Property Name="logo_timestamp" Type="Edm.Int64"/><Property Name="logoid" Type="Edm.Guid"/>
              <Property Name="contract" Type="Edm.Guid"/><Property Name="contract_name" Type="Edm.String"/></EntityType>
            """
        )
        let columns = output.lines("Account.swift", containing: "Column<").map {
            $0.split(separator: " ")[1...2].joined()
        }
        #expect(
            columns == [
                "accountid:Column<Account,", "contract:ReadOnlyColumn<Account,", "contractName:ReadOnlyColumn<Account,",
                "exchangerate:Column<Account,", "logo:Column<Account,", "logoTimestamp:ReadOnlyColumn<Account,",
                "logoURL:ReadOnlyColumn<Account,", "logoid:Column<Account,", "revenue:Column<Account,",
                "revenueBase:Column<Account,",
            ]
                || columns == [
                    "accountid:Column<Account,", "contract:ReadOnlyColumn<Account,",
                    "contractName:ReadOnlyColumn<Account,", "exchangerate:Column<Account,", "logo:Column<Account,",
                    "logoTimestamp:ReadOnlyColumn<Account,", "logoUrl:ReadOnlyColumn<Account,",
                    "logoid:Column<Account,",
                    "revenue:Column<Account,", "revenueBase:Column<Account,",
                ],
            "\(columns)"
        )
        let file = output.file("Account.swift")
        #expect(
            file.contains("/// `revenue`, `Edm.Decimal`. Money in the currency of the row; `revenue_base` has it in")
        )
        #expect(file.contains("/// `revenue_base`, `Edm.Decimal`. The amount of `revenue` in the base currency."))
        #expect(file.contains("/// `contract_name`, `Edm.String`. The name of the file in `contract`."))
        #expect(file.contains("/// `logo`, `Edm.Binary`. An image, in its small size;"))
    }
}

extension OperationSnippetTests {
    @Test func operationsOfABaseTypeAreMethodsOfWhatInheritsFromIt() throws {
        let output = try generate(
            """
            <EntityType Name="base" Abstract="true"><Key><PropertyRef Name="id"/></Key>
              <Property Name="id" Type="Edm.Int32"/></EntityType>
            <EntityType Name="user" BaseType="self.base"/>
            <Action Name="Reset" IsBound="true"><Parameter Name="entity" Type="self.base"/>
              <Parameter Name="hard" Type="Edm.Boolean" Nullable="false"/></Action>
            <Function Name="Count" IsBound="true"><Parameter Name="all" Type="Collection(self.base)"/>
              <ReturnType Type="Edm.Int32" Nullable="false"/></Function>
            <EntityContainer Name="C"><EntitySet Name="users" EntityType="self.user"/>
              <Singleton Name="me" Type="self.user"/></EntityContainer>
            """
        )
        #expect(
            output.declaration("extension EntitySet", in: "User.swift") == """
                extension EntitySet where Row == User {
                    /// The function `Count`, bound to `Collection(self.base)`.
                    func countFunction() throws -> Int32 {
                        try call(Base.Operations.countFunction())
                    }

                    /// The action `Reset`, bound to `self.base`.
                    func reset(on row: RowKey<User>, hard: Bool) throws {
                        try call(Base.Operations.reset(hard: hard), on: row)
                    }
                }
                """
        )
        #expect(
            output.declaration("extension AsyncSingleton", in: "User.swift") == """
                extension AsyncSingleton where Row == User {
                    /// The action `Reset`, bound to `self.base`.
                    func reset(hard: Bool) async throws {
                        try await call(Base.Operations.reset(hard: hard))
                    }
                }
                """
        )
        #expect(!output.file("Base.swift").contains("extension EntitySet"))
    }

    @Test func importsNameTheirMethods() throws {
        let output = try generate(
            """
            <Function Name="F"><ReturnType Type="Edm.Int32" Nullable="false"/></Function>
            <EntityContainer Name="C"><FunctionImport Name="First" Function="self.F"/>
              <FunctionImport Name="Second" Function="self.F" EntitySet="things"/></EntityContainer>
            """
        )
        #expect(
            output.declaration("enum ServiceOperations", in: "Operations.swift") == """
                enum ServiceOperations {
                    /// The function `F`.
                    static func first() -> OperationCall<Int32> {
                        .function("First", returning: .value())
                    }

                    /// The function `F`, with rows of `things`.
                    static func second() -> OperationCall<Int32> {
                        .function("Second", returning: .value())
                    }
                }
                """
        )
    }
}
