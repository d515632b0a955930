import HTTPTypes
import TestSupport
import Testing

@testable import ODataCore

@Suite("Options of requests")
struct RequestOptionsTests {
    private let service: ClientContext
    private var script = EffectScript()
    private static let id = UUID(uuidString: "5A1B2C3D-0000-4000-8000-00000000000F")!
    private static let api = "https://contoso.example/api/data/v9.2"

    init() throws { service = try ClientContext.scripted() }

    private mutating func exchange(
        _ request: ServiceRequest,
        _ change: (inout RequestOptions) -> Void
    ) throws -> HTTPExchange {
        _ = try script.run(service.with(change).beginCall().send(request), .token("t"), .reply(204)).get()
        return try #require(script.exchanges.last)
    }

    @Test("each option is the header that Dataverse documents")
    mutating func headers() throws {
        let exchange = try exchange(ServiceRequest(.post, "accounts", body: [])) {
            $0.impersonation = .user(Self.id)
            $0.bypassedLogic = [.synchronous, .asynchronous]
            $0.bypassesFlows = true
            $0.detectsDuplicates = true
            $0.solution = "ExampleSolution"
            $0.isStronglyConsistent = true
            $0.session = .token("240:8#144035050#7=-1")
        }
        #expect(exchange.headers[.callerID] == "5a1b2c3d-0000-4000-8000-00000000000f")
        #expect(exchange.headers[.bypassBusinessLogic] == "CustomSync,CustomAsync")
        #expect(exchange.headers[.suppressCallbackJob] == "true")
        #expect(exchange.headers[.suppressDuplicateDetection] == "false")
        #expect(exchange.headers[.solutionUniqueName] == "ExampleSolution")
        #expect(exchange.headers[.consistency] == "Strong")
        #expect(exchange.headers[.sessionToken] == "240:8#144035050#7=-1")
        let other = try self.exchange(ServiceRequest(.get, "accounts")) {
            $0.impersonation = .entraObject(Self.id)
            $0.bypassedSteps = [Self.id, Self.id]
            $0.detectsDuplicates = false
        }
        #expect(other.headers[.callerObjectID] == "5a1b2c3d-0000-4000-8000-00000000000f")
        #expect(other.headers[.callerID] == nil)
        #expect(other.headers[.bypassBusinessLogicSteps]?.split(separator: ",").count == 2)
        #expect(other.headers[.suppressDuplicateDetection] == "true")
        let names = exchange.headers.map(\.name.rawName) + other.headers.map(\.name.rawName)
        for name in [
            "MSCRMCallerID", "CallerObjectId", "MSCRM.BypassBusinessLogicExecution",
            "MSCRM.BypassBusinessLogicExecutionStepIds", "MSCRM.SuppressCallbackRegistrationExpanderJob",
            "MSCRM.SuppressDuplicateDetection", "MSCRM.SolutionUniqueName", "Consistency", "MSCRM.SessionToken",
        ] {
            #expect(names.contains(name), "\(name)")
        }
        let legacy = try self.exchange(ServiceRequest(.get, "accounts")) { $0.bypassesCustomPlugins = true }
        #expect(legacy.headers[try #require(HTTPField.Name("MSCRM.BypassCustomPluginExecution"))] == "true")
    }

    @Test("what the request itself says goes before the options, and preferences add up")
    mutating func precedence() throws {
        let own = HTTPField.Name("X-Own")!
        let request = ServiceRequest(.get, "accounts", headers: [.prefer: "odata.maxpagesize=2", own: "request"])
        let exchange = try exchange(request) {
            $0.headers = [.prefer: "respond-async", own: "client"]
        }
        #expect(exchange.headers[.prefer] == "odata.maxpagesize=2,respond-async")
        #expect(exchange.headers[own] == "request")
    }

