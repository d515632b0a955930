import CSDL
import Foundation

/// A folder with templates of a user: `*.mustache` files, named for what they are.
struct TemplateFolder {
    let path: String

    /// The templates, sorted by name.
    ///
    /// - Throws: ``GeneratorError`` where the folder or a file cannot be read, or there is no template in it.
    func templates() throws(GeneratorError) -> [TemplateSource] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw GeneratorError(.badInput, [Diagnostic(.error, "there is no folder with templates here", file: path)])
        }
        let suffix = ".mustache"
        let files = names.filter { $0.hasSuffix(suffix) && !$0.hasPrefix(".") }.sorted()
        guard !files.isEmpty else {
            throw GeneratorError(.badInput, [Diagnostic(.error, "the folder has no *.mustache files", file: path)])
        }
        var templates: [TemplateSource] = []
        for name in files {
            let file = path + "/" + name
            guard let data = FileManager.default.contents(atPath: file), let text = String(data: data, encoding: .utf8)
            else { throw GeneratorError(.badInput, [Diagnostic(.error, "cannot be read as UTF-8 text", file: file)]) }
            templates.append(TemplateSource(name: String(name.dropLast(suffix.count)), text: text, file: file))
        }
        return templates
    }
}
