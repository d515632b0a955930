import Dataverse
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Waits on a port of this machine for the browser to bring the answer of a sign-in.
///
/// It listens on 127.0.0.1 only, takes the answer that has the right `state`, and answers anything else with 404.
struct LoopbackListener: Sendable {
    private let descriptor: Int32
    let port: UInt16

    /// The longest request that is read.
    private static let maximumRequest = 16_384

    /// Listens on a free port.
    init() throws(CredentialError) {
        #if canImport(Glibc)
        let kind = Int32(SOCK_STREAM.rawValue)
        #else
        let kind = SOCK_STREAM
        #endif
        let descriptor = socket(AF_INET, kind, 0)
        guard descriptor >= 0 else { throw Self.failure }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, size) == 0 && listen(descriptor, 8) == 0
                    && getsockname(descriptor, address, &size) == 0
            }
        }
        guard isListening else {
            _ = systemClose(descriptor)
            throw Self.failure
        }
        self.descriptor = descriptor
        port = UInt16(bigEndian: address.sin_port)
    }

    func close() { _ = systemClose(descriptor) }

    private static var failure: CredentialError {
        CredentialError("No port of this machine can be listened on for the browser's answer.", reason: .unavailable)
    }

    /// Blocks until the browser brings an answer.
    ///
    /// - Returns: the parameters of the redirect.
    func waitForRedirect(
        state: String,
        timeout: Duration,
        _ interruption: Interruption
    ) throws(CredentialError) -> [String: String] {
        let start = ContinuousClock.now
        while ContinuousClock.now - start < timeout {
            if interruption.isInterrupted { throw CredentialError("The sign-in was cancelled.", reason: .cancelled) }
            guard Self.isReadable(descriptor, milliseconds: 100) else { continue }
            let connection = accept(descriptor, nil, nil)
            guard connection >= 0 else { continue }
            defer { _ = systemClose(connection) }
            let answer = Self.readTarget(connection).flatMap(Self.parameters)
            if let answer, answer["state"] == state, answer["code"] != nil || answer["error"] != nil {
                Self.send("200 OK", answer["code"] != nil ? Self.done : Self.failed, to: connection)
                return answer
            }
            Self.send("404 Not Found", "Nothing to see here.", to: connection)
        }
        throw CredentialError("Nobody signed in within \(timeout). Begin again.", reason: .interactionRequired)
    }

    private static let done = "You are signed in. You can close this window."
    private static let failed = "The sign-in failed; the app says why. You can close this window."

    private static func isReadable(_ descriptor: Int32, milliseconds: Int32) -> Bool {
        var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return systemPoll(&poll, milliseconds) > 0
    }

    /// The target of a `GET` request; `nil` for anything else. A browser that opens a connection and says nothing is
    /// not waited for longer than a second.
    private static func readTarget(_ connection: Int32) -> String? {
        var request: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        let lineEnd = Array("\r\n".utf8)
        while request.count < maximumRequest, request.firstRange(of: lineEnd + lineEnd) == nil {
            guard isReadable(connection, milliseconds: 1000) else { break }
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            request += buffer[..<count]
        }
        let words = String(decoding: request, as: UTF8.self).prefix { !$0.isNewline }.split(separator: " ")
        guard words.count == 3, words[0] == "GET", words[2].hasPrefix("HTTP/1.") else { return nil }
        return String(words[1])
    }

    /// The parameters of `/?name=value&…`.
    static func parameters(of target: String) -> [String: String]? {
        guard target.hasPrefix("/?") else { return nil }
        var parameters: [String: String] = [:]
        for pair in target.dropFirst(2).split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let name = decoded(parts[0]), let value = decoded(parts[1]),
                parameters.updateValue(value, forKey: name) == nil
            else { return nil }
        }
        return parameters
    }

    private static func decoded(_ text: Substring) -> String? { text.replacing("+", with: " ").removingPercentEncoding }

    private static func send(_ status: String, _ text: String, to connection: Int32) {
        let reply = Array(
            """
            HTTP/1.1 \(status)\r
            Content-Type: text/plain; charset=utf-8\r
            Content-Length: \(text.utf8.count)\r
            Cache-Control: no-store\r
            Connection: close\r
            \r
            \(text)
            """.utf8
        )
        #if canImport(Darwin)
        let flags: Int32 = 0
        #else
        let flags = Int32(MSG_NOSIGNAL)
        #endif
        var sent = 0
        while sent < reply.count {
            let count = reply[sent...].withUnsafeBytes { systemSend(connection, $0.baseAddress, $0.count, flags) }
            guard count > 0 else { return }
            sent += count
        }
    }
}

// The names of the system's functions, where methods here have the same.
private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
private func systemPoll(_ poll: inout pollfd, _ milliseconds: Int32) -> Int32 {
    #if canImport(Glibc)
    Glibc.poll(&poll, 1, milliseconds)
    #elseif canImport(Musl)
    Musl.poll(&poll, 1, milliseconds)
    #else
    Darwin.poll(&poll, 1, milliseconds)
    #endif
}
private func systemSend(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int, _ flags: Int32) -> Int {
    send(descriptor, bytes, count, flags)
}
