#if os(macOS) || os(Linux)
import Foundation
import Testing

@testable import Dataverse

@Suite("Programs that a credential asks")
struct LocalProcessTests {
    private func run(_ script: String, timeout: Duration = .seconds(60)) throws -> LocalProcess.Output {
        try LocalProcess(executable: "/bin/sh", arguments: ["-c", script], timeout: timeout).run(until: Interruption())
    }

    @Test("status and both outputs")
    func outputs() throws {
        let output = try run("echo token; echo warning >&2; exit 3")
        #expect(output.status == 3)
        #expect(output.standardOutput.text == "token\n")
        #expect(output.standardError == "warning\n")
    }

    @Test("a signal that ends the program")
    func signal() throws { #expect(try run("kill -TERM $$").status == 128 + SIGTERM) }

    @Test("no input, the environment, and arguments as they are")
    func surroundings() throws {
        let output = try LocalProcess(
            executable: "/bin/sh",
            arguments: ["-c", "cat; echo \"$PATH\"; echo \"$1\"", "sh", "a 'b' \"c\" $(d) ü"],
            timeout: .seconds(60)
        ).run(until: Interruption())
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        #expect(output.standardOutput.text == "\(path)\na 'b' \"c\" $(d) ü\n")
    }

    @Test("outputs larger than a pipe, and than what is kept")
    func large() throws {
        let output = try run("head -c 2000000 /dev/zero | tr '\\0' x; head -c 300000 /dev/zero | tr '\\0' y >&2")
        #expect(output.status == 0)
        #expect(output.standardOutput.text.utf8.count == LocalProcess.maximumOutput)
        #expect(output.standardError.utf8.count == 300_000)
    }

    @Test("a child of the program that lives on is not waited for")
    func grandchild() throws {
        let output = try run("echo done; sleep 600 & echo $! >&2")
        #expect(output.standardOutput.text == "done\n")
        if let child = pid_t(output.standardError.trimmingCharacters(in: .whitespacesAndNewlines)) {
            kill(child, SIGKILL)
        }
    }

    @Test("a program that closes its outputs and goes on is waited for")
    func closedOutputs() throws {
        #expect(try run("exec >&- 2>&-; sleep 0.2; exit 4").status == 4)
    }

    @Test("time that is up", arguments: ["sleep 600", "exec >&- 2>&-; sleep 600", "yes"])
    func timeout(script: String) throws {
        let error = #expect(throws: CredentialError.self) { try run(script, timeout: .milliseconds(200)) }
        #expect(error?.reason == .unreachable)
    }

    @Test("an interruption")
    func interruption() async throws {
        let process = LocalProcess(executable: "/bin/sleep", arguments: ["600"], timeout: .seconds(600))
        let task = Task {
            await AsyncCredentialDriver.onThread { interruption in Result { try process.run(until: interruption) } }
        }
        task.cancel()
        let result = await task.value
        let error = #expect(throws: CredentialError.self) { try result.get() }
        #expect(error?.reason == .cancelled)
    }

    @Test("what cannot be started")
    func missing() throws {
        for (executable, argument) in [("/no/such/program", ""), ("/etc/hostname", ""), ("/bin/echo", "a\0b")] {
            let process = LocalProcess(executable: executable, arguments: [argument], timeout: .seconds(60))
            let error = #expect(throws: CredentialError.self) { try process.run(until: Interruption()) }
            #expect(error?.reason == .unavailable)
        }
    }

    @Test("beside many open files, none of which the program gets, and none of which stays open")
    func openFiles() throws {
        var limit = rlimit()
        #if canImport(Darwin)
        let resource = RLIMIT_NOFILE
        #else
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #endif
        getrlimit(resource, &limit)
        let wanted = Int(min(limit.rlim_cur / 2, 3_000))
        let files = (0..<wanted).map { _ in open("/dev/null", O_RDONLY | O_CLOEXEC) }
        defer { for file in files where file >= 0 { close(file) } }
        let output = try run("ls /proc/self/fd 2>/dev/null | wc -l")
        if let count = Int(output.standardOutput.text.trimmingCharacters(in: .whitespacesAndNewlines)), count > 0 {
            #expect(count < 10)
        }
    }

    @Test("no zombie and no open pipe stays")
    func leftovers() throws {
        #if os(Linux)
        let before = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        for _ in 0..<200 {
            var child = try ChildProcess("/bin/sleep", ["600"])
            child.readOutputs(waiting: .zero)
        }
        // Other tests open files too, but not as many as these would be.
        #expect(try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count < before + 200)
        let children = try String(contentsOfFile: "/proc/self/task/\(getpid())/children", encoding: .utf8)
        for child in children.split(separator: " ") {
            let status = (try? String(contentsOfFile: "/proc/\(child)/cmdline", encoding: .utf8)) ?? ""
            #expect(!status.hasPrefix("/bin/sleep\u{0}600"))
        }
        #endif
    }
}
#endif
