import HTTPTypes
public import Logging
import Synchronization

/// Writes what happens to calls to a log of swift-log.
///
///     let logger = Logger(label: "app.dataverse")
///     let client = try DataverseClient(
///         environment: url, credential: credential, observers: [LoggingObserver(logger)])
///
/// Calls are logged with the level `debug`, exchanges with `trace`, waits and repetitions with `notice`, and calls that fail
/// with `warning`. Access tokens and other secrets are never logged. Values of rows may be personal data: bodies, filters and
/// the words of the service's errors are logged only where ``Options`` ask for them.
public struct LoggingObserver: CallObserver {
    /// What is logged, and with which levels.
    public struct Options: Sendable {
        /// The level of calls that succeed.
        public var callLevel = Logger.Level.debug
        /// The level of exchanges.
        public var exchangeLevel = Logger.Level.trace
        /// The level of waits and of requests that are sent again.
        public var repetitionLevel = Logger.Level.notice
        /// The level of calls that fail.
        public var failureLevel = Logger.Level.warning
        /// The levels of calls that fail in certain ways, such as `.notFound`, where it is not ``failureLevel``.
        public var failureLevels: [DataverseError.Kind: Logger.Level] = [.cancelled: .debug]
        /// How much of a URL is logged.
        public var urls = URLDetail.withoutValues
        /// How many bytes of each body are logged, where it is text; 0 for none.
        public var maximumBodyBytes = 0
        /// Whether the service's words about an error are logged. They may quote values of rows; the app gets them with the
        /// error in any case.
        public var includesErrorMessages = false

        /// What is described above.
        public init() {}
    }

    private let logger: Logger
    private let options: Options

    /// - Parameters:
    ///   - logger: where to log to.
    ///   - options: what is logged, and with which levels.
    public init(_ logger: Logger, options: Options = Options()) {
        self.logger = logger
        self.options = options
    }

    public func callBegins(_ call: ObservedCall) -> any CallFollower {
        var logger = logger
        logger[metadataKey: "dataverse.call"] = .string(call.name.description.onOneLine)
        logger[metadataKey: "dataverse.correlation_id"] = .string(call.correlationID.uuidString.lowercased())
        return LoggedCall(logger: logger, options: options)
    }
}

/// Logs one call.
private final class LoggedCall: CallFollower {
    private let logger: Logger
    private let options: LoggingObserver.Options
    private let exchangeCount = Mutex(0)

    init(logger: Logger, options: LoggingObserver.Options) {
        self.logger = logger
        self.options = options
    }

    func tokenEnds(_ failure: CredentialError?, after duration: Duration) {
        guard let failure else {
            logger.log(level: options.exchangeLevel, "token", metadata: ["duration_ms": duration.inMilliseconds])
            return
        }
        logger.log(level: options.exchangeLevel, "no token", metadata: metadata(of: failure, after: duration))
    }

    private func metadata(of failure: CredentialError, after duration: Duration) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            "duration_ms": duration.inMilliseconds, "error.kind": "\(failure.reason.rawValue)",
        ]
        metadata["error.code"] = failure.code.map { .string($0.onOneLine) }
        metadata["error.trace_id"] = failure.traceID.map { .string($0.onOneLine) }
        return metadata
    }

    func exchangeBegins(_ exchange: ObservedExchange) -> HTTPFields {
        exchangeCount.withLock { $0 += 1 }
        if let cause = exchange.repeats {
            logger.log(
                level: options.repetitionLevel,
                "request is sent again",
                metadata: ["cause": "\(cause.rawValue)", "attempt": "\(exchange.attempt)"]
            )
        }
        return [:]
    }

    func exchangeEnds(
        _ exchange: ObservedExchange,
        _ result: Result<ObservedReply, TransportError>,
        after duration: Duration
    ) {
        logger.log(
            level: options.exchangeLevel,
            "exchange",
            metadata: metadata(of: exchange, result, after: duration)
        )
    }

    private func metadata(
        of exchange: ObservedExchange,
        _ result: Result<ObservedReply, TransportError>,
        after duration: Duration
    ) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            "http.request.method": "\(exchange.method.rawValue)",
            "url.full": .string(exchange.url(options.urls).onOneLine),
            "http.request.body.size": "\(exchange.body?.length ?? 0)",
            "duration_ms": duration.inMilliseconds,
            "number": "\(exchange.number)",
        ]
        metadata["dataverse.client_request_id"] = exchange.clientRequestID.map { .string($0.onOneLine) }
        metadata["http.request.body"] = exchange.body.flatMap(text)
        switch result {
        case .success(let reply):
            metadata["http.response.status_code"] = "\(reply.status.code)"
            metadata["http.response.body.size"] = "\(reply.body.length)"
            metadata["dataverse.service_request_id"] = reply.serviceRequestID.map { .string($0.onOneLine) }
            metadata["http.response.body"] = text(of: reply.body)
        case .failure(let error):
            metadata["error.type"] = "\(error.kind)"
            if options.includesErrorMessages { metadata["error.message"] = .string(error.message.onOneLine) }
        }
        return metadata
    }

    private func text(of body: ObservedBody) -> Logger.MetadataValue? {
        guard options.maximumBodyBytes > 0, body.length > 0 else { return nil }
        guard let text = body.text(upTo: options.maximumBodyBytes) else { return "(\(body.length) bytes)" }
        let ending = text.omittedBytes > 0 ? "… (\(text.omittedBytes) more bytes)" : ""
        return .string(text.text + ending)
    }

    func waitBegins(_ wait: ObservedWait) {
        // Waiting for something that takes its time is nothing to notice.
        let level = wait.cause == .notReady ? options.callLevel : options.repetitionLevel
        var metadata: Logger.Metadata = [
            "cause": "\(wait.cause.rawValue)", "wait_ms": wait.duration.inMilliseconds,
        ]
        metadata["retry_after_ms"] = wait.retryAfter?.inMilliseconds
        logger.log(level: level, "call waits", metadata: metadata)
    }

    func callEnds(_ failure: DataverseError?, after duration: Duration) {
        var metadata: Logger.Metadata = [
            "duration_ms": duration.inMilliseconds, "exchanges": "\(exchangeCount.withLock(\.self))",
        ]
        guard let failure else {
            logger.log(level: options.callLevel, "call succeeded", metadata: metadata)
            return
        }
        metadata["error.kind"] = "\(failure.kind.rawValue)"
        metadata["http.response.status_code"] = failure.status.map { "\($0)" }
        metadata["error.code"] = failure.serviceCode.map { .string($0.onOneLine) }
        metadata["dataverse.service_request_id"] = failure.serviceRequestID.map { .string($0.onOneLine) }
        if options.includesErrorMessages { metadata["error.message"] = .string(failure.message.onOneLine) }
        let level = options.failureLevels[failure.kind] ?? options.failureLevel
        logger.log(level: level, "call failed", metadata: metadata)
    }
}

extension Duration {
    /// A number of milliseconds with as many decimals as microseconds take.
    fileprivate var inMilliseconds: Logger.MetadataValue {
        .stringConvertible((self / .microseconds(1)).rounded() / 1_000)
    }
}

extension String {
    /// The text without control characters: nobody can begin a line of a log with them.
    fileprivate var onOneLine: String {
        unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
            ? String(String.UnicodeScalarView(unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : $0 }))
            : self
    }
}
