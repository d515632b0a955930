/// Something that pure code does not use.
struct ForbiddenUse: Sendable {
    /// What it is called in an error.
    let name: String
    /// Whether the token at a place is a use of it.
    let matches: @Sendable (_ tokens: [String], _ index: Int) -> Bool

    func occurs(in tokens: [String]) -> Bool { tokens.indices.contains { matches(tokens, $0) } }

    private static func names(_ name: String, _ words: Set<String>) -> ForbiddenUse {
        ForbiddenUse(name: name) { tokens, index in words.contains(tokens[index]) }
    }

    /// What reads a clock, waits, or talks to the world.
    static let all: [ForbiddenUse] = [
        ForbiddenUse(name: "Date()") { tokens, index in tokens[index...].starts(with: ["Date", "(", ")"]) },
        // A closure that was handed in is called, or handed on by the context that has it; a clock is not.
        ForbiddenUse(name: "a clock's now") { tokens, index in
            tokens[index...].starts(with: [".", "now"]) && !tokens[index...].starts(with: [".", "now", "("])
                && (index == 0 || !["self", "outside"].contains(tokens[index - 1]))
        },
        names("a time since now", ["timeIntervalSinceNow"]),
        names("a C clock", ["clock_gettime", "gettimeofday", "mach_absolute_time", "CFAbsoluteTimeGetCurrent"]),
        names("Task", ["Task"]),
        // An operation asks for a wait with a case of an enumeration.
        ForbiddenUse(name: "sleep()") { tokens, index in
            ["sleep", "usleep", "nanosleep"].contains(tokens[index]) && index + 1 < tokens.count
                && tokens[index + 1] == "(" && (index == 0 || ![".", "case"].contains(tokens[index - 1]))
        },
        names("Thread", ["Thread", "Timer"]),
        ForbiddenUse(name: "Dispatch") { tokens, index in tokens[index].hasPrefix("Dispatch") },
        names("URLSession", ["URLSession", "URLSessionConfiguration", "URLRequest"]),
        names("sockets", ["NWConnection", "CFSocket", "socket"]),
        names("processes", ["Process", "ProcessInfo"]),
    ]

    /// What the operations may describe, and the core does not even know: files and output.
    static let ofTheCore: [ForbiddenUse] = [
        names("files", ["FileManager", "FileHandle", "fopen"]),
        ForbiddenUse(name: "output") { tokens, index in
            ["print", "fputs"].contains(tokens[index]) && index + 1 < tokens.count && tokens[index + 1] == "("
                && (index == 0 || tokens[index - 1] != ".")
        },
    ]
}
