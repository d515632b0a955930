import Foundation
import HTTPTypes
import Synchronization

@testable import Dataverse

/// Writes down what an observer is told, a line for each event.
final class EventLog: CallObserver {
    private let lines = Mutex<[String]>([])
    private let added: HTTPFields

    /// - Parameter adding: headers that every request gets.
    init(adding: HTTPFields = [:]) { added = adding }

    var events: [String] { lines.withLock(\.self) }

    fileprivate func note(_ line: String) { lines.withLock { $0.append(line) } }

    func callBegins(_ call: ObservedCall) -> any CallFollower {
        note("begin \(call.name)")
        return Follower(log: self, added: added)
    }

    private struct Follower: CallFollower {
        let log: EventLog
        let added: HTTPFields

        func tokenBegins() { log.note("token") }

        func tokenEnds(_ failure: CredentialError?, after duration: Duration) {
            if let failure { log.note("no token: \(failure.reason)") }
        }

        func exchangeBegins(_ exchange: ObservedExchange) -> HTTPFields {
            let path = exchange.url().split(separator: "/v9.2/", maxSplits: 1).last.map(String.init) ?? exchange.url()
            let again = exchange.repeats.map { " (attempt \(exchange.attempt): \($0.rawValue))" } ?? ""
            log.note("send \(exchange.number) \(exchange.method) \(path)\(again)")
            return added
        }

        func exchangeEnds(
            _ exchange: ObservedExchange,
            _ result: Result<ObservedReply, TransportError>,
            after duration: Duration
        ) {
            switch result {
            case .success(let reply): log.note("reply \(exchange.number) \(reply.status.code)")
            case .failure(let error): log.note("no reply \(exchange.number): \(error.kind)")
            }
        }

        func waitBegins(_ wait: ObservedWait) {
            log.note("wait: \(wait.cause.rawValue)\(wait.retryAfter.map { ", asked for \($0)" } ?? "")")
        }

        func callEnds(_ failure: DataverseError?, after duration: Duration) {
            log.note("end \(failure?.kind.rawValue ?? "ok")")
        }
    }
}

/// Gives the tokens of a list, one after the other, and the last one for ever.
final class TokenList: TokenCredential, AsyncTokenCredential {
    private let tokens: Mutex<[String]>

    init(_ tokens: [String]) { self.tokens = Mutex(tokens) }

    func token(for request: TokenRequest) throws(CredentialError) -> AccessToken {
        let token = tokens.withLock { $0.count > 1 ? $0.removeFirst() : $0.first }
        guard let token else { throw CredentialError("There is none.", reason: .unavailable) }
        return AccessToken(token)
    }

    func token(for request: TokenRequest) async throws(CredentialError) -> AccessToken {
        let token = tokens.withLock { $0.count > 1 ? $0.removeFirst() : $0.first }
        guard let token else { throw CredentialError("There is none.", reason: .unavailable) }
        return AccessToken(token)
    }
}
