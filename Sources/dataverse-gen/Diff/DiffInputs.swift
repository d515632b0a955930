import BindingsGenerator
import CSDL
import Foundation

/// Reads the two sides of a comparison: files, or live services.
struct DiffInputs {
    let tokenCommand: String?

    /// Reads both sides at the same time.
    ///
    /// - Throws: `CommandFailure` where one cannot be read. An error inside of a document is one, too: with a part of it
    ///   left out, a comparison would look cleaner than it is.
    func read(_ old: String, _ new: String) throws -> (old: CSDLDocument, new: CSDLDocument) {
        let texts = (try text(of: old), try text(of: new))
        let sides = [(texts.0, old), (texts.1, new)].concurrentMap { text, name in
            Result { () throws(Diagnostic) in
                if let text { return try CSDLReader().read(text, name: name) }
                return try CSDLReader().read(contentsOfFile: name)
            }
        }
        var documents: [CSDLDocument] = []
        var problems: [Diagnostic] = []
        for side in sides {
            switch side {
            case .success((let document, let diagnostics)):
                documents.append(document)
                problems += diagnostics
            case .failure(let diagnostic): problems.append(MetadataOption.withNextStep(diagnostic))
            }
        }
        guard documents.count == 2, !problems.containsErrors else {
            throw CommandFailure(code: CommandFailure.badInput, diagnostics: problems)
        }
        Terminal.report(problems)
        return (documents[0], documents[1])
    }

    /// The document of a live service; `nil` where the side is a file.
    private func text(of side: String) throws -> Data? {
        let lowered = side.lowercased()
        guard lowered.hasPrefix("http://") || lowered.hasPrefix("https://") else { return nil }
        let location = try ServiceLocation(side)
        let credential = FetchCredential(
            command: tokenCommand,
            environment: ProcessInfo.processInfo.environment,
            location: location
        )
        var curl = Curl()
        curl.headers = try credential.headers(for: location)
        curl.headers += ["OData-MaxVersion: 4.0", "OData-Version: 4.0", "Accept: application/xml"]
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "metadata.xml")
        let outcome = try curl.download([.init(url: location.metadataURL, file: file)])[0]
        let text = (try? Data(contentsOf: file)) ?? Data()
        guard outcome.isSuccess else {
            let failure = DownloadFailure(outcome, body: text, url: location.metadataURL).commandFailure
            throw CommandFailure(code: CommandFailure.badInput, diagnostics: failure.diagnostics)
        }
        return text
    }
}
