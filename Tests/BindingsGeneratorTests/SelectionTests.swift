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

    // MARK: Columns

    private let columns = """
        <EntityType Name="account"><Key><PropertyRef Name="accountid"/></Key>
          <Property Name="accountid" Type="Edm.Guid"/><Property Name="name" Type="Edm.String"/>
          <Property Name="yominame" Type="Edm.String"/><Property Name="address" Type="self.Address"/>
          <Property Name="_ownerid_value" Type="Edm.Guid"/>
          <NavigationProperty Name="ownerid" Type="self.owner">
            <ReferentialConstraint Property="_ownerid_value" ReferencedProperty="ownerid"/></NavigationProperty>
          <NavigationProperty Name="contacts" Type="Collection(self.contact)"/></EntityType>
        <EntityType Name="contact"><Key><PropertyRef Name="contactid"/></Key>
          <Property Name="contactid" Type="Edm.Guid"/><Property Name="name" Type="Edm.String"/></EntityType>
        <EntityType Name="owner"><Key><PropertyRef Name="ownerid"/></Key>
          <Property Name="ownerid" Type="Edm.Guid"/><Property Name="name" Type="Edm.String"/>
          <NavigationProperty Name="home" Type="self.contact"/></EntityType>
        <ComplexType Name="Address"><Property Name="city" Type="Edm.String"/><Property Name="zip" Type="Edm.String"/>
        </ComplexType>
        """

    private func members(_ file: String, _ configure: (inout GeneratorConfiguration) -> Void) throws -> [String] {
        try generate(columns, configure).lines(file, containing: "        var ").map {
            String($0.dropFirst("var ".count).prefix { $0 != ":" })
        }
    }

    @Test func includedColumnsAreThoseOfTheTable() throws {
        #expect(try members("Account.swift") { $0.include = ["account.name"] } == ["accountid", "name"])
        #expect(try tables { $0.include = ["account.id"] } == ["Account.swift"])
        #expect(
            try members("Account.swift") { $0.include = ["account", "*.*name"] } == ["accountid", "name", "yominame"]
        )
        #expect(try members("Contact.swift") { $0.include = ["*.yominame"] } == ["contactid"])
        #expect(try members("Account.swift") { $0.include = ["*.yominame"] } == ["accountid", "yominame"])
        #expect(try members("Account.swift") { $0.include = ["Test.account.contacts"] } == ["accountid", "contacts"])
    }

    @Test func aLookupAndItsValueGoTogether() throws {
        let lookup = try generate(columns) { $0.include = ["account.ownerid", "owner"] }
        #expect(
            lookup.lines("Account.swift", containing: "Lookup<")
                == ["var ownerid: Lookup<Account, Owner> { Lookup(\"ownerid\", value: \"_ownerid_value\") }"]
        )
        for name in ["account.ownerid", "account._ownerid_value"] {
            #expect(try !members("Account.swift") { $0.exclude = [Located(name)] }.contains { $0.contains("wner") })
        }
    }

    @Test func excludedColumns() throws {
        #expect(try members("ComplexTypes.swift") { $0.exclude = ["Address.z*"] } == ["city"])
        let output = try generate(columns) {
            $0.include = ["account"]
            $0.exclude = ["account.address", "*.*name", "account.accountid"]
        }
        #expect(output.lines("Account.swift", containing: "        var ").count == 3)
        #expect(!output.file("ComplexTypes.swift").contains("Address"))
        #expect(
            output.diagnostics.map(\.description)
                == ["warning: 'account.accountid' is part of the key and cannot be excluded"]
        )
    }

    @Test func unknownColumnsHaveNearMatches() throws {
        let output = try generate(columns) { $0.exclude = ["account.nam", "contact.zzzzzzzz"] }
        #expect(
            output.diagnostics.map(\.description) == [
                "warning: --exclude account.nam: the metadata has no table, type, operation or column of that name; "
                    + "did you mean 'account.name'?",
                "warning: --exclude contact.zzzzzzzz: the metadata has no table, type, operation or column of that name",
            ]
        )
    }

    // MARK: Closure

    @Test func referencesAreKeptAsFarAsAsked() throws {
        func files(_ closure: GeneratorConfiguration.Closure, exclude: [Located<String>] = []) throws -> Generated {
            try generate(columns) {
                $0.include = ["account"]
                $0.exclude = exclude
                $0.closure = closure
            }
        }
        let none = try files(.none)
        #expect(none.files.map(\.name) == ["Account.swift"] + OutputFileNames.shared)
        #expect(none.file("Account.swift").contains("Lookup<Account, UntypedEntity>"))

        let keys = try files(.keys)
        #expect(
            keys.files.map(\.name).sorted()
                == (["Account.swift", "Contact.swift", "Owner.swift"] + OutputFileNames.shared).sorted()
        )
        #expect(keys.file("Account.swift").contains("Lookup<Account, Owner>"))
        #expect(
            keys.lines("Owner.swift", containing: "        var ") == [
                "var ownerid: Column<Owner, UUID> { Column(\"ownerid\") }"
            ]
        )

        let full = try files(.full)
        #expect(full.lines("Owner.swift", containing: "        var ").count == 3)
        #expect(full.file("Owner.swift").contains("Lookup<Owner, Contact>"))

        let partly = try files(.full, exclude: ["contact", "account.ownerid"])
        #expect(partly.files.map(\.name) == ["Account.swift"] + OutputFileNames.shared)
        #expect(partly.file("Account.swift").contains("CollectionNavigation<Account, UntypedEntity>"))
    }

    @Test func fullReachesWhatOperationsAndComplexTypesReferTo() throws {
        let output = try generate(
            """
            <EntityType Name="a"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.Guid"/>
              <Property Name="c" Type="self.C"/></EntityType>
            <ComplexType Name="C"><NavigationProperty Name="b" Type="self.b"/></ComplexType>
            <EntityType Name="b"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.Guid"/></EntityType>
            <Function Name="F" IsBound="true"><Parameter Name="it" Type="self.b"/><ReturnType Type="self.d"/></Function>
            <EntityType Name="d"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="self.E"/></EntityType>
            <EnumType Name="E"><Member Name="x"/></EnumType>
            <EntityType Name="unrelated"/>
            """
        ) {
            $0.include = ["a"]
            $0.closure = .full
        }
        #expect(
            output.files.map(\.name).sorted() == (["A.swift", "B.swift", "D.swift"] + OutputFileNames.shared).sorted()
        )
        #expect(output.file("Enumerations.swift").contains("enum E:"))
    }

    // MARK: Parts

    @Test func parts() throws {
        func text(_ parts: Set<GeneratorConfiguration.Part>) throws -> String {
            try generate(schema) { $0.parts = parts }.files.map(\.text).joined()
        }
        let structs = try text([.structs])
        #expect(structs.contains("struct Account") && structs.contains("enum Kind"))
        #expect(!structs.contains("extension DataverseClient") && !structs.contains("OperationCall"))
        let sync = try text([.structs, .sync, .operations])
        #expect(sync.contains("extension DataverseClient") && sync.contains("func find()"))
        #expect(!sync.contains("Async") && !sync.contains("async"))
        let async = try text([.structs, .async, .operations])
        #expect(async.contains("extension AsyncDataverseClient") && !async.contains("extension DataverseClient"))
        let operations = try text([.operations, .async])
        #expect(operations.contains("func find() async throws -> UntypedEntity"))
        #expect(!operations.contains("struct"))
    }
}
