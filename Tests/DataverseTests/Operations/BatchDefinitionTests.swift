import TestSupport
import Testing

@testable import Dataverse

@Suite("Definitions in batches, as effects")
struct BatchDefinitionTests {
    private let call: CallContext
    private var script = EffectScript()

    init() throws { call = try ServiceContext.scripted().beginCall() }

    /// Sends the groups as one batch, every part of which is answered with 204.
    private mutating func send(_ groups: [BatchGroup]) throws -> (outcomes: [BatchOutcome], lines: [String]) {
        let count = groups.reduce(0) { $0 + $1.steps.count }
        let outcomes = try script.run(
            call.batch(groups, continuesOnError: false),
            .token("t"),
            .reply(
                200,
                headers: [.contentType: "multipart/mixed; boundary=b"],
                body: String(repeating: "--b\n\nHTTP/1.1 204 X\n\n", count: count) + "--b--"
            )
        ).get()
        let body = String(decoding: script.exchanges[0].body?.inMemory ?? [], as: UTF8.self)
        let lines = body.split(separator: "\r\n").filter { $0.hasSuffix(" HTTP/1.1") }.map {
            String($0).replacing("https://contoso.example/api/data/v9.2/", with: "").replacing(" HTTP/1.1", with: "")
        }
        return (outcomes, lines)
    }

    @Test("tables and columns are named in the URLs, and nothing is asked for before")
    mutating func names() throws {
        let table = TableDefinition("new_Widget", columns: [.string("new_Text")])
        let many = ManyToManyRelationship("new_a_b", between: "new_a", and: "new_b")
        let add = BatchOperation.addColumns([.integer("new_A"), .memo("new_B")], to: "new_Widget")
        let (outcomes, lines) = try send([
            BatchOperation.createTable(table, solution: "Core").group, add.group,
            BatchOperation.removeColumns(["new_A"], from: "new_Widget").group,
            BatchOperation.createRelationship(many).group, BatchOperation.relationship("o'brien").group,
            BatchOperation.deleteRelationship(try #require(UUID(uuidString: MetadataFixtures.tableID))).group,
            BatchOperation.deleteTable("new_Widget").group,
        ])
        #expect(
            lines == [
                "POST CreateEntities?SolutionUniqueName=Core",
                "POST EntityDefinitions(LogicalName='new_widget')/Attributes",
                "POST EntityDefinitions(LogicalName='new_widget')/Attributes",
                "DELETE EntityDefinitions(LogicalName='new_widget')/Attributes(LogicalName='new_a')",
                "POST RelationshipDefinitions",
                "GET RelationshipDefinitions?$filter=SchemaName%20eq%20'o''brien'",
                "DELETE RelationshipDefinitions(\(MetadataFixtures.tableID))",
                "DELETE EntityDefinitions(LogicalName='new_widget')",
            ]
        )
        #expect(outcomes.count == 8)
    }

    @Test("columns are added if all of them are")
    func columns() throws {
        let add = BatchOperation.addColumns([.integer("new_A"), .memo("new_B")], to: "new_widget")
        let success = BatchOutcome.success(HTTPReply(status: .noContent))
        let failure = BatchOutcome.failure(DataverseError(.duplicate, "there is one"))
        try add.read([success, success]).get()
        #expect(throws: DataverseError.self) { try add.read([success, failure]).get() }
    }

    @Test("what cannot be sent keeps the batch from being sent")
    mutating func refusals() throws {
        let global = TableDefinition("new_Widget", columns: [.choice("new_C", global: "new_colors")])
        for group in [
            BatchOperation.createTable(global).group, BatchOperation.createTable(TableDefinition("not a name")).group,
            BatchOperation.addColumns([.string("new_A", maxLength: 0)], to: "new_widget").group,
        ] {
            let result = try script.run(call.batch([group], continuesOnError: false))
            guard case .failure(let error) = result else { return #expect(Bool(false), "must fail") }
            #expect(error.kind == .invalidRequest)
        }
        #expect(script.exchanges.isEmpty)
    }
}
