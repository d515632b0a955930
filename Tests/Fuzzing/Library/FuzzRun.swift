import TestSupport

/// Feeds a parser with inputs that are the same in every run: each follows from the seed and its number.
public struct FuzzRun: Sendable {
    /// What came of it.
    public struct Report: Sendable {
        public var accepted = 0
        public var refused = 0
        /// The inputs that the parser dealt with wrongly, with what was wrong.
        public var findings: [(number: Int, reason: String, input: [UInt8])] = []
        /// The longest that one input took, and which one.
        public var slowest: (number: Int, time: Duration) = (0, .zero)
        public var bytes = 0
    }

    public let parser: FuzzedParser
    public let seed: UInt64

    public init(_ parser: FuzzedParser, seed: UInt64) {
        self.parser = parser
        self.seed = seed
    }

    /// Reads the inputs with these numbers.
    ///
    /// - Parameter began: is told before each input; what it was told last is what a crash was about.
    public func run(_ numbers: Range<Int>, began: (Int) -> Void = { _ in }) -> Report {
        var report = Report()
        let (seeds, words) = (parser.seeds, parser.words)
        let clock = ContinuousClock()
        for number in numbers {
            began(number)
            let input = Self.input(number, seed: seed, seeds: seeds, words: words)
            report.bytes += input.count
            let start = clock.now
            let verdict = parser.read(input)
            let time = clock.now - start
            if time > report.slowest.time { report.slowest = (number, time) }
            switch verdict {
            case .accepted: report.accepted += 1
            case .refused: report.refused += 1
            case .wrong(let reason): report.findings.append((number, reason, input))
            }
        }
        return report
    }

    /// The input with a number.
    public func input(_ number: Int) -> [UInt8] {
        Self.input(number, seed: seed, seeds: parser.seeds, words: parser.words)
    }

    /// The longest input.
    static let maximumLength = 16_384

    private static func input(_ number: Int, seed: UInt64, seeds: [[UInt8]], words: [[UInt8]]) -> [UInt8] {
        var random = SeededGenerator(seed: seed &+ UInt64(number) &* 0xD134_2543_DE82_EF95)
        var bytes = seeds.randomElement(using: &random) ?? []
        let changes = [1, 1, 2, 3, 5, 8].randomElement(using: &random) ?? 1
        for _ in 0..<changes { change(&bytes, seeds, words, &random) }
        return Array(bytes.prefix(maximumLength))
    }

    private static func change(
        _ bytes: inout [UInt8],
        _ seeds: [[UInt8]],
        _ words: [[UInt8]],
        _ random: inout SeededGenerator
    ) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        let end = min(bytes.count, place + Int.random(in: 1...24, using: &random))
        switch Int.random(in: 0..<11, using: &random) {
        case 0: if place < bytes.count { bytes[place] = .random(in: 0...255, using: &random) }
        case 1: if place < bytes.count { bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(.random(in: 0...255, using: &random), at: place)
        case 4, 5: bytes.insert(contentsOf: words.randomElement(using: &random) ?? [], at: place)
        case 6: bytes.replaceSubrange(place..<end, with: words.randomElement(using: &random) ?? [])
        case 7: bytes.insert(contentsOf: bytes[place..<end], at: place)
        case 8:
            // The beginning of this one, and the end of another.
            let other = seeds.randomElement(using: &random) ?? []
            let cut = Int.random(in: 0...other.count, using: &random)
            bytes.replaceSubrange(place..., with: other[cut...])
        case 9: bytes.removeSubrange(place...)
        default:
            // Deep and long: the same word many times.
            let word = words.randomElement(using: &random) ?? []
            let times = Int.random(in: 2...300, using: &random)
            bytes.insert(contentsOf: Array(repeating: word, count: times).joined(), at: place)
        }
    }
}
