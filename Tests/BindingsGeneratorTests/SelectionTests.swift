import CSDL
import Testing

@testable import BindingsGenerator

@Suite("Selection")
struct SelectionTests {
    private let schema = """
        <EntityType Name="account"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.Guid"/>
          <Property Name="address" Type="self.Address"/>
          <NavigationProperty Name="contacts" Type="Collection(self.contact)"/></EntityType>
        <EntityType Name="accountleads"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.Guid"/></EntityType>
        <EntityType Name="contact"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.Guid"/></EntityType>
        <ComplexType Name="Address"><Property Name="kind" Type="self.Kind"/></ComplexType>
        <ComplexType Name="Unused"/><EnumType Name="Kind"/><EnumType Name="UnusedKind"/>
        <Action Name="Close" IsBound="true"><Parameter Name="it" Type="self.account"/></Action>
        <Function Name="Find"><ReturnType Type="self.contact"/></Function>
        <EntityContainer Name="C"><EntitySet Name="people" EntityType="self.contact"/>
          <FunctionImport Name="Find" Function="self.Find"/></EntityContainer>
        """

    private func tables(_ configure: (inout GeneratorConfiguration) -> Void) throws -> [String] {
        try generate(schema, configure).files.map(\.name).filter { !OutputFileNames.shared.contains($0) }
    }

    @Test func everythingWithoutInclude() throws {
        #expect(try tables { _ in } == ["Account.swift", "Accountleads.swift", "Contact.swift"])
    }

    @Test func aTableBringsItsTypesAndItsOperations() throws {
        let output = try generate(schema) { $0.include = ["account"] }
        #expect(output.file("ComplexTypes.swift").contains("struct Address"))
        #expect(!output.file("ComplexTypes.swift").contains("struct Unused"))
        #expect(output.file("Enumerations.swift").contains("enum Kind"))
        #expect(!output.file("Enumerations.swift").contains("enum UnusedKind"))
        #expect(output.file("Account.swift").contains("static func close()"))
        #expect(output.file("Account.swift").contains("CollectionNavigation<Account, UntypedEntity>"))
        #expect(
            output.file("Operations.swift") == "// There are no actions and functions that belong to the service.\n"
        )
    }

    @Test func patternsSetsAndQualifiedNames() throws {
        #expect(try tables { $0.include = ["acc*"] } == ["Account.swift", "Accountleads.swift"])
        #expect(try tables { $0.include = ["acc*leads"] } == ["Accountleads.swift"])
        #expect(try tables { $0.include = ["people"] } == ["Contact.swift"])
        #expect(try tables { $0.include = ["Test.contact"] } == ["Contact.swift"])
        #expect(try tables { $0.exclude = ["*o*nt"] } == ["Accountleads.swift", "Contact.swift"])
        #expect(try tables { $0.include = ["Find"] } == [])
    }

    @Test func whatIsExcludedDegrades() throws {
        let output = try generate(schema) { $0.exclude = ["Address", "contact"] }
        #expect(
            output.lines("Account.swift", containing: "address").last
                == "var address: Column<Account, Record> { Column(\"address\") }"
        )
        #expect(output.file("Operations.swift").contains("OperationCall<UntypedEntity?>"))
    }

    @Test func unknownNamesAreErrorsThatNameNearMatches() throws {
        do {
            _ = try generate(schema) { $0.include = ["acount", "Contact", "zzz*"] }
            Issue.record("nothing was thrown")
        } catch let error as GeneratorError {
            #expect(error.kind == .badInput)
            #expect(
                error.diagnostics.map(\.description) == [
                    "error: --include acount: the metadata has no table, type or operation of that name; "
                        + "did you mean 'account'?",
                    "error: --include Contact: the metadata has no table, type or operation of that name; "
                        + "did you mean 'contact'?",
                    "error: --include zzz*: the metadata has no table, type or operation of that name",
                ]
            )
        }
        let output = try generate(schema) { $0.exclude = ["acount"] }
        #expect(output.diagnostics.map(\.severity) == [.warning])
    }

    @Test(arguments: [
        ("a*", "abc", true), ("*c", "abc", true), ("a*c", "abc", true), ("a*b*c", "aXbYc", true), ("*", "", true),
        ("a*c", "ab", false), ("ab*ba", "aba", false), ("abc", "abc", true), ("abc", "abcd", false),
        ("**b**", "abc", true),
    ])
    func wildcards(pattern: String, name: String, matches: Bool) {
        #expect(NamePattern(pattern).matches(name) == matches)
    }
}
