import Foundation
import HTTPTypes
import Synchronization

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// The default transport: Foundation's URLSession, for both clients.
public final class URLSessionTransport: BlockingTransport, AsyncTransport {
    private let session: URLSession
    private let isClosed = Mutex(false)

    /// - Parameter configuration: the session's configuration; ephemeral by default, so that cookies are not kept. Its
    ///   cache is not used.
    public init(configuration: URLSessionConfiguration = .ephemeral) {
        // Nothing of a service is to come from a cache. On Linux, a task of a session that has one ends the process when
        // it is cancelled while the cache is asked.
        let configuration = configuration.copy() as? URLSessionConfiguration ?? configuration
        configuration.urlCache = nil
        session = Self.makeSession(configuration)
    }

    deinit {
        // The session keeps its delegate until it is invalidated.
        close()
    }

    public func close() {
        let wasOpen = isClosed.withLock { isClosed in
            defer { isClosed = true }
            return !isClosed
        }
        if wasOpen { session.finishTasksAndInvalidate() }
    }

    public func shutDown() async { close() }

    /// A session that was invalidated must not be asked for another task.
    private func checkIsOpen() throws(TransportError) {
        guard !isClosed.withLock({ $0 }) else {
            throw TransportError(.other, message: "The transport was closed.", mayHaveBeenProcessed: false)
        }
    }

    private static func makeSession(_ configuration: URLSessionConfiguration) -> URLSession {
        URLSession(configuration: configuration, delegate: RedirectRefusal(), delegateQueue: nil)
    }

    /// On Linux, URLSession is built on libcurl, which sends a request again when a connection that it reuses turns
    /// out to be closed, without knowing whether the server has acted on it; with a body it hangs until its time is up.
    /// Requests that write therefore have a session, and with it a connection, of their own. (Asking for
    /// `Connection: close` instead makes about one exchange in a hundred hang until its time is up, Swift 6.3.)
    private func session(for exchange: HTTPExchange) -> (URLSession, isForOneExchange: Bool) {
        #if canImport(FoundationNetworking)
        if exchange.method != .get && exchange.method != .head {
            return (Self.makeSession(session.configuration), true)
        }
        #endif
        return (session, false)
    }

    public func perform(_ exchange: HTTPExchange) throws(TransportError) -> HTTPReply {
        let outcome = URLSessionOutcome()
        let isReady = DispatchSemaphore(value: 0)
        try start(exchange, outcome)
        outcome.whenKnown { isReady.signal() }
        isReady.wait()
        return try outcome.result.get()
    }

    public func perform(_ exchange: HTTPExchange) async throws(TransportError) -> HTTPReply {
        let outcome = URLSessionOutcome()
        try start(exchange, outcome)
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in outcome.whenKnown { continuation.resume() } }
        } onCancel: {
            outcome.giveUp(
                TransportError(.cancelled, message: "The exchange was cancelled.", mayHaveBeenProcessed: true)
            )
        }
        return try outcome.result.get()
    }

    private func start(_ exchange: HTTPExchange, _ outcome: URLSessionOutcome) throws(TransportError) {
        try checkIsOpen()
        var request = try URLRequest(exchange)
        let body = try URLSessionBody(exchange.body)
        let complete = { @Sendable (data: Data?, response: URLResponse?, error: (any Error)?) in
            outcome.fulfil(Self.result(data: data, response: response, error: error))
        }
        let (session, isForOneExchange) = session(for: exchange)
        defer { if isForOneExchange { session.finishTasksAndInvalidate() } }
        let task: URLSessionTask
        switch body {
        case .data(let data):
            request.httpBody = data
            task = session.dataTask(with: request, completionHandler: complete)
        case .file(let file):
            task = session.uploadTask(with: request, fromFile: file, completionHandler: complete)
        }
        outcome.begin(task, until: .now() + exchange.timeout / .seconds(1))
    }

    private static func result(
        data: Data?,
        response: URLResponse?,
        error: (any Error)?
    ) -> Result<HTTPReply, TransportError> {
        if let error { return .failure(TransportError(error)) }
        guard let response = response as? HTTPURLResponse else {
            return .failure(TransportError(.other, message: "The response is not HTTP.", mayHaveBeenProcessed: true))
        }
        var headers = HTTPFields()
        for (name, value) in response.allHeaderFields {
            guard let name = HTTPField.Name("\(name)") else { continue }
            headers.append(HTTPField(name: name, value: "\(value)"))
        }
        return .success(
            HTTPReply(status: .init(code: response.statusCode), headers: headers, body: data.map { [UInt8]($0) } ?? [])
        )
    }
}

/// Hands redirects over as they are instead of following them.
private final class RedirectRefusal: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}

extension URLRequest {
    fileprivate init(_ exchange: HTTPExchange) throws(TransportError) {
        guard let url = URL(string: exchange.url) else {
            throw TransportError(
                .cannotConnect,
                message: "\(exchange.url) is not a URL.",
                mayHaveBeenProcessed: false
            )
        }
        // On Linux, a part of a second counts as none, and none as a minute.
        self.init(url: url, timeoutInterval: max(1, (exchange.timeout / .seconds(1)).rounded(.up)))
        httpMethod = exchange.method.rawValue
        for field in exchange.headers { setValue(field.value, forHTTPHeaderField: field.name.rawName) }
    }
}

extension TransportError {
    fileprivate init(_ error: any Error) {
        guard let error = error as? URLError else {
            self.init(
                error is CancellationError ? .cancelled : .other,
                message: "\(error)",
                mayHaveBeenProcessed: true
            )
            return
        }
        let message = error.localizedDescription
        switch error.code {
        case .cannotFindHost, .cannotConnectToHost, .dnsLookupFailed, .notConnectedToInternet, .badURL,
            .unsupportedURL:
            self.init(
                .cannotConnect,
                message: "The server cannot be reached: \(message)",
                mayHaveBeenProcessed: false
            )
        case .secureConnectionFailed, .serverCertificateHasBadDate, .serverCertificateUntrusted,
            .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid, .clientCertificateRejected,
            .clientCertificateRequired:
            self.init(
                .untrusted,
                message: "The connection is not trusted: \(message)",
                mayHaveBeenProcessed: false
            )
        case .timedOut: self.init(.timedOut, message: "No complete response in time.", mayHaveBeenProcessed: true)
        case .networkConnectionLost, .badServerResponse, .cannotParseResponse:
            self.init(.connectionLost, message: "The connection broke: \(message)", mayHaveBeenProcessed: true)
        case .cancelled: self.init(.cancelled, message: "The exchange was cancelled.", mayHaveBeenProcessed: true)
        // On Linux, this is all that is said about certificates.
        case _ where message.contains("SSL") && message.contains("certificate"):
            self.init(
                .untrusted,
                message: "The connection is not trusted: \(message)",
                mayHaveBeenProcessed: false
            )
        default: self.init(.other, message: message, mayHaveBeenProcessed: true)
        }
    }
}

// A session keeps its latest requests, with their tokens, where a dump would find them.
extension URLSessionTransport: CustomReflectable {
    public var customMirror: Mirror { Mirror(self, children: []) }
}
