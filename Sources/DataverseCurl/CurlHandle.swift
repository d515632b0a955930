import CLibCurl
import Foundation
import HTTPTypes
import ODataCore
import ODataTransport

/// One easy handle of libcurl, and the exchange that it works on.
///
/// Sendable although it has state: a handle has one owner at a time. That is the task or thread that took it out of
/// its pool, and, between `CurlLoop.start` and the resumption of the continuation, the loop's thread. It changes hands
/// under the lock of the pool and of the loop, and by the continuation, each of which orders what happens before and
/// after.
final class CurlHandle: @unchecked Sendable {
    /// libcurl's handle; valid until `deinit`.
    let easy: UnsafeMutableRawPointer
    private let configuration: CurlConfiguration
    /// Where libcurl writes its message about an error; valid until `deinit`.
    private let message: UnsafeMutablePointer<CChar>
    /// Whether libcurl asks before each request that it sends.
    private var asksBeforeSending = false
    /// The headers of the exchange, which libcurl does not copy.
    private var headers: UnsafeMutablePointer<curl_slist>?

    // What the callbacks work on.
    var body: HTTPBodyReader?
    /// Why a file with a body, the request's or the reply's, is of no use.
    var fileError: TransportError?
    var head: [UInt8] = []
    var isHeadComplete = false
    var content = CurlContent()
    var isTooLarge = false
    /// How often the request was sent, or would have been if `isSentOnce` allowed it.
    var sendings = 0
    /// Whether libcurl must not send the request again by itself when a connection that it kept turns out to be
    /// closed: the server may have acted on it.
    var isSentOnce = false
    var maximumResponseSize: Int { configuration.maximumResponseSize }

    /// The most header fields of a response; swift-http-types ends the process at 65,535.
    private static let maximumFields = 10_000
    private var headerReader = HeaderReader()

    /// Bodies up to this size go out together with the head.
    private static let smallBody = 64 << 10

    init(_ configuration: CurlConfiguration) throws(TransportError) {
        guard CurlLibrary.version != nil, let easy = curl_easy_init() else {
            throw TransportError(.other, message: "libcurl cannot be set up.", mayHaveBeenProcessed: false)
        }
        self.easy = easy
        self.configuration = configuration
        message = .allocate(capacity: Int(CURL_ERROR_SIZE))
        message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        setUp()
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(headers)
        message.deallocate()
    }

    // MARK: Settings

