import DataverseEmulator
import Testing

@testable import Dataverse

@Suite("Every operation, every fault, every client and transport")
struct FaultMatrixTests {
    @Test(
        "the right error or the right repetition; nothing twice, nothing lost",
        arguments: FaultCase.all,
        ClientKind.allCases
    )
    func matrix(fault: FaultCase, kind: ClientKind) async throws {
        var operations = FaultedOperation.all.filter(fault.concerns)
        for timeout in fault.timeouts where !operations.isEmpty {
            let isLast = timeout == fault.timeouts.last
            operations = try await FaultContext.run(through: kind, timeout: timeout) { [operations] context in
                var missed: [FaultedOperation] = []
                for (number, operation) in operations.enumerated() {
                    let context = context("\(operation.name) \(number)")
                    if try await !check(operation, with: fault, in: context, mayMiss: !isLast) {
                        missed.append(operation)
                    }
                }
                return missed
            }
        }
    }

    /// Checks one operation.
    ///
    /// - Parameter mayMiss: whether the time may be up for another reason than the fault: before the request had
    ///   arrived, or again when it was repeated.
    /// - Returns: whether the fault has happened, and nothing else was late.
    private func check(
        _ operation: FaultedOperation,
        with fault: FaultCase,
        in context: FaultContext,
        mayMiss: Bool
    ) async throws -> Bool {
        let perform = try await operation.prepare(context)
        context.faults.add(Fault(fault.effect, method: operation.method, pathContains: operation.path))
        let faultsBefore = context.faults.count
        let start = ContinuousClock.now
        var failure: DataverseError?
        do {
            #expect(try await perform(), "\(operation.name): the result is wrong")
        } catch let error as DataverseError {
            failure = error
        }
        #expect(ContinuousClock.now - start < .seconds(120), "\(operation.name) took too long")
        let isStarved =
            context.faults.count == faultsBefore || operation.isRepeatable && failure?.kind == .timedOut
        if mayMiss, isStarved {
            context.faults.removeAll()
            return false
        }
        #expect(context.faults.count == faultsBefore + 1, "\(operation.name): the fault has not happened")
        context.faults.removeAll()

        var reaction = fault.reaction
        if fault.needsBody, !operation.hasReplyBody { reaction = .success }
        // A count has less text than there is to cut off.
        if case .cutBody = fault.effect, operation.name == "count" { reaction = .success }
        let effects = try await operation.effects(context.patient)
        switch reaction {
        case .success,
            .successIfRepeatable where operation.isRepeatable:
            #expect(failure == nil, "\(operation.name) has failed")
        case .successIfRepeatable(let kind), .failure(let kind):
            #expect(failure?.kind == kind, "\(operation.name): \(failure.map { "\($0)" } ?? "no error")")
            if case .successIfRepeatable = reaction {
                #expect(failure?.mayHaveBeenProcessed == true, "\(operation.name): \(failure.map { "\($0)" } ?? "")")
            }
        }
        guard operation.effectCount > 0 else { return true }
        if failure == nil {
            #expect(effects == operation.effectCount, "\(operation.name): done \(effects) times")
        } else {
            // What is late is carried out when nobody waits any more, minutes from now.
            var expected = fault.effect.carriesOut ? operation.effectCount : 0
            if case .latency = fault.effect { expected = 0 }
            #expect(effects == expected, "\(operation.name): done \(effects) times")
        }
        if failure != nil {
            if effects > 0 { #expect(failure?.mayHaveBeenProcessed == true, "\(operation.name) says nothing was done") }
        }
        return true
    }

    @Test("a fault that does not end gives an error after the last attempt", arguments: ClientKind.allCases)
    func endless(kind: ClientKind) async throws {
        let effects: [(Fault.Effect, DataverseError.Kind)] = [
            (.throttled(retryAfter: 0), .throttled), (.status(503), .service), (.status(504), .service),
            (.connectionReset, .transport), (.replyDropped, .transport), (.bodyReset(bytes: 3), .transport),
        ]
        try await FaultContext.run(through: kind) { context in
            for (effect, kind) in effects {
                let context = context("endless")
                context.faults.add(Fault(effect, method: "GET", times: nil))
                let before = context.recorder.normalized.count
                await expectFailure(kind) { _ = try await context.client.call(.function("WhoAmI")) }
                #expect(context.recorder.normalized.count - before == RetryPolicy().maximumAttempts)
                context.faults.removeAll()
            }
        }
    }
}
