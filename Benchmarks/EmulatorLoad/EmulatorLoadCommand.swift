import ArgumentParser

/// `emulator-load`: puts the emulator under load and checks that it loses nothing.
@main
struct EmulatorLoadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "emulator-load",
        abstract: "Put the emulator under load, kill it, and check that every acknowledged row is there.",
        subcommands: [RunCommand.self, BareServerCommand.self],
        defaultSubcommand: RunCommand.self
    )
}
