import Testing

@Suite("What the runtime needs of a platform")
struct PlatformTests {
    /// Modules that some platforms of the package do not have.
    private static let platformModules: Set<String> = [
        "Android", "Bionic", "CoreFoundation", "Darwin", "FoundationNetworking", "FoundationXML", "Glibc", "Musl",
        "Security", "WASILibc", "WinSDK",
    ]

    /// Names that only Linux has.
    private static let linuxNames: Set<String> = [
        "epoll_create", "epoll_wait", "eventfd", "getrandom", "inotify_init", "prctl", "sched_getaffinity", "syscall",
    ]

    /// What tests and tools need, and an app does not.
    private static let foreignToApps: Set<String> = [
        "ArgumentParser", "CLibXML2", "CSDL", "GRDB", "Hummingbird", "Mustache", "NIOCore", "Testing", "Yams",
    ]

    /// The tokens outside of every `#if`.
    private static func unconditional(_ tokens: [String]) -> [String] {
        var depth = 0
        var kept: [String] = []
        for (index, token) in tokens.enumerated() {
            let isDirective = index > 0 && tokens[index - 1] == "#"
            if isDirective, token == "if" { depth += 1 }
            if isDirective, token == "endif" { depth -= 1 }
            if depth == 0 { kept.append(token) }
        }
        return kept
    }

    private static func imports(in tokens: [String]) -> Set<String> {
        Set(zip(tokens, tokens.dropFirst()).filter { $0.0 == "import" }.map(\.1))
    }

    @Test("modules that some platforms lack are imported under #if only", arguments: ["ODataCore", "Dataverse"])
    func imports(target: String) throws {
        let files = try SourceFile.all().filter { $0.target == target }
        #expect(files.count > 50)
        for file in files {
            let imports = Self.imports(in: Self.unconditional(file.tokens))
            let missing = imports.intersection(Self.platformModules)
            #expect(missing.isEmpty, "\(file.path) imports \(missing.sorted()) on every platform")
            #expect(imports.isDisjoint(with: Self.foreignToApps), "\(file.path)")
            #expect(Set(file.tokens).isDisjoint(with: Self.linuxNames), "\(file.path)")
        }
    }

    @Test("an import under #if is told from one that is not")
    func detection() {
        let code = "#if canImport(Glibc)\nimport Glibc\n#else\nimport Darwin\n#endif\nimport Foundation\n"
        #expect(Self.imports(in: Self.unconditional(CodeTokens.tokens(of: code))) == ["Foundation"])
        #expect(Self.imports(in: Self.unconditional(CodeTokens.tokens(of: "import Glibc"))) == ["Glibc"])
    }
}
