import ArgumentParser
import BindingsGenerator

/// The tables that `generate` and `diagram` choose.
struct SelectionOptions: ParsableArguments {
    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp(
            "A table, type or operation to choose, by name or with * as a wildcard; everything if not given.",
            discussion: "A table brings the types of its columns and the operations bound to it. 'table.column' keeps "
                + "only such columns of the table, and its key.",
            valueName: "name"
        ),
        completion: TableNameCompletion.kind
    )
    var include: [String] = []

    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp(
            "A table, type, operation or 'table.column' to leave out, even if it is included.",
            valueName: "name"
        ),
        completion: TableNameCompletion.kind
    )
    var exclude: [String] = []

    @Option(
        name: .long,
        help: ArgumentHelp(
            "What to choose of tables that chosen ones refer to: none, their keys, or full. (default: none)",
            valueName: "extent"
        )
    )
    var closure: GeneratorConfiguration.Closure?

    /// Puts what the options say in the place of what the configuration says.
    func apply(to generator: inout GeneratorConfiguration) {
        if !include.isEmpty { generator.include = include.map { Located($0) } }
        if !exclude.isEmpty { generator.exclude = exclude.map { Located($0) } }
        if let closure { generator.closure = closure }
    }
}

extension GeneratorConfiguration.Closure: ExpressibleByArgument {}
