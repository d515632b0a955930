import ArgumentParser
import BindingsGenerator
import CSDL
import Foundation

/// Completes the names of tables from the document that is on the command line, or that the configuration names.
enum TableNameCompletion {
    static let kind = CompletionKind.custom { words, _, _ in names(in: words) }

    /// The names of the tables, sorted; none where no document can be read.
    static func names(in words: [String]) -> [String] {
        let names = documents(in: words).flatMap { file -> [String] in
            guard let (document, _) = try? CSDLReader().read(contentsOfFile: file) else { return [] }
            return document.schemas.flatMap { $0.entityTypes.filter { !$0.isAbstract }.map(\.name) }
        }
        return Set(names).sorted()
    }

    private static func documents(in words: [String]) -> [String] {
        let given = zip(words, words.dropFirst()).compactMap { option, value in
            option == "--metadata" ? value : nil
        }
        guard given.isEmpty else { return given }
        let config =
            Array(zip(words, words.dropFirst())).last { $0.0 == "--config" }?.1 ?? ConfigurationFile.defaultName
        return (try? ConfigurationFile.read(contentsOfFile: config).metadata) ?? []
    }
}
