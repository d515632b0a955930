import Testing

@Suite("What the core and the operations must not do")
struct PurityTests {
    /// What reads a clock, waits, or talks to the world, by what it is called in an error.
    private static var forbidden: [(name: String, pattern: Regex<Substring>)] {
        [
            ("Date()", /\bDate\(\s*\)/),
            (
                "a clock's now",
                /\b(?:Date|ContinuousClock|SuspendingClock|DispatchTime|DispatchWallTime)(?:\(\s*\))?\.now\b/
            ),
            (".now", /[\s(,:=]\.now\b/),
            ("the time since now", /\btimeIntervalSinceNow\b/),
            ("a C clock", /\b(?:clock_gettime|gettimeofday|mach_absolute_time|CFAbsoluteTimeGetCurrent)\b/),
            ("Task", /\bTask(?:\.|\s*\{|\()/),
            ("sleep()", /(?:^|[^.\w])(?:u|nano)?sleep\(/),
            ("Thread", /\bThread\b/),
            ("Dispatch", /\bDispatch[A-Z]\w*/),
            ("Timer", /\bTimer\b/),
            ("URLSession", /\bURLSession\w*|\bURLRequest\b/),
            ("sockets", /\b(?:socket|NWConnection|CFSocket)\(/),
            ("processes", /\bProcess(?:Info)?\b/),
        ]
    }

    /// Files of the core are read by nobody else: not even the disk.
    private static var forbiddenInCore: [(name: String, pattern: Regex<Substring>)] {
        [
            ("files", /\b(?:FileManager|FileHandle|fopen)\b/),
            ("output", /\bprint\(|\bfputs\(/),
        ]
    }

    private static let importsOfCore: Set<String> = [
        "HTTPTypes", "Foundation", "FoundationEssentials", "Synchronization",
    ]

    /// The places of the runtime that must know the time, each of which hands it on as a value.
    private static let exceptions: Set<String> = [
        "Dataverse/Clients/DataverseClient.swift: a clock's now",
        "Dataverse/Clients/AsyncDataverseClient.swift: a clock's now",
        "Dataverse/Clients/EntitySet+Bulk.swift: Date()",
        "Dataverse/Clients/AsyncEntitySet+Bulk.swift: Date()",
    ]

    @Test("the core imports no networking, reads no clock, never waits, and touches no files")
    func core() throws {
        let files = try SourceFile.all().filter { $0.target == "ODataCore" }
        #expect(files.count > 50)
        for file in files {
            let strange = file.imports.subtracting(Self.importsOfCore)
            #expect(strange.isEmpty, "\(file.path) imports \(strange.sorted())")
            for (name, pattern) in Self.forbidden + Self.forbiddenInCore where file.code.contains(pattern) {
                // An operation asks for a wait; that is a case of an enumeration.
                if name == "sleep()", file.path == "ODataCore/Effects/ODataOperation.swift" { continue }
                Issue.record("\(file.path) uses \(name)")
            }
        }
    }

    @Test("the runtime does so in its transports and drivers only")
    func runtime() throws {
        var found: Set<String> = []
        let files = try SourceFile.all().filter { $0.target == "Dataverse" }
        #expect(files.count > 50)
        for file in files {
            if file.path.hasPrefix("Dataverse/Transports/") || file.path.hasPrefix("Dataverse/Drivers/") { continue }
            #expect(!file.imports.contains("FoundationNetworking"), "\(file.path)")
            for (name, pattern) in Self.forbidden where file.code.contains(pattern) {
                found.insert("\(file.path): \(name)")
            }
        }
        #expect(found == Self.exceptions)
    }

    @Test("operations are made of effects: they await nothing")
    func operations() throws {
        for file in try SourceFile.all() where file.path.hasPrefix("Dataverse/Operations/") {
            #expect(!file.code.contains(/\bawait\b|\basync\b/), "\(file.path)")
        }
    }

    @Test(
        "the patterns find what they are for",
        arguments: [
            ("let a = Date()", "Date()"), ("let a = Date.now", "a clock's now"), ("f(at: .now)", ".now"),
            ("try await Task.sleep(for: x)", "Task"), ("Task { }", "Task"), ("sleep(1)", "sleep()"),
            ("Thread.sleep(1)", "Thread"), ("DispatchQueue.main", "Dispatch"), ("URLSession.shared", "URLSession"),
            ("ContinuousClock().now", "a clock's now"), ("ProcessInfo.processInfo", "processes"),
        ]
    )
    func patterns(code: String, name: String) throws {
        #expect(Self.forbidden.contains { $0.name == name && code.contains($0.pattern) })
        let prose = "// \(code)\nlet text = \"\(code)\" /* \(code) */ + #\"\(code)\"#\n"
        let stripped = SwiftCode.withoutProse(prose)
        #expect(!Self.forbidden.contains { stripped.contains($0.pattern) }, "\(stripped)")
    }

    @Test("waits of operations and given clocks are no clocks")
    func harmless() {
        let code = "return .sleep(pause) { next }\nservice.choices.store(columns, at: service.now())\nlet now: Date"
        #expect(!Self.forbidden.contains { code.contains($0.pattern) })
    }
}
