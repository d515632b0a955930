import Foundation
import ParserFuzzing

/// `fuzz-parsers [parser|all] [inputs] [seed]`: feeds the parsers with mutated inputs, a million each by default.
///
/// The number of the input being read is in the file `FUZZ_PROGRESS` names, so that one that ends the process is known.
@main
enum FuzzCommand {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst().map(String.init)
        let chosen = arguments.first ?? "all"
        let parsers = FuzzedParser.allCases.filter { chosen == "all" || chosen == $0.rawValue }
        let variable = ProcessInfo.processInfo.environment["DATAVERSE_FUZZ_INPUTS"]
        guard !parsers.isEmpty, let count = Int(arguments.dropFirst().first ?? variable ?? "1000000"), count > 0,
            let seed = UInt64(arguments.dropFirst(2).first ?? "1")
        else {
            print(
                "usage: fuzz-parsers [all|\(FuzzedParser.allCases.map(\.rawValue).joined(separator: "|"))] [inputs] [seed]"
            )
            exit(2)
        }
        var hasFindings = false
        for parser in parsers { hasFindings = try run(parser, count, seed) || hasFindings }
        exit(hasFindings ? 1 : 0)
    }

    /// - Returns: whether anything was found.
    private static func run(_ parser: FuzzedParser, _ count: Int, _ seed: UInt64) throws -> Bool {
        let progress = ProcessInfo.processInfo.environment["FUZZ_PROGRESS"]
        let start = ContinuousClock.now
        let report = FuzzRun(parser, seed: seed).run(0..<count) { number in
            if let progress, number.isMultiple(of: 1000) {
                try? Data("\(parser) \(number)\n".utf8).write(to: URL(filePath: progress))
            }
        }
        let time = ContinuousClock.now - start
        print(
            "\(parser): \(count) inputs, \(report.bytes / count) bytes on average, \(report.accepted) accepted, "
                + "\(report.refused) refused, \(report.findings.count) findings, \(time), "
                + "slowest \(report.slowest.time) (input \(report.slowest.number))"
        )
        for finding in report.findings.prefix(20) {
            print(
                "  input \(finding.number): \(finding.reason): \(String(decoding: finding.input, as: UTF8.self).debugDescription)"
            )
        }
        return !report.findings.isEmpty
    }
}
