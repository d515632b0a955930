import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

extension Fault.Effect {
    /// Whether the request is carried out.
    public var carriesOut: Bool {
        switch self {
        case .status, .statusUntil, .throttled, .tokenRejected, .redirected, .connectionDropped, .connectionReset: false
        case .latency, .replyDropped, .replyReset, .truncatedBody, .bodyReset, .slowBody, .cutBody, .webPage,
            .hugeHeader:
            true
        }
    }

    /// The response to a request that is not carried out; `nil` for effects that are not a response.
    func refusal(now: Date) -> EmulatorResponse? {
        switch self {
        case .status(let status, let retryAfter):
            var response = Self.error(status)
            if let retryAfter { response.fields[.retryAfter] = String(retryAfter) }
            return response
        case .statusUntil(let status, let seconds):
            var response = Self.error(status)
            response.fields[.retryAfter] = Self.httpDate(now.addingTimeInterval(Double(seconds)))
            return response
        case .throttled(let retryAfter):
            var response = EmulatorResponse(
                ServiceError(
                    status: 429,
                    code: "0x80072322",
                    message: """
                        Number of requests exceeded the limit of 6000, measured over time window of 300 seconds.
                        """
                )
            )
            response.fields[.retryAfter] = String(retryAfter)
            return response
        case .redirected(let url):
            var response = EmulatorResponse(.found)
            response.fields[.location] = url
            return response
        default: return nil
        }
    }

    private static func error(_ status: Int) -> EmulatorResponse {
        EmulatorResponse(
            ServiceError(
                status: status,
                code: ServiceError.Code.unexpected,
                message: "The emulator answers with \(status) on request."
            )
        )
    }

    /// A date as HTTP writes it (RFC 9110, section 5.6.7).
    private static func httpDate(_ date: Date) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.string(from: date)
    }

    /// A complete response in the place of the right one.
    func replacement(for response: EmulatorResponse) -> EmulatorResponse {
        var response = response
        switch self {
        case .cutBody(let bytes): response.body = response.body.map { Array($0.prefix(bytes)) }
        case .webPage:
            response = EmulatorResponse(.ok, body: Array("<!DOCTYPE html><title>Sign in</title>".utf8))
            response.fields[.contentType] = "text/html; charset=utf-8"
        case .hugeHeader(let bytes):
            if let name = HTTPField.Name("X-Huge") {
                response.fields[name] = String(repeating: "x", count: bytes)
            }
        default: break
        }
        return response
    }

    /// The way a response's body goes out; `nil` for the right way.
    func body(of bytes: [UInt8], on channel: any Channel) -> ResponseBody? {
        switch self {
        case .truncatedBody(let count) where count < bytes.count:
            // The length announced is the whole body's, so that the client can notice what is missing.
            return ResponseBody(contentLength: bytes.count) { writer in
                try await writer.write(ByteBuffer(bytes: bytes.prefix(count)))
                throw CancellationError()
            }
        case .bodyReset(let count) where count < bytes.count:
            return ResponseBody(contentLength: bytes.count) { writer in
                try await writer.write(ByteBuffer(bytes: bytes.prefix(count)))
                // Otherwise the reset could come before the bytes.
                try await Task.sleep(for: .milliseconds(20))
                try await channel.reset()
                throw CancellationError()
            }
        case .slowBody(let pieces, let pause) where !bytes.isEmpty:
            return ResponseBody(contentLength: bytes.count) { writer in
                let length = max(1, (bytes.count + pieces - 1) / max(1, pieces))
                for start in stride(from: 0, to: bytes.count, by: length) {
                    try await writer.write(ByteBuffer(bytes: bytes[start..<min(start + length, bytes.count)]))
                    try await Task.sleep(for: pause)
                }
                try await writer.finish(nil)
            }
        default: return nil
        }
    }
}

extension Channel {
    /// Ends the connection with RST.
    func reset() async throws {
        if let options = self as? any SocketOptionProvider {
            try await options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        }
        try await close()
    }
}
