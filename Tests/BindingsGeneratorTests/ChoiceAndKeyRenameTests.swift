import CSDL
import Foundation
import Testing

@testable import BindingsGenerator

/// New names of what the metadata has no names for: the enumerations of choices and the functions for alternate keys.
@Suite("New names of choices and alternate keys", .serialized)
struct ChoiceAndKeyRenameTests {
    private static func key(_ columns: String...) -> String {
        let parts = columns.map {
            "<Record><PropertyValue Property=\"Name\" PropertyPath=\"\($0)\"/>"
                + "<PropertyValue Property=\"Alias\" String=\"\($0)\"/></Record>"
        }
        return
            "<Record><PropertyValue Property=\"Key\"><Collection>\(parts.joined())</Collection></PropertyValue></Record>"
    }

    private let schema = """
        <EntityType Name="record" Abstract="true"><Property Name="statuscode" Type="Edm.Int32"/></EntityType>
        <EntityType Name="account" BaseType="self.record"><Key><PropertyRef Name="accountid"/></Key>
          <Property Name="accountid" Type="Edm.Guid"/><Property Name="industrycode" Type="Edm.Int32"/>
          <Property Name="rating" Type="Edm.Int32"/><Property Name="tags" Type="Edm.String"/>
          <Property Name="donotphone" Type="Edm.Boolean"/><Property Name="number" Type="Edm.String"/>
          <Property Name="id" Type="Edm.String"/><Property Name="_ownerid_value" Type="Edm.Guid"/>
          <Property Name="_partyid_value" Type="Edm.Guid"/>
          <NavigationProperty Name="party_account" Type="self.account">
            <ReferentialConstraint Property="_partyid_value" ReferencedProperty="accountid"/></NavigationProperty>
          <NavigationProperty Name="party_contact" Type="self.contact">
            <ReferentialConstraint Property="_partyid_value" ReferencedProperty="contactid"/></NavigationProperty>
          <Annotation Term="OData.Community.Keys.V1.AlternateKeys"><Collection>
            \(key("number"))\(key("number", "_ownerid_value"))\(key("id"))\(key("tags", "rating"))</Collection></Annotation>
        </EntityType>
        <EntityType Name="contact" BaseType="self.record"><Key><PropertyRef Name="contactid"/></Key>
          <Property Name="contactid" Type="Edm.Guid"/><Property Name="rating" Type="Edm.Int32"/></EntityType>
        <EntityContainer Name="C"><EntitySet Name="accounts" EntityType="self.account"/>
          <EntitySet Name="contacts" EntityType="self.contact"/></EntityContainer>
        """

