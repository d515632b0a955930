import Foundation
import Synchronization

/// A server on loopback that answers as a test says, byte by byte, and notes what it was sent.
public final class ScriptedServer: Sendable {
    /// What the server was sent.
    public struct Request: Sendable {
        /// The how many-th connection it came on, and the how many-th request it is on it, both from 1 on.
        public var connection = 0
        public var number = 0
        /// The head up to the empty line.
        public var head = ""
        public var body: [UInt8] = []

        public var method: String { String(head.prefix { $0 != " " }) }
        public var target: String { head.split(separator: " ").dropFirst().first.map(String.init) ?? "" }

        /// The values of a header.
        public func values(of name: String) -> [String] {
            head.split(separator: "\r\n").dropFirst().compactMap { line in
                let parts = line.split(separator: ":", maxSplits: 1)
                guard parts.first?.lowercased() == name.lowercased() else { return nil }
                return parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
            }
        }
    }

    /// What the server does after a request.
    public enum Step: Sendable {
        case send([UInt8])
        case pause(Duration)
        /// Ends the connection in an orderly way.
        case close
        /// Ends the connection with RST.
        case reset

        public static func send(_ text: String) -> Step { .send(Array(text.utf8)) }

        /// A response with a body.
        public static func reply(_ body: String = "", status: String = "200 OK", headers: String = "") -> Step {
            .send("HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)")
        }
    }

    private let listener: Int32
    public let port: Int
    private let respond: @Sendable (Request) -> [Step]
    private let state = Mutex((requests: [Request](), open: Set<Int32>(), count: 0))

    /// The address, without a slash in the end.
    public var url: String { "http://127.0.0.1:\(port)" }
    /// The requests so far, in the order of their arrival.
    public var requests: [Request] { state.withLock(\.requests) }
    /// How many connections there were.
    public var connectionCount: Int { state.withLock(\.count) }

    public init(_ respond: @escaping @Sendable (Request) -> [Step]) throws {
        #if canImport(Darwin)
        listener = socket(AF_INET, SOCK_STREAM, 0)
        #else
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isListening = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, length) == 0 && listen(listener, 128) == 0 && getsockname(listener, $0, &length) == 0
            }
        }
        guard isListening else { throw CocoaError(.fileReadUnknown) }
        port = Int(UInt16(bigEndian: address.sin_port))
        self.respond = respond
        Thread.detachNewThread { [weak self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0, let self else { return }
                let number = self.state.withLock { state in
                    state.open.insert(connection)
                    state.count += 1
                    return state.count
                }
                Thread.detachNewThread { self.serve(connection, number) }
            }
        }
    }

    /// Ends the listener and all connections.
    public func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        // Under the lock, so that none of them is closed, and its number given to somebody else, in between.
        state.withLock { state in
            for connection in state.open { shutdown(connection, Int32(SHUT_RDWR)) }
        }
    }

    private func serve(_ connection: Int32, _ number: Int) {
        defer {
            state.withLock { state in
                state.open.remove(connection)
                close(connection)
            }
        }
        var count = 0
        while var request = Self.read(connection) {
            count += 1
            request.connection = number
            request.number = count
            state.withLock { $0.requests.append(request) }
            for step in respond(request) {
                switch step {
                case .send(let bytes): guard Self.write(bytes, to: connection) else { return }
                case .pause(let duration): Thread.sleep(forTimeInterval: duration / .seconds(1))
                case .close: return
                case .reset:
                    var linger = linger(l_onoff: 1, l_linger: 0)
                    setsockopt(
                        connection,
                        SOL_SOCKET,
                        SO_LINGER,
                        &linger,
                        socklen_t(MemoryLayout.size(ofValue: linger))
                    )
                    return
                }
            }
        }
    }

    private static func write(_ bytes: [UInt8], to connection: Int32) -> Bool {
        #if canImport(Darwin)
        let flags: Int32 = 0
        #else
        let flags = Int32(MSG_NOSIGNAL)
        #endif
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes { Foundation.send(connection, $0.baseAddress, $0.count, flags) }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    private static func read(_ connection: Int32) -> Request? {
        var bytes: [UInt8] = []
        func more() -> Bool {
            var buffer = [UInt8](repeating: 0, count: 64 << 10)
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return false }
            bytes += buffer[..<count]
            return true
        }
        var request = Request()
        var searched = 0
        while true {
            if let end = bytes.dropFirst(max(0, searched - 3)).firstRange(of: Array("\r\n\r\n".utf8)) {
                request.head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
                bytes.removeFirst(end.upperBound)
                break
            }
            searched = bytes.count
            guard more() else { return nil }
        }
        let length = request.values(of: "Content-Length").first.flatMap { Int($0) } ?? 0
        while bytes.count < length { guard more() else { return nil } }
        request.body = bytes
        return request
    }
}
