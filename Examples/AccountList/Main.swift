import ContosoBindings
import Dataverse
import Foundation

/// Drives the view model as a screen would: search, scroll, edit.
///
///     account-list http://127.0.0.1:8080 Contoso
@main
struct Main {
    static func main() async throws {
        guard CommandLine.arguments.count == 3 else {
            print("usage: account-list ENVIRONMENT TEXT")
            exit(2)
        }
        let client = try AsyncDataverseClient(
            environment: CommandLine.arguments[1],
            credential: StaticTokenCredential("emulator")
        )
        let model = AccountList(client: client)
        await search(CommandLine.arguments[2], in: model)
    }

    @MainActor
    private static func search(_ text: String, in model: AccountList) async {
        model.searchText = text
        await model.load()
        while model.hasMore { await model.loadMore() }
        for account in model.accounts {
            print("\(account.name ?? "(no name)"): \(account.formatted.revenue ?? "no revenue")")
        }
        if var first = model.accounts.first {
            first.name = (first.name ?? "") + " (seen)"
            print(
                await model.save(first) ? "renamed to \(model.accounts[0].name ?? "")" : "not renamed: \(model.phase)"
            )
        }
        if case .failed(let message) = model.phase {
            print(message)
            exit(1)
        }
    }
}