    private let choices = {
        let options = #""Options":[{"Value":1,"Label":"Hot"}]"#
        let global = #"{"IsGlobal":true,"Name":"new_rating",\#(options)}"#
        let reason = #"{"LogicalName":"statuscode","OptionSet":{\#(options)}}"#
        return #"""
            {"account":[{"LogicalName":"industrycode","OptionSet":{"Name":"account_industrycode",\#(options)}},
              {"LogicalName":"rating","GlobalOptionSet":\#(global)},{"LogicalName":"tags","OptionSet":{\#(options)}},
              {"LogicalName":"donotphone","OptionSet":{"TrueOption":{"Value":1},"FalseOption":{"Value":0}}},\#(reason)],
             "contact":[{"LogicalName":"rating","GlobalOptionSet":\#(global)},\#(reason)]}
            """#
    }()

    private func output(_ configure: (inout NamingConfiguration) -> Void) throws -> Generated {
        let text = """
            <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
            <Schema Namespace="Test" Alias="self" xmlns="http://docs.oasis-open.org/odata/ns/edm">\(schema)</Schema>
            </edmx:DataServices></edmx:Edmx>
            """
        let document = try CSDLReader().read(Array(text.utf8), name: "test.xml").document
        var reader = OptionSetsReader()
        try reader.read(Array(choices.utf8), name: "choices.json")
        var configuration = GeneratorConfiguration()
        configure(&configuration.naming)
        let output = try BindingsGenerator(configuration: configuration)
            .generate([document], optionSets: reader.optionSets, reader.diagnostics)
        return Generated(files: output.files, diagnostics: output.diagnostics)
    }

    private func problems(_ configure: (inout NamingConfiguration) -> Void) -> [String] {
        do {
            return try output(configure).diagnostics.filter { $0.severity > .note }.map(\.description)
        } catch let error as GeneratorError {
            return error.diagnostics.map(\.description)
        } catch {
            return ["\(error)"]
        }
    }

    @Test func choicesAreRenamed() throws {
        let output = try output {
            $0.choices = [
                .init("new_rating", to: "Rating"), .init("account.industrycode", to: "Industry"),
                .init("Test.account.tags", to: "Tag"), .init("record.statuscode", to: "Reason"),
                .init("contact.statuscode", to: "Cause"),
            ]
        }
        #expect(!output.diagnostics.contains { $0.severity > .note })
        #expect(
            output.lines("Account.swift", containing: ": Column<") == [
                "var accountid: Column<Account, UUID> { Column(\"accountid\") }",
                "var donotphone: Column<Account, Bool> { Column(\"donotphone\") }",
                "var idColumn: Column<Account, String> { Column(\"id\") }",
                "var industrycode: Column<Account, Industry> { Column(\"industrycode\") }",
                "var number: Column<Account, String> { Column(\"number\") }",
                "var rating: Column<Account, Choices.Rating> { Column(\"rating\") }",
                "var statuscode: Column<Account, Reason> { Column(\"statuscode\") }",
                "var tags: Column<Account, ChoiceSet<Tag>> { Column(\"tags\") }",
            ]
        )
        #expect(
            output.lines("Account.swift", containing: ": ODataChoice") == [
                "enum Industry: ODataChoice {", "enum Reason: ODataChoice {", "enum Tag: ODataChoice {",
            ]
        )
        #expect(
            output.lines("Contact.swift", containing: "var statuscode")
                == ["var statuscode: Column<Contact, Cause> { Column(\"statuscode\") }"]
        )
        #expect(
            output.lines("Enumerations.swift", containing: "enum ") == ["enum Choices {", "enum Rating: ODataChoice {"]
        )
    }

    @Test func alternateKeysAreRenamed() throws {
        let output = try output {
            $0.alternateKeys = [
                .init("account.number", to: "no"), .init("account.ownerid, number", to: "no"),
                .init("*.id", to: "externalID"), .init("Test.account.tags,rating", to: "default"),
            ]
        }
        #expect(!output.diagnostics.contains { $0.severity > .note })
        #expect(
            output.declaration("extension RowKey", in: "Account.swift") == """
                extension RowKey where Row == Account {
                    /// The row with the alternate key `number`.
                    static func no(_ number: String) -> Self {
                        .alternate(("number", number))
                    }

                    /// The row with the alternate key `number`, `_ownerid_value`.
                    static func no(number: String, ownerid: UUID) -> Self {
                        .alternate(("number", number), ("_ownerid_value", ownerid))
                    }

                    /// The row with the alternate key `id`.
                    static func externalID(_ id: String) -> Self {
                        .alternate(("id", id))
                    }

                    /// The row with the alternate key `tags`, `rating`.
                    static func `default`(tags: String, rating: Int32) -> Self {
                        .alternate(("tags", tags), ("rating", rating))
                    }
                }
                """
        )
    }

    @Test(.enabled(if: SwiftCompiler.modules != nil, "no modules beside the tests"))
    func newNamesCompile() throws {
        let output = try output {
            $0.choices = [
                .init("new_rating", to: "Rating"), .init("account.industrycode", to: "Industry"),
                .init("account.tags", to: "Tag"), .init("*.statuscode", to: "Reason"),
            ]
            $0.alternateKeys = [
                .init("account.number", to: "no"), .init("account.number,ownerid", to: "no"),
                .init("account.rating,tags", to: "default"),
            ]
        }
        let messages = try output.compilerMessages(
            using: """
                func use(_ client: DataverseClient) throws {
                    let account = Account { $0.industrycode = Account.Industry.hot; $0.rating = Choices.Rating.hot }
                    print(account.statuscode == Account.Reason.hot, account.tags?.contains(.hot) ?? false)
                    _ = try client.accounts.retrieve(.no("A-1"))
                    _ = try client.accounts.retrieve(.no(number: "A-1", ownerid: UUID()))
                    _ = try client.accounts.retrieve(.idKey("x"))
                    _ = try client.accounts.retrieve(.default(tags: "x", rating: 1))
                    _ = try client.contacts.where { $0.statuscode == Contact.Reason.hot && $0.rating == .hot }.first()
                }
                """
        )
        #expect(messages == "")
    }

    @Test func newNamesThatCollideAreErrors() {
        #expect(
            problems { $0.choices = [.init("account.industrycode", to: "Tags")] }
                == ["error: the new name of 'account.industrycode' is that of 'tags'; rename that one too"]
        )
        #expect(
            problems { $0.choices = [.init("account.industrycode", to: "X"), .init("account.tags", to: "X")] }
                == ["error: 'account.tags' cannot be named 'X': something else has that name"]
        )
        #expect(
            problems { $0.choices = [.init("account.industrycode", to: "Party")] }
                == ["error: the new name of 'account.industrycode' is that of 'party'; choose another one"]
        )
        #expect(
            problems { $0.choices = [.init("account.tags", to: "Account"), .init("new_rating", to: "class")] }.sorted()
                == [
                    "error: 'account.tags' cannot be named 'Account': it has a meaning of its own",
                    "error: 'new_rating' cannot be named 'class': it has a meaning of its own",
                ]
        )
        #expect(
            problems { $0.alternateKeys = [.init("account.id", to: "number")] }
                == ["error: the new name of 'account.id' is that of 'number'; rename that one too"]
        )
        #expect(
            problems { $0.alternateKeys = [.init("account.number", to: "id")] }
                == ["error: 'account.number' cannot be named 'id': it has a meaning of its own"]
        )
        #expect(
            problems { $0.choices = [.init("new_rating", to: "a b")] } == ["error: 'a b' is not a Swift identifier"]
        )
    }

    @Test func newNamesMaySwapNames() throws {
        let output = try output {
            $0.choices = [.init("account.industrycode", to: "Tags"), .init("account.tags", to: "Industrycode")]
        }
        #expect(output.file("Account.swift").contains("var tags: Column<Account, ChoiceSet<Industrycode>>"))
    }

    @Test func newNamesOfNothingAreWarnings() {
        let place = Place(file: "c.yaml", position: SourcePosition(line: 3, column: 5))
        #expect(
            problems {
                $0.choices = [
                    .init("new_ratings", to: "A", at: place), .init("account_industrycode", to: "B", at: place),
                    .init("account.rating", to: "C", at: place), .init("account.donotphone", to: "D", at: place),
                    .init("nothing_like_it", to: "E", at: place),
                ]
                $0.alternateKeys = [
                    .init("account.numbr", to: "a", at: place), .init("account.number,tags", to: "b", at: place),
                    .init("nothing_like_it.x", to: "c", at: place),
                ]
            } == [
                "c.yaml:3:5: warning: the option sets have no choice 'new_ratings' to rename; did you mean 'new_rating'?",
                "c.yaml:3:5: warning: the option sets have no choice 'account_industrycode' to rename; did you mean "
                    + "'account.industrycode'?",
                "c.yaml:3:5: warning: the choice of 'account.rating' is the global option set 'new_rating'; rename that "
                    + "one",
                "c.yaml:3:5: warning: the option sets have no choice 'account.donotphone' to rename",
                "c.yaml:3:5: warning: the option sets have no choice 'nothing_like_it' to rename",
                "c.yaml:3:5: warning: the metadata has no alternate key 'account.numbr' to rename; did you mean "
                    + "'account.number'?",
                "c.yaml:3:5: warning: the metadata has no alternate key 'account.number,tags' to rename; did you mean "
                    + "'account.number'?",
                "c.yaml:3:5: warning: the metadata has no alternate key 'nothing_like_it.x' to rename",
            ]
        )
    }

    /// Two keys of one column each are functions with the same labels, whatever their columns are called.
    @Test func keysWhoseNamesMeetStayApart() throws {
        let output = try generate(
            """
            <EntityType Name="a"><Key><PropertyRef Name="k"/></Key><Property Name="k" Type="Edm.Guid"/>
              <Property Name="Code" Type="Edm.String"/><Property Name="code" Type="Edm.String"/>
              <Annotation Term="Org.OData.Core.V1.AlternateKeys"><Collection>
              \(Self.key("Code"))\(Self.key("code"))</Collection></Annotation>
              <Annotation Term="OData.Community.Keys.V1.AlternateKeys"><Collection>\(Self.key("code"))</Collection>
              </Annotation></EntityType>
            """
        )
        #expect(
            output.lines("A.swift", containing: "static func") == [
                "static func code2(_ code: String) -> Self {", "static func code(_ code: String) -> Self {",
            ]
        )
        #expect(
            output.diagnostics.map(\.message).contains(
                "the alternate key 'Code' of 'a' is named code2, because 'code' is already taken"
            )
        )
    }
}
