import CSDL
import Foundation
import TestSupport
import Testing

@testable import BindingsGenerator

/// What is generated compiles against the runtime, without a warning.
@Suite("Compiling the output", .serialized, .enabled(if: SwiftCompiler.modules != nil, "no modules beside the tests"))
struct CompiledOutputTests {
    private static let hasSharedFiles = SharedFiles.url("metadata") != nil

    @Test(
        "whole real documents",
        .enabled(if: hasSharedFiles, "DATAVERSE_SHARED has no metadata"),
        arguments: [
            ("trippin", GeneratorConfiguration.AccessLevel.public), ("northwind", .internal),
            ("dataverse-v9.1", .public),
        ]
    )
    func realDocuments(name: String, access: GeneratorConfiguration.AccessLevel) throws {
        let url = try #require(SharedFiles.url("metadata/\(name).xml"))
        let (document, diagnostics) = try CSDLReader().read(contentsOfFile: url.path)
        #expect(diagnostics == [])
        var configuration = GeneratorConfiguration()
        configuration.accessLevel = access
        let output = try BindingsGenerator(configuration: configuration).generate([document])
        #expect(!output.diagnostics.contains { $0.severity > .note })
        let tables = document.schemas.flatMap(\.entityTypes).count
        #expect(output.files.count == tables + OutputFileNames.shared.count)

        let outcome = try compile(output.files)
        let lines = output.files.map { $0.text.utf8.count(where: { $0 == UInt8(ascii: "\n") }) }.reduce(0, +)
        print(
            """
            \(name): \(tables) tables, \(lines) lines compiled in \(outcome.wallSeconds.formatted(1)) s \
            (\(outcome.cpuSeconds.formatted(1)) s of CPU), \(outcome.peakMegabytes) MB in the largest compiler process
            """
        )
    }

    @Test("a selection, with everything it refers to pruned", .enabled(if: hasSharedFiles, "no shared metadata"))
    func selections() throws {
        let url = try #require(SharedFiles.url("metadata/dataverse-v9.1.xml"))
        let (document, _) = try CSDLReader().read(contentsOfFile: url.path)
        var configuration = GeneratorConfiguration()
        configuration.include = [
            "account", "contact", "systemuser", "activityparty", "AddPrincipalToQueue", "Retrieve*",
        ]
        configuration.exclude = ["RetrieveEntity*", "*Metadata", "EntityMetadata"]
        configuration.accessLevel = .package
        let output = try BindingsGenerator(configuration: configuration).generate([document])
        _ = try compile(output.files, extraArguments: ["-package-name", "test"])
    }

    @Test(
        "what a selection refers to, as far as asked, with some columns left out",
        .enabled(if: hasSharedFiles, "no shared metadata"),
        arguments: GeneratorConfiguration.Closure.allCases
    )
    func closures(closure: GeneratorConfiguration.Closure) throws {
        let url = try #require(SharedFiles.url("metadata/trippin.xml"))
        let (document, _) = try CSDLReader().read(contentsOfFile: url.path)
        var configuration = GeneratorConfiguration()
        configuration.closure = closure
        configuration.include = [
            "People", "Airport", "Person.*Name", "Person.Trips", "Person.Emails", "GetNearestAirport",
        ]
        configuration.exclude = ["Airport.Location", "PersonGender"]
        configuration.shards = 2
        let output = try BindingsGenerator(configuration: configuration).generate([document])
        #expect(!output.diagnostics.contains { $0.severity > .note })
        try compile(output.files)
    }

    @Test("v9.1 with keys of what is referred to", .enabled(if: hasSharedFiles, "no shared metadata"))
    func keysOfWhatIsReferredTo() throws {
        let url = try #require(SharedFiles.url("metadata/dataverse-v9.1.xml"))
        let (document, _) = try CSDLReader().read(contentsOfFile: url.path)
        var configuration = GeneratorConfiguration()
        configuration.include = ["account", "contact", "*.*name*", "*.*id", "WhoAmI"]
        configuration.exclude = ["systemuser", "*.owner*", "account.address1_*"]
        configuration.closure = .keys
        configuration.naming.stripPrefixes = ["msdyn_", "address1_", "account_"]
        configuration.naming.words = ["account", "name", "contact", "primary", "ID", "on", "created"]
        let output = try BindingsGenerator(configuration: configuration).generate([document])
        try compile(output.files)
    }

