import ArgumentParser
import BindingsGenerator

/// The files that `generate` reads.
struct InputOptions: ParsableArguments {
    @OptionGroup var schema: SchemaOptions

    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp(
            "Choices (option sets): JSON of the metadata API, as 'fetch --option-sets' writes it.",
            valueName: "file"
        ),
        completion: .file(extensions: ["json"])
    )
    var optionSets: [String] = []

    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp(
            "JSON of the metadata API whose schema names ('AccountNumber') show the words of names ('accountnumber').",
            valueName: "file"
        ),
        completion: .file(extensions: ["json"])
    )
    var schemaNames: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp("A folder with *.mustache files that replace single templates.", valueName: "folder"),
        completion: .directory
    )
    var templates: String?
}

/// What `generate` generates.
struct PartOptions: ParsableArguments {
    @OptionGroup var tables: SelectionOptions

    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp(
            "A part to generate: structs, operations, sync or async. Give it again for more; all if not given.",
            valueName: "part"
        )
    )
    var emit: [GeneratorConfiguration.Part] = []
}

/// How `generate` writes.
struct StyleOptions: ParsableArguments {
    @Option(name: .long, help: "The module the files will be part of; no type is given its name.")
    var module: String?

    @Option(name: .long, help: "The access level of everything: public, package or internal. (default: internal)")
    var access: GeneratorConfiguration.AccessLevel?

    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp("A prefix that names lose, such as contoso_.", valueName: "prefix")
    )
    var stripPrefix: [String] = []

    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp("A module to import in every file.", valueName: "module")
    )
    var `import`: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp("Spread the tables over so many files of about the same size.", valueName: "number")
    )
    var shards: Int?

    func validate() throws {
        if let shards, !(1...1000).contains(shards) {
            throw ValidationError("--shards is a number from 1 to 1000")
        }
    }
}

extension GeneratorConfiguration.AccessLevel: ExpressibleByArgument {}
extension GeneratorConfiguration.Part: ExpressibleByArgument {}
