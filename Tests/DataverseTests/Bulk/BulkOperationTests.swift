import HTTPTypes
import TestSupport
import Testing

@testable import Dataverse

@Suite("Portions of changes, as effects")
struct BulkOperationTests {
    private let call: CallContext
    private var script = EffectScript()
    private let table = EntitySetSource.table("account")
    private static let api = "https://contoso.example/api/data/v9.2"
    private static let lost = TransportError(.connectionLost, message: "gone", mayHaveBeenProcessed: true)
    private static let busy = EffectScript.Step.reply(
        429,
        headers: [.retryAfter: "9", .parallelismHint: "5"],
        body: #"{"error":{"code":"0x80072322","message":"Slow down."}}"#
    )

    init() throws {
        let service = try ClientContext.scripted()
        service.tables.store(.init(entitySetName: "accounts", primaryKey: "accountid"), for: "account")
        call = service.beginCall()
    }

    private static func id(_ number: Int) -> UUID { UUID(uuidString: "00000000-0000-4000-8000-00000000000\(number)")! }

    private func portion(_ writes: [BulkWrite<Record>], _ method: BulkOptions.Method = .multiple) -> BulkPortion<Record>
    {
        BulkPortion(number: 0, writes: writes.enumerated().map { ($0.offset, $0.element) }, method: method)
    }

    private var creates: [BulkWrite<Record>] { [.create(["n": 0]), .create(["n": 1]), .create(["n": 2])] }

    private static func batch(_ parts: [String]) -> EffectScript.Step {
        let body = parts.map { "--x\r\nContent-Type: application/http\r\n\r\n\($0)\r\n" }.joined() + "--x--\r\n"
        return .reply(200, headers: [.contentType: "multipart/mixed; boundary=x"], body: body)
    }

    private static func created(_ number: Int) -> String {
        "HTTP/1.1 204 No Content\r\nOData-EntityId: \(api)/accounts(\(id(number).guid))\r\n\r\n"
    }

    private static func failed(_ status: Int, _ code: String, _ headers: String = "") -> String {
        "HTTP/1.1 \(status) X\r\n\(headers)\r\n{\"error\":{\"code\":\"\(code)\",\"message\":\"No.\"}}"
    }

    private func text(_ outcome: BulkOutcome<Record>) -> String {
        switch outcome {
        case .done(let id): "done \(id.map { String($0.guid.suffix(1)) } ?? "-")"
        case .failed(let error): "failed \(error.kind)"
        case .unknown(let error): "unknown \(error.kind)"
        }
    }

    private mutating func outcomes(
        of portion: BulkPortion<Record>,
        options: BulkOptions = BulkOptions(),
        _ steps: EffectScript.Step...
    ) throws -> [String] {
        let results = try script.run(call.bulk(portion, in: table, options: options), steps: steps).get()
        #expect(results.map(\.position) == Array(0..<results.count), "in the order of the input")
        return results.map { text($0.outcome) }
    }

    @Test("a portion goes out in one request, and gives the keys of its rows in order")
    mutating func multiple() throws {
        let ids = (0...2).map { "\"\(Self.id($0).guid)\"" }.joined(separator: ",")
        let outcomes = try outcomes(of: portion(creates), .token("t"), .reply(200, body: "{\"Ids\":[\(ids)]}"))
        #expect(outcomes == ["done 0", "done 1", "done 2"])
        #expect(script.effects[1] == "send POST \(Self.api)/accounts/Microsoft.Dynamics.CRM.CreateMultiple")
    }

    @Test("a portion that the service has no time for is sent again after the wait it asks for")
    mutating func throttled() throws {
        let updates: [BulkWrite<Record>] = [.update(Self.id(1), ["n": 1]), .update(Self.id(2), ["n": 2])]
        let outcomes = try outcomes(
            of: portion(updates),
            .token("t"),
            Self.busy,
            .wake,
            .token("t"),
            .reply(503),
            .wake,
            .token("t"),
            .reply(204)
        )
        #expect(outcomes == ["done -", "done -"])
        #expect(script.effects.filter { $0.hasPrefix("sleep") } == ["sleep 9.0 seconds", "sleep 1.0 seconds"])
    }