    @Test("tag and partition go into the URL, where the service looks for them, and only once")
    mutating func query() throws {
        let change: (inout RequestOptions) -> Void = {
            $0.tag = "a b&c"
            $0.partitionID = "device 1"
        }
        let urls = try [
            ServiceRequest(.get, "sensors?$top=1"), ServiceRequest(.delete, "sensors(1)"),
            ServiceRequest(.post, "sensors", body: []),
            ServiceRequest(.get, "\(Self.api)/sensors?tag=a%20b%26c&partitionId=device%201&$skiptoken=2"),
        ].map { try exchange($0, change).url }
        #expect(
            urls == [
                "\(Self.api)/sensors?$top=1&tag=a%20b%26c&partitionId=device%201",
                "\(Self.api)/sensors(1)?tag=a%20b%26c&partitionId=device%201",
                "\(Self.api)/sensors?tag=a%20b%26c",
                "\(Self.api)/sensors?tag=a%20b%26c&partitionId=device%201&$skiptoken=2",
            ]
        )
    }

    @Test(
        "options that contradict each other, or that no header carries, are refused before anything is sent",
        arguments: [
            {
                $0.bypassesCustomPlugins = true; $0.bypassedLogic = .synchronous
            },
            {
                $0.bypassesCustomPlugins = true; $0.bypassedSteps = [Self.id]
            },
            {
                $0.bypassedLogic = [.synchronous, .asynchronous]; $0.bypassedSteps = [Self.id]
            },
            { $0.solution = "" }, { $0.solution = "a\r\nX-Evil: 1" }, { $0.solution = "Größe" },
            { $0.session = .token("a b") }, { $0.partitionID = "" },
            { $0.headers = [.authorization: "Bearer stolen"] }, { $0.headers = [.correlationID: "1"] },
            {
                $0.isStronglyConsistent = true; $0.headers = [.consistency: "Weak"]
            },
        ] as [@Sendable (inout RequestOptions) -> Void]
    )
    mutating func contradictions(change: @Sendable (inout RequestOptions) -> Void) throws {
        let call = service.with(change).beginCall()
        for operation in [call.send(ServiceRequest(.get, "a")), call.sendBatch([.single(.init(.get, "a"))]).first] {
            guard case .failure(let error) = try script.run(operation) else {
                Issue.record("must fail")
                return
            }
            #expect(error.kind == .invalidRequest)
            #expect(error.message.hasSuffix("."))
        }
        #expect(script.exchanges.isEmpty)
    }

    @Test("a batch has the options at each of its requests and at itself")
    mutating func batch() throws {
        let call = service.with {
            $0.bypassesFlows = true
            $0.tag = "t"
        }.beginCall()
        let body = "--x\r\nContent-Type: application/http\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n\r\n--x--\r\n"
        let batch = call.sendBatch([.single(ServiceRequest(.delete, "accounts(1)"))])
        let reply = EffectScript.Step.reply(200, headers: [.contentType: "multipart/mixed;boundary=x"], body: body)
        _ = try script.run(batch, .token("t"), reply).get()
        let exchange = try #require(script.exchanges.first)
        #expect(exchange.headers[.suppressCallbackJob] == "true")
        #expect(exchange.url == "\(Self.api)/$batch?tag=t")
        let text = String(decoding: try #require(exchange.body?.inMemory), as: UTF8.self)
        #expect(text.contains("DELETE \(Self.api)/accounts(1)?tag=t HTTP/1.1"))
        #expect(text.contains("MSCRM.SuppressCallbackRegistrationExpanderJob: true\r\n"))
    }

    @Test("the session token of a reply is known, and sent with later reads if that is wanted")
    mutating func session() throws {
        let writer = service.with { $0.session = .latest }
        let token = HTTPField.Name("x-ms-session-token")!
        _ = try script.run(
            writer.beginCall().send(ServiceRequest(.post, "sensors", body: [])),
            .token("t"),
            .reply(204, headers: [token: "207:8#1#7=-1"])
        ).get()
        #expect(script.exchanges[0].headers[.sessionToken] == nil)
        #expect(service.signals.current.sessionToken == "207:8#1#7=-1", "contexts made from each other share it")
        _ = try script.run(writer.beginCall().send(.init(.get, "sensors")), .token("t"), .reply(200)).get()
        #expect(script.exchanges[1].headers[.sessionToken] == "207:8#1#7=-1")
        _ = try script.run(service.beginCall().send(.init(.get, "sensors")), .token("t"), .reply(200)).get()
        #expect(script.exchanges[2].headers[.sessionToken] == nil)
    }

    @Test("what replies say about limits is known; nonsense is passed over")
    mutating func signals() throws {
        let headers: HTTPFields = [.parallelismHint: "8", .remainingRequests: "5999", .remainingTime: "1,199.99"]
        for headers in [headers, [.parallelismHint: "many", .remainingRequests: ""]] {
            let send = service.beginCall().send(.init(.get, "a"))
            _ = try script.run(send, .token("t"), .reply(200, headers: headers)).get()
        }
        #expect(service.signals.current.recommendedParallelism == 8)
        #expect(service.signals.current.remainingRequests == 5_999)
        #expect(service.signals.current.remainingTime == "1,199.99")
    }
}

extension ODataOperation where Output == [Result<HTTPReply, DataverseError>] {
    fileprivate var first: ODataOperation<HTTPReply> {
        map { results throws(DataverseError) in try results[0].get() }
    }
}
