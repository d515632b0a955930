/// The configuration to start with, and the JSON schema that lets editors complete it.
public enum ConfigurationStarter {
    /// The JSON schema of `dataverse-gen.yaml`.
    public static var schema: String { text(PackageResources.dataverse_gen_schema_json) }

    /// A `dataverse-gen.yaml` that says what its keys are for, all but the first ones in comments.
    ///
    /// - Parameters:
    ///   - metadata: The metadata document.
    ///   - output: The folder to write to.
    ///   - schema: The URL or path of the JSON schema.
    public static func yaml(metadata: String, output: String, schema: String) -> String {
        let replacements = [
            "METADATA": quoted(metadata), "OUTPUT": quoted(output), "SCHEMA": schema.filter { !$0.isNewline },
        ]
        return text(PackageResources.dataverse_gen_default_yaml)
            .split(separator: "\n", omittingEmptySubsequences: false)
            .map { line in
                for (word, text) in replacements where line.hasSuffix(word) { return line.dropLast(word.count) + text }
                return String(line)
            }
            .joined(separator: "\n")
    }

    /// A text as a YAML value, in quotation marks where it would be read as something else.
    private static func quoted(_ text: String) -> String {
        let isPlain =
            text.first?.isLetter == true
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/._-".contains($0)) }
            && !["true", "false", "yes", "no", "on", "off", "null"].contains(text.lowercased())
        return isPlain ? text : "'" + text.replacing("'", with: "''") + "'"
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
