import Testing

@testable import BindingsGenerator

@Suite("Naming")
struct NamingTests {
    @Test(arguments: [
        ("account", "account", "Account"),
        ("address1_line2", "address1Line2", "Address1Line2"),
        ("CountryRegion", "countryRegion", "CountryRegion"),
        ("URLPath", "urlPath", "URLPath"),
        ("OrderID", "orderID", "OrderID"),
        ("ID", "id", "ID"),
        ("__a__b_1_c", "aB1C", "AB1C"),
        ("_1_a", "_1A", "_1A"),
        ("IDs", "ids", "IDs"),
        ("ItemIDs", "itemIDs", "ItemIDs"),
        ("MY_FIELD_NAME", "myFieldName", "MyFieldName"),
        ("msdyn_iotalert", "msdynIotalert", "MsdynIotalert"),
        ("contact_customer_accounts", "contactCustomerAccounts", "ContactCustomerAccounts"),
        ("_ownerid_value", "owneridValue", "OwneridValue"),
        ("a-b.c d", "aBCD", "ABCD"),
        ("3DModel", "_3DModel", "_3DModel"),
        ("größe", "größe", "Größe"),
        ("ÄrgerNis", "ärgerNis", "ÄrgerNis"),
        ("名前", "名前", "名前"),
        ("../../etc", "etc", "Etc"),
        ("a\"b\\c\nd", "aBCD", "ABCD"),
        ("___", "unnamed", "unnamed"),
        ("", "unnamed", "unnamed"),
    ])
    func words(name: String, lower: String, upper: String) {
        #expect(IdentifierWords(name).lowerCamelCase == lower)
        #expect(IdentifierWords.member(name) == lower)
        #expect(IdentifierWords(name).upperCamelCase == upper)
    }

    @Test func scopesGiveEachNameOnce() {
        var scope = NameScope(reserved: ["record"])
        #expect(scope.assign("name", for: "x", suffix: "Column").name == "name")
        #expect(scope.assign("name", for: "x", suffix: "Column").name == "name2")
        #expect(scope.assign("name2", for: "x", suffix: "Column").name == "name22")
        #expect(scope.assign("record", for: "x", suffix: "Column").name == "recordColumn")
        #expect(scope.assign("recordColumn", for: "x", suffix: "Column").name == "recordColumn2")
        scope.hold(["held"])
        #expect(scope.assign("held", for: "Held", suffix: "Column").name == "held2")
        #expect(scope.assign("held", for: "held", suffix: "Column").name == "held")
    }

    @Test func filesOfTablesAreNamedFromTheListAlone() {
        let files = OutputFileNames.files(forTables: ["b_c", "account", "Account", "enumerations", "../x", "b-C"])
        #expect(files["Account"] == "Account.swift")
        #expect(files["account"] == "Account2.swift")
        #expect(files["enumerations"] == "Enumerations2.swift")
        #expect(files["../x"] == "X.swift")
        #expect(Set(files.values.map { $0.lowercased() }).count == 6)
        #expect(files.values.allSatisfy { OutputWriter.isSafe($0) })
        #expect(
            OutputFileNames.files(forTables: ["account", "Account", "b_c", "enumerations", "../x", "b-C"]) == files
        )
    }

    @Test func literalsAndCommentsCannotBeLeft() {
        #expect(SwiftLiteral.string("a\"b\\(c)\n\u{2028}") == #""a\"b\\(c)\u{a}\u{2028}""#)
        #expect(SwiftLiteral.string("größe") == "\"größe\"")
        #expect(
            DocumentationComment.text(["one\ntwo\r\n\u{0}three", "four", " ", "five"], indentation: 2)
                == "/// one\n  /// two\n  /// three\n  ///\n  /// four\n  ///\n  /// five"
        )
        #expect(DocumentationComment.code("a`b\nc") == "`abc`")
    }

    @Test func commentsAreWrappedTheSameWhateverTheyContain() {
        let words = (0..<60).map { String(repeating: "w", count: $0 % 17 + 1) }
        let plain = DocumentationComment.text([words.joined(separator: " ")], indentation: 8)
        let other = DocumentationComment.text([words.joined(separator: "  ")], indentation: 8)
        #expect(plain == other)
        #expect(plain.split(separator: "\n").allSatisfy { $0.count <= 120 })
        #expect(plain.split(separator: "\n").count > 4)
        let long = String(repeating: "x", count: 300)
        #expect(DocumentationComment.text(["a \(long) b"], indentation: 0) == "/// a\n/// \(long)\n/// b")
    }

    @Test func typesOfSeveralSchemasAreToldApart() throws {
        let schema = { (namespace: String) in
            """
            <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
            <Schema Namespace="\(namespace)" xmlns="http://docs.oasis-open.org/odata/ns/edm">
            <EntityType Name="Photo"><Key><PropertyRef Name="Id"/></Key><Property Name="Id" Type="Edm.Int32"/></EntityType>
            <ComplexType Name="Task"/></Schema></edmx:DataServices></edmx:Edmx>
            """
        }
        let output = try generate(documents: [schema("One.Sales"), schema("One.Service")])
        #expect(output.file("OneSalesPhoto.swift").contains("struct Photo: ODataEntity"))
        #expect(output.file("OneServicePhoto.swift").contains("struct ServicePhoto: ODataEntity"))
        #expect(output.file("ComplexTypes.swift").contains("struct TaskComplexType: ODataComplexType"))
        #expect(output.file("ComplexTypes.swift").contains("struct ServiceTask: ODataComplexType"))
        #expect(
            output.diagnostics.map(\.description).contains(
                "test.xml:3:1: note: 'One.Service.Photo' is named ServicePhoto, because Photo is already taken"
            )
        )
    }
}
