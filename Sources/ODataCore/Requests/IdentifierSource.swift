import Synchronization

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Makes the identifiers of one client's calls and requests: unique, and no secrets.
///
/// `UUID()` asks the system each time, which on Linux costs more than the rest of a request; this asks it once. Both halves
/// are sequences of SplitMix64, which repeat after 2⁶⁴ numbers and begin anywhere, so that two clients have the same
/// identifier as seldom as with random ones.
final class IdentifierSource: Sendable {
    private struct State {
        var high: UInt64
        var low: UInt64
    }

    private let state: Mutex<State>

    init() {
        var random = SystemRandomNumberGenerator()
        state = Mutex(State(high: random.next(), low: random.next()))
    }

    /// The next identifier, with the form of random ones (RFC 9562, section 5.4).
    func next() -> UUID {
        let state = state.withLock { state in
            state.high &+= 0x9E37_79B9_7F4A_7C15
            state.low &+= 0xD1B5_4A32_D192_ED03
            return state
        }
        let high = Self.mixed(state.high) & ~0xF000 | 0x4000
        let low = Self.mixed(state.low) & ~(0b11 << 62) | 0b10 << 62
        return UUID(high: high, low: low)
    }

    private static func mixed(_ number: UInt64) -> UInt64 {
        var mixed = number
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
