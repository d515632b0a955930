import ContosoBindings
import Dataverse
import Foundation
import Observation

/// What a SwiftUI screen with a list of accounts is built on: it loads page by page while the user scrolls, searches,
/// saves what was edited, and says what went wrong.
///
///     List(model.accounts) { account in Text(account.name ?? "") }
///         .searchable(text: $model.searchText)
///         .task(id: model.searchText) { await model.load() }
@MainActor @Observable
final class AccountList {
    /// What the screen shows beside the rows.
    enum Phase: Equatable {
        case loading, loaded
        case failed(String)
    }

    private(set) var accounts: [Account] = []
    private(set) var phase = Phase.loading
    private(set) var hasMore = false
    var searchText = ""

    private let client: AsyncDataverseClient
    private var pages: AsyncPages<Account>.AsyncIterator?
    /// Tells a page that belongs to an earlier search.
    private var search = 0

    init(client: AsyncDataverseClient) { self.client = client }

    /// Loads the first page for the text that is searched for. Cancelling the task ends it.
    func load() async {
        var query = client.accounts
            .select { [$0.name, $0.revenue] }
            .orderBy { $0.name.ascending }
            .includeAnnotations()
            .pageSize(20)
        if !searchText.isEmpty { query = query.where { [searchText] in $0.name.contains(searchText) } }
        search += 1
        accounts = []
        pages = query.pages().makeAsyncIterator()
        phase = .loading
        await loadMore()
    }

    /// Loads the next page, when the last row appears.
    func loadMore() async {
        guard var pages else { return }
        let search = search
        do {
            let page = try await pages.next()
            guard search == self.search else { return }
            self.pages = page == nil ? nil : pages
            accounts += page?.rows ?? []
            hasMore = page?.nextLink != nil
            phase = .loaded
        } catch DataverseError.cancelled {
            // The screen has gone, or another search has begun.
        } catch {
            if search == self.search { phase = .failed(message(for: error)) }
        }
    }

    /// Saves the columns that were edited; a row that somebody else has changed is read again.
    ///
    /// - Returns: whether the row is now as the user wanted it.
    func save(_ account: Account) async -> Bool {
        guard let id = account.id else { return false }
        do {
            try await client.accounts.update(account, ifMatch: .unchanged)
            try await refresh(id)
            return true
        } catch DataverseError.preconditionFailed {
            try? await refresh(id)
            phase = .failed("Somebody else has changed this account. Look at it again.")
        } catch {
            phase = .failed(message(for: error))
        }
        return false
    }

    func delete(_ account: Account) async {
        guard let id = account.id else { return }
        do {
            try await client.accounts.delete(id)
            accounts.removeAll { $0.id == id }
        } catch {
            phase = .failed(message(for: error))
        }
    }

    private func refresh(_ id: UUID) async throws {
        let query = client.accounts.select { [$0.name, $0.revenue] }.includeAnnotations()
        guard let fresh = try await query.retrieve(id), let index = accounts.firstIndex(where: { $0.id == id }) else {
            return
        }
        accounts[index] = fresh
    }

    private func message(for error: any Error) -> String {
        guard let error = error as? DataverseError else { return error.localizedDescription }
        return error.suggestion.map { "\(error.message) \($0)" } ?? error.message
    }
}
