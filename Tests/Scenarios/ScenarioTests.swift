import Testing

@Suite("Scenarios")
struct ScenarioTests {
    @Test("each scenario, through each client and transport", arguments: Scenario.all, ClientKind.allCases)
    func run(scenario: Scenario, kind: ClientKind) async throws {
        _ = try await ScenarioContext.run(scenario, through: kind)
    }

    @Test("both clients send the same requests", arguments: Scenario.all)
    func sameExchanges(scenario: Scenario) async throws {
        let blocking = try await ScenarioContext.run(scenario, through: .blockingURLSession)
        let asynchronous = try await ScenarioContext.run(scenario, through: .asyncAsyncHTTPClient)
        #expect(!blocking.isEmpty)
        #expect(blocking == asynchronous)
    }
}
