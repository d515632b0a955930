import Dataverse
import DataverseObservability
import InMemoryLogging
import Logging
import TestSupport
import Testing

@Suite("Logs of calls")
struct LoggingObserverTests {
    private func entries(
        isAsync: Bool,
        _ outcomes: [ScriptedTransport.Outcome],
        level: Logger.Level = .trace,
        _ options: LoggingObserver.Options = .init()
    ) async throws -> [InMemoryLogHandler.Entry] {
        let handler = InMemoryLogHandler()
        var logger = Logger(label: "test") { _ in handler }
        logger.logLevel = level
        try await ObservedScript.query(
            isAsync: isAsync,
            outcomes,
            observers: [LoggingObserver(logger, options: options)]
        )
        return handler.entries
    }

    @Test("the lines of a call that is throttled once, and what they say", arguments: [false, true])
    func throttled(isAsync: Bool) async throws {
        let entries = try await entries(isAsync: isAsync, ObservedScript.throttledOnce)
        #expect(
            entries.map { "\($0.level) \($0.message)" } == [
                "trace token", "trace exchange", "notice call waits", "trace token", "notice request is sent again",
                "trace exchange", "debug call succeeded",
            ]
        )
        #expect(entries.allSatisfy { $0.metadata["dataverse.call"] == "query accounts" })
        #expect(Set(entries.map { $0.metadata["dataverse.correlation_id"]?.description }).count == 1)
        let exchanges = entries.filter { $0.message == "exchange" }
        #expect(exchanges.map { $0.metadata["http.response.status_code"]?.description } == ["429", "200"])
        #expect(exchanges.map { $0.metadata["http.request.method"]?.description } == ["GET", "GET"])
        #expect(exchanges.last?.metadata["dataverse.service_request_id"] == "SR-1")
        #expect(
            exchanges.first?.metadata["url.full"]
                == "https://contoso.example/api/data/v9.2/accounts?$filter=redacted"
        )
        #expect(entries[2].metadata["cause"] == "throttled")
        #expect(entries[4].metadata["attempt"] == "2")
        #expect(entries.last?.metadata["exchanges"] == "2")
    }

    @Test("a failure is a warning with its facts, without the service's words", arguments: [false, true])
    func failure(isAsync: Bool) async throws {
        let entry = try #require(try await entries(isAsync: isAsync, ObservedScript.refused, level: .warning).first)
        #expect("\(entry.level) \(entry.message)" == "warning call failed")
        #expect(entry.metadata["http.response.status_code"] == "412")
        #expect(entry.metadata["error.code"] == "0x80040237")
        #expect(entry.metadata["dataverse.service_request_id"] == "SR-1")
        #expect(entry.metadata["error.message"] == nil)
    }

    @Test("levels are the app's", arguments: [false, true])
    func levels(isAsync: Bool) async throws {
        var options = LoggingObserver.Options()
        options.callLevel = .info
        options.failureLevel = .critical
        #expect(
            try await entries(isAsync: isAsync, ObservedScript.throttledOnce, level: .info, options).map(\.level)
                == [.notice, .notice, .info]
        )
        #expect(
            try await entries(isAsync: isAsync, ObservedScript.refused, level: .info, options).map(\.level)
                == [.critical]
        )
        options.failureLevels[.duplicate] = .debug
        #expect(try await entries(isAsync: isAsync, ObservedScript.refused, level: .info, options).isEmpty)
    }

    @Test("bodies, whole URLs and the service's words where they are asked for")
    func detailed() async throws {
        var options = LoggingObserver.Options()
        options.maximumBodyBytes = 12
        options.urls = .full
        options.includesErrorMessages = true
        let entries = try await entries(isAsync: true, ObservedScript.refused, options)
        let exchange = try #require(entries.first { $0.message == "exchange" })
        #expect(exchange.metadata["url.full"]?.description.contains("Ada%20Lovelace") == true)
        #expect(exchange.metadata["http.response.body"]?.description.hasPrefix(#"{"error":{"c"#) == true)
        #expect(exchange.metadata["http.response.body"]?.description.contains("0x8004") == false)
        #expect(entries.last?.metadata["error.message"]?.description.contains("Ada Lovelace") == true)
    }
}
