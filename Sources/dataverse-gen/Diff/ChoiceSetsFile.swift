import BindingsGenerator
import CSDL
import SchemaDiff

/// The choices of columns in a file, as `diff` compares them. `generate` reads the same files.
struct ChoiceSetsFile {
    /// The choices by table and column.
    let sets: [ChoiceSet]
    /// What is odd about the file.
    let diagnostics: [Diagnostic]

    /// Reads a file.
    ///
    /// - Throws: `CommandFailure` where it has no replies of the metadata API.
    init(contentsOfFile path: String) throws(CommandFailure) {
        do throws(GeneratorError) {
            let (optionSets, diagnostics) = try OptionSetsReader.read(files: [path])
            sets = ChoiceSetsFile.sets(optionSets)
            self.diagnostics = diagnostics
        } catch {
            throw CommandFailure(error)
        }
    }

    private static func sets(_ optionSets: OptionSets) -> [ChoiceSet] {
        optionSets.columns.sorted { $0.key < $1.key }.flatMap { table, columns in
            columns.sorted { $0.key < $1.key }.compactMap { column, content in
                let options = options(content)
                return options.isEmpty ? nil : ChoiceSet(table: table, column: column, options: options)
            }
        }
    }

    private static func options(_ column: OptionSets.Column) -> [ChoiceSet.Option] {
        switch column {
        case .options(let set): set.options.map { option(Int($0.value), $0.label) }
        case .boolean(let whenTrue, let whenFalse): [option(0, whenFalse), option(1, whenTrue)]
        }
    }

    /// An option without a label is called by its number.
    private static func option(_ value: Int, _ label: String) -> ChoiceSet.Option {
        ChoiceSet.Option(value: value, label: label.isEmpty ? String(value) : label)
    }
}
