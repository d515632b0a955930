import BindingsGenerator
import Foundation

extension GeneratorConfiguration {
    /// The configuration of the bindings.
    ///
    /// - Parameter path: The file; `nil` for the one in the current folder, if there is one.
    static func read(_ path: String?) throws(GeneratorError) -> GeneratorConfiguration {
        let isHere = FileManager.default.fileExists(atPath: ConfigurationFile.defaultName)
        guard let path = path ?? (isHere ? ConfigurationFile.defaultName : nil) else { return GeneratorConfiguration() }
        let file = try ConfigurationFile.read(contentsOfFile: path)
        var configuration = file.generator
        configuration.naming.spellings = try SchemaNames(contentsOfFiles: file.schemaNames + configuration.optionSets)
            .spellings
        return configuration
    }
}
