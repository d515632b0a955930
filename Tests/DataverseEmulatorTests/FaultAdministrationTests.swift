import DataverseEmulator
import ODataCore
import Testing

@Suite("Faults through the endpoint")
struct FaultAdministrationTests {
    @Test("Faults are added, happen to the requests they are for, are counted and taken back")
    func endpoint() async throws {
        try await withContoso { service in
            let endpoint = service.url.absoluteString + "/emulator/faults"
            let fault: Value = [
                "fault": "status=503; retry-after=2", "method": "GET", "pathContains": "accounts", "skipping": 1,
                "times": 2,
            ]
            #expect(try await service.send(.POST, endpoint, fault).status == 204)
            #expect(try await service.get("contacts").status == 200)
            var statuses: [Int] = []
            for _ in 0..<4 { statuses.append(try await service.get("accounts").status) }
            #expect(statuses == [200, 503, 503, 200])
            #expect(try await service.get(endpoint).json["happened"] == 2)
            #expect(try await service.send(.POST, endpoint, ["fault": "throttle=1", "times": .null]).status == 204)
            let throttled = try await service.get("accounts")
            #expect(throttled.status == 429)
            #expect(throttled.headers.first(name: "Retry-After") == "1")
            #expect(try await service.send(.DELETE, endpoint).status == 204)
            #expect(try await service.get("accounts").status == 200)
            for wrong: Value in [
                [:], ["fault": "nonsense"], ["fault": "drop", "times": "x"], ["fault": "drop", "x": 1], 5,
            ] {
                #expect(try await service.send(.POST, endpoint, wrong).status == 400)
            }
            #expect(try await service.send(.PUT, endpoint, fault).status == 405)
        }
    }
}
