import Testing

@Suite("What the core and the operations must not do")
struct PurityTests {
    private static let importsOfCore: Set<String> = [
        "HTTPTypes", "Foundation", "FoundationEssentials", "Synchronization",
    ]

    /// The places of the runtime that must know the time, each of which hands it on as a value.
    private static let exceptions: Set<String> = [
        "Dataverse/Clients/DataverseClient.swift: a clock's now",
        "Dataverse/Clients/AsyncDataverseClient.swift: a clock's now",
        "Dataverse/Clients/DataverseClient.swift: Date()",
        "Dataverse/Clients/AsyncDataverseClient.swift: Date()",
        "Dataverse/Credentials/CredentialSystem.swift: a clock's now",
        "Dataverse/Credentials/CredentialSystem.swift: Date()",
        "Dataverse/Credentials/CredentialSystem.swift: processes",
        "Dataverse/Batch/BatchOperation+Rows.swift: Date()",
        "Dataverse/Clients/EntitySets/EntitySet+Bulk.swift: Date()",
        "Dataverse/Clients/EntitySets/AsyncEntitySet+Bulk.swift: Date()",
        "Dataverse/Observability/HARRecorder.swift: Date()",
    ]

    @Test("the core imports no networking, reads no clock, never waits, and touches no files")
    func core() throws {
        let files = try SourceFile.all().filter { $0.target == "ODataCore" }
        #expect(files.count > 50)
        for file in files {
            let strange = file.imports.subtracting(Self.importsOfCore)
            #expect(strange.isEmpty, "\(file.path) imports \(strange.sorted())")
            for use in ForbiddenUse.all + ForbiddenUse.ofTheCore where use.occurs(in: file.tokens) {
                Issue.record("\(file.path) uses \(use.name)")
            }
        }
    }

    @Test("the runtime does so in its transports and drivers only")
    func runtime() throws {
        let files = try SourceFile.all().filter { $0.target == "Dataverse" }
        #expect(files.count > 50)
        var found: Set<String> = []
        for file in files {
            if file.path.hasPrefix("Dataverse/Transports/") || file.path.hasPrefix("Dataverse/Drivers/") { continue }
            #expect(!file.imports.contains("FoundationNetworking"), "\(file.path)")
            for use in ForbiddenUse.all where use.occurs(in: file.tokens) {
                found.insert("\(file.path): \(use.name)")
            }
        }
        let unlisted = found.subtracting(Self.exceptions)
        let stale = Self.exceptions.subtracting(found)
        #expect(unlisted.isEmpty)
        #expect(stale.isEmpty)
    }

    @Test("operations are made of effects: they await nothing")
    func operations() throws {
        for file in try SourceFile.all() where file.path.hasPrefix("Dataverse/Operations/") {
            #expect(!file.tokens.contains("await") && !file.tokens.contains("async"), "\(file.path)")
        }
    }

    @Test(
        "what is forbidden is found in code, and not in comments and texts",
        arguments: [
            ("let a = Date()", "Date()"), ("let a = Date.now", "a clock's now"), ("f(at: .now)", "a clock's now"),
            ("try await Task.sleep(for: x)", "Task"), ("Task { }", "Task"), ("sleep(1)", "sleep()"),
            ("Thread.sleep(1)", "Thread"), ("DispatchQueue.main", "Dispatch"), ("URLSession.shared", "URLSession"),
            ("ContinuousClock().now", "a clock's now"), ("ProcessInfo.processInfo", "processes"),
        ]
    )
    func detection(code: String, name: String) throws {
        let tokens = CodeTokens.tokens(of: code)
        #expect(ForbiddenUse.all.contains { $0.name == name && $0.occurs(in: tokens) })
        let prose = "// \(code)\nlet text = \"\(code)\" /* \(code) */ + #\"\(code)\"# + \"\"\"\n\(code)\n\"\"\"\n"
        #expect(CodeTokens.tokens(of: prose) == ["let", "text", "=", "\"\"", "+", "\"\"", "+", "\"\""])
    }

    @Test(
        "waits of operations and given clocks are not forbidden",
        arguments: [
            "return .sleep(pause) { next }", "case sleep(Duration)", "store(columns, at: service.now())",
            "self.now = now", "let now: Date", "transport: URLSessionTransport()",
        ]
    )
    func harmless(code: String) {
        let tokens = CodeTokens.tokens(of: code)
        #expect(!ForbiddenUse.all.contains { $0.occurs(in: tokens) })
    }
}
