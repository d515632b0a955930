import Foundation
import ParserFuzzing
import Testing

@Suite("The four parsers take anything")
struct ParserFuzzTests {
    /// A few seconds' worth, or as many as `DATAVERSE_FUZZ_INPUTS` says.
    private static func inputs(_ parser: FuzzedParser) -> Int {
        let wanted = ProcessInfo.processInfo.environment["DATAVERSE_FUZZ_INPUTS"].flatMap { Int($0) }
        return wanted ?? (parser == .csdl ? 4_000 : 20_000)
    }

    @Test("mutated inputs are read or refused, in time", arguments: FuzzedParser.allCases)
    func mutations(parser: FuzzedParser) {
        let count = Self.inputs(parser)
        let report = FuzzRun(parser, seed: 2).run(0..<count)
        for finding in report.findings {
            Issue.record(
                "input \(finding.number): \(finding.reason): \(String(decoding: finding.input, as: UTF8.self))"
            )
        }
        #expect(report.accepted + report.refused == count)
        #expect(report.accepted > count / 100, "the inputs are too damaged to be worth much")
        #expect(report.refused > count / 100, "the inputs are not damaged enough")
        #expect(report.slowest.time < .seconds(2), "input \(report.slowest.number)")
    }

    @Test("inputs follow from their number and the seed")
    func determinism() {
        let run = FuzzRun(.json, seed: 7)
        #expect((0..<50).map(run.input) == (0..<50).map(FuzzRun(.json, seed: 7).input))
        #expect((0..<50).map(run.input) != (0..<50).map(FuzzRun(.json, seed: 8).input))
    }
}