    @Test("new rows whose reply was lost are unknown, and changes are sent again")
    mutating func lost() throws {
        #expect(
            try outcomes(of: portion(creates), .token("t"), .broken(Self.lost))
                == Array(repeating: "unknown transport", count: 3)
        )
        #expect(try outcomes(of: portion(creates, .batch), .token("t"), .reply(504))[0] == "unknown service")
        let upsert = BulkWrite<Record>.upsert(.alternate(("number", "A")), ["n": 1])
        #expect(
            try outcomes(of: portion([upsert]), .token("t"), .broken(Self.lost), .wake, .token("t"), .reply(204))
                == ["done -"]
        )
        let refused = TransportError(.cannotConnect, message: "nobody", mayHaveBeenProcessed: false)
        #expect(
            try outcomes(
                of: portion(creates, .batch),
                .token("t"),
                .broken(refused),
                .wake,
                .token("t"),
                Self.batch([Self.created(0), Self.created(1), Self.created(2)])
            ) == ["done 0", "done 1", "done 2"]
        )
    }

    @Test("one bad row of a portion has an error of its own, and the others are made")
    mutating func badRow() throws {
        let outcomes = try outcomes(
            of: portion(creates),
            .token("t"),
            .reply(400, body: #"{"error":{"code":"0x80040203","message":"Row 2 is bad."}}"#),
            .token("t"),
            Self.batch([Self.created(0), Self.failed(400, "0x80040203"), Self.created(2)])
        )
        #expect(outcomes == ["done 0", "failed invalidRequest", "done 2"])
        #expect(script.effects.filter { $0.hasPrefix("send") }.last == "send POST \(Self.api)/$batch")
        #expect(script.exchanges.last?.headers[.prefer] == "odata.continue-on-error")
    }

    @Test("only the rows of a batch that were refused are sent again")
    mutating func partlyThrottled() throws {
        let outcomes = try outcomes(
            of: portion(creates, .batch),
            .token("t"),
            Self.batch([
                Self.created(0), Self.failed(429, "0x80072321", "Retry-After: 4\r\n"), Self.failed(412, "0x80040333"),
            ]),
            .wake,
            .token("t"),
            Self.batch([Self.created(1)])
        )
        #expect(outcomes == ["done 0", "done 1", "failed duplicate"])
        #expect(script.effects.contains("sleep 4.0 seconds"))
    }

    @Test("rows that were deleted by an attempt whose reply was lost are deleted")
    mutating func deletion() throws {
        let deletions: [BulkWrite<Record>] = [.delete(.id(Self.id(1))), .delete(.id(Self.id(2)))]
        let gone = Self.failed(404, "0x80040217")
        let done = "HTTP/1.1 204 No Content\r\n\r\n"
        let again = try outcomes(
            of: portion(deletions),
            .token("t"),
            .broken(Self.lost),
            .wake,
            .token("t"),
            Self.batch([gone, done])
        )
        #expect(again == ["done -", "done -"])
        #expect(
            try outcomes(of: portion(deletions), .token("t"), Self.batch([gone, done])) == [
                "failed notFound", "done -",
            ]
        )
    }

    @Test("it gives up after as many attempts as it may make, and at once where nothing would help")
    mutating func givesUp() throws {
        var options = BulkOptions()
        options.maximumAttempts = 2
        let throttled = try outcomes(
            of: portion(creates),
            options: options,
            .token("t"),
            Self.busy,
            .wake,
            .token("t"),
            Self.busy
        )
        #expect(throttled == Array(repeating: "failed throttled", count: 3))
        #expect(try outcomes(of: portion(creates), .token("t"), .reply(403))[0] == "failed forbidden")
        #expect(try outcomes(of: portion(creates), .noToken("no"))[0] == "failed credential")
    }

    @Test("a step tells what the service recommends")
    mutating func signal() throws {
        let step = try script.run(
            call.bulkStep(portion(creates), in: table, options: BulkOptions()),
            .token("t"),
            Self.busy
        ).get()
        #expect(step.signal == .init(recommended: 5, pause: .seconds(9)))
        #expect(step.remaining?.writes.count == 3)
        #expect(step.results.isEmpty)
    }

    @Test("portions are of one size and of one kind, and of no more rows than there are")
    func cutting() {
        var options = BulkOptions()
        options.portionSize = 3
        var portions = BulkPortions<Record>(options)
        var sizes: [String] = []
        let key = RowKey<Record>.id(Self.id(1))
        let writes: [BulkWrite<Record>] =
            creates + [.create([:]), .delete(key), .delete(key), .upsert(key, [:]), .create([:])]
        for portion in writes.compactMap({ portions.add($0) }) + [portions.rest()].compactMap(\.self) {
            sizes.append("\(portion.number) \(portion.kind) \(portion.writes.map(\.position))")
        }
        #expect(sizes == ["0 create [0, 1, 2]", "1 create [3]", "2 delete [4, 5]", "3 upsert [6]", "4 create [7]"])
        #expect(portions.rest() == nil)
        options.portionSize = 5_000
        #expect(options.effectivePortionSize == 1_000)
    }
}
