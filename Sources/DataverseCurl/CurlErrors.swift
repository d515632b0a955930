import CLibCurl
import ODataCore

extension TransportError {
    static let transportClosed = TransportError(
        .other,
        message: "The transport was closed.",
        mayHaveBeenProcessed: false
    )

    /// What an error of libcurl means for a call.
    ///
    /// - Parameters:
    ///   - code: libcurl's result.
    ///   - reason: libcurl's message, without secrets.
    ///   - wasSent: whether the request has begun to go out.
    ///   - systemError: the last error of the operating system; zero for none.
    init(_ code: CURLcode, _ reason: String, wasSent: Bool, systemError: Int) {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_CONNECT, CURLE_URL_MALFORMAT,
            CURLE_UNSUPPORTED_PROTOCOL:
            self.init(
                .cannotConnect,
                message: "The server cannot be reached: \(reason)",
                mayHaveBeenProcessed: wasSent
            )
        // A connection that breaks during the handshake says nothing about trust.
        case CURLE_SSL_CONNECT_ERROR where systemError != 0:
            self.init(
                .cannotConnect,
                message: "The server cannot be reached: \(reason)",
                mayHaveBeenProcessed: wasSent
            )
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CONNECT_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS:
            self.init(.untrusted, message: "The connection is not trusted: \(reason)", mayHaveBeenProcessed: wasSent)
        case CURLE_OPERATION_TIMEDOUT where !wasSent:
            self.init(.cannotConnect, message: "The server does not answer: \(reason)", mayHaveBeenProcessed: false)
        case CURLE_OPERATION_TIMEDOUT:
            self.init(.timedOut, message: "No complete response in time.", mayHaveBeenProcessed: true)
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_HTTP2,
            CURLE_HTTP2_STREAM, CURLE_SEND_FAIL_REWIND, CURLE_WEIRD_SERVER_REPLY, CURLE_BAD_CONTENT_ENCODING:
            self.init(.connectionLost, message: "The connection broke: \(reason)", mayHaveBeenProcessed: wasSent)
        default:
            self.init(.other, message: reason, mayHaveBeenProcessed: wasSent)
        }
    }
}
