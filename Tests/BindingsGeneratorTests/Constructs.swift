/// A schema with names and constructs that are easy to get wrong. It is generated and compiled.
let constructsOfEveryKind = #"""
    <EntityType Name="Thing" OpenType="true" HasStream="true">
      <Key><PropertyRef Name="id"/></Key>
      <Property Name="id" Type="Edm.Guid" Nullable="false"/>
      <Property Name="record" Type="Edm.String"/>
      <Property Name="Record" Type="Edm.String"/>
      <Property Name="class" Type="Edm.String"/>
      <Property Name="default" Type="Edm.Boolean"/>
      <Property Name="self" Type="Edm.String"/>
      <Property Name="init" Type="Edm.String"/>
      <Property Name="Type" Type="Edm.String"/>
      <Property Name="description" Type="Edm.String"/>
      <Property Name="hashValue" Type="Edm.Int32"/>
      <Property Name="3DModel" Type="Edm.Binary"/>
      <Property Name="größe" Type="Edm.Double"/>
      <Property Name="名前" Type="Edm.String"/>
      <Property Name="quote&quot;back\slash" Type="Edm.String"/>
      <Property Name="line&#10;break" Type="Edm.String"/>
      <Property Name="\(interpolated)" Type="Edm.String"/>
      <Property Name="___" Type="Edm.String"/>
      <Property Name="name" Type="Edm.String"/>
      <Property Name="NAME" Type="Edm.String"/>
      <Property Name="Name" Type="Edm.String"><Annotation Term="Org.OData.Core.V1.Description"
        String="*/ } struct Evil {} /*&#10;/// not a comment&#13;let x = 1 &#x2028; end"/></Property>
      <Property Name="Byte" Type="Edm.Byte"/>
      <Property Name="SByte" Type="Edm.SByte"/>
      <Property Name="Int16" Type="Edm.Int16"/>
      <Property Name="Int64" Type="Edm.Int64"/>
      <Property Name="Single" Type="Edm.Single"/>
      <Property Name="Decimal" Type="Edm.Decimal" Precision="10" Scale="2"/>
      <Property Name="DateTimeOffset" Type="Edm.DateTimeOffset" Precision="3"/>
      <Property Name="Date" Type="Edm.Date"/>
      <Property Name="TimeOfDay" Type="Edm.TimeOfDay"/>
      <Property Name="Duration" Type="Edm.Duration"/>
      <Property Name="Stream" Type="Edm.Stream"/>
      <Property Name="Point" Type="Edm.GeographyPoint"/>
      <Property Name="Shape" Type="Edm.GeometryCollection"/>
      <Property Name="Untyped" Type="Edm.Untyped"/>
      <Property Name="Any" Type="Edm.PrimitiveType"/>
      <Property Name="Many" Type="Collection(Edm.Int32)"/>
      <Property Name="Weight" Type="self.Weight"/>
      <Property Name="Color" Type="self.Color"/>
      <Property Name="Colors" Type="Collection(self.Color)"/>
      <Property Name="Traits" Type="self.Traits"/>
      <Property Name="Address" Type="self.Address"/>
      <Property Name="Addresses" Type="Collection(self.Address)"/>
      <Property Name="Entity" Type="self.Item"/>
      <Property Name="Entities" Type="Collection(self.Item)"/>
      <Property Name="Unknown" Type="self.NotThere"/>
      <Property Name="_parentid_value" Type="Edm.Guid"/>
      <Property Name="_customerid_value" Type="Edm.Guid"/>
      <Property Name="_orphan_value" Type="Edm.Guid"/>
      <NavigationProperty Name="parentid" Type="self.Thing" Partner="children">
        <ReferentialConstraint Property="_parentid_value" ReferencedProperty="id"/></NavigationProperty>
      <NavigationProperty Name="children" Type="Collection(self.Thing)" Partner="parentid"/>
      <NavigationProperty Name="customerid_item" Type="self.Item">
        <ReferentialConstraint Property="_customerid_value" ReferencedProperty="itemid"/></NavigationProperty>
      <NavigationProperty Name="customerid_thing" Type="self.Thing">
        <ReferentialConstraint Property="_customerid_value" ReferencedProperty="id"/></NavigationProperty>
      <NavigationProperty Name="Base" Type="self.Base"/>
      <NavigationProperty Name="Missing" Type="Collection(self.NotThere)" ContainsTarget="true"/>
      <NavigationProperty Name="Anything" Type="Edm.EntityType"/>
      <Annotation Term="Keys.AlternateKeys"><Collection>
        <Record><PropertyValue Property="Key"><Collection>
          <Record><PropertyValue Property="Alias" String="name"/><PropertyValue Property="Name" PropertyPath="name"/></Record>
        </Collection></PropertyValue></Record>
        <Record><PropertyValue Property="Key"><Collection>
          <Record><PropertyValue Property="Name" PropertyPath="class"/></Record>
          <Record><PropertyValue Property="Alias" String="code"/><PropertyValue Property="Name" PropertyPath="Address/Code"/></Record>
        </Collection></PropertyValue></Record>
      </Collection></Annotation>
    </EntityType>
    <EntityType Name="Base" Abstract="true"/>
    <EntityType Name="Item" BaseType="self.Base">
      <Key><PropertyRef Name="itemid"/></Key><Property Name="itemid" Type="Edm.Guid"/>
    </EntityType>
    <EntityType Name="special_item" BaseType="self.Item"><Property Name="itemid2" Type="Edm.Int32"/></EntityType>
    <EntityType Name="Special-Item"><Property Name="x" Type="Edm.Int32"/></EntityType>
    <EntityType Name="Line">
      <Key><PropertyRef Name="Order"/><PropertyRef Name="Address/Code" Alias="Code"/><PropertyRef Name="Color"/></Key>
      <Property Name="Order" Type="Edm.Int64" Nullable="false"/>
      <Property Name="Color" Type="self.Color" Nullable="false"/>
      <Property Name="Address" Type="self.Address" Nullable="false"/>
    </EntityType>
    <EntityType Name="ColorKeyed"><Key><PropertyRef Name="Color"/></Key><Property Name="Color" Type="self.Color"/></EntityType>
    <EntityType Name="Task"><Key><PropertyRef Name="Id"/></Key><Property Name="Id" Type="Edm.String"/></EntityType>
    <EntityType Name="String"><Key><PropertyRef Name="Id"/></Key><Property Name="Id" Type="Edm.String"/></EntityType>
    <EntityType Name="Columns"><Key><PropertyRef Name="Id"/></Key><Property Name="Id" Type="Edm.String"/></EntityType>
    <EntityType Name="Key"><Key><PropertyRef Name="Id"/></Key><Property Name="Id" Type="Edm.String"/></EntityType>
    <EntityType Name="Generated"><Key><PropertyRef Name="Id"/></Key><Property Name="Id" Type="Edm.String"/></EntityType>
    <EntityType Name="Enumerations"><Key><PropertyRef Name="Id"/></Key><Property Name="Id" Type="Edm.String"/></EntityType>
    <EntityType Name="../../Escape"><Key><PropertyRef Name="Id"/></Key><Property Name="Id" Type="Edm.String"/></EntityType>
    <ComplexType Name="Address" OpenType="true">
      <Property Name="Code" Type="Edm.String" MaxLength="10" Nullable="false"/>
      <Property Name="json" Type="Edm.String"/><Property Name="Country" Type="self.Country"/>
      <NavigationProperty Name="Thing" Type="self.Thing"/>
    </ComplexType>
    <ComplexType Name="Country" BaseType="self.Address" Abstract="true"><Property Name="Iso" Type="Edm.String"/></ComplexType>
    <ComplexType Name="Task"/>
    <ComplexType Name="thing"/>
    <TypeDefinition Name="Weight" UnderlyingType="Edm.Decimal" Scale="3"/>
    <EnumType Name="Color"><Member Name="red"/><Member Name="None"/><Member Name="default"/><Member Name="Unrecognized"/>
      <Member Name="also_red" Value="0"/><Member Name="7"/><Member Name="self"/></EnumType>
    <EnumType Name="Traits" IsFlags="true" UnderlyingType="Edm.Int64"><Member Name="None" Value="0"/>
      <Member Name="Kind" Value="1"/><Member Name="rawValue" Value="2"/><Member Name="Huge" Value="9223372036854775807"/></EnumType>
    <EnumType Name="Empty"/>
    <EnumType Name="NoTraits" IsFlags="true"/>
    <Action Name="Reset"/>
    <Action Name="call"><Parameter Name="in" Type="Edm.String" Nullable="false"/><Parameter Name="parameters" Type="Edm.Int32"/>
      <Parameter Name="OperationParameter" Type="Edm.String"/></Action>
    <Function Name="Find"><ReturnType Type="Collection(self.Thing)"/></Function>
    <Function Name="Find"><Parameter Name="name" Type="Edm.String" Nullable="false"/><ReturnType Type="self.Thing"/></Function>
    <Function Name="Find"><Parameter Name="Name" Type="Edm.String" Nullable="false"/><ReturnType Type="self.Thing"/></Function>
    <Function Name="Find"><Parameter Name="name" Type="Edm.Int32" Nullable="false"/><ReturnType Type="self.Address"/></Function>
    <Function Name="Types">
      <Parameter Name="thing" Type="self.Thing" Nullable="false"/><Parameter Name="things" Type="Collection(self.Thing)"/>
      <Parameter Name="any" Type="self.Base" Nullable="false"/><Parameter Name="anys" Type="Collection(self.Base)"/>
      <Parameter Name="maybe" Type="self.Base"/><Parameter Name="address" Type="self.Address"/>
      <Parameter Name="color" Type="self.Color"><Annotation Term="Org.OData.Core.V1.OptionalParameter"/></Parameter>
      <Parameter Name="traits" Type="Collection(self.Traits)"/><Parameter Name="unknown" Type="self.NotThere"/>
      <ReturnType Type="Edm.Int32"/></Function>
    <Function Name="ReturnsBase"><ReturnType Type="self.Base"/></Function>
    <Function Name="ReturnsBases"><ReturnType Type="Collection(self.Base)"/></Function>
    <Function Name="ReturnsColors"><ReturnType Type="Collection(self.Color)"/></Function>
    <Function Name="ReturnsComplex"><ReturnType Type="Edm.ComplexType"/></Function>
    <Function Name="NotImported"><ReturnType Type="Edm.String"/></Function>
    <Action Name="Move" IsBound="true"><Parameter Name="thing" Type="self.Thing"/><Parameter Name="row" Type="Edm.String"/>
      <ReturnType Type="self.Thing"/></Action>
    <Function Name="first" IsBound="true"><Parameter Name="things" Type="Collection(self.Thing)"/><ReturnType Type="Edm.Int32"/></Function>
    <Action Name="Touch" IsBound="true"><Parameter Name="base" Type="self.Base"/></Action>
    <Action Name="TouchAddress" IsBound="true"><Parameter Name="address" Type="self.Address"/></Action>
    <Action Name="TouchNothing" IsBound="true"/>
    <EntityContainer Name="C">
      <EntitySet Name="Things" EntityType="self.Thing"/><EntitySet Name="OtherThings" EntityType="self.Thing"/>
      <EntitySet Name="things" EntityType="self.Item"/><EntitySet Name="context" EntityType="self.Line"/>
      <EntitySet Name="default" EntityType="self.ColorKeyed"/><EntitySet Name="Find" EntityType="self.Task"/>
      <Singleton Name="Me" Type="self.Thing"/>
      <ActionImport Name="Reset" Action="self.Reset"/><ActionImport Name="call" Action="self.call"/>
      <FunctionImport Name="Find" Function="self.Find"/><FunctionImport Name="Types" Function="self.Types"/>
      <FunctionImport Name="ReturnsBase" Function="self.ReturnsBase"/>
      <FunctionImport Name="ReturnsBases" Function="self.ReturnsBases"/>
      <FunctionImport Name="ReturnsColors" Function="self.ReturnsColors"/>
      <FunctionImport Name="ReturnsComplex" Function="self.ReturnsComplex"/>
    </EntityContainer>
    """#
