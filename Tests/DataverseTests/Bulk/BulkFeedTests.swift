import TestSupport
import Testing

@testable import Dataverse

@Suite("What happens next in a bulk of changes")
struct BulkFeedTests {
    @Test("whatever the service does, each change has one outcome, in order, and nothing piles up")
    func random() throws {
        var random = SeededGenerator(seed: 25)
        for _ in 1...200 {
            var options = BulkOptions()
            options.portionSize = Int.random(in: 1...4, using: &random)
            options.maximumParallelism = Int.random(in: 1...8, using: &random)
            let count = Int.random(in: 0...80, using: &random)
            var feed = BulkFeed<Record>(options)
            var now = ContinuousClock.now
            var taken = 0
            var underWay: [BulkPortion<Record>] = []
            var results: [Int] = []
            var pausedUntil = now
            var steps = 0
            loop: while true {
                steps += 1
                try #require(steps < 20_000, "it goes round in circles")
                switch feed.begin(at: now) {
                case .needsInput:
                    feed.take(taken < count ? .create(["n": .integer(Int64(taken))]) : nil)
                    taken += 1
                case .send(let portion):
                    #expect(now >= pausedUntil, "nobody begins before the service says")
                    underWay.append(portion)
                    #expect(underWay.count <= options.maximumParallelism)
                    #expect(portion.number < results.count + 2 * options.maximumParallelism + 1)
                case .wait(let duration):
                    #expect(underWay.isEmpty)
                    now += duration
                case .waitForReply:
                    let portion = underWay.remove(at: Int.random(in: 0..<underWay.count, using: &random))
                    let step = reply(to: portion, &random)
                    if let pause = step.signal.pause { pausedUntil = max(pausedUntil, now + pause) }
                    results += feed.finish(portion.number, step, at: now).map(\.position)
                case .ended: break loop
                }
                now += .milliseconds(Int.random(in: 0...20, using: &random))
            }
            #expect(underWay.isEmpty)
            #expect(results == Array(0..<count))
        }
    }

    /// All, some or none of the changes of a portion are made.
    private func reply(to portion: BulkPortion<Record>, _ random: inout SeededGenerator) -> BulkStep<Record> {
        var step = BulkStep<Record>()
        let made =
            [portion.writes.count, portion.writes.count, Int.random(in: 0...portion.writes.count, using: &random)]
            .randomElement(using: &random) ?? 0
        step.results = portion.writes.prefix(made).map { BulkResult(position: $0.position, outcome: .done(id: nil)) }
        if made < portion.writes.count {
            step.remaining = portion
            step.remaining?.writes.removeFirst(made)
            step.signal.pause =
                Bool.random(using: &random) ? .milliseconds(Int.random(in: 0...300, using: &random)) : nil
        }
        step.signal.recommended = Bool.random(using: &random) ? Int.random(in: 1...10, using: &random) : nil
        return step
    }
}
