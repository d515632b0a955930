import CSDL
import Foundation

extension ConfigurationFile {
    /// Reads a configuration.
    ///
    /// - Parameter path: The path of the file.
    /// - Throws: ``GeneratorError`` with the place of everything that is wrong.
    public static func read(contentsOfFile path: String) throws(GeneratorError) -> ConfigurationFile {
        guard let data = FileManager.default.contents(atPath: path) else {
            let next = "there is no such file; dataverse-gen init writes one"
            throw GeneratorError(.badInput, [Diagnostic(.error, next, file: path)])
        }
        guard let yaml = String(data: data, encoding: .utf8) else {
            throw GeneratorError(.badInput, [Diagnostic(.error, "the file is not UTF-8 text", file: path)])
        }
        return try read(yaml: yaml, path: path)
    }

    /// Reads a configuration.
    ///
    /// - Parameters:
    ///   - yaml: The text.
    ///   - path: The path of the file, for messages and for relative paths.
    /// - Throws: ``GeneratorError`` with the place of everything that is wrong.
    public static func read(yaml: String, path: String) throws(GeneratorError) -> ConfigurationFile {
        var reader = ConfigurationReader(path: path)
        let file = reader.read(yaml)
        guard reader.diagnostics.isEmpty else { throw GeneratorError(.badInput, reader.diagnostics) }
        return file
    }
}
