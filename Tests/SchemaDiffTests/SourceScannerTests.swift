import SchemaDiff
import TestSupport
import Testing

@Suite("Uses in Swift sources")
struct SourceScannerTests {
    private static let scanner = SourceScanner([
        SwiftSymbol(name: "Account"),
        SwiftSymbol(owner: "Account", name: "name", companions: ["Account", "accounts"]),
        SwiftSymbol(owner: "Account", name: "default", companions: ["Account", "accounts"]),
    ])

    private func lines(_ source: String) -> [String] {
        Self.scanner.uses(in: source, file: "A.swift").map { "\($0.line) \($0.symbol)" }
    }

    @Test("Types by their names, members behind a dot")
    func plain() {
        #expect(
            lines(
                """
                let account = Account()
                print(account.name, account.`default`)
                let name = 1
                let accountName = \\Account.name
                let other = account?
                    .name
                """
            ) == ["1 Account", "2 Account.default", "2 Account.name", "4 Account", "4 Account.name", "6 Account.name"]
        )
    }

    @Test("A member counts only in files that deal with its type")
    func owner() {
        #expect(lines("print(contact.name)") == [])
        #expect(lines("for row in client.accounts.rows() { print(row.name) }") == ["1 Account.name"])
        #expect(lines("let accountsTotal = 1; print(x.name)") == [])
    }

    @Test("Comments and strings do not count, interpolations do")
    func strings() {
        #expect(
            lines(
                ##"""
                // Account
                /* Account /* nested */ Account */
                let a = "Account .name \" Account"
                let b = #"Account " \(Account) .name"#
                let c = "\(x.name + "\(Account.self) Account") Account"
                let d = #"\#(Account.self)"#
                let e = """
                    Account "quoted" .name
                    \(Account.self)
                    """
                let f = Account.self
                """##
            ) == ["5 Account", "5 Account.name", "6 Account", "9 Account", "11 Account"]
        )
    }

    @Test("Parts of words do not count")
    func words() {
        #expect(lines("let MyAccount = Accounts.names; AccountX.name2; Über.Accountß") == [])
    }

    @Test("Damaged sources do not stop it", arguments: 1...200)
    func damaged(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        let pieces = ["\"", "\"\"\"", "#", "\\(", "(", ")", "/*", "*/", "//", "\n", "Account", ".name", "`", "\\", "é"]
        let source = (0..<60).compactMap { _ in pieces.randomElement(using: &random) }.joined()
        let count = source.split(separator: "\n", omittingEmptySubsequences: false).count
        #expect(Self.scanner.uses(in: source, file: "A.swift").allSatisfy { (1...count).contains($0.line) })
    }
}
