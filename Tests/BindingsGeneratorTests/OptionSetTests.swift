import CSDL
import Foundation
import Testing

@testable import BindingsGenerator

@Suite("Option sets")
struct OptionSetTests {
    private let schema = """
        <EntityType Name="account"><Key><PropertyRef Name="accountid"/></Key>
          <Property Name="accountid" Type="Edm.Guid"/><Property Name="industrycode" Type="Edm.Int32"/>
          <Property Name="rating" Type="Edm.Int32"/><Property Name="tags" Type="Edm.String"/>
          <Property Name="donotphone" Type="Edm.Boolean"/><Property Name="statecode" Type="Edm.Int32"/>
          <Property Name="statuscode" Type="Edm.Int32"/><Property Name="weight" Type="Edm.Double"/></EntityType>
        <EntityType Name="contact"><Key><PropertyRef Name="contactid"/></Key>
          <Property Name="contactid" Type="Edm.Guid"/><Property Name="rating" Type="Edm.Int32"/></EntityType>
        """

    private func bindings(_ files: String...) throws -> Generated {
        let text = """
            <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
            <Schema Namespace="Test" xmlns="http://docs.oasis-open.org/odata/ns/edm">\(schema)</Schema>
            </edmx:DataServices></edmx:Edmx>
            """
        let document = try CSDLReader().read(Array(text.utf8), name: "test.xml").document
        var reader = OptionSetsReader()
        for (index, file) in files.enumerated() { try reader.read(Array(file.utf8), name: "choices\(index).json") }
        let output = try BindingsGenerator().generate([document], optionSets: reader.optionSets, reader.diagnostics)
        return Generated(files: output.files, diagnostics: output.diagnostics)
    }

    private func failure(_ json: String) -> String {
        do {
            _ = try bindings(json)
            return "no error"
        } catch {
            return "\(error)"
        }
    }

    private func label(_ text: String) -> String {
        #"{"LocalizedLabels":[{"Label":"\#(text)","LanguageCode":1033}],"UserLocalizedLabel":null}"#
    }

    private func column(_ name: String, _ options: [(Int, String)], more: String = "") -> String {
        let options = options.map { "{\"Value\":\($0.0),\"Label\":\(label($0.1))}" }.joined(separator: ",")
        return #"{"LogicalName":"\#(name)",\#(more)"OptionSet":{"Name":"n_\#(name)","Options":[\#(options)]}}"#
    }

    private func reply(_ columns: String..., table: String = "account") -> String {
        let context = "https://x/api/data/v9.2/$metadata#EntityDefinitions('\(table)')/Attributes/X"
        return #"{"@odata.context":"\#(context)","value":[\#(columns.joined(separator: ","))]}"#
    }

