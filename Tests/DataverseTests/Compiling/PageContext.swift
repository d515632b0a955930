import TestSupport
import Testing

/// What the blocks of a page of the documentation may use without saying where it is from.
struct PageContext: CustomTestStringConvertible, Sendable {
    let page: String
    /// The modules for all blocks. Each block may repeat imports that a reader needs to see.
    let imports: [String]
    /// The parameters of the function that a block is the body of.
    let parameters: String
    /// What stands before the functions.
    var declarations: [String] = []

    var testDescription: String { page }

    static let all = [
        PageContext(
            page: "Documentation/Credentials.md",
            imports: ["Dataverse", "DataverseCredentials", "Foundation"],
            parameters: "tenant: String, id: String, secret: String, msal: SignInLibrary",
            declarations: [
                "struct SignInLibrary: Sendable {",
                "    func acquireToken(scopes: [String], claims: String?) async throws -> String { \"\" }",
                "}",
            ]
        ),
        PageContext(
            page: "Documentation/Emulator.md",
            imports: ["Dataverse", "DataverseEmulator", "Foundation"],
            parameters: "configuration: inout EmulatorConfiguration"
        ),
    ]

    /// Modules that are not built without SwiftNIO.
    static let modulesWithSwiftNIO: Set<String> = [
        "DataverseAsyncHTTPClient", "DataverseCredentials", "DataverseEmulator",
    ]

    static let areThereModulesWithSwiftNIO = modulesWithSwiftNIO.allSatisfy(BuiltModules.contain)

    /// A file with a function for each block.
    func file(with blocks: [String]) -> [String] {
        var lines = imports.map { "import \($0)" } + declarations
        for (number, block) in blocks.enumerated() {
            lines.append("func block\(number)(\(parameters)) async throws {")
            lines += block.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("import ") }
            lines.append("}")
        }
        return lines
    }
}
