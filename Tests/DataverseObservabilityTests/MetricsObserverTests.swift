import Dataverse
import DataverseObservability
import Metrics
import MetricsTestKit
import TestSupport
import Testing

@Suite("Metrics of calls")
struct MetricsObserverTests {
    /// The sums of all counters, as `name{dimension=value}`.
    private func counters(_ metrics: TestMetrics) -> [String: Int64] {
        var sums: [String: Int64] = [:]
        for counter in metrics.counters {
            let dimensions = counter.dimensions.map { "\($0.0)=\($0.1)" }.joined(separator: ",")
            sums["\(counter.label){\(dimensions)}", default: 0] += counter.totalValue
        }
        return sums
    }

    @Test("a call that is throttled once", arguments: [false, true])
    func throttled(isAsync: Bool) async throws {
        let metrics = TestMetrics()
        let observer = MetricsObserver(factory: metrics)
        try await ObservedScript.query(isAsync: isAsync, ObservedScript.throttledOnce, observers: [observer])
        let page = #"{"value":[{"name":"Ada Lovelace"}]}"#
        #expect(
            counters(metrics) == [
                "dataverse.client.calls{operation=query,outcome=ok}": 1,
                "dataverse.client.exchanges{method=GET,status=4xx}": 1,
                "dataverse.client.exchanges{method=GET,status=2xx}": 1,
                "dataverse.client.retries{cause=throttled}": 1,
                "dataverse.client.throttled{}": 1,
                "dataverse.client.response.bytes{}": Int64(page.utf8.count),
            ]
        )
        let timers = metrics.timers.map { "\($0.label) \($0.dimensions.map(\.1)) \($0.values.count)" }.sorted()
        #expect(
            timers == [
                #"dataverse.client.call.duration ["query", "ok"] 1"#,
                #"dataverse.client.exchange.duration ["GET", "2xx"] 1"#,
                #"dataverse.client.exchange.duration ["GET", "4xx"] 1"#,
                #"dataverse.client.token.duration ["ok"] 2"#,
                #"dataverse.client.wait.duration ["throttled"] 1"#,
            ]
        )
        #expect(metrics.timers.allSatisfy { $0.values.allSatisfy { $0 >= 0 } })
    }

    @Test("calls that fail, by kind, and the table where it is asked for", arguments: [false, true])
    func failure(isAsync: Bool) async throws {
        let metrics = TestMetrics()
        var options = MetricsObserver.Options()
        options.includesTarget = true
        options.prefix = "crm"
        let observer = MetricsObserver(options, factory: metrics)
        for _ in 1...2 {
            try await ObservedScript.query(isAsync: isAsync, ObservedScript.refused, observers: [observer])
        }
        let counters = counters(metrics)
        #expect(counters["crm.calls{operation=query,target=accounts,outcome=duplicate}"] == 2)
        #expect(counters["crm.exchanges{method=GET,status=4xx}"] == 2)
        // One handler for each series, made once.
        #expect(metrics.counters.filter { $0.label == "crm.calls" }.count == 1)
    }

    @Test("an exchange without a reply")
    func broken() async throws {
        let metrics = TestMetrics()
        let outcomes: [ScriptedTransport.Outcome] = [.broken(.connectionLost), .json(#"{"value":[]}"#)]
        try await ObservedScript.query(
            isAsync: true,
            outcomes,
            observers: [MetricsObserver(factory: metrics)]
        )
        let counters = counters(metrics)
        #expect(counters["dataverse.client.exchanges{method=GET,status=none}"] == 1)
        #expect(counters["dataverse.client.retries{cause=connection}"] == 1)
    }
}
