import CSDL
import Foundation

/// Downloads with `curl`, which knows the proxies and certificates of the machine and repeats what is throttled.
///
/// Loading a networking library would double the time that every other command takes to start; see
/// `Documentation/Decisions`.
struct Curl {
    /// A download.
    struct Transfer: Equatable {
        let url: String
        let file: URL
    }

    /// What became of a download.
    struct Outcome: Equatable {
        /// The status of the reply, or 0 where there was none.
        let status: Int
        /// What kept the exchange from ending, or empty.
        let message: String

        var isSuccess: Bool { (200..<300).contains(status) && message.isEmpty }
    }

    /// Headers that every request has; they may be secrets, and are handed over where no other process sees them.
    var headers: [String] = []
    /// Sent as a form with `POST`, with secrets in it as well.
    var form: [(name: String, value: String)] = []
    /// How many downloads run at a time. Dataverse lets one user make 52 requests at once.
    var parallelism = 8

    /// Downloads into files.
    ///
    /// - Parameters:
    ///   - transfers: what to download.
    ///   - onProgress: called a few times each second with the number of downloads that have ended.
    /// - Returns: the outcome of each transfer, in order.
    /// - Throws: `CommandFailure` where `curl` cannot be run.
    func download(
        _ transfers: [Transfer],
        onProgress: (Int) -> Void = { _ in }
    ) throws(CommandFailure) -> [Outcome] {
        guard !transfers.isEmpty else { return [] }
        var outcomes = [Outcome?](repeating: nil, count: transfers.count)
        let child = try ChildProcess("curl", ["--config", "-"], input: configuration(for: transfers))
        try child.readLines(
            onLine: { line in
                guard let (index, outcome) = Curl.outcome(of: line), outcomes.indices.contains(index) else { return }
                outcomes[index] = outcome
            },
            onIdle: { onProgress(outcomes.count { $0 != nil }) }
        )
        let failure = Outcome(status: 0, message: child.errors.isEmpty ? "curl ended early" : child.errors)
        return outcomes.map { $0 ?? failure }
    }

    /// What `curl` reads from its standard input.
    func configuration(for transfers: [Transfer]) -> String {
        var lines = [
            "silent", "show-error", "location", "compressed", "parallel", "globoff",
            "proto = \"=http,https\"", "max-redirs = 5", "connect-timeout = 30", "max-time = 900",
            "retry = 5", "retry-max-time = 300", "parallel-max = \(parallelism)",
            #"write-out = "%{urlnum}\t%{http_code}\t%{exitcode}\t%{errormsg}\n""#,
        ]
        lines += headers.map { "header = \(Curl.quoted($0))" }
        lines += form.map { "data-urlencode = \(Curl.quoted("\($0.name)=\($0.value)"))" }
        for transfer in transfers {
            lines += ["url = \(Curl.quoted(transfer.url))", "output = \(Curl.quoted(transfer.file.path))"]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A value as a configuration file of `curl` has it.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for character in text.unicodeScalars {
            switch character {
            case "\"", "\\":
                quoted.unicodeScalars.append("\\")
                quoted.unicodeScalars.append(character)
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            default: quoted.unicodeScalars.append(character)
            }
        }
        return quoted + "\""
    }

    /// Reads a line that `curl` writes at the end of a transfer.
    private static func outcome(of line: String) -> (index: Int, outcome: Outcome)? {
        let fields = line.split(separator: "\t", maxSplits: 3, omittingEmptySubsequences: false)
        guard fields.count >= 3, let index = Int(fields[0]), let status = Int(fields[1]) else { return nil }
        guard fields[2] != "0" else { return (index, Outcome(status: status, message: "")) }
        let message =
            fields.count > 3 && !fields[3].isEmpty ? String(fields[3]) : "curl failed with status \(fields[2])"
        return (index, Outcome(status: status, message: message))
    }
}
