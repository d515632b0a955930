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

    /// In the manner of TripPin: trips are contained in people, items in trips, and notes are where nothing leads.
    private static let contained = """
        <EntityType Name="Person"><Key><PropertyRef Name="UserName"/></Key><Property Name="UserName" Type="Edm.String"/>
          <NavigationProperty Name="Trips" Type="Collection(self.Trip)" ContainsTarget="true"/></EntityType>
        <EntityType Name="Trip"><Key><PropertyRef Name="TripId"/></Key><Property Name="TripId" Type="Edm.Int32"/>
          <NavigationProperty Name="Items" Type="Collection(self.Item)" ContainsTarget="true"/>
          <NavigationProperty Name="Note" Type="self.Note" ContainsTarget="true"/></EntityType>
        <EntityType Name="Base" Abstract="true"><Key><PropertyRef Name="ItemId"/></Key>
          <Property Name="ItemId" Type="Edm.Int32"/></EntityType>
        <EntityType Name="Item" BaseType="self.Base"/>
        <EntityType Name="Note"><Key><PropertyRef Name="NoteId"/></Key><Property Name="NoteId" Type="Edm.Int32"/>
          <NavigationProperty Name="Notes" Type="Collection(self.Note)" ContainsTarget="true"/></EntityType>
        <Function Name="InvolvedPeople" IsBound="true"><Parameter Name="trip" Type="self.Trip" Nullable="false"/>
          <ReturnType Type="Collection(self.Person)"/></Function>
        <Action Name="Cancel" IsBound="true"><Parameter Name="trips" Type="Collection(self.Trip)"/></Action>
        <Action Name="Book" IsBound="true"><Parameter Name="item" Type="self.Base"/>
          <Parameter Name="seats" Type="Edm.Int32" Nullable="false"/></Action>
        <Action Name="Sign" IsBound="true"><Parameter Name="note" Type="self.Note"/></Action>
        <EntityContainer Name="C"><EntitySet Name="People" EntityType="self.Person"/></EntityContainer>
        """

    @Test func operationsOfContainedRows() throws {
        let output = try generate(Self.contained)
        #expect(
            output.declaration("extension EntitySet", in: "Trip.swift") == """
                extension EntitySet where Row == Trip {
                    /// The action `Cancel`, bound to `Collection(self.Trip)`.
                    func cancel() throws {
                        try call(Trip.Operations.cancel())
                    }

                    /// The function `InvolvedPeople`, bound to `self.Trip`.
                    func involvedPeople(on row: RowKey<Trip>) throws -> [Person] {
                        try call(Trip.Operations.involvedPeople(), on: row)
                    }
                }
                """
        )
        #expect(
            output.declaration("extension AsyncEntitySet", in: "Item.swift") == """
                extension AsyncEntitySet where Row == Item {
                    /// The action `Book`, bound to `self.Base`.
                    func book(on row: RowKey<Item>, seats: Int32) async throws {
                        try await call(Base.Operations.book(seats: seats), on: row)
                    }
                }
                """
        )
        // One note of a trip is no collection, and the notes of a note are reached from nowhere.
        #expect(output.lines("Note.swift", containing: "extension") == ["extension Note.Operations {"])
        #expect(output.lines("Base.swift", containing: "extension") == ["extension Base.Operations {"])
        let pruned = try generate(Self.contained) { $0.exclude = ["Person.Trips"] }
        #expect(pruned.lines("Trip.swift", containing: "extension") == ["extension Trip.Operations {"])
    }

    @Test(.enabled(if: SwiftCompiler.modules != nil, "no modules beside the tests"))
    func operationsOfContainedRowsCompile() throws {
        let messages = try generate(Self.contained).compilerMessages(
            using: """
                func use(_ client: DataverseClient, _ asyncClient: AsyncDataverseClient) async throws {
                    let trips = client.people.related(\\.trips, of: .id("scott"))
                    let people: [Person] = try trips.involvedPeople(on: .id(1))
                    try trips.cancel()
                    try trips.related(\\.items, of: .id(1)).book(on: .id(2), seats: 3)
                    let items = asyncClient.people.related(\\.trips, of: .id("scott")).related(\\.items, of: .id(1))
                    try await items.book(on: .id(2), seats: 3)
                    print(people.count)
                }
                """
        )
        #expect(messages == "")
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
