import Foundation
import HTTPTypes
import ODataCore
import Synchronization

/// Counts requests as Dataverse's service protection limits do, for the headers that say what is left. It refuses
/// nothing: that is for ``FaultInjector``.
///
/// Source: Dataverse, "Service protection API limits".
final class RequestMeter: Sendable {
    private static let windowLength = Duration.seconds(300)
    private static let requestLimit = 6000
    private static let secondsLimit = 1200.0

    private struct Window {
        var start = ContinuousClock.now
        var requests = 0
        var seconds = 0.0
    }

    private let window = Mutex(Window())
    private let parallelism: String

    init(parallelism: Int) { self.parallelism = String(parallelism) }

    /// Counts a request that began at an instant, and sets the headers of its response.
    func record(since start: ContinuousClock.Instant, _ fields: inout HTTPFields) {
        let now = ContinuousClock.now
        let duration = (now - start) / .seconds(1)
        let (requests, seconds) = window.withLock { window in
            if now - window.start > Self.windowLength { window = Window(start: now) }
            window.requests += 1
            window.seconds += duration
            return (window.requests, window.seconds)
        }
        fields[.parallelismHint] = parallelism
        fields[.remainingRequests] = String(max(0, Self.requestLimit - requests))
        fields[.remainingTime] = Self.text(max(0, Self.secondsLimit - seconds))
    }

    /// `1,199.95`
    private static func text(_ seconds: Double) -> String {
        let hundredths = Int(seconds * 100)
        let whole = hundredths / 100
        let thousands = whole >= 1000 ? "\(whole / 1000),\(Ticks.padded(whole % 1000, 3))" : String(whole)
        return "\(thousands).\(Ticks.padded(hundredths % 100, 2))"
    }
}
