import ArgumentParser
import ODataCore

/// The command `dataverse-emulator`.
@main
struct DataverseEmulatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dataverse-emulator",
        abstract: "A Dataverse Web API on this machine, for development and tests.",
        discussion: """
            Tables come from a CSDL file, such as a Dataverse environment answers with at /api/data/v9.2/$metadata. \
            Rows are kept in SQLite.
            """,
        version: ClientConfiguration.libraryVersion,
        subcommands: [ServeCommand.self]
    )
}
