import TestSupport
import Testing

@testable import Dataverse

@Suite("How many requests are under way at a time")
struct ParallelismControllerTests {
    private let start = ContinuousClock.now

    private func begun(_ controller: inout ParallelismController, at time: ContinuousClock.Instant) -> Int {
        var count = 0
        while controller.begin(at: time) == .start { count += 1 }
        return count
    }

    @Test("it begins low, and rises by one after as many successes")
    func rises() {
        var controller = ParallelismController(maximum: 6)
        #expect(begun(&controller, at: start) == 4)
        #expect(controller.begin(at: start) == .full)
        for _ in 1...4 { controller.finish(.init(), at: start) }
        #expect(controller.limit == 5)
        for _ in 1...200 {
            _ = controller.begin(at: start)
            controller.finish(.init(), at: start)
        }
        #expect(controller.limit == 6, "never above the maximum")
    }

    @Test("the service's recommendation is taken at once, and never exceeded")
    func recommendation() {
        var controller = ParallelismController(maximum: 52)
        _ = controller.begin(at: start)
        controller.finish(.init(recommended: 10), at: start)
        #expect(controller.limit == 10)
        #expect(begun(&controller, at: start) == 10)
        controller.finish(.init(recommended: 3), at: start)
        #expect(controller.limit == 3)
        #expect(controller.begin(at: start) == .full, "nine are still under way")
        #expect(ParallelismController(maximum: 52, recommended: 20).limit == 20)
        #expect(ParallelismController(maximum: 2, recommended: 20).limit == 2)
        #expect(ParallelismController(maximum: 0).limit == 1)
    }

    @Test("a refusal stops all beginnings for as long as the service says, and halves what follows")
    func pause() {
        var controller = ParallelismController(maximum: 8, recommended: 8)
        #expect(begun(&controller, at: start) == 8)
        controller.finish(.init(pause: .seconds(10)), at: start)
        #expect(controller.begin(at: start) == .wait(.seconds(10)))
        #expect(controller.limit == 4)
        // Others that were under way are refused too: that is the same congestion.
        controller.finish(.init(pause: .seconds(12)), at: start + .seconds(1))
        #expect(controller.limit == 4)
        #expect(controller.begin(at: start + .seconds(3)) == .wait(.seconds(10)))
        for _ in 1...6 { controller.finish(.init(), at: start + .seconds(4)) }
        #expect(begun(&controller, at: start + .seconds(13)) == controller.limit)
        controller.finish(.init(pause: .seconds(1)), at: start + .seconds(14))
        #expect(controller.limit <= 2)
    }

    @Test("however often it is refused, one request can go")
    func neverZero() {
        var controller = ParallelismController(maximum: 4)
        var now = start
        for _ in 1...20 {
            if case .wait(let duration) = controller.begin(at: now) {
                now += duration
                #expect(controller.begin(at: now) == .start)
            }
            controller.finish(.init(pause: .seconds(1)), at: now)
        }
        #expect(controller.limit == 1)
        #expect(controller.running == 0)
    }

    @Test("random replies never let more through than are allowed, and never stop for good")
    func random() {
        var random = SeededGenerator(seed: 20)
        for _ in 1...300 {
            let maximum = Int.random(in: 1...60, using: &random)
            var controller = ParallelismController(maximum: maximum)
            var now = start
            var begun = 0
            for _ in 1...200 {
                switch controller.begin(at: now) {
                case .start:
                    begun += 1
                    #expect(controller.running <= controller.limit)
                case .wait(let duration):
                    #expect(duration > .zero)
                    if controller.running == 0 { now += duration }
                case .full: #expect(controller.running >= controller.limit)
                }
                #expect((1...maximum).contains(controller.limit))
                if controller.running > 0, Bool.random(using: &random) {
                    let isRefused = Int.random(in: 0..<5, using: &random) == 0
                    controller.finish(
                        .init(
                            recommended: Bool.random(using: &random) ? Int.random(in: 0...60, using: &random) : nil,
                            pause: isRefused ? .seconds(Int.random(in: 0...30, using: &random)) : nil
                        ),
                        at: now
                    )
                }
                now += .milliseconds(Int.random(in: 0...500, using: &random))
            }
            #expect(begun > 10)
        }
    }
}
