import CSDL
import Testing

@testable import BindingsGenerator

@Suite("Snippets of actions and functions")
struct OperationSnippetTests {
    private let types = """
        <EntityType Name="account"><Key><PropertyRef Name="accountid"/></Key>
          <Property Name="accountid" Type="Edm.Guid"/></EntityType>
        <EntityType Name="base" Abstract="true"/>
        <ComplexType Name="Answer"><Property Name="x" Type="Edm.Int32"/></ComplexType>
        """

    private func container(_ content: String) -> String {
        """
        <EntityContainer Name="C"><EntitySet Name="accounts" EntityType="self.account"/>\(content)</EntityContainer>
        """
    }

    @Test func unboundAction() throws {
        let output = try generate(
            types + """
                <Action Name="WinOpportunity"><Parameter Name="Status" Type="Edm.Int32" Nullable="false"/>
                  <Parameter Name="Note" Type="Edm.String"/>
                  <Annotation Term="Org.OData.Core.V1.Description" String="Wins it"/></Action>
                """ + container("<ActionImport Name=\"Win\" Action=\"self.WinOpportunity\"/>")
        )
        #expect(
            output.file("Operations.swift") == """
                /// The calls of the actions and functions that belong to no table.
                enum ServiceOperations {
                    /// Wins it.
                    ///
                    /// The action `WinOpportunity`.
                    static func win(status: Int32, note: String? = nil) -> OperationCall<Void> {
                        var parameters: [OperationParameter] = []
                        parameters.append(OperationParameter("Status", status))
                        if let note { parameters.append(OperationParameter("Note", note)) }
                        return .action("Win", parameters: parameters, returning: .nothing)
                    }
                }

                extension DataverseClient {
                    /// Wins it.
                    ///
                    /// The action `WinOpportunity`.
                    func win(status: Int32, note: String? = nil) throws {
                        try call(ServiceOperations.win(status: status, note: note))
                    }
                }

                extension AsyncDataverseClient {
                    /// Wins it.
                    ///
                    /// The action `WinOpportunity`.
                    func win(status: Int32, note: String? = nil) async throws {
                        try await call(ServiceOperations.win(status: status, note: note))
                    }
                }

                """
        )
    }

    @Test(arguments: [
        ("Edm.Int32", "false", "Int32", ".value()"), ("Edm.Int32", "true", "Int32?", ".optionalValue()"),
        ("self.Answer", "false", "Answer", ".complex()"), ("self.account", "false", "Account", ".row()"),
        ("Collection(self.account)", "false", "[Account]", ".rows()"),
        ("Collection(self.Answer)", "false", "[Answer]", ".value()"),
        ("Collection(Edm.String)", "true", "[String]", ".value()"), ("self.base", "false", "UntypedEntity", ".row()"),
        ("Edm.ComplexType", "false", "Record", ".row()"), ("self.Missing", "false", "Value", ".value()"),
        ("self.Answer", "true", "Answer?", ".optionalComplex()"),
        ("self.account", "true", "Account?", ".optionalRow()"),
        ("Edm.ComplexType", "true", "Record?", ".optionalRow()"),
        ("self.base", "true", "UntypedEntity?", ".optionalRow()"),
    ])
    func resultsOfFunctions(type: String, nullable: String, output: String, result: String) throws {
        let generated = try generate(
            types + "<Function Name=\"F\"><ReturnType Type=\"\(type)\" Nullable=\"\(nullable)\"/></Function>"
                + container("<FunctionImport Name=\"F\" Function=\"self.F\"/>")
        )
        #expect(
            generated.declaration("static func f()", in: "Operations.swift") == """
                static func f() -> OperationCall<\(output)> {
                    .function("F", returning: \(result))
                }
                """
        )
        #expect(generated.diagnostics.map(\.severity) == (type == "self.Missing" ? [.warning] : []))
    }

    @Test func boundOperationsAreMethodsOfTheEntitySet() throws {
        let output = try generate(
            types + """
                <Action Name="Close" IsBound="true"><Parameter Name="entity" Type="self.account" Nullable="false"/>
                  <Parameter Name="at" Type="Edm.DateTimeOffset" Nullable="false"/>
                  <ReturnType Type="self.Answer" Nullable="false"/></Action>
                <Function Name="Count" IsBound="true"><Parameter Name="all" Type="Collection(self.account)"/>
                  <ReturnType Type="Edm.Int32" Nullable="false"/></Function>
                """ + container("")
        )
        #expect(
            output.declaration("extension EntitySet", in: "Account.swift") == """
                extension EntitySet where Row == Account {
                    /// The action `Close`, bound to `self.account`.
                    @discardableResult
                    func close(on row: RowKey<Account>, at: Date) throws -> Answer {
                        try call(Account.Operations.close(at: at), on: row)
                    }

                    /// The function `Count`, bound to `Collection(self.account)`.
                    func countFunction() throws -> Int32 {
                        try call(Account.Operations.countFunction())
                    }
                }
                """
        )
        #expect(
            output.declaration("extension Account.Operations", in: "Account.swift") == """
                extension Account.Operations {
                    /// The action `Close`, bound to `self.account`.
                    static func close(at: Date) -> OperationCall<Answer> {
                        .action("Test.Close", parameters: [OperationParameter("at", at)], returning: .complex())
                    }

                    /// The function `Count`, bound to `Collection(self.account)`.
                    static func countFunction() -> OperationCall<Int32> {
                        .function("Test.Count", returning: .value())
                    }
                }
                """
        )
        #expect(
            output.file("Operations.swift") == "// There are no actions and functions that belong to the service.\n"
        )
    }

    @Test func parametersOfEntityTypes() throws {
        let output = try generate(
            types + """
                <Action Name="Do"><Parameter Name="one" Type="self.account" Nullable="false"/>
                <Parameter Name="many" Type="Collection(self.account)"/><Parameter Name="any" Type="self.base" Nullable="false"/>
                <Parameter Name="anyOfMany" Type="Collection(self.base)"/><Parameter Name="maybe" Type="self.base"/></Action>
                """ + container("<ActionImport Name=\"Do\" Action=\"self.Do\"/>")
        )
        #expect(
            output.declaration("static func `do`", in: "Operations.swift") == """
                static func `do`(
                    one: Account,
                    many: [Account],
                    any: some ODataEntity,
                    anyOfMany: [some ODataEntity],
                    maybe: UntypedEntity? = nil
                ) -> OperationCall<Void> {
                    var parameters: [OperationParameter] = []
                    parameters.append(OperationParameter("one", row: one))
                    parameters.append(OperationParameter("many", rows: many))
                    parameters.append(OperationParameter("any", row: any))
                    parameters.append(OperationParameter("anyOfMany", rows: anyOfMany))
                    if let maybe { parameters.append(OperationParameter("maybe", row: maybe)) }
                    return .action("Do", parameters: parameters, returning: .nothing)
                }
                """
        )
    }

    @Test func overloadsThatSwiftCannotTellApartAreReported() throws {
        let overload = { (name: String) in
            "<Function Name=\"F\"><Parameter Name=\"\(name)\" Type=\"Edm.Int32\" Nullable=\"false\"/>"
                + "<ReturnType Type=\"Edm.Int32\"/></Function>\n"
        }
        let output = try generate(
            overload("a") + overload("b") + overload("A")
                + container("<FunctionImport Name=\"F\" Function=\"self.F\"/>")
                + types
        )
        #expect(output.lines("Operations.swift", containing: "static func").count == 2)
        #expect(
            output.diagnostics.map(\.description) == [
                "test.xml:5:1: warning: an overload of 'F' has the parameters of another one and is left out"
            ]
        )
    }

    @Test func boundToSomethingThatIsNotThere() throws {
        let output = try generate(
            types + """
                <Action Name="A" IsBound="true"><Parameter Name="x" Type="self.Answer"/></Action>
                <Action Name="B" IsBound="true"/>
                """ + container("")
        )
        #expect(
            output.lines("Operations.swift", containing: "static func") == ["static func a() -> OperationCall<Void> {"]
        )
    }

    @Test func operationsThatAreBoundOnlyWhereTheMetadataSaysSo() throws {
        let requires = "<Annotation Term=\"Org.OData.Core.V1.RequiresExplicitBinding\"/>"
        func type(_ name: String, binds operation: String? = nil) -> String {
            let bindings = operation.map { operation in
                "<Annotation Term=\"Org.OData.Core.V1.ExplicitOperationBindings\"><Collection><String>\(operation)</String>"
                    + "</Collection></Annotation>"
            }
            return "<EntityType Name=\"\(name)\" BaseType=\"self.Base\">\(bindings ?? "")</EntityType>"
        }
        let output = try generate(
            """
            <EntityType Name="Base"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.Int32"/></EntityType>
            \(type("ByType", binds: "self.Close"))\(type("BySet"))\(type("Neither"))
            <Action Name="Close" IsBound="true"><Parameter Name="x" Type="self.Base"/>\(requires)</Action>
            <Action Name="Nowhere" IsBound="true"><Parameter Name="x" Type="self.Base"/>\(requires)</Action>
            <Action Name="Everywhere" IsBound="true"><Parameter Name="x" Type="self.Base"/></Action>
            <EntityContainer Name="C">
              <EntitySet Name="A" EntityType="self.ByType"/><EntitySet Name="C" EntityType="self.Neither"/>
              <EntitySet Name="B" EntityType="self.BySet"><Annotation Term="Org.OData.Core.V1.ExplicitOperationBindings">
                <Collection><String>Test.Close</String></Collection></Annotation></EntitySet></EntityContainer>
            """
        )
        for (file, operations) in [
            ("ByType", ["close", "everywhere"]), ("BySet", ["close", "everywhere"]), ("Neither", ["everywhere"]),
        ] {
            let methods = output.lines("\(file).swift", containing: "func ")
                .filter { !$0.contains("static") && !$0.contains("async") }
            #expect(
                methods.map { $0.trimmingPrefix("func ").prefix { $0 != "(" } }.map(String.init) == operations,
                "\(file): \(methods)"
            )
        }
        #expect(
            output.lines("Operations.swift", containing: "static func")
                == ["static func nowhere() -> OperationCall<Void> {"]
        )
    }
}
