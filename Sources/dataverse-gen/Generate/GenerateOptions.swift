import ArgumentParser
import BindingsGenerator

/// The files that `generate` reads.
struct InputOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp(
            "The configuration; \(ConfigurationFile.defaultName) of the current folder, if there is one and no other is "
                + "given.",
            valueName: "file"
        ),
        completion: .file(extensions: ["yaml", "yml"])
    )
    var config: String?

    @Flag(name: .long, help: "Read no configuration.")
    var noConfig = false

    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp(
            "A CSDL XML document: what the service answers at $metadata. Give every document that another one refers to.",
            valueName: "file"
        ),
        completion: .file(extensions: ["xml", "edmx", "csdl"])
    )
    var metadata: [String] = []

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

    func validate() throws {
        if config != nil, noConfig { throw ValidationError("give --config or --no-config, not both") }
    }
}

/// What `generate` generates.
struct SelectionOptions: ParsableArguments {
    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp(
            "A table, type or operation to generate, by name or with * as a wildcard; everything if not given.",
            discussion: "A table brings the types of its columns and the operations bound to it. 'table.column' keeps "
                + "only such columns of the table, and its key.",
            valueName: "name"
        )
    )
    var include: [String] = []

    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp(
            "A table, type, operation or 'table.column' to leave out, even if it is included.",
            valueName: "name"
        )
    )
    var exclude: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(
            "What to generate of tables that selected ones refer to: none, their keys, or full. (default: none)",
            valueName: "extent"
        )
    )
    var closure: GeneratorConfiguration.Closure?

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
extension GeneratorConfiguration.Closure: ExpressibleByArgument {}
extension GeneratorConfiguration.Part: ExpressibleByArgument {}
