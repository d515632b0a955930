#if os(macOS) || os(Linux)
import Foundation

/// A child of this process, with its outputs in pipes; it is killed, and no zombie stays, if it has not ended when this
/// value does.
///
/// Foundation's `Process` on Linux looks through all open files of the process, and reads past the end of its buffer where
/// these are more than some 1,300, as in a server with many connections; this does without.
struct ChildProcess: ~Copyable {
    /// Why a program could not be started.
    struct Failure: Error {
        let reason: String

        init(_ code: Int32) { reason = String(cString: strerror(code)) }
    }

    private let identifier: pid_t
    private var output: Pipe
    private var errors: Pipe

    var standardOutput: [UInt8] { output.bytes }
    var standardError: [UInt8] { errors.bytes }
    var hasClosedOutputs: Bool { output.isAtEnd && errors.isAtEnd }

    /// Starts a program with no input, and with the environment of this process.
    init(_ executable: String, _ arguments: [String]) throws(Failure) {
        // A NUL would end an argument early.
        guard !([executable] + arguments).contains(where: { $0.utf8.contains(0) }) else { throw Failure(EINVAL) }
        var output = try Pipe()
        var errors = try Pipe()
        identifier = try Self.spawn(executable, arguments, output: output, errors: errors)
        output.closeWriting()
        errors.closeWriting()
        self.output = output
        self.errors = errors
    }

    deinit {
        var information = siginfo_t()
        // It is not reaped yet, so that the identifier is still its own.
        if Self.waitForEnd(of: identifier, into: &information, options: WNOHANG | WNOWAIT) == false {
            kill(identifier, SIGKILL)
        }
        _ = Self.waitForEnd(of: identifier, into: &information, options: 0)
    }

    /// Whether the program has ended.
    var hasEnded: Bool {
        var information = siginfo_t()
        return Self.waitForEnd(of: identifier, into: &information, options: WNOHANG | WNOWAIT)
    }

    /// The exit status of a program that has ended, or 128 and the number of the signal that ended it.
    func status() -> Int32 {
        var information = siginfo_t()
        guard Self.waitForEnd(of: identifier, into: &information, options: WNOHANG | WNOWAIT) else { return -1 }
        #if canImport(Darwin)
        let status = information.si_status
        #else
        let status = information._sifields._sigchld.si_status
        #endif
        return information.si_code == CLD_EXITED ? status : 128 + status
    }

    /// Reads what the program has written, after waiting for it.
    mutating func readOutputs(waiting time: Duration) {
        var files = [
            pollfd(fd: output.isAtEnd ? -1 : output.reading, events: Int16(POLLIN), revents: 0),
            pollfd(fd: errors.isAtEnd ? -1 : errors.reading, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&files, nfds_t(files.count), Int32(time / .milliseconds(1))) > 0 else { return }
        if files[0].revents != 0 { output.read() }
        if files[1].revents != 0 { errors.read() }
    }

    /// Waits.
    func pause(_ time: Duration) { _ = poll(nil, 0, Int32(time / .milliseconds(1))) }

    // MARK: The system

    /// - Returns: whether the process has ended; also if it is not known any more.
    private static func waitForEnd(of process: pid_t, into information: inout siginfo_t, options: Int32) -> Bool {
        while waitid(P_PID, id_t(process), &information, WEXITED | options) != 0 {
            guard errno == EINTR else { return true }
        }
        #if canImport(Darwin)
        return information.si_pid == process
        #else
        return information._sifields._sigchld.si_pid == process
        #endif
    }

    private static func spawn(
        _ executable: String,
        _ arguments: [String],
        output: borrowing Pipe,
        errors: borrowing Pipe
    ) throws(Failure) -> pid_t {
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        var attributes: posix_spawnattr_t?
        #else
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output.writing, 1)
        posix_spawn_file_actions_adddup2(&actions, errors.writing, 2)
        #if !canImport(Darwin)
        closeOtherFiles(&actions)
        #endif
        // The program gets neither the signals that this process ignores nor those that the calling thread blocks.
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        var flags = Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
        #if canImport(Darwin)
        flags |= Int32(POSIX_SPAWN_CLOEXEC_DEFAULT)
        #endif
        posix_spawnattr_setflags(&attributes, Int16(flags))
        var words = ([executable] + arguments).map { strdup($0) }
        defer { words.forEach { free($0) } }
        words.append(nil)
        var identifier = pid_t()
        let code = posix_spawn(&identifier, executable, &actions, &attributes, words, environ)
        guard code == 0 else { throw Failure(code) }
        return identifier
    }

    #if !canImport(Darwin)
    /// Keeps the files and sockets of this process, of which not all are marked so, from the child. On Apple's systems a
    /// flag does.
    private static func closeOtherFiles(_ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>) {
        // Since glibc 2.34; older ones, and musl, have only a list of what to close.
        if let symbol = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np") {
            typealias CloseFrom = @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32
            // The type is that of the function's declaration in <spawn.h>.
            _ = unsafeBitCast(symbol, to: CloseFrom.self)(actions, 3)
            return
        }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        for file in names.compactMap({ Int32($0) }) where file > 2 {
            posix_spawn_file_actions_addclose(actions, file)
        }
    }
    #endif
}

/// A pipe of which this process reads one end, and a child writes the other.
private struct Pipe: ~Copyable {
    let reading: Int32
    private(set) var writing: Int32
    private(set) var bytes: [UInt8] = []
    private(set) var isAtEnd = false

    init() throws(ChildProcess.Failure) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw ChildProcess.Failure(errno) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        reading = ends[0]
        writing = ends[1]
    }

    deinit {
        close(reading)
        if writing >= 0 { close(writing) }
    }

    /// Leaves the end that is written to the child, so that its end is noticed.
    mutating func closeWriting() {
        close(writing)
        writing = -1
    }

    /// Reads what is there; call it only where something is, or the other end was closed.
    mutating func read() {
        var piece = [UInt8](repeating: 0, count: 1 << 14)
        let count = Foundation.read(reading, &piece, piece.count)
        if count > 0 {
            let room = LocalProcess.maximumOutput - bytes.count
            bytes.append(contentsOf: piece.prefix(min(count, max(room, 0))))
        } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
            isAtEnd = true
        }
    }
}
#endif
