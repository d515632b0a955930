import Dispatch
import Synchronization

extension Array where Element: Sendable {
    /// The results of a function for all elements, computed at the same time.
    func concurrently<Value: Sendable>(_ transform: @Sendable (Element) -> Value) -> [Value] {
        let results = Slots<Value>(count: count)
        DispatchQueue.concurrentPerform(iterations: count) { results.set($0, transform(self[$0])) }
        return results.values
    }
}

/// Places for results that are computed at the same time.
private final class Slots<Value: Sendable>: Sendable {
    private let slots: Mutex<[Value?]>

    init(count: Int) { slots = Mutex(Array(repeating: nil, count: count)) }

    func set(_ place: Int, _ value: Value) { slots.withLock { $0[place] = value } }

    var values: [Value] { slots.withLock { $0.compactMap(\.self) } }
}
