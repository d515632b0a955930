import ArgumentParser
import BindingsGenerator
import CSDL

/// A command that could not do its work, with the messages that say why.
struct CommandFailure: Error {
    /// The input was read, but the work failed.
    static let failed = ExitCode(1)
    /// The input or the arguments are wrong.
    static let badInput = ExitCode(2)

    let code: ExitCode
    let diagnostics: [Diagnostic]

    /// The arguments or the input are wrong.
    static func badInput(_ diagnostics: Diagnostic...) -> CommandFailure {
        CommandFailure(code: badInput, diagnostics: diagnostics)
    }
}

extension CommandFailure {
    /// What the generator refuses.
    init(_ error: GeneratorError) {
        self.init(
            code: error.kind == .badInput ? CommandFailure.badInput : CommandFailure.failed,
            diagnostics: error.diagnostics
        )
    }

    /// Something that neither an option nor the configuration says.
    static func missing(_ name: String, _ what: String, _ file: ConfigurationFile?) -> CommandFailure {
        let next =
            file == nil ? "; dataverse-gen init writes a configuration to start with, and --help has examples" : ""
        let message = "\(what) is missing: give --\(name), or '\(name)' in \(ConfigurationFile.defaultName)\(next)"
        return .badInput(Diagnostic(.error, message, file: file?.path))
    }
}
