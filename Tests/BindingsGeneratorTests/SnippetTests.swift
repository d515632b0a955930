import CSDL
import Testing

@testable import BindingsGenerator

/// A piece of CSDL in, the Swift that comes of it out.
@Suite("Snippets")
struct SnippetTests {
    @Test func columnsAndTheirFacets() throws {
        let output = try generate(
            """
            <EntityType Name="account"><Key><PropertyRef Name="accountid"/></Key>
              <Property Name="accountid" Type="Edm.Guid" Nullable="false"/>
              <Property Name="revenue" Type="Edm.Decimal" Precision="19" Scale="4"/>
              <Property Name="name" Type="Edm.String" MaxLength="160" Nullable="false" DefaultValue="x">
                <Annotation Term="Org.OData.Core.V1.Description" String="The company's name"/>
                <Annotation Term="Org.OData.Core.V1.LongDescription" String="As it trades."/></Property>
              <Property Name="createdon" Type="Edm.DateTimeOffset">
                <Annotation Term="Org.OData.Core.V1.Computed"/></Property>
              <Property Name="tags" Type="Collection(Edm.String)"/>
            </EntityType>
            <EntityContainer Name="C"><EntitySet Name="accounts" EntityType="self.account"/></EntityContainer>
            """
        ) { $0.accessLevel = .public }
        #expect(
            output.file("Account.swift") == """
                /// A row of the table `account`.
                ///
                /// Table `account`, entity set `accounts`, type `Test.account`.
                public struct Account: ODataEntity {
                    public typealias PrimaryKey = UUID
                    public static let schema = EntitySchema(
                        logicalName: "account",
                        typeName: "Test.account",
                        entitySetName: "accounts",
                        key: ["accountid"]
                    )
                    @inlinable public static var columns: Columns { Columns() }
                    public var record: Record
                    public init(record: Record) { self.record = record }

                    /// The columns, lookups and collections of `account`.
                    public struct Columns: Sendable {
                        @inlinable public init() {}

                        /// `accountid`, `Edm.Guid`, part of the key.
                        @inlinable public var accountid: Column<Account, UUID> { Column("accountid") }
                        /// `createdon`, `Edm.DateTimeOffset`.
                        @inlinable public var createdon: ReadOnlyColumn<Account, Date> { ReadOnlyColumn("createdon") }
                        /// The company's name.
                        ///
                        /// As it trades.
                        ///
                        /// `name`, `Edm.String`, at most 160 characters, never null, `x` by default.
                        @inlinable public var name: Column<Account, String> { Column("name") }
                        /// `revenue`, `Edm.Decimal`, 19 digits, 4 after the point.
                        @inlinable public var revenue: Column<Account, Decimal> { Column("revenue") }
                        /// `tags`, `Collection(Edm.String)`.
                        @inlinable public var tags: Column<Account, [String]> { Column("tags") }
                    }
                }

                extension DataverseClient {
                    /// The rows of `accounts`.
                    public var accounts: EntitySet<Account> { EntitySet(self) }
                }

                extension AsyncDataverseClient {
                    /// The rows of `accounts`.
                    public var accounts: AsyncEntitySet<Account> { AsyncEntitySet(self) }
                }

                """
        )
    }

    @Test(arguments: [
        ("Edm.String", "String"), ("Edm.Boolean", "Bool"), ("Edm.Byte", "UInt8"), ("Edm.SByte", "Int8"),
        ("Edm.Int16", "Int16"), ("Edm.Int32", "Int32"), ("Edm.Int64", "Int64"), ("Edm.Single", "Float"),
        ("Edm.Double", "Double"), ("Edm.Decimal", "Decimal"), ("Edm.Guid", "UUID"), ("Edm.DateTimeOffset", "Date"),
        ("Edm.Date", "DateOnly"), ("Edm.TimeOfDay", "TimeOfDay"), ("Edm.Duration", "Duration"), ("Edm.Binary", "Data"),
        ("Edm.GeographyPoint", "GeoJSON"), ("Edm.GeometryCollection", "GeoJSON"), ("Edm.Untyped", "Value"),
        ("Edm.PrimitiveType", "Value"), ("self.Weight", "Decimal"), ("self.Color", "Color"), ("self.Point", "Point"),
        ("self.Missing", "Value"), ("self.T", "Record"), ("Collection(Edm.Int32)", "[Int32]"),
        ("Collection(self.Point)", "[Point]"), ("Collection(self.T)", "[Record]"),
    ])
    func typesOfColumns(type: String, swift: String) throws {
        let output = try generate(
            """
            <EntityType Name="T"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.Guid"/>
              <Property Name="x" Type="\(type)"/></EntityType>
            <TypeDefinition Name="Weight" UnderlyingType="Edm.Decimal"/>
            <EnumType Name="Color"/><ComplexType Name="Point"/>
            """
        )
        #expect(output.lines("T.swift", containing: "var x:") == ["var x: Column<T, \(swift)> { Column(\"x\") }"])
    }

    @Test func readOnlyByAnnotation() throws {
        let output = try generate(
            """
            <EntityType Name="T">
              <Property Name="a" Type="Edm.Int32"><Annotation Term="Core.Immutable"/></Property>
              <Property Name="g" Type="Edm.Int32"><Annotation Term="Org.OData.Core.V1.Immutable"/></Property>
              <Property Name="b" Type="Edm.Int32"><Annotation Term="Org.OData.Core.V1.Computed" Bool="false"/></Property>
              <Property Name="c" Type="Edm.Int32"><Annotation Term="Org.OData.Core.V1.Permissions"><EnumMember>
                Org.OData.Core.V1.Permission/Read</EnumMember></Annotation></Property>
              <Property Name="d" Type="Edm.Int32"><Annotation Term="Org.OData.Core.V1.Permissions"
                EnumMember="Org.OData.Core.V1.Permission/Read Org.OData.Core.V1.Permission/Write"/></Property>
              <Property Name="e" Type="Edm.Stream"/>
              <Property Name="f" Type="Edm.Int32"/>
            </EntityType>
            <Annotations Target="self.T/f"><Annotation Term="Org.OData.Core.V1.Computed"/></Annotations>
            """
        )
        let readOnly = output.lines("T.swift", containing: ": ReadOnlyColumn<").map { $0.dropFirst(4).prefix(1) }
        // Core is not an alias that this document declares.
        #expect(readOnly == ["c", "e", "f"])
        let createOnly = output.lines("T.swift", containing: ": CreateOnlyColumn<")
        #expect(createOnly == ["var g: CreateOnlyColumn<T, Int32> { CreateOnlyColumn(\"g\") }"])
    }

    @Test func lookups() throws {
        let output = try generate(
            """
            <EntityType Name="opportunity"><Key><PropertyRef Name="opportunityid"/></Key>
              <Property Name="opportunityid" Type="Edm.Guid"/>
              <Property Name="_parentid_value" Type="Edm.Guid"/>
              <Property Name="_customerid_value" Type="Edm.Guid"/>
              <Property Name="_orphan_value" Type="Edm.Guid"/>
              <NavigationProperty Name="parentid" Type="self.opportunity" Partner="children">
                <ReferentialConstraint Property="_parentid_value" ReferencedProperty="opportunityid"/>
              </NavigationProperty>
              <NavigationProperty Name="children" Type="Collection(self.opportunity)" Partner="parentid"/>
              <NavigationProperty Name="customerid_account" Type="self.account">
                <ReferentialConstraint Property="_customerid_value" ReferencedProperty="accountid"/>
              </NavigationProperty>
              <NavigationProperty Name="customerid_contact" Type="self.contact">
                <ReferentialConstraint Property="_customerid_value" ReferencedProperty="contactid"/>
              </NavigationProperty>
            </EntityType>
            <EntityType Name="account"><Key><PropertyRef Name="accountid"/></Key>
              <Property Name="accountid" Type="Edm.Guid"/></EntityType>
            <EntityType Name="contact"><Key><PropertyRef Name="contactid"/></Key>
              <Property Name="contactid" Type="Edm.Guid"/></EntityType>
            <EntityContainer Name="C"><EntitySet Name="accounts" EntityType="self.account"/></EntityContainer>
            """
        ) { $0.exclude = ["contact"] }
        #expect(
            output.declaration("struct Columns", in: "Opportunity.swift") == """
                struct Columns: Sendable {
                    init() {}

                    /// `opportunityid`, `Edm.Guid`, part of the key.
                    var opportunityid: Column<Opportunity, UUID> { Column("opportunityid") }
                    /// `_orphan_value`, `Edm.Guid`.
                    var orphanValue: ReadOnlyColumn<Opportunity, UUID> { ReadOnlyColumn("_orphan_value") }

                    /// `_customerid_value`, lookup of 2 tables, see ``Opportunity/Customer``.
                    var customerid: PolymorphicLookup<Opportunity, Customer> { PolymorphicLookup("_customerid_value") }
                    /// `parentid`, lookup of ``Opportunity``, inverse of `children`, key in `_parentid_value`.
                    var parentid: Lookup<Opportunity, Opportunity> { Lookup("parentid", value: "_parentid_value") }

                    /// `children`, collection of ``Opportunity``, inverse of `parentid`.
                    var children: CollectionNavigation<Opportunity, Opportunity> { CollectionNavigation("children") }
                }
                """
        )
        #expect(
            output.declaration("enum Customer", in: "Opportunity.swift") == """
                enum Customer: PolymorphicTargets {
                    /// A row of ``Account``, set through `customerid_account`.
                    case account(Reference<Account>)
                    /// A row whose table the service did not name, or that has no case here.
                    case other(EntityReference)

                    static let tables: [LookupTable] = [
                        LookupTable("account", in: "accounts", through: "customerid_account"),
                        LookupTable("contact", in: nil, through: "customerid_contact"),
                    ]

                    init(_ reference: EntityReference) {
                        switch Self.index(of: reference) {
                        case 0: self = .account(Reference(reference))
                        default: self = .other(reference)
                        }
                    }

                    var reference: EntityReference {
                        switch self {
                        case .account(let row): EntityReference(row)
                        case .other(let reference): reference
                        }
                    }

                    /// The lookup of each table.
                    struct Lookups: Sendable {
                        init() {}

                        /// `customerid_account`, lookup of ``Account``, key in `_customerid_value`.
                        var account: Lookup<Opportunity, Account> { Lookup("customerid_account", value: "_customerid_value") }
                        /// `customerid_contact`, lookup of rows of `self.contact`, key in `_customerid_value`.
                        var contact: Lookup<Opportunity, UntypedEntity> { Lookup("customerid_contact", value: "_customerid_value") }
                    }
                    static var lookups: Lookups { Lookups() }
                }
                """
        )
    }

    @Test func lookupsOfATableThatOthersInheritFrom() throws {
        let output = try generate(
            """
            <EntityType Name="principal" Abstract="true"><Key><PropertyRef Name="ownerid"/></Key>
              <Property Name="ownerid" Type="Edm.Guid"/></EntityType>
            <EntityType Name="user" BaseType="self.principal"/><EntityType Name="team" BaseType="self.principal"/>
            <EntityType Name="account"><Key><PropertyRef Name="accountid"/></Key>
              <Property Name="accountid" Type="Edm.Guid"/><Property Name="_ownerid_value" Type="Edm.Guid"/>
              <NavigationProperty Name="ownerid" Type="self.principal">
                <ReferentialConstraint Property="_ownerid_value" ReferencedProperty="ownerid"/></NavigationProperty>
            </EntityType>
            <EntityContainer Name="C"><EntitySet Name="users" EntityType="self.user"/>
              <EntitySet Name="teams" EntityType="self.team"/></EntityContainer>
            """
        )
        #expect(
            output.lines("Account.swift", containing: "GeneralLookup<") == [
                #"var ownerid: GeneralLookup<Account, Principal> { GeneralLookup("ownerid", value: "_ownerid_value") }"#
            ]
        )
        #expect(output.lines("Principal.swift", containing: "struct Principal")[0].contains(": ODataGeneralEntity {"))
        #expect(
            output.declaration("enum Subtype", in: "Principal.swift") == """
                enum Subtype: LookupTargets {
                    /// A row of ``Team``.
                    case team(Reference<Team>)
                    /// A row of ``User``.
                    case user(Reference<User>)
                    /// A row whose table the service did not name, or that has no case here.
                    case other(EntityReference)

                    static let tables: [LookupTable] = [
                        LookupTable("team", in: "teams"),
                        LookupTable("user", in: "users"),
                    ]

                    init(_ reference: EntityReference) {
                        switch Self.index(of: reference) {
                        case 0: self = .team(Reference(reference))
                        case 1: self = .user(Reference(reference))
                        default: self = .other(reference)
                        }
                    }

                    var reference: EntityReference {
                        switch self {
                        case .team(let row): EntityReference(row)
                        case .user(let row): EntityReference(row)
                        case .other(let reference): reference
                        }
                    }
                }
                """
        )
    }

    @Test func compositeKeys() throws {
        let output = try generate(
            """
            <EntityType Name="Line"><Key><PropertyRef Name="OrderID"/><PropertyRef Name="Product/No" Alias="No"/></Key>
              <Property Name="OrderID" Type="Edm.Int32" Nullable="false"/>
              <Property Name="Product" Type="self.Product"/></EntityType>
            <ComplexType Name="Product"><Property Name="No" Type="Edm.String"/></ComplexType>
            """
        )
        #expect(output.file("Line.swift").contains("typealias PrimaryKey = Key"))
        #expect(output.file("Line.swift").contains(#"key: ["OrderID", "No"],"#))
        #expect(output.file("Line.swift").contains(#"keyPaths: ["No": "Product/No"]"#))
        #expect(
            output.declaration("struct Key", in: "Line.swift") == """
                struct Key: CompositeKey {
                    /// Part of the key: "OrderID".
                    var orderID: Int32
                    /// Part of the key: "No".
                    var no: String

                    init(orderID: Int32, no: String) {
                        self.orderID = orderID
                        self.no = no
                    }

                    init?(record: Record) {
                        guard
                            let orderID = try? record.value("OrderID", as: Int32.self),
                            let no = try? record.value("No", as: String.self)
                        else { return nil }
                        self.init(orderID: orderID, no: no)
                    }

                    var values: [(name: String, value: any ColumnValue)] { [("OrderID", orderID), ("No", no)] }
                }
                """
        )
    }

    @Test func alternateKeys() throws {
        let key = { (names: String...) in
            let parts = names.map {
                "<Record><PropertyValue Property=\"Alias\" String=\"\($0)\"/>"
                    + "<PropertyValue Property=\"Name\" PropertyPath=\"\($0)\"/></Record>"
            }
            return
                "<Record><PropertyValue Property=\"Key\"><Collection>\(parts.joined())</Collection></PropertyValue></Record>"
        }
        let output = try generate(
            """
            <EntityType Name="account"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.Guid"/>
              <Property Name="accountnumber" Type="Edm.String"/><Property Name="_ownerid_value" Type="Edm.Guid"/>
              <Annotation Term="OData.Community.Keys.V1.AlternateKeys"><Collection>
                \(key("accountnumber"))\(key("accountnumber", "_ownerid_value"))\(key("gone"))</Collection></Annotation>
            </EntityType>
            """
        )
        #expect(
            output.declaration("extension RowKey", in: "Account.swift") == """
                extension RowKey where Row == Account {
                    /// The row with the alternate key `accountnumber`.
                    static func accountnumber(_ accountnumber: String) -> Self {
                        .alternate(("accountnumber", accountnumber))
                    }

                    /// The row with the alternate key `accountnumber`, `_ownerid_value`.
                    static func alternateKey(accountnumber: String, ownerid: UUID) -> Self {
                        .alternate(("accountnumber", accountnumber), ("_ownerid_value", ownerid))
                    }
                }
                """
        )
        #expect(
            output.diagnostics.map(\.message)
                == ["the alternate key 'gone' of 'account' names an unknown property and is left out"]
        )
    }

    @Test func inheritanceIsFlattened() throws {
        let output = try generate(
            """
            <EntityType Name="Base" Abstract="true"><Key><PropertyRef Name="id"/></Key>
              <Property Name="id" Type="Edm.Int32"/><Property Name="b" Type="Edm.String"/></EntityType>
            <EntityType Name="Derived" BaseType="self.Base" OpenType="true"><Property Name="a" Type="Edm.String"/></EntityType>
            """
        )
        #expect(
            output.lines("Derived.swift", containing: "Column<") == [
                "var id: Column<Derived, Int32> { Column(\"id\") }", "var a: Column<Derived, String> { Column(\"a\") }",
                "var b: Column<Derived, String> { Column(\"b\") }",
            ]
        )
        #expect(
            output.file("Derived.swift").contains(
                "/// Inherits the columns of `Base`. Open: a row may have more columns"
            )
        )
        #expect(output.file("Base.swift").contains("/// Abstract: every row is of a type that inherits from it."))
        #expect(output.file("Base.swift").contains("typealias PrimaryKey = Int32"))
    }

    @Test func enumerations() throws {
        let output = try generate(
            """
            <EnumType Name="color_kind"><Member Name="Red"/><Member Name="None"/><Member Name="case"/></EnumType>
            """
        )
        #expect(
            output.declaration("enum ColorKind", in: "Enumerations.swift") == """
                enum ColorKind: ODataEnumeration {
                    /// `Red`, 0.
                    case red
                    /// `None`, 1.
                    case noneValue
                    /// `case`, 2.
                    case `case`
                    /// A member that the metadata did not have.
                    case unrecognized(String)

                    static var typeName: String { "Test.color_kind" }

                    init(memberName: String) {
                        switch memberName {
                        case "Red", "0": self = .red
                        case "None", "1": self = .noneValue
                        case "case", "2": self = .`case`
                        default: self = .unrecognized(memberName)
                        }
                    }

                    var memberName: String {
                        switch self {
                        case .red: "Red"
                        case .noneValue: "None"
                        case .`case`: "case"
                        case .unrecognized(let memberName): memberName
                        }
                    }
                }
                """
        )
    }

    @Test func flags() throws {
        let output = try generate(
            """
            <EnumType Name="Rights" IsFlags="true"><Member Name="Read" Value="1"/><Member Name="Write" Value="2"/></EnumType>
            """
        )
        #expect(
            output.declaration("struct Rights", in: "Enumerations.swift") == """
                struct Rights: ODataFlags {
                    let rawValue: Int64
                    init(rawValue: Int64) { self.rawValue = rawValue }

                    /// `Read`, 1.
                    static var read: Self { Self(rawValue: 1) }

                    /// `Write`, 2.
                    static var write: Self { Self(rawValue: 2) }

                    static var typeName: String { "Test.Rights" }
                    static var members: [(name: String, value: Int64)] {
                        [
                            ("Read", 1),
                            ("Write", 2),
                        ]
                    }
                }
                """
        )
    }

    @Test func complexTypes() throws {
        let output = try generate(
            """
            <ComplexType Name="Point"><Property Name="X" Type="Edm.Double" Nullable="false"/></ComplexType>
            <ComplexType Name="Point3D" BaseType="self.Point"><Property Name="Z" Type="Edm.Double"/></ComplexType>
            """
        )
        #expect(
            output.declaration("struct Point3D", in: "ComplexTypes.swift") == """
                struct Point3D: ODataComplexType {
                    static var schema: ComplexSchema { ComplexSchema(typeName: "Test.Point3D") }
                    static var columns: Columns { Columns() }
                    var record: Record
                    init(record: Record) { self.record = record }

                    /// The properties of `Point3D`.
                    struct Columns: Sendable {
                        init() {}

                        /// `X`, `Edm.Double`, never null.
                        var x: Column<Point3D, Double> { Column("X") }
                        /// `Z`, `Edm.Double`.
                        var z: Column<Point3D, Double> { Column("Z") }
                    }
                }
                """
        )
    }

    @Test func singletonsAndSecondSets() throws {
        let output = try generate(
            """
            <EntityType Name="Person"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.Int32"/></EntityType>
            <EntityContainer Name="C"><EntitySet Name="People" EntityType="self.Person"/>
              <EntitySet Name="context" EntityType="Test.Person"/><Singleton Name="Me" Type="self.Person"/></EntityContainer>
            """
        )
        #expect(
            output.declaration("extension AsyncDataverseClient", in: "Person.swift") == """
                extension AsyncDataverseClient {
                    /// The rows of `People`.
                    var people: AsyncEntitySet<Person> { AsyncEntitySet(self) }
                    /// The rows of `context`.
                    var contextEntitySet: AsyncEntitySet<Person> { AsyncEntitySet(self, named: "context") }
                    /// The singleton `Me`.
                    var me: AsyncSingleton<Person> { AsyncSingleton(self, named: "Me") }
                }
                """
        )
    }
}
