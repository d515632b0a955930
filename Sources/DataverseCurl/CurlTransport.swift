public import ODataCore
public import ODataTransport

/// A transport on the system's libcurl, for both clients: the fastest one, and the default on Linux.
///
///     let client = try DataverseClient(environment: url, credential: credential, transport: CurlTransport())
///
/// The synchronous client's exchanges run on the calling thread; those of the asynchronous client share one thread,
/// which starts with the first of them. Connections are kept for later exchanges. What is downloaded to a path goes into
/// the file as it comes in. libcurl's environment variables for proxies (`https_proxy`, `no_proxy`) count.
public final class CurlTransport: BlockingTransport, AsyncTransport {
    private let blockingHandles: CurlHandlePool
    private let asyncHandles: CurlHandlePool
    private let loop: CurlLoop

    /// - Parameter configuration: how it connects.
    public init(configuration: CurlConfiguration = CurlConfiguration()) {
        var blocking = configuration
        blocking.httpVersion = .http1
        blockingHandles = CurlHandlePool(blocking)
        asyncHandles = CurlHandlePool(configuration)
        loop = CurlLoop(configuration)
    }

    deinit {
        // The loop's thread keeps the loop until it is closed.
        loop.close()
    }

    public func perform(_ exchange: HTTPExchange) throws(TransportError) -> HTTPReply {
        let handle = try blockingHandles.take()
        defer { blockingHandles.give(handle) }
        try handle.prepare(exchange)
        return try handle.finish(handle.perform())
    }

    public func perform(_ exchange: HTTPExchange) async throws(TransportError) -> HTTPReply {
        let handle = try asyncHandles.take()
        defer { asyncHandles.give(handle) }
        try handle.prepare(exchange)
        let transfer = CurlTransfer(handle)
        let end = await withTaskCancellationHandler {
            await withCheckedContinuation { loop.start(transfer, $0) }
        } onCancel: {
            loop.cancel(transfer)
        }
        return try handle.finish(end)
    }

    public func close() {
        blockingHandles.close()
        asyncHandles.close()
        loop.close()
    }

    public func shutDown() async { close() }
}
