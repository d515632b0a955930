import DataverseEmulator
import Foundation
import ODataCore

/// A small environment with what the sample lacks: views, teams, images, an elastic table, cases.
enum Workshop {
    static let metadata = """
        <?xml version="1.0" encoding="utf-8"?>
        <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
        <Schema Namespace="Microsoft.Dynamics.CRM" Alias="mscrm" xmlns="http://docs.oasis-open.org/odata/ns/edm">
        <EntityType Name="crmbaseentity" Abstract="true"/>
        <EntityType Name="account" BaseType="mscrm.crmbaseentity"><Key><PropertyRef Name="accountid"/></Key>
        <Property Name="accountid" Type="Edm.Guid"/><Property Name="name" Type="Edm.String" MaxLength="20"/>
        <Property Name="merged" Type="Edm.Boolean"/><Property Name="statecode" Type="Edm.Int32"/>
        <Property Name="statuscode" Type="Edm.Int32"/>
        <Property Name="_parentaccountid_value" Type="Edm.Guid"/><Property Name="_masterid_value" Type="Edm.Guid"/>
        <Property Name="_createdby_value" Type="Edm.Guid"/><Property Name="_createdonbehalfby_value" Type="Edm.Guid"/>
        <Property Name="_ownerid_value" Type="Edm.Guid"/>
        <Property Name="entityimage" Type="Edm.Binary"/><Property Name="entityimageid" Type="Edm.Guid"/>
        <Property Name="entityimage_url" Type="Edm.String"/><Property Name="entityimage_timestamp" Type="Edm.Int64"/>
        <NavigationProperty Name="parentaccountid" Type="mscrm.account" Partner="account_parent_account">
        <ReferentialConstraint Property="_parentaccountid_value" ReferencedProperty="accountid"/></NavigationProperty>
        <NavigationProperty Name="account_parent_account" Type="Collection(mscrm.account)" Partner="parentaccountid"/>
        <NavigationProperty Name="masterid" Type="mscrm.account">
        <ReferentialConstraint Property="_masterid_value" ReferencedProperty="accountid"/></NavigationProperty>
        <NavigationProperty Name="ownerid" Type="mscrm.systemuser">
        <ReferentialConstraint Property="_ownerid_value" ReferencedProperty="systemuserid"/></NavigationProperty>
        </EntityType>
        <EntityType Name="incident" BaseType="mscrm.crmbaseentity"><Key><PropertyRef Name="incidentid"/></Key>
        <Property Name="incidentid" Type="Edm.Guid"/><Property Name="title" Type="Edm.String" Nullable="false"/>
        <Property Name="statecode" Type="Edm.Int32"/><Property Name="statuscode" Type="Edm.Int32"/></EntityType>
        <EntityType Name="incidentresolution" BaseType="mscrm.crmbaseentity">
        <Key><PropertyRef Name="activityid"/></Key>
        <Property Name="activityid" Type="Edm.Guid"/><Property Name="subject" Type="Edm.String"/>
        <Property Name="_incidentid_value" Type="Edm.Guid"/>
        <NavigationProperty Name="incidentid" Type="mscrm.incident">
        <ReferentialConstraint Property="_incidentid_value" ReferencedProperty="incidentid"/></NavigationProperty>
        </EntityType>
        <EntityType Name="savedquery" BaseType="mscrm.crmbaseentity"><Key><PropertyRef Name="savedqueryid"/></Key>
        <Property Name="savedqueryid" Type="Edm.Guid"/><Property Name="name" Type="Edm.String"/>
        <Property Name="fetchxml" Type="Edm.String"/><Property Name="returnedtypecode" Type="Edm.String"/></EntityType>
        <EntityType Name="systemuser" BaseType="mscrm.crmbaseentity"><Key><PropertyRef Name="systemuserid"/></Key>
        <Property Name="systemuserid" Type="Edm.Guid"/><Property Name="fullname" Type="Edm.String"/>
        <Property Name="azureactivedirectoryobjectid" Type="Edm.Guid"/>
        <Property Name="_parentsystemuserid_value" Type="Edm.Guid"/>
        <NavigationProperty Name="parentsystemuserid" Type="mscrm.systemuser">
        <ReferentialConstraint Property="_parentsystemuserid_value" ReferencedProperty="systemuserid"/>
        </NavigationProperty>
        <NavigationProperty Name="teammembership_association" Type="Collection(mscrm.team)"
        Partner="teammembership_association"/></EntityType>
        <EntityType Name="team" BaseType="mscrm.crmbaseentity"><Key><PropertyRef Name="teamid"/></Key>
        <Property Name="teamid" Type="Edm.Guid"/><Property Name="name" Type="Edm.String"/>
        <NavigationProperty Name="teammembership_association" Type="Collection(mscrm.systemuser)"
        Partner="teammembership_association"/></EntityType>
        <EntityType Name="new_reading" BaseType="mscrm.crmbaseentity"><Key><PropertyRef Name="new_readingid"/></Key>
        <Property Name="new_readingid" Type="Edm.Guid"/><Property Name="new_value" Type="Edm.Int32"/>
        <Property Name="partitionid" Type="Edm.String"/>
        <Annotation Term="OData.Community.Keys.V1.AlternateKeys"><Collection>
        <Record Type="OData.Community.Keys.V1.AlternateKey"><PropertyValue Property="Key"><Collection>
        <Record Type="OData.Community.Keys.V1.PropertyRef"><PropertyValue Property="Alias" String="new_readingid"/>
        <PropertyValue Property="Name" PropertyPath="new_readingid"/></Record>
        <Record Type="OData.Community.Keys.V1.PropertyRef"><PropertyValue Property="Alias" String="partitionid"/>
        <PropertyValue Property="Name" PropertyPath="partitionid"/></Record>
        </Collection></PropertyValue></Record></Collection></Annotation></EntityType>
        <Action Name="Unknowable"/>
        <EntityContainer Name="System">
        <EntitySet Name="accounts" EntityType="mscrm.account"/><EntitySet Name="incidents" EntityType="mscrm.incident"/>
        <EntitySet Name="incidentresolutions" EntityType="mscrm.incidentresolution"/>
        <EntitySet Name="savedqueries" EntityType="mscrm.savedquery"/><EntitySet Name="teams" EntityType="mscrm.team"/>
        <EntitySet Name="systemusers" EntityType="mscrm.systemuser"/>
        <EntitySet Name="new_readings" EntityType="mscrm.new_reading"/>
        <ActionImport Name="Unknowable" Action="mscrm.Unknowable"/>
        </EntityContainer></Schema></edmx:DataServices></edmx:Edmx>
        """
}

/// Runs a test against an emulator of the workshop.
func withWorkshop(
    _ configure: (inout EmulatorConfiguration) -> Void = { _ in },
    _ body: @Sendable (Service) async throws -> Void
) async throws {
    var configuration = try EmulatorConfiguration(metadata: Array(Workshop.metadata.utf8))
    configure(&configuration)
    try await withEmulator(configuration) { try await body(Service(url: $0)) }
}
