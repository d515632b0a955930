import CSDL
import Testing

@testable import BindingsGenerator

/// The enumerations `Subtype` of tables that others inherit from, where names meet.
@Suite("Subtypes whose names meet", .serialized)
struct SubtypeTests {
    /// The tables that inherit from `principal`, each with an entity set of its name: equal but for capitals and
    /// underscores, taken by the enumeration itself, or a word of Swift.
    private static let names = [
        "HTTPLog", "HttpLog", "http_log", "httpLog2", "other", "Other", "reference", "self", "class", "subtype",
    ]

    private static func document(_ names: [String]) -> [String] {
        let types = names.map { "<EntityType Name=\"\($0)\" BaseType=\"self.principal\"/>" }
        let sets = names.map { "<EntitySet Name=\"\($0)_set\" EntityType=\"self.\($0)\"/>" }
        func edmx(_ namespace: String, _ alias: String, _ content: String) -> String {
            """
            <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
            <Schema Namespace="\(namespace)" Alias="\(alias)" xmlns="http://docs.oasis-open.org/odata/ns/edm">
            \(content)
            </Schema></edmx:DataServices></edmx:Edmx>
            """
        }
        return [
            edmx(
                "Test",
                "self",
                """
                <EntityType Name="principal" Abstract="true"><Key><PropertyRef Name="ownerid"/></Key>
                  <Property Name="ownerid" Type="Edm.Guid"/></EntityType>
                <EntityType Name="person" BaseType="self.principal" Abstract="true"/>
                <EntityType Name="user" BaseType="self.person"/>
                \(types.joined(separator: "\n"))
                <EntityType Name="account"><Key><PropertyRef Name="accountid"/></Key>
                  <Property Name="accountid" Type="Edm.Guid"/><Property Name="_ownerid_value" Type="Edm.Guid"/>
                  <Property Name="_managerid_value" Type="Edm.Guid"/><Property Name="_subtypeid_value" Type="Edm.Guid"/>
                  <NavigationProperty Name="ownerid" Type="self.principal">
                    <ReferentialConstraint Property="_ownerid_value" ReferencedProperty="ownerid"/></NavigationProperty>
                  <NavigationProperty Name="managerid" Type="self.person">
                    <ReferentialConstraint Property="_managerid_value" ReferencedProperty="ownerid"/></NavigationProperty>
                  <NavigationProperty Name="subtypeid_user" Type="self.user">
                    <ReferentialConstraint Property="_subtypeid_value" ReferencedProperty="ownerid"/></NavigationProperty>
                  <NavigationProperty Name="subtypeid_account" Type="self.account">
                    <ReferentialConstraint Property="_subtypeid_value" ReferencedProperty="accountid"/>
                  </NavigationProperty></EntityType>
                <EntityContainer Name="C"><EntitySet Name="users" EntityType="self.user"/>
                  <EntitySet Name="accounts" EntityType="self.account"/>\(sets.joined())
                  <EntitySet Name="moreUsers" EntityType="More.user"/></EntityContainer>
                """
            ),
            edmx("More", "more", "<EntityType Name=\"user\" BaseType=\"Test.principal\"/>"),
        ]
    }

    private func cases(_ output: Generated, of file: String) -> [String] {
        output.declaration("enum Subtype", in: file).split(separator: "\n")
            .map { $0.drop { $0 == " " } }.filter { $0.hasPrefix("case ") && $0.hasSuffix(">)") }.map(String.init)
    }

    @Test func eachTableHasACaseOfItsOwn() throws {
        let output = try generate(documents: Self.document(Self.names))
        #expect(
            cases(output, of: "Principal.swift") == [
                "case user(Reference<User>)", "case httpLog(Reference<HTTPLog>)", "case httpLog2(Reference<HttpLog>)",
                "case otherTable(Reference<Other>)", "case `class`(Reference<Class>)",
                "case httpLog22(Reference<HttpLog2>)", "case testHttpLog(Reference<TestHttpLog>)",
                "case testOther(Reference<TestOther>)", "case referenceEntity(Reference<ReferenceEntity>)",
                "case selfEntity(Reference<SelfEntity>)", "case subtypeEntity(Reference<SubtypeEntity>)",
                "case testUser(Reference<TestUser>)",
            ]
        )
        #expect(
            output.lines("Principal.swift", containing: "LookupTable(").first
                == #"LookupTable("user", in: "moreUsers"),"#
        )
        #expect(
            output.lines("Principal.swift", containing: "LookupTable(").last == #"LookupTable("user", in: "users"),"#
        )
        #expect(cases(output, of: "Person.swift") == ["case testUser(Reference<TestUser>)"])
        #expect(output.lines("Account.swift", containing: "enum ") == ["enum SubtypeLookup: PolymorphicTargets {"])
        #expect(!output.diagnostics.contains { $0.severity > .note })
    }

    @Test func theOrderOfTheDocumentDoesNotMatter() throws {
        let output = try generate(documents: Self.document(Self.names))
        for names in [Self.names.reversed(), Self.names.sorted(), Array(Self.names[4...] + Self.names[..<4])] {
            let other = try generate(documents: Self.document(names).reversed())
            #expect(other.file("Principal.swift") == output.file("Principal.swift"))
        }
    }

    @Test(.enabled(if: SwiftCompiler.modules != nil, "no modules beside the tests"))
    func theyCompile() throws {
        let messages = try generate(documents: Self.document(Self.names)).compilerMessages(
            using: """
                func use(_ id: UUID) -> String {
                    var account = Account { $0.ownerid = .httpLog2(Reference<HttpLog>(id)) }
                    account.ownerid = .class(Reference<Class>(id))
                    account.managerid = .testUser(Reference(id))
                    account.subtypeid = .testUser(Reference<TestUser>(id))
                    switch account.ownerid {
                    case .httpLog(let row)?: return row.table ?? ""
                    case .httpLog22(let row)?: return row.table ?? ""
                    case .otherTable(let row)?: return row.table ?? ""
                    case .user(let row)?: return row.table ?? ""
                    case .other(let reference)?: return reference.table ?? ""
                    default: return ""
                    }
                }
                """
        )
        #expect(messages == "")
    }
}
