/// Documents in the manner of well-known services, made up for tests: what they have in common with the real ones is
/// the way they use CSDL, not their content.
enum ServiceStyles {
    static func document(_ schemas: String, references: String = "", attributes: String = "") -> String {
        """
        <?xml version="1.0" encoding="utf-8"?>
        <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"\(attributes)>
        \(references)<edmx:DataServices>
        \(schemas)
        </edmx:DataServices></edmx:Edmx>
        """
    }

    private static let core = """
        <edmx:Reference Uri="https://example.com/Org.OData.Core.V1.xml">
          <edmx:Include Namespace="Org.OData.Core.V1" Alias="Core"/></edmx:Reference>
        <edmx:Reference Uri="https://example.com/Org.OData.Capabilities.V1.xml">
          <edmx:Include Namespace="Org.OData.Capabilities.V1" Alias="Capabilities"/></edmx:Reference>

        """

    private static func schema(_ namespace: String, alias: String?, _ content: String) -> String {
        "<Schema Namespace=\"\(namespace)\"\(alias.map { " Alias=\"\($0)\"" } ?? "") "
            + "xmlns=\"http://docs.oasis-open.org/odata/ns/edm\">\n\(content)\n</Schema>"
    }

    /// Microsoft Graph: one root type, deep inheritance, open types, containment, operations with the same names bound
    /// to many types, a second namespace with types of the same names, annotations apart from what they annotate.
    static var graph: String {
        let words = [
            "protocol", "extension", "error", "result", "set", "list", "operation", "event", "process", "task", "date",
            "import", "identity", "any", "json", "file", "function", "type", "self", "actor", "record", "value",
        ]
        let types = words.map { word in
            """
            <EntityType Name="\(word)" BaseType="graph.directoryObject" OpenType="true">
              <Property Name="\(word)" Type="Edm.String"/><Property Name="default" Type="graph.\(word)Kind"/>
              <Property Name="kinds" Type="Collection(graph.\(word)Kind)" Nullable="false"/>
              <Property Name="info" Type="graph.\(word)Info"/><Property Name="content" Type="Edm.Stream"/>
              <NavigationProperty Name="children" Type="Collection(graph.\(word))" ContainsTarget="true"/>
              <NavigationProperty Name="manager" Type="graph.directoryObject"/>
            </EntityType>
            <EnumType Name="\(word)Kind"><Member Name="default" Value="0"/><Member Name="none" Value="1"/>
              <Member Name="case" Value="2"/><Member Name="unknownFutureValue" Value="3"/></EnumType>
            <ComplexType Name="\(word)Info" BaseType="graph.info" OpenType="true">
              <Property Name="additional" Type="Edm.Untyped"/></ComplexType>
            <Function Name="delta" IsBound="true"><Parameter Name="bindingParameter" Type="Collection(graph.\(word))"/>
              <ReturnType Type="Collection(graph.\(word))"/></Function>
            <Function Name="delta" IsBound="true"><Parameter Name="bindingParameter" Type="Collection(graph.\(word))"/>
              <Parameter Name="token" Type="Edm.String"/><ReturnType Type="Collection(graph.\(word))"/></Function>
            <Action Name="restore" IsBound="true"><Parameter Name="bindingParameter" Type="graph.\(word)"/>
              <ReturnType Type="graph.directoryObject"/></Action>
            """
        }
        let sets = words.map { "<EntitySet Name=\"\($0)s\" EntityType=\"microsoft.graph.\($0)\"/>" }
        let main = schema(
            "microsoft.graph",
            alias: "graph",
            """
            <EntityType Name="entity" Abstract="true"><Key><PropertyRef Name="id"/></Key>
              <Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
            <EntityType Name="directoryObject" BaseType="graph.entity" OpenType="true">
              <Property Name="deletedDateTime" Type="Edm.DateTimeOffset"/></EntityType>
            <ComplexType Name="info" Abstract="true"><Property Name="by" Type="Edm.String"/></ComplexType>
            <Action Name="checkMemberGroups" IsBound="true">
              <Parameter Name="bindingParameter" Type="graph.directoryObject"/>
              <Parameter Name="groupIds" Type="Collection(Edm.String)" Nullable="false"/>
              <ReturnType Type="Collection(Edm.String)"/></Action>
            \(types.joined(separator: "\n"))
            <EntityContainer Name="GraphService">\(sets.joined())
              <EntitySet Name="directoryObjects" EntityType="microsoft.graph.directoryObject"/>
              <Singleton Name="me" Type="microsoft.graph.identity"/><Singleton Name="admin" Type="graph.entity"/>
            </EntityContainer>
            <Annotations Target="microsoft.graph.GraphService/events">
              <Annotation Term="Capabilities.DeleteRestrictions"><Record>
                <PropertyValue Property="Deletable" Bool="false"/></Record></Annotation></Annotations>
            <Annotations Target="microsoft.graph.event/manager">
              <Annotation Term="Core.Description" String="Who leads; see `docs` &quot;here&quot; */ ${x}"/></Annotations>
            <Annotations Target="microsoft.graph.task"><Annotation Term="Core.Revisions"><Collection><Record>
              <PropertyValue Property="Date" Date="2024-03-01"/><PropertyValue Property="Version" String="2024-03/Tasks"/>
              <PropertyValue Property="Kind" EnumMember="Org.OData.Core.V1.RevisionKind/Deprecated"/>
              <PropertyValue Property="Description" String="Use to-do tasks"/>
              <PropertyValue Property="RemovalDate" Date="2026-03-01"/></Record></Collection></Annotation></Annotations>
            """
        )
        let calls = schema(
            "microsoft.graph.callRecords",
            alias: nil,
            """
            <EntityType Name="event" BaseType="microsoft.graph.entity"><Property Name="kind" Type="graph.eventKind"/>
              <NavigationProperty Name="sessions" Type="Collection(microsoft.graph.callRecords.session)" ContainsTarget="true"/>
            </EntityType>
            <EntityType Name="session" BaseType="microsoft.graph.entity">
              <NavigationProperty Name="segments" Type="Collection(microsoft.graph.callRecords.segment)" ContainsTarget="true"/>
            </EntityType>
            <EntityType Name="segment" BaseType="microsoft.graph.entity"/>
            <ComplexType Name="eventInfo"/><EnumType Name="eventKind" IsFlags="true"/>
            """
        )
        return document(main + "\n" + calls, references: core)
    }

    /// SAP S/4HANA: vendor attributes, prefixes, composite keys, drafts, navigation properties that begin with an
    /// underscore, annotations of vendor vocabularies.
    static var sap: String {
        let tables = [
            "A_BusinessPartner", "A_BusinessPartnerRole", "A_BuPaIdentification", "I_Currency", "SEPM_I_Product",
        ]
        let types = tables.map { table in
            """
            <EntityType Name="\(table)Type" sap:label="\(table)" sap:content-version="1">
              <Key><PropertyRef Name="BusinessPartner"/><PropertyRef Name="DraftUUID"/><PropertyRef Name="IsActiveEntity"/></Key>
              <Property Name="BusinessPartner" Type="Edm.String" Nullable="false" MaxLength="10" sap:display-format="UpperCase"/>
              <Property Name="DraftUUID" Type="Edm.Guid" Nullable="false"/>
              <Property Name="IsActiveEntity" Type="Edm.Boolean" Nullable="false"/>
              <Property Name="YY1_Custom_bus" Type="Edm.String" sap:updatable="false"/>
              <Property Name="__CreateOptional" Type="Edm.Boolean"/><Property Name="SAP__Messages"
                Type="Collection(SAP__self.SAP__Message)" Nullable="false"/>
              <Property Name="NetAmount" Type="Edm.Decimal" Precision="16" Scale="variable" sap:unit="Currency"/>
              <Property Name="ValidFrom" Type="Edm.Date"/><Property Name="At" Type="Edm.TimeOfDay"/>
              <NavigationProperty Name="to_Item" Type="Collection(SAP__self.\(table)Type)" Partner="_Parent">
                <OnDelete Action="Cascade"/></NavigationProperty>
              <NavigationProperty Name="_Parent" Type="SAP__self.\(table)Type" Partner="to_Item">
                <ReferentialConstraint Property="BusinessPartner" ReferencedProperty="BusinessPartner"/></NavigationProperty>
              <NavigationProperty Name="SiblingEntity" Type="SAP__self.\(table)Type"/>
              <Annotation Term="com.sap.vocabularies.UI.v1.LineItem"><Collection><Record
                Type="com.sap.vocabularies.UI.v1.DataField"><PropertyValue Property="Value" Path="BusinessPartner"/>
                <Annotation Term="com.sap.vocabularies.UI.v1.Importance"
                  EnumMember="com.sap.vocabularies.UI.v1.ImportanceType/High"/></Record></Collection></Annotation>
            </EntityType>
            <Action Name="draftActivate" IsBound="true" EntitySetPath="_it"><Parameter Name="_it"
              Type="SAP__self.\(table)Type" Nullable="false"/>
              <ReturnType Type="SAP__self.\(table)Type" Nullable="false"/></Action>
            """
        }
        let sets = tables.map { table in
            """
            <EntitySet Name="\(table)" EntityType="com.sap.gateway.srvd.api.v0001.\(table)Type" sap:creatable="false">
              <NavigationPropertyBinding Path="to_Item/_Parent" Target="\(table)"/>
              <Annotation Term="SAP__capabilities.SearchRestrictions"><Record>
                <PropertyValue Property="Searchable" Bool="false"/></Record></Annotation></EntitySet>
            """
        }
        let content = """
            \(types.joined(separator: "\n"))
            <ComplexType Name="SAP__Message"><Property Name="code" Type="Edm.String" Nullable="false"/>
              <Property Name="numericSeverity" Type="Edm.Byte" Nullable="false"/></ComplexType>
            <Function Name="Get-Details"><Parameter Name="in" Type="Edm.String" Nullable="false"/>
              <ReturnType Type="SAP__self.SAP__Message"/></Function>
            <EntityContainer Name="Container">\(sets.joined(separator: "\n"))
              <FunctionImport Name="Get-Details" Function="SAP__self.Get-Details"/></EntityContainer>
            """
        let references = """
            <edmx:Reference Uri="/CAPABILITIES"><edmx:Include Namespace="Org.OData.Capabilities.V1"
              Alias="SAP__capabilities"/></edmx:Reference>

            """
        return document(
            schema("com.sap.gateway.srvd.api.v0001", alias: "SAP__self", content),
            references: references,
            attributes: " xmlns:sap=\"http://www.sap.com/Protocols/SAPData\""
        )
    }

    /// Business Central: encoded blanks in names, enumerations of them, contained tables of a company, streams.
    static var businessCentral: String {
        let tables = ["salesInvoice", "salesInvoiceLine", "item", "customer", "generalLedgerEntry"]
        let types = tables.map { table in
            """
            <EntityType Name="\(table)"><Key><PropertyRef Name="id"/></Key>
              <Property Name="id" Type="Edm.Guid" Nullable="false"/>
              <Property Name="status" Type="Microsoft.NAV.\(table)Status"/>
              <Property Name="No_" Type="Edm.String" MaxLength="20"/><Property Name="Amount_x0020_LCY" Type="Edm.Decimal"/>
              <Property Name="picture" Type="Edm.Stream"/><Property Name="dimensions" Type="Collection(Microsoft.NAV.dimension)"/>
              <NavigationProperty Name="company" Type="Microsoft.NAV.company" Partner="\(table)s"/>
              <Annotation Term="Org.OData.Core.V1.OptimisticConcurrency"><Collection/></Annotation>
            </EntityType>
            <EnumType Name="\(table)Status"><Member Name="_x0020_" Value="0"/><Member Name="Open" Value="1"/>
              <Member Name="In_x0020_Review" Value="2"/><Member Name="Canceled" Value="3"/></EnumType>
            <Action Name="post" IsBound="true"><Parameter Name="bindingParameter" Type="Microsoft.NAV.\(table)"/></Action>
            """
        }
        let navigation = tables.map {
            "<NavigationProperty Name=\"\($0)s\" Type=\"Collection(Microsoft.NAV.\($0))\" ContainsTarget=\"true\"/>"
        }
        let content = """
            \(types.joined(separator: "\n"))
            <EntityType Name="company"><Key><PropertyRef Name="id"/></Key>
              <Property Name="id" Type="Edm.Guid" Nullable="false"/>\(navigation.joined())</EntityType>
            <ComplexType Name="dimension"><Property Name="code" Type="Edm.String"/></ComplexType>
            <EntityContainer Name="NAV"><EntitySet Name="companies" EntityType="Microsoft.NAV.company"/></EntityContainer>
            """
        return document(schema("Microsoft.NAV", alias: nil, content))
    }

    /// Dynamics Finance and Operations: very many tables with composite keys, `NoYes` in place of Booleans, versions of
    /// tables whose names differ in case or in their last letters.
    static func finance(tables count: Int) -> String {
        var types: [String] = []
        var sets: [String] = []
        for number in 0..<count {
            let name =
                ["BillOfMaterials", "CustomerGroup", "LEDGERJournal", "ledgerJournal"][number % 4] + "V\(number / 2)"
            let type = number % 4 == 3 ? name : name + "Entity"
            types.append(
                """
                <EntityType Name="\(type)"><Key><PropertyRef Name="dataAreaId"/><PropertyRef Name="LineNumber"/>
                  <PropertyRef Name="IsActive"/></Key>
                  <Property Name="dataAreaId" Type="Edm.String" Nullable="false"/>
                  <Property Name="LineNumber" Type="Edm.Decimal" Nullable="false" Scale="variable"/>
                  <Property Name="IsActive" Type="Microsoft.Dynamics.DataEntities.NoYes" Nullable="false"/>
                  <Property Name="RecId" Type="Edm.Int64"/><Property Name="recid" Type="Edm.Int64"/>
                  <Property Name="Amount" Type="Edm.Decimal"/><Property Name="ValidFrom" Type="Edm.DateTimeOffset"/>
                  <NavigationProperty Name="Lines" Type="Collection(Microsoft.Dynamics.DataEntities.\(type))" Partner="Header"/>
                  <NavigationProperty Name="Header" Type="Microsoft.Dynamics.DataEntities.\(type)" Partner="Lines"/>
                </EntityType>
                """
            )
            sets.append("<EntitySet Name=\"\(name)s\" EntityType=\"Microsoft.Dynamics.DataEntities.\(type)\"/>")
        }
        let content = """
            <EnumType Name="NoYes"><Member Name="No" Value="0"/><Member Name="Yes" Value="1"/></EnumType>
            \(types.joined(separator: "\n"))
            <EntityContainer Name="Resources">\(sets.joined(separator: "\n"))</EntityContainer>
            """
        return document(schema("Microsoft.Dynamics.DataEntities", alias: nil, content))
    }

    /// Exchange and Intune: inheritance of many levels, each with columns and contained tables, abstract and open.
    static func deviceManagement(levels: Int) -> String {
        var types = [
            """
            <EntityType Name="level0" Abstract="true"><Key><PropertyRef Name="Id"/></Key>
              <Property Name="Id" Type="Edm.String" Nullable="false"/></EntityType>
            """
        ]
        for level in 1...levels {
            types.append(
                """
                <EntityType Name="level\(level)" BaseType="md.level\(level - 1)" Abstract="\(level % 3 == 0)"
                  OpenType="\(level % 2 == 0)"><Property Name="setting\(level)" Type="md.setting\(level)"/>
                  <Property Name="setting" Type="md.setting\(level)"/>
                  <NavigationProperty Name="assignments\(level)" Type="Collection(md.level\(levels - level))"
                    ContainsTarget="true"/></EntityType>
                <ComplexType Name="setting\(level)"\(level > 1 ? " BaseType=\"md.setting\(level - 1)\"" : "")
                  Abstract="\(level == 1)"><Property Name="value\(level)" Type="Collection(md.setting\(levels))"/></ComplexType>
                <Action Name="wipe" IsBound="true"><Parameter Name="device" Type="md.level\(level)"/>
                  <Parameter Name="keep\(level % 2 == 0 ? "All" : "Some")" Type="Edm.Boolean"/></Action>
                """
            )
        }
        let content = """
            \(types.joined(separator: "\n"))
            <EntityContainer Name="Management"><EntitySet Name="devices" EntityType="md.level1"/>
              <EntitySet Name="deepDevices" EntityType="md.level\(levels)"/>
              <Singleton Name="deviceManagement" Type="md.level2"/></EntityContainer>
            """
        return document(schema("microsoft.management", alias: "md", content))
    }
}