    @Test(
        "each part by itself, and those that go together",
        arguments: [
            [.structs], [.operations], [.structs, .sync], [.structs, .async], [.operations, .sync],
            [.structs, .operations, .async], [.sync, .async], [],
        ] as [Set<GeneratorConfiguration.Part>]
    )
    func parts(parts: Set<GeneratorConfiguration.Part>) throws {
        try compile(
            generate(constructsOfEveryKind) {
                $0.parts = parts
                $0.shards = 1
            }.files
        )
    }

    @Test("columns of types of one's own")
    func typesOfColumns() throws {
        let files = try generate(
            """
            <EntityType Name="account"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.Guid"/>
            <Property Name="websiteurl" Type="Edm.String"/><Property Name="emailaddress1" Type="Edm.String"/>
            <Property Name="created" Type="Edm.String"><Annotation Term="Org.OData.Core.V1.Computed"/></Property>
            <Property Name="origin" Type="Edm.String"><Annotation Term="Org.OData.Core.V1.Immutable"/></Property></EntityType>
            <EntityContainer Name="C"><EntitySet Name="accounts" EntityType="self.account"/></EntityContainer>
            """
        ) {
            $0.imports = ["Foundation"]
            $0.columnTypes = [
                .init(columns: "account.websiteurl", type: "URL", converter: "WebsiteURL"),
                .init(columns: "*.created", type: "URL", converter: "WebsiteURL"),
                .init(columns: "*.email*", type: "EmailAddress"),
                .init(columns: "account.origin", type: "URL", converter: "WebsiteURL"),
            ]
        }.files
        try compile(files + [GeneratedFile(name: "Types.swift", text: CompiledOutputTests.ownTypes)])
    }

    private static let ownTypes = #"""
        import Dataverse
        import Foundation

        enum WebsiteURL: ColumnConverter {
            static func value(from stored: String) throws(ColumnValueError) -> URL {
                guard let url = URL(string: stored) else {
                    throw ColumnValueError(expected: "a URL", found: .string(stored))
                }
                return url
            }
            static func stored(from value: URL) -> String { value.absoluteString }
        }

        struct EmailAddress: ColumnValue {
            let text: String
            init(_ text: String) { self.text = text }
            init(json: Value) throws(ColumnValueError) { text = try String(json: json) }
            var json: Value { text.json }
            var urlLiteral: String { text.urlLiteral }
        }

        func use(_ client: DataverseClient, _ url: URL) throws {
            var account = Account { $0.websiteurl = url }
            account.emailaddress1 = EmailAddress("a@b.c")
            let website = account.websiteurl
            let host: String? = website?.host
            let created: URL? = account.created
            account.initialize(\.origin, with: url)
            print(host ?? "", created ?? url, account.origin?.host ?? "")
            _ = try client.accounts.where { $0.websiteurl == url && $0.websiteurl.stored().hasPrefix("https:") }
                .where { $0.websiteurl != nil && $0.emailaddress1 == EmailAddress("x") }
                .select { [$0.websiteurl, $0.emailaddress1] }.orderBy { [$0.websiteurl.ascending] }.first()
        }
        """#

    @Test("odd names, all kinds of keys, all primitive types, overloads")
    func constructs() throws {
        _ = try compile(generate(constructsOfEveryKind) { $0.accessLevel = .public }.files)
        _ = try compile(generate(constructsOfEveryKind, namespace: "Ünïcode.名前").files)
    }

    @discardableResult
    private func compile(_ files: [GeneratedFile], extraArguments: [String] = []) throws -> SwiftCompiler.Outcome {
        let folder = try TemporaryFolder()
        let sources = folder.url.appending(path: "sources")
        _ = try OutputWriter(folder: sources.path).write(files)
        let outcome = try SwiftCompiler.compile(
            files.map { sources.appending(path: $0.name) },
            module: "Generated",
            in: folder.url,
            extraArguments: extraArguments
        )
        #expect(outcome.status == 0)
        #expect(outcome.messages == "")
        return outcome
    }
}

extension Double {
    fileprivate func formatted(_ digits: Int) -> String { String(format: "%.\(digits)f", self) }
}
