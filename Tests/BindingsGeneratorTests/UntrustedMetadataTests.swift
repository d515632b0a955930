import CSDL
import Foundation
import Testing

@testable import BindingsGenerator

/// Whatever metadata says, what is written is Swift, in the output folder, and no larger than it has to be.
@Suite("Untrusted metadata")
struct UntrustedMetadataTests {
    private static let longName = String(repeating: "x", count: 3_000)
    private static let hostileTexts = [
        "*/ public let pwned = 1 /*", "\"); fatalError(\"", "\\(exit(1))", "`rm -rf`", "line&#10;} struct Evil {",
        "\u{202E}cba\u{2066}", "#if true&#13;#endif", "\u{2028}let x = 1\u{2029}", "${x} %@ {{name}} {{{name}}}",
        String(repeating: "word ", count: 50_000),
    ]

    private func hostileSchema() -> String {
        var content = ""
        for (number, text) in UntrustedMetadataTests.hostileTexts.enumerated() {
            let text = text.replacing("\"", with: "&quot;").replacing("<", with: "&lt;")
            let description = "<Annotation Term=\"Org.OData.Core.V1.Description\" String=\"\(text)\"/>"
            let deprecation = """
                <Annotation Term="Org.OData.Core.V1.Revisions"><Collection><Record>
                <PropertyValue Property="Kind" EnumMember="Org.OData.Core.V1.RevisionKind/Deprecated"/>
                <PropertyValue Property="Description" String="\(text)"/></Record></Collection></Annotation>
                """
            content += """
                <EntityType Name="T\(number)"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.Int32"/>
                  <Property Name="p" Type="Edm.String" DefaultValue="\(text)">\(description)\(deprecation)</Property>
                  <Property Name="\(text)" Type="\(text)">\(description)</Property>
                  <NavigationProperty Name="n\(text)" Type="self.T\(number)" Partner="\(text)">\(deprecation)</NavigationProperty>
                  \(description)\(deprecation)</EntityType>
                <EnumType Name="E\(number)"><Member Name="\(text)">\(description)\(deprecation)</Member>\(description)</EnumType>
                <Action Name="A\(number)"><Parameter Name="\(text)" Type="Edm.String">\(description)</Parameter>
                  \(description)\(deprecation)</Action>
                """
        }
        let imports = UntrustedMetadataTests.hostileTexts.indices.map {
            "<ActionImport Name=\"A\($0)\" Action=\"self.A\($0)\" EntitySet=\"*/ ` \\(x)\"/>"
        }
        return content + "<EntityContainer Name=\"C\">\(imports.joined())</EntityContainer>"
    }

    @Test("hostile texts stay inside comments and literals", .enabled(if: SwiftCompiler.modules != nil, "no modules"))
    func hostileTexts() throws {
        let output = try generate(hostileSchema())
        let folder = try TemporaryFolder()
        let sources = folder.url.appending(path: "sources")
        _ = try OutputWriter(folder: sources.path).write(output.files)
        let outcome = try SwiftCompiler.compile(
            output.files.map { sources.appending(path: $0.name) },
            module: "Generated",
            in: folder.url
        )
        #expect(outcome.messages == "")
        let text = output.files.map(\.text).joined()
        let invisible = text.unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control: scalar != "\n"
            case .format, .lineSeparator, .paragraphSeparator: true
            default: false
            }
        }
        #expect(invisible.isEmpty)
        #expect(text.utf8.count < 2_000_000, "long texts are shortened: \(text.utf8.count)")
    }

    @Test("long names are shortened, and stay apart")
    func longNames() throws {
        let name = UntrustedMetadataTests.longName
        let output = try generate(
            """
            <EntityType Name="\(name)"><Property Name="\(name)a" Type="Edm.Int32"/>
              <Property Name="\(name)b" Type="Edm.Int32"/></EntityType>
            <EntityType Name="\(name)y"><Property Name="a" Type="Edm.Int32"/></EntityType>
            <EntityType Name="\(String(repeating: "名", count: 300))"><Property Name="a" Type="Edm.Int32"/></EntityType>
            """
        )
        #expect(output.files.count == 6)
        #expect(output.files.allSatisfy { $0.name.utf8.count < 230 })
        let columns = output.files.flatMap { output.lines($0.name, containing: ": Column<") }
        #expect(Set(columns).count == 4)
        #expect(columns.filter { $0.contains("\"\(name)") }.count == 2, "the name in the metadata is whole")
    }

    @Test("names do not lead out of the folder")
    func paths() throws {
        let names = ["../../x", "/etc/passwd", "..", "a/b\\c", "con:", "\u{202E}x", "~", "-rf"]
        let types = names.map { "<EntityType Name=\"\($0)\"><Property Name=\"a\" Type=\"Edm.Int32\"/></EntityType>" }
        let output = try generate(types.joined())
        for file in output.files {
            #expect(file.name.hasSuffix(".swift"))
            #expect(file.name.dropLast(6).allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }, "\(file.name)")
        }
    }

    @Test("ten thousand levels of nesting are an error, not a crash")
    func deepNesting() throws {
        for (open, close) in [
            ("<Collection>", "</Collection>"), ("<Not>", "</Not>"), ("<x:y xmlns:x=\"v\">", "</x:y>"),
        ] {
            let value = String(repeating: open, count: 10_000) + String(repeating: close, count: 10_000)
            do {
                _ = try generate("<EntityType Name=\"T\"><Annotation Term=\"X.Y\">\(value)</Annotation></EntityType>")
                Issue.record("nothing was thrown")
            } catch {
                #expect("\(error)".contains("elements are nested more than 100 deep"))
            }
        }
    }

    @Test("what is not known is a warning with its place, and the rest comes out")
    func unknownConstructs() throws {
        let output = try generate(
            """
            <EntityType Name="T" Color="red"><Key><PropertyRef Name="id" Order="1"/></Key>
              <Property Name="id" Type="Edm.Int32" Precision="many"/>
              <Property Name="b" Type="Edm.Boolean" Nullable="maybe"/><Wheel/>
              <NavigationProperty Name="n" Type="self.T"><OnDelete Action="Explode"/></NavigationProperty>
              <Annotation Term="X.Y" Shape="round"><Circle/></Annotation>
            </EntityType>
            <EnumType Name="E"><Member Name="A" Value="one"/></EnumType><Robot/>
            """
        )
        #expect(
            output.diagnostics.map(\.description).sorted() == [
                "test.xml:3:1: warning: unknown attribute 'Color' of EntityType is ignored",
                "test.xml:3:40: warning: unknown attribute 'Order' of PropertyRef is ignored",
                "test.xml:4:3: warning: Precision='many' is not a number and is ignored",
                "test.xml:5:3: warning: Nullable='maybe' is not 'true' or 'false'; true is assumed",
                "test.xml:5:59: warning: unknown element 'Wheel' in EntityType is ignored",
                "test.xml:6:46: warning: unknown OnDelete action 'Explode' is ignored",
                "test.xml:7:3: warning: unknown attribute 'Shape' of Annotation is ignored",
                "test.xml:7:45: warning: unknown element 'Circle' in Annotation is ignored",
                "test.xml:9:20: warning: Value='one' is not an integer; 0 is assumed",
                "test.xml:9:62: warning: unknown element 'Robot' in Schema is ignored",
            ]
        )
        #expect(output.lines("T.swift", containing: "var n:") == ["var n: Lookup<T, T> { Lookup(\"n\") }"])
    }
}
