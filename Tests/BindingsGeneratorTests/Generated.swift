import CSDL
import Foundation

@testable import BindingsGenerator

/// Generates bindings from the content of a schema `Test` with the alias `self`.
func generate(
    _ content: String,
    namespace: String = "Test",
    _ configure: (inout GeneratorConfiguration) -> Void = { _ in }
) throws -> Generated {
    let document = """
        <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
        <Schema Namespace="\(namespace)" Alias="self" xmlns="http://docs.oasis-open.org/odata/ns/edm">
        \(content)
        </Schema></edmx:DataServices></edmx:Edmx>
        """
    return try generate(documents: [document], configure)
}

func generate(
    documents: [String],
    _ configure: (inout GeneratorConfiguration) -> Void = { _ in }
) throws -> Generated {
    var configuration = GeneratorConfiguration()
    configure(&configuration)
    var diagnostics: [Diagnostic] = []
    let documents = try documents.map {
        let (document, found) = try CSDLReader().read(Array($0.utf8), name: "test.xml")
        diagnostics += found
        return document
    }
    let output = try BindingsGenerator(configuration: configuration).generate(documents)
    return Generated(files: output.files, diagnostics: diagnostics + output.diagnostics)
}

/// What was generated, for looking into.
struct Generated {
    let files: [GeneratedFile]
    let diagnostics: [Diagnostic]

    /// What the compiler says of the files and of code that uses them: nothing, if all is well.
    func compilerMessages(using code: String = "") throws -> String {
        let folder = try TemporaryFolder()
        let sources = folder.url.appending(path: "sources")
        let files =
            files + [GeneratedFile(name: "UseOfIt.swift", text: "import Dataverse\nimport Foundation\n" + code)]
        _ = try OutputWriter(folder: sources.path).write(files)
        let outcome = try SwiftCompiler.compile(
            files.map { sources.appending(path: $0.name) },
            module: "Generated",
            in: folder.url
        )
        return outcome.status == 0 ? outcome.messages : "\(outcome.status): \(outcome.messages)"
    }

    /// The text of a file without its header.
    func file(_ name: String) -> String {
        guard let file = files.first(where: { $0.name == name }) else { return "there is no \(name)" }
        guard let start = file.text.range(of: "import Dataverse\n") else { return file.text }
        return String(file.text[start.upperBound...].drop { $0.isNewline })
    }

    /// The lines of a file that contain a text, without indentation.
    func lines(_ name: String, containing text: String) -> [String] {
        file(name).split(separator: "\n").filter { $0.contains(text) }.map { $0.trimmingCharacters(in: .whitespaces) }
    }

    /// The declaration that begins with a line, to the line that ends it.
    func declaration(_ beginning: String, in name: String) -> String {
        let lines = file(name).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let start = lines.firstIndex(where: { $0.trimmingCharacters(in: .whitespaces).hasPrefix(beginning) })
        else {
            return "there is no '\(beginning)' in\n" + file(name)
        }
        let indentation = lines[start].prefix { $0 == " " }
        guard !lines[start].hasSuffix("}"),
            let end = lines[start...].firstIndex(where: { $0 == indentation + "}" })
        else { return lines[start].trimmingCharacters(in: .whitespaces) }
        return lines[start...end].map { String($0.dropFirst(indentation.count)) }.joined(separator: "\n")
    }
}
