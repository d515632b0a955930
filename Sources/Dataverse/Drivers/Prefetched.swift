/// Work that has begun before its result is asked for. It is cancelled when nobody can ask for it any more, or when the
/// task is cancelled that asks.
final class Prefetched<Output: Sendable>: Sendable {
    private let task: Task<Output, any Error>

    init(_ work: @escaping @Sendable () async throws -> Output) {
        task = Task { try await work() }
    }

    deinit { task.cancel() }

    var value: Output {
        get async throws {
            try await withTaskCancellationHandler {
                try await task.value
            } onCancel: {
                task.cancel()
            }
        }
    }
}
