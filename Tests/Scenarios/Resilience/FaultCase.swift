import DataverseEmulator
import Testing

@testable import Dataverse

/// A fault, and what a call is to make of it.
struct FaultCase: Sendable, CustomTestStringConvertible {
    enum Reaction: Sendable {
        /// The call succeeds: nothing was lost, or the request is sent again, which is safe for every request.
        case success
        /// The request is sent again if that is safe; otherwise the call fails so, and says that it may have been done.
        case successIfRepeatable(DataverseError.Kind)
        /// The call fails so.
        case failure(DataverseError.Kind)
    }

    let name: String
    let effect: Fault.Effect
    let reaction: Reaction
    /// Whether only a response with a body can be harmed so.
    var needsBody = false
    /// How long an exchange may take. The next one is tried where a machine is so slow that the request did not arrive in
    /// time.
    var timeouts: [Duration] = [.seconds(30)]

    var testDescription: String { name }

    /// Whether the fault is tried with an operation: each whose time has to be up takes seconds.
    func concerns(_ operation: FaultedOperation) -> Bool {
        guard case .latency = effect else { return true }
        return ["create", "update", "retrieve", "batch"].contains(operation.name)
    }

    static let all: [FaultCase] = [
        FaultCase(name: "429 with seconds", effect: .throttled(retryAfter: 0), reaction: .success),
        FaultCase(name: "429 with a date", effect: .statusUntil(429, seconds: 0), reaction: .success),
        FaultCase(name: "429 without Retry-After", effect: .status(429), reaction: .success),
        FaultCase(name: "503", effect: .status(503), reaction: .success),
        FaultCase(name: "503 with a date", effect: .statusUntil(503, seconds: 0), reaction: .success),
        FaultCase(name: "500", effect: .status(500), reaction: .failure(.service)),
        FaultCase(name: "502", effect: .status(502), reaction: .successIfRepeatable(.service)),
        FaultCase(name: "504", effect: .status(504), reaction: .successIfRepeatable(.service)),
        FaultCase(name: "expired token", effect: .tokenRejected, reaction: .success),
        FaultCase(
            name: "redirect",
            effect: .redirected(to: "http://127.0.0.1:1/elsewhere"),
            reaction: .failure(.unexpectedReply)
        ),
        FaultCase(
            name: "closed before the request",
            effect: .connectionDropped,
            reaction: .successIfRepeatable(.transport)
        ),
        FaultCase(
            name: "reset before the request",
            effect: .connectionReset,
            reaction: .successIfRepeatable(.transport)
        ),
        FaultCase(name: "closed instead of a reply", effect: .replyDropped, reaction: .successIfRepeatable(.transport)),
        FaultCase(name: "reset instead of a reply", effect: .replyReset, reaction: .successIfRepeatable(.transport)),
        FaultCase(
            name: "closed in the body",
            effect: .truncatedBody(bytes: 5),
            reaction: .successIfRepeatable(.transport),
            needsBody: true
        ),
        FaultCase(
            name: "reset in the body",
            effect: .bodyReset(bytes: 5),
            reaction: .successIfRepeatable(.transport),
            needsBody: true
        ),
        FaultCase(
            name: "slow body",
            effect: .slowBody(pieces: 4, pause: .milliseconds(3)),
            reaction: .success,
            needsBody: true
        ),
        FaultCase(name: "cut JSON", effect: .cutBody(bytes: 9), reaction: .failure(.unexpectedReply), needsBody: true),
        FaultCase(name: "a web page", effect: .webPage, reaction: .failure(.unexpectedReply)),
        FaultCase(
            name: "huge header",
            effect: .hugeHeader(bytes: 1 << 20),
            reaction: .successIfRepeatable(.transport)
        ),
        FaultCase(
            name: "no reply in time",
            effect: .latency(.seconds(600)),
            reaction: .successIfRepeatable(.timedOut),
            timeouts: [.seconds(3), .seconds(12), .seconds(48)]
        ),
    ]
}
