/// Runs pieces of asynchronous work one after the other, in the order in which they come.
actor SerialTasks {
    private var last: Task<Void, Never>?

    func run<Result: Sendable>(_ body: @Sendable @escaping () async throws -> Result) async throws -> Result {
        let previous = last
        let task = Task {
            await previous?.value
            return try await body()
        }
        last = Task { _ = try? await task.value }
        return try await task.value
    }
}
