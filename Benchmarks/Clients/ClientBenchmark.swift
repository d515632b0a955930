import Foundation

/// Does one kind of work against a server, and prints what it took as JSON; `Benchmarks/clients.py` runs it.
///
///     client-benchmark retrieve --client async --transport curl --url https://127.0.0.1:8443 --count 10000
@main
struct ClientBenchmark {
    static func main() async throws {
        let options = try Options(CommandLine.arguments)
        let work = try Work(options)
        // Connections, caches and lazily made tables are not what is measured.
        try await work.warmUp()
        let start = Usage.now
        let clock = ContinuousClock.now
        let units = try await work.run()
        let wall = (ContinuousClock.now - clock) / .seconds(1)
        let usage = Usage.now
        let report: [String: Double] = [
            "units": Double(units), "wall": wall, "cpu": usage.cpu - start.cpu, "peakMB": usage.peakMegabytes,
        ]
        let json = try JSONSerialization.data(withJSONObject: report, options: .sortedKeys)
        print(String(decoding: json, as: UTF8.self))
    }
}

/// What the process has used so far.
struct Usage {
    let cpu: Double
    let peakMegabytes: Double

    static var now: Usage {
        var usage = rusage()
        #if canImport(Darwin)
        getrusage(RUSAGE_SELF, &usage)
        let peak = Double(usage.ru_maxrss)
        #else
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        // On Linux, the figure of getrusage begins with that of the process that started this one.
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        let peak = (Double(line.filter(\.isNumber)) ?? 0) * 1024
        #endif
        let cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime)
        return Usage(cpu: cpu, peakMegabytes: peak / 1_000_000)
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
}

/// What the command was asked to do.
struct Options {
    var work = ""
    private var values: [String: String] = [:]

    init(_ arguments: [String]) throws {
        guard arguments.count > 1, arguments.count % 2 == 0 else { throw Failure("WORK [--option value]…") }
        work = arguments[1]
        for index in stride(from: 2, to: arguments.count, by: 2) {
            guard arguments[index].hasPrefix("--") else { throw Failure("\(arguments[index]) is not an option") }
            values[String(arguments[index].dropFirst(2))] = arguments[index + 1]
        }
    }

    func text(_ name: String, _ standard: String = "") -> String { values[name] ?? standard }
    func number(_ name: String, _ standard: Int) -> Int { values[name].flatMap { Int($0) } ?? standard }
}

struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
