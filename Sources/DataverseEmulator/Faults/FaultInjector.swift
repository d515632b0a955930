import Synchronization

/// A fault that the emulator makes on purpose.
public struct Fault: Sendable, Hashable {
    /// What happens to a request.
    public enum Effect: Sendable, Hashable {
        /// An error response, with `Retry-After` in seconds if it is given.
        case status(Int, retryAfter: Int? = nil)
        /// Dataverse's answer to too many requests: 429 with its code and message.
        case throttled(retryAfter: Int)
        /// The bearer token is refused with 401, whatever it is.
        case tokenRejected
        /// The request is answered, but only after a time.
        case latency(Duration)
        /// The connection is closed before anything is answered; the request is not carried out.
        case connectionDropped
        /// The request is carried out, and the connection closed after so many bytes of the response's body.
        case truncatedBody(bytes: Int)
    }

    /// What happens.
    public var effect: Effect
    /// The method of the requests concerned; `nil` for all.
    public var method: String?
    /// Text that the path, with its query, of the requests concerned contains; `nil` for all.
    public var pathContains: String?
    /// How many matching requests go by unharmed before.
    public var skipping: Int
    /// How many requests the fault happens to; `nil` for all.
    public var times: Int?

    /// Makes a fault.
    public init(
        _ effect: Effect,
        method: String? = nil,
        pathContains: String? = nil,
        skipping: Int = 0,
        times: Int? = 1
    ) {
        self.effect = effect
        self.method = method
        self.pathContains = pathContains
        self.skipping = skipping
        self.times = times
    }

    fileprivate func fits(_ requestMethod: String, _ path: String) -> Bool {
        (method == nil || method == requestMethod) && (pathContains.map { path.contains($0) } ?? true)
    }
}

/// The faults that are still to happen. Tests keep it and add to it while the emulator runs.
///
/// ```swift
/// let faults = FaultInjector()
/// configuration.faults = faults
/// faults.add(Fault(.throttled(retryAfter: 1), pathContains: "accounts"))
/// ```
///
/// A single request can also ask for a fault with the header `Emulator-Fault`: `status=503; retry-after=1`,
/// `throttle=1`, `latency=0.5`, `drop`, `truncate=100` or `reject-token`.
public final class FaultInjector: Sendable {
    private let pending = Mutex<[Fault]>([])

    /// An injector without faults.
    public init() {}

    /// Adds a fault; those added first happen first.
    public func add(_ fault: Fault) { pending.withLock { $0.append(fault) } }

    /// Takes back all faults that have not happened.
    public func removeAll() { pending.withLock { $0.removeAll() } }

    /// The fault that is to happen to a request now, if any.
    func next(method: String, path: String) -> Fault.Effect? {
        pending.withLock { faults in
            guard let place = faults.firstIndex(where: { $0.fits(method, path) }) else { return nil }
            if faults[place].skipping > 0 {
                faults[place].skipping -= 1
                return nil
            }
            let effect = faults[place].effect
            if let times = faults[place].times {
                if times <= 1 { faults.remove(at: place) } else { faults[place].times = times - 1 }
            }
            return effect
        }
    }
}

extension Fault.Effect {
    /// The effect that the header `Emulator-Fault` asks for.
    ///
    /// - Throws: ``ServiceError`` with status 400 if the header says nothing that is known.
    init(header: String) throws(ServiceError) {
        var values: [String: String] = [:]
        for part in header.split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
            guard let name = pair.first else { continue }
            values[name.lowercased()] = pair.count > 1 ? pair[1] : ""
        }
        if let status = values["status"].flatMap(Int.init), (400...599).contains(status) {
            self = .status(status, retryAfter: values["retry-after"].flatMap(Int.init))
        } else if let seconds = values["throttle"].flatMap(Int.init) {
            self = .throttled(retryAfter: seconds)
        } else if let seconds = values["latency"].flatMap(Double.init), (0...60).contains(seconds) {
            self = .latency(.milliseconds(Int(seconds * 1000)))
        } else if values["drop"] != nil {
            self = .connectionDropped
        } else if let bytes = values["truncate"].flatMap(Int.init), bytes >= 0 {
            self = .truncatedBody(bytes: bytes)
        } else if values["reject-token"] != nil {
            self = .tokenRejected
        } else {
            throw .badQuery("The header Emulator-Fault asks for no fault that is known: '\(header)'.")
        }
    }
}
