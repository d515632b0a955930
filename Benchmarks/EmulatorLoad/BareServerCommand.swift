import ArgumentParser
import Foundation
import Hummingbird
import Logging

/// A route of Hummingbird that answers with the bytes of a file: what a server costs that does nothing.
struct BareServerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bare",
        abstract: "Serve two files from memory at /row and /page, for comparison."
    )

    @Option(help: "The file that is served at /row.")
    var row: String

    @Option(help: "The file that is served at /page.")
    var page: String

    @Option(help: "The file that gets the address.")
    var readyFile: String

    func run() async throws {
        let router = Router()
        for (name, file) in [("row", row), ("page", page)] {
            let body = ByteBuffer(bytes: try Data(contentsOf: URL(fileURLWithPath: file)))
            router.get("\(name)") { _, _ in
                Response(
                    status: .ok,
                    headers: [.contentType: "application/json; odata.metadata=minimal"],
                    body: ResponseBody(byteBuffer: body)
                )
            }
        }
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                let address = "http://127.0.0.1:\(channel.localAddress?.port ?? 0)\n"
                try? Data(address.utf8).write(to: URL(fileURLWithPath: readyFile), options: .atomic)
            },
            logger: Logger(label: "bare") { _ in SwiftLogNoOpLogHandler() }
        )
        try await application.runService()
    }
}
