import Dispatch
import Synchronization

extension Array where Element: Sendable {
    /// What a function makes of every element, in order, worked out on all processors.
    public func concurrentMap<Output: Sendable>(_ transform: @Sendable (Element) -> Output) -> [Output] {
        let outputs = Mutex<[Output?]>(Array<Output?>(repeating: nil, count: count))
        DispatchQueue.concurrentPerform(iterations: count) { index in
            let output = transform(self[index])
            outputs.withLock { $0[index] = output }
        }
        return outputs.withLock { $0.compactMap { $0 } }
    }
}
