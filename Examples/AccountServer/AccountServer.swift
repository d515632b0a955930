import ContosoBindings
import Dataverse
import DataverseAsyncHTTPClient
import Foundation
import Hummingbird

/// A small server on the asynchronous client: accounts as a plain JSON API.
///
///     account-server http://127.0.0.1:8080 3000
///     curl 'http://127.0.0.1:3000/accounts?minimum=1000000'
@main
struct AccountServer {
    static func main() async throws {
        guard CommandLine.arguments.count == 3, let port = Int(CommandLine.arguments[2]) else {
            print("usage: account-server ENVIRONMENT PORT")
            exit(2)
        }
        let token = ProcessInfo.processInfo.environment["DATAVERSE_TOKEN"] ?? "emulator"
        let client = try AsyncDataverseClient(
            environment: CommandLine.arguments[1],
            credential: StaticTokenCredential(token),
            transport: AsyncHTTPClientTransport()
        )
        let app = Application(
            router: router(for: client),
            configuration: .init(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { channel in
                let address = "http://127.0.0.1:\(channel.localAddress?.port ?? port)\n"
                FileHandle.standardOutput.write(Data(address.utf8))
            }
        )
        try await app.runService()
    }

    static func router(for client: AsyncDataverseClient) -> Router<BasicRequestContext> {
        let router = Router()
        router.add(middleware: ServiceErrors())

        router.get("accounts") { request, _ in
            let minimum = request.uri.queryParameters.get("minimum", as: Int.self) ?? 0
            let accounts = try await client.accounts
                .where { $0.revenue >= Decimal(minimum) }
                .select { [$0.name, $0.revenue] }
                .orderBy { $0.revenue.descending }
                .top(100)
                .all()
            return accounts.map(AccountView.init)
        }
        router.get("accounts/:id") { _, context in
            let id = try context.parameters.require("id", as: UUID.self)
            guard let account = try await client.accounts.retrieve(id) else { throw HTTPError(.notFound) }
            return AccountView(account)
        }
        router.post("accounts") { request, context in
            let input = try await request.decode(as: AccountView.self, context: context)
            let account = try await client.accounts.createReturning(
                Account {
                    $0.name = input.name
                    $0.revenue = input.revenue
                }
            )
            return EditedResponse(status: .created, response: AccountView(account))
        }
        // The caller says which version it has seen; a newer one answers 412.
        router.patch("accounts/:id") { request, context in
            let id = try context.parameters.require("id", as: UUID.self)
            guard let version = request.headers[.ifMatch] else { throw HTTPError(.preconditionRequired) }
            let input = try await request.decode(as: AccountView.self, context: context)
            try await client.accounts.update(id, ifMatch: .etag(version)) {
                if let name = input.name { $0.name = name }
                if let revenue = input.revenue { $0.revenue = revenue }
            }
            return HTTPResponse.Status.noContent
        }
        return router
    }
}

/// An account as this server shows it.
struct AccountView: ResponseCodable {
    var id: UUID?
    var name: String?
    var revenue: Decimal?
    var version: String?

    init(_ account: Account) {
        id = account.id
        name = account.name
        revenue = account.revenue
        version = account.etag
    }
}

/// Answers with the status that says what went wrong behind this server.
struct ServiceErrors<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch DataverseError.notFound {
            throw HTTPError(.notFound)
        } catch DataverseError.preconditionFailed {
            throw HTTPError(.preconditionFailed, message: "Somebody else has changed the account.")
        } catch DataverseError.invalidRequest {
            throw HTTPError(.badRequest)
        } catch let error as DataverseError where error.isTransient {
            throw HTTPError(.serviceUnavailable, message: error.message)
        }
    }
}
