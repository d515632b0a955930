import NIOCore
import NIOPosix
import Synchronization

/// A connection that sends bytes as they are, for requests that no client would send.
enum RawConnection {
    /// Sends a text and returns the first line of the answer; empty if the connection is closed without one.
    static func answer(to text: String, port: Int) async -> String {
        let collector = Collector()
        do {
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelInitializer { $0.pipeline.addHandler(collector) }
                .connect(host: "127.0.0.1", port: port).get()
            // The service may close the connection before it has read everything.
            try? await channel.writeAndFlush(ByteBuffer(string: text)).get()
            let deadline = ContinuousClock.now + .seconds(20)
            while collector.firstLine == nil, channel.isActive, ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(10))
            }
            try? await channel.close().get()
        } catch {
            return ""
        }
        return collector.firstLine ?? ""
    }

    private final class Collector: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer

        private let text = Mutex("")

        var firstLine: String? {
            text.withLock { text in text.contains("\r\n") ? String(text.prefix { $0 != "\r\n" }) : nil }
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let part = String(buffer: unwrapInboundIn(data))
            text.withLock { $0 += part }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
    }
}