    /// What is the same for all exchanges.
    private func setUp() {
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_ERRORBUFFER, message)
        set(CURLOPT_PATH_AS_IS, 1)
        set(CURLOPT_FOLLOWLOCATION, 0)
        dataverse_curl_set_web_only(easy)
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let file = configuration.certificateAuthorityFile { set(CURLOPT_CAINFO, file) }
        let version = configuration.httpVersion == .http2 ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1
        set(CURLOPT_HTTP_VERSION, Int(version))
        // Many requests at once wait for the first connection instead of opening one each.
        set(CURLOPT_PIPEWAIT, configuration.httpVersion == .http2 ? 1 : 0)
        set(CURLOPT_TCP_KEEPALIVE, 1)
        set(CURLOPT_ACCEPT_ENCODING, "")
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        set(CURLOPT_CONNECTTIMEOUT_MS, configuration.connectTimeout.milliseconds)
        // The pointer is not retained: libcurl's handle does not outlive this one.
        let context = Unmanaged.passUnretained(self).toOpaque()
        dataverse_curl_set_callback(easy, CURLOPT_WRITEFUNCTION, CurlCallbacks.receiveContent)
        set(CURLOPT_WRITEDATA, context)
        dataverse_curl_set_callback(easy, CURLOPT_HEADERFUNCTION, CurlCallbacks.receiveHead)
        set(CURLOPT_HEADERDATA, context)
        dataverse_curl_set_callback(easy, CURLOPT_READFUNCTION, CurlCallbacks.sendBody)
        set(CURLOPT_READDATA, context)
        asksBeforeSending = dataverse_curl_set_begin(easy, CurlCallbacks.beginRequest, context) != 0
    }

    private func set(_ option: CURLoption, _ value: Int) { dataverse_curl_set_long(easy, option, value) }
    private func set(_ option: CURLoption, _ pointer: UnsafeMutableRawPointer?) {
        dataverse_curl_set_pointer(easy, option, pointer)
    }
    @discardableResult
    private func set(_ option: CURLoption, _ text: String?) -> CURLcode {
        dataverse_curl_set_pointer(easy, option, text)
    }

    /// Takes over an exchange.
    func prepare(_ exchange: HTTPExchange) throws(TransportError) {
        guard !exchange.url.utf8.contains(0), set(CURLOPT_URL, exchange.url) == CURLE_OK else {
            throw TransportError(.cannotConnect, message: "\(exchange.url) is not a URL.", mayHaveBeenProcessed: false)
        }
        set(CURLOPT_TIMEOUT_MS, exchange.timeout.milliseconds)
        isSentOnce = exchange.method != .get && exchange.method != .head
        set(CURLOPT_FRESH_CONNECT, isSentOnce && !asksBeforeSending ? 1 : 0)
        setMethod(exchange.method, exchange.body)
        setHeaders(exchange)
        content.destination = exchange.destination
    }

    private func setMethod(_ method: HTTPRequest.Method, _ body: HTTPBody?) {
        let needsLength = method == .post || method == .put || method == .patch
        if let body = body ?? (needsLength ? .bytes([]) : nil) {
            set(CURLOPT_POST, 1)
            set(CURLOPT_CUSTOMREQUEST, method == .post ? nil : method.rawValue)
            dataverse_curl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.length))
            if let bytes = body.inMemory, bytes.count <= Self.smallBody {
                // libcurl copies them.
                _ = bytes.withUnsafeBytes { dataverse_curl_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, $0.baseAddress) }
            } else {
                set(CURLOPT_POSTFIELDS, nil as UnsafeMutableRawPointer?)
                self.body = HTTPBodyReader(body)
            }
            set(CURLOPT_UPLOAD_BUFFERSIZE, body.length > 1 << 20 ? 512 << 10 : 64 << 10)
        } else if method == .head {
            set(CURLOPT_NOBODY, 1)
            set(CURLOPT_CUSTOMREQUEST, nil as String?)
        } else {
            set(CURLOPT_NOBODY, 0)
            set(CURLOPT_HTTPGET, 1)
            set(CURLOPT_CUSTOMREQUEST, method == .get ? nil : method.rawValue)
        }
    }

    private func setHeaders(_ exchange: HTTPExchange) {
        // Without a colon's value, libcurl leaves out a header of its own.
        append("Expect:")
        if exchange.headers[.contentType] == nil { append("Content-Type:") }
        for field in exchange.headers {
            append(field.value.isEmpty ? "\(field.name.rawName);" : "\(field.name.rawName): \(field.value)")
        }
        set(CURLOPT_HTTPHEADER, headers)
    }

    private func append(_ header: String) {
        if let longer = curl_slist_append(headers, header) { headers = longer }
    }

    // MARK: Performing

    /// Performs the exchange on the calling thread.
    func perform() -> CurlTransfer.End {
        .ended(CurlLibrary.withoutSIGPIPE { curl_easy_perform(easy) })
    }

    /// The reply, or why there is none.
    func finish(_ end: CurlTransfer.End) throws(TransportError) -> HTTPReply {
        guard case .ended(CURLE_OK) = end else { throw error(end) }
        let status = dataverse_curl_get_long(easy, CURLINFO_RESPONSE_CODE)
        // libcurl takes a head that breaks off for a whole one.
        guard isHeadComplete, (100..<1000).contains(status) else {
            throw TransportError(
                .connectionLost,
                message: "The response is not HTTP, or broke off.",
                mayHaveBeenProcessed: true
            )
        }
        // The status line is no field.
        let headers = head.withUnsafeBufferPointer { headerReader.fields(in: $0, maximumCount: Self.maximumFields) }
        guard let headers else {
            throw TransportError(
                .other,
                message: "The response has more than \(Self.maximumFields) header fields.",
                mayHaveBeenProcessed: true
            )
        }
        return HTTPReply(
            status: .init(code: status),
            headers: headers,
            body: content.bytes,
            bytesInFile: content.bytesInFile
        )
    }

    private func error(_ end: CurlTransfer.End) -> TransportError {
        let wasSent =
            asksBeforeSending ? sendings > 0 : dataverse_curl_get_offset(easy, CURLINFO_PRETRANSFER_TIME_T) > 0
        switch end {
        case .closed: return .transportClosed
        case .cancelled:
            return TransportError(.cancelled, message: "The exchange was cancelled.", mayHaveBeenProcessed: wasSent)
        case .ended(let code):
            if let fileError { return fileError }
            if isTooLarge {
                return TransportError(
                    .other,
                    message: "The response is larger than \(maximumResponseSize) bytes, or its head than "
                        + "\(CurlConfiguration.maximumHeadSize). Ask for less at a time.",
                    mayHaveBeenProcessed: true
                )
            }
            if isSentOnce, sendings > 1 {
                return TransportError(
                    .connectionLost,
                    message: "The server closed the connection.",
                    mayHaveBeenProcessed: true
                )
            }
            let reason = message.pointee == 0 ? String(cString: curl_easy_strerror(code)) : String(cString: message)
            let systemError = dataverse_curl_get_long(easy, CURLINFO_OS_ERRNO)
            return TransportError(code, reason, wasSent: wasSent, systemError: systemError)
        }
    }

    /// Forgets the exchange, and keeps the connection.
    func clear() {
        body = nil
        fileError = nil
        head.removeAll(keepingCapacity: true)
        isHeadComplete = false
        content = CurlContent()
        isTooLarge = false
        sendings = 0
        message.pointee = 0
        set(CURLOPT_HTTPHEADER, nil as UnsafeMutableRawPointer?)
        curl_slist_free_all(headers)
        headers = nil
    }
}

extension Duration {
    /// At least one: libcurl takes zero for no limit.
    fileprivate var milliseconds: Int {
        let (seconds, attoseconds) = components
        guard seconds < 1_000_000 else { return 1_000_000_000 }
        return max(1, Int(seconds) * 1000 + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000))
    }
}
