import ArgumentParser
import CSDL
import Foundation

/// `dataverse-gen fetch`: downloads the metadata of a service.
struct Fetch: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Downloads the metadata document of a service, and the choices of its tables.",
        discussion: """
            SIGN-IN
              With --token-command, the command prints an access token. Otherwise \(FetchCredential.tokenVariable) is \
            one. Otherwise a Dataverse environment is signed in to with AZURE_TENANT_ID, AZURE_CLIENT_ID and \
            AZURE_CLIENT_SECRET, or as the user of the Azure CLI. Other services are asked without a token.

            EXAMPLES
              dataverse-gen fetch --url https://contoso.crm.dynamics.com --output metadata.xml \\
                --option-sets choices.json --tables account --tables 'contoso_*'
              dataverse-gen fetch --url https://services.odata.org/V4/TripPinService --output trippin.xml

            Downloads are made by curl, which has to be installed. How far they are is shown on a terminal; elsewhere a \
            line says what begins.

            EXIT CODES
              0  The files were written.
              1  The service refused, did not answer, or sent no metadata; or a file cannot be written.
              2  Bad input or usage, or no access token.
            """
    )

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The URL of an environment, the root of any OData v4 service, or the URL of its $metadata.",
            valueName: "url"
        )
    )
    var url: String

    @Option(name: .long, help: "The file for the metadata document.", completion: .file(extensions: ["xml"]))
    var output: String

    @Option(
        name: .long,
        help: ArgumentHelp(
            "A file for the choices of tables, as 'generate --option-sets' reads it; Dataverse only.",
            valueName: "file"
        ),
        completion: .file(extensions: ["json"])
    )
    var optionSets: String?

    @Option(
        name: .long,
        parsing: .singleValue,
        help: ArgumentHelp(
            "A table whose choices are downloaded, by name or with * as a wildcard; all if not given.",
            valueName: "name"
        )
    )
    var tables: [String] = []

    @Option(name: .long, help: ArgumentHelp("A command that prints an access token.", valueName: "command"))
    var tokenCommand: String?

    @Flag(name: .long, help: "Print what was written as JSON.")
    var json = false

    func validate() throws {
        if optionSets == nil, !tables.isEmpty {
            throw ValidationError("--tables says whose choices are downloaded; give --option-sets as well")
        }
    }

    func run() throws {
        let location = try ServiceLocation(url)
        guard optionSets == nil || location.isDataverse else {
            throw CommandFailure.badInput(
                Diagnostic(.error, "choices are known for Dataverse only, and '\(url)' is not such a URL")
            )
        }
        let credential = FetchCredential(
            command: tokenCommand,
            environment: ProcessInfo.processInfo.environment,
            location: location
        )
        var curl = Curl()
        curl.headers = try credential.headers(for: location)
        curl.headers += ["OData-MaxVersion: 4.0", "OData-Version: 4.0"]
        let progress = ProgressReport()
        defer { progress.end() }

        let document = try downloadMetadata(from: location, with: curl, progress: progress)
        var choices: (text: Data, tables: Int, columns: Int)?
        if optionSets != nil {
            var choiceCurl = curl
            choiceCurl.headers.append("Accept: application/json")
            choices = try ChoiceDownload(location: location, curl: choiceCurl, progress: progress).run(tables: tables)
        }
        progress.end()
        try OutputFile.write(document.text, to: output)
        let counts = document.counts
        var summary = FetchSummary(
            metadata: .init(file: output, entityTypes: counts.entityTypes, properties: counts.properties)
        )
        if let choices, let optionSets {
            try OutputFile.write(choices.text, to: optionSets)
            summary.optionSets = .init(file: optionSets, tables: choices.tables, columns: choices.columns)
        }
        if json { try Terminal.writeJSON(summary) } else { Terminal.write(summary.text) }
    }

    /// Downloads the document, and makes sure that it is one before it takes the place of an older one.
    private func downloadMetadata(
        from location: ServiceLocation,
        with curl: Curl,
        progress: ProgressReport
    ) throws(CommandFailure) -> (text: Data, counts: ElementCounts) {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "metadata.xml")
        progress.begin("Downloading \(location.metadataURL)")
        var curl = curl
        curl.headers.append("Accept: application/xml")
        let outcome = try curl.download([.init(url: location.metadataURL, file: file)]) { _ in
            let size = (try? FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int) ?? 0
            progress.update(String(format: "%.1f MB", Double(size) / 1e6))
        }[0]
        let text = (try? Data(contentsOf: file)) ?? Data()
        guard outcome.isSuccess else {
            throw DownloadFailure(outcome, body: text, url: location.metadataURL).commandFailure
        }
        do throws(Diagnostic) {
            let (document, _) = try CSDLReader().read(text, name: location.metadataURL)
            return (text, document.counts)
        } catch {
            throw CommandFailure(code: CommandFailure.failed, diagnostics: [error])
        }
    }
}