    @Test func aChoiceOfOneColumn() throws {
        let output = try bindings(reply(column("industrycode", [(1, "Accounting"), (2, "Fish & Chips")])))
        #expect(output.diagnostics == [])
        #expect(
            output.lines("Account.swift", containing: "var industrycode")
                == ["var industrycode: Column<Account, Industrycode> { Column(\"industrycode\") }"]
        )
        #expect(
            output.declaration("enum Industrycode", in: "Account.swift") == """
                enum Industrycode: ODataChoice {
                    /// Accounting: 1.
                    case accounting
                    /// Fish & Chips: 2.
                    case fishChips
                    /// An option that was added later.
                    case unrecognized(Int32)

                    static var options: [Self] {
                        [.accounting, .fishChips]
                    }

                    init(value: Int32) {
                        switch value {
                        case 1: self = .accounting
                        case 2: self = .fishChips
                        default: self = .unrecognized(value)
                        }
                    }

                    var value: Int32 {
                        switch self {
                        case .accounting: 1
                        case .fishChips: 2
                        case .unrecognized(let value): value
                        }
                    }
                }
                """
        )
    }

    @Test func labelsThatAreNoNames() throws {
        let labels = [
            (1, "Other"), (2, "other"), (3, ""), (4, "★★"), (5, "2nd"), (6, "Größe"), (7, "名前"), (-8, "Other"),
            (9, "None"), (10, "self"), (11, "*/ } \\\" \\\\(x) \u{202E}evil"), (12, "unnamed"),
            (13, String(repeating: "very long label ", count: 20)), (14, "Tier 1"), (15, "Tier-1"),
        ]
        let output = try bindings(reply(column("industrycode", labels)))
        let cases = output.lines("Account.swift", containing: "        case ").filter { $0.hasPrefix("case ") }
        let names = cases.filter { !$0.contains(":") }.map { $0.dropFirst(5) }
        #expect(
            names == [
                "other", "other2", "option3", "option4", "_2nd", "größe", "名前", "otherMinus8", "noneOption",
                "selfOption", "xEvil", "option12", "veryLongLabelVeryLongLabelVeryLongLabelVeryLong", "tier1",
                "tier1_15", "unrecognized(Int32)",
            ],
            "\(names)"
        )
        let notes = output.diagnostics.map(\.description)
        #expect(
            notes.contains(
                "choices0.json: note: the option 2 'other' of account.industrycode is named other2, because 'other' is "
                    + "already taken"
            )
        )
        #expect(
            notes.contains(
                "choices0.json: note: the option 3 '' of account.industrycode is named option3, because it has no label"
            )
        )
        #expect(!output.diagnostics.contains { $0.severity > .note })
        #expect(!output.file("Account.swift").unicodeScalars.contains("\u{202E}"))
    }

    @Test func globalChoicesAreShared() throws {
        let global = #""IsGlobal":true,"Name":"new_rating","DisplayName":\#(label("Rating")),"#
        let optionSet = "{\(global)\"Options\":[{\"Value\":1,\"Label\":\(label("Hot"))}]}"
        let output = try bindings(
            """
            {"account": {"value": [{"LogicalName": "rating", "OptionSet": null, "GlobalOptionSet": \(optionSet)}]},
             "contact": [{"LogicalName": "rating", "OptionSet": \(optionSet)}]}
            """
        )
        #expect(output.diagnostics == [])
        #expect(
            output.lines("Contact.swift", containing: "var rating")
                == ["var rating: Column<Contact, Choices.NewRating> { Column(\"rating\") }"]
        )
        #expect(
            output.lines("Account.swift", containing: "var rating")
                == ["var rating: Column<Account, Choices.NewRating> { Column(\"rating\") }"]
        )
        #expect(
            output.declaration("enum Choices", in: "Enumerations.swift").hasPrefix(
                """
                enum Choices {
                    /// Rating.
                    ///
                    /// The global option set `new_rating`.
                    enum NewRating: ODataChoice {
                        /// Hot: 1.
                        case hot
                """
            )
        )
    }

    @Test func severalOptionsAndBooleans() throws {
        let boolean = """
            {"LogicalName":"donotphone","OptionSet":{"TrueOption":{"Value":1,"Label":\(label("Do Not Allow"))},
            "FalseOption":{"Value":0,"Label":\(label("Allow"))}}}
            """
        let output = try bindings(reply(column("tags", [(1, "A"), (2, "B")]), boolean))
        #expect(
            output.lines("Account.swift", containing: "var tags")
                == ["var tags: Column<Account, ChoiceSet<Tags>> { Column(\"tags\") }"]
        )
        #expect(
            output.lines("Account.swift", containing: "donotphone") == [
                "/// `donotphone`, `Edm.Boolean`: `Do Not Allow` if true, `Allow` if false.",
                "var donotphone: Column<Account, Bool> { Column(\"donotphone\") }",
            ]
        )
    }

    @Test func aStatusSaysItsState() throws {
        let states = column("statecode", [(0, "Open"), (1, "Won")])
        let status = #"""
            {"LogicalName":"statuscode","OptionSet":{"OptionSetType":"Status","Options":[
            {"Value":3,"State":1,"Label":\#(label("Sold")),"Description":\#(label("All is paid"))}]}}
            """#
        let output = try bindings(reply(states, status))
        #expect(
            output.file("Account.swift").contains(
                """
                        /// Sold: 3, while the state is Won.
                        ///
                        /// All is paid.
                        case sold
                """
            )
        )
    }

    @Test func tablesWithTheirAttributes() throws {
        let output = try bindings(
            """
            {"value":[{"LogicalName":"account","Attributes":[\(column("rating", [(1, "Hot")]))]},
            {"LogicalName":"lead","Attributes":[\(column("rating", [(1, "Hot")]))]}]}
            """,
            "[\(reply(column("industrycode", [(1, "A")], more: "\"EntityLogicalName\":\"account\",")))]"
        )
        #expect(output.diagnostics == [])
        #expect(output.file("Account.swift").contains("enum Rating: ODataChoice"))
        #expect(output.file("Account.swift").contains("enum Industrycode: ODataChoice"))
        #expect(!output.file("Contact.swift").contains("ODataChoice"))
    }

    @Test func whatDoesNotFit() throws {
        let output = try bindings(
            reply(
                column("weight", [(1, "A")]),
                column("industrycode", [(1, "A"), (1, "B")]),
                column("gone", [(1, "A")])
            )
        )
        #expect(
            output.diagnostics.map(\.description) == [
                "choices0.json: warning: $.value[1].OptionSet.Options[1]: a second option has the value 1 and is left out",
                "test.xml:6:49: warning: 'weight' of 'account' has options and is of the type Edm.Double; it stays as it is",
            ]
        )
        #expect(
            try bindings("[]").diagnostics.first?.message.hasPrefix("the file has no column with options") == true
        )
    }

    @Test(arguments: [
        ("{\n  \"a\": tru", "choices0.json:2:8: error: the file is not JSON: "),
        ("", "choices0.json:1:1: error: the file is not JSON: the text is empty"),
        ("7", "choices0.json: error: $: expected an object or an array, found a number"),
        (
            #"{"error":{"message":"No access"}}"#,
            "choices0.json: error: $: this is an error of the service: No access"
        ),
        (
            #"{"value":[{"LogicalName":"x","OptionSet":{"Options":[]}}]}"#,
            "choices0.json: error: $.value[0]: nothing says which table the column 'x' is of"
        ),
        (
            #"{"account":[{"LogicalName":"x","OptionSet":{}}]}"#,
            "choices0.json: error: $.account[0].OptionSet.Options: expected an array of options, found nothing"
        ),
        (
            #"{"account":[{"LogicalName":"x","OptionSet":{"Options":[{"Value":1.5}]}}]}"#,
            "choices0.json: error: $.account[0].OptionSet.Options[0]: expected an option with a whole number as its Value"
        ),
        (
            String(repeating: "[", count: 100) + String(repeating: "]", count: 100),
            "choices0.json: error: $[0][0]"
        ),
    ])
    func whatIsNoReply(json: String, message: String) {
        #expect(failure(json).hasPrefix(message), "\(failure(json))")
    }

    @Test func filesThatAreNotThere() throws {
        var configuration = GeneratorConfiguration()
        configuration.optionSets = ["/nonexistent/choices.json"]
        do throws(GeneratorError) {
            _ = try BindingsGenerator(configuration: configuration).generate([CSDLDocument()])
            Issue.record("nothing was thrown")
        } catch {
            #expect(error.kind == .badInput)
            #expect(error.description == "/nonexistent/choices.json: error: there is no such file")
        }
    }
}
