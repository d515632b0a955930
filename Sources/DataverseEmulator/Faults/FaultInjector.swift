import Synchronization

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
///
/// Faults at random come with ``happen(_:to:seed:)``.
public final class FaultInjector: Sendable {
    fileprivate struct Chance {
        let effects: [Fault.Effect]
        let fraction: Double
        var random: RandomSequence
    }

    private struct State {
        var pending: [Fault] = []
        var chance: Chance?
        var count = 0
    }

    private let state = Mutex(State())

    /// An injector without faults.
    public init() {}

    /// Adds a fault; those added first happen first.
    public func add(_ fault: Fault) { state.withLock { $0.pending.append(fault) } }

    /// Makes faults happen at random, to requests that no other fault happens to.
    ///
    /// - Parameters:
    ///   - effects: one of these happens.
    ///   - fraction: to which part of the requests, from 0 to 1.
    ///   - seed: decides to which; the same seed makes the same choices.
    public func happen(_ effects: [Fault.Effect], to fraction: Double, seed: UInt64) {
        state.withLock { state in
            state.chance =
                effects.isEmpty
                ? nil : Chance(effects: effects, fraction: fraction, random: RandomSequence(state: seed))
        }
    }

    /// Takes back all faults that have not happened.
    public func removeAll() {
        state.withLock { state in
            state.pending = []
            state.chance = nil
        }
    }

    /// How many faults have happened.
    public var count: Int { state.withLock(\.count) }

    /// The fault that is to happen to a request now, if any.
    func next(method: String, path: String) -> Fault.Effect? {
        state.withLock { state in
            let effect = Self.next(&state.pending, method, path) ?? state.chance?.next()
            if effect != nil { state.count += 1 }
            return effect
        }
    }

    private static func next(_ faults: inout [Fault], _ method: String, _ path: String) -> Fault.Effect? {
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

extension FaultInjector.Chance {
    fileprivate mutating func next() -> Fault.Effect? {
        guard Double.random(in: 0..<1, using: &random) < fraction else { return nil }
        return effects.randomElement(using: &random)
    }
}

/// Random numbers that a seed decides (SplitMix64).
struct RandomSequence: RandomNumberGenerator, Sendable {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
