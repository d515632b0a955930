import CSDL
import Foundation

/// Why a download failed, with what the service said and what to do about it.
struct DownloadFailure {
    let status: Int
    let text: String

    init(_ outcome: Curl.Outcome, body: Data, url: String) {
        status = outcome.status
        if !outcome.message.isEmpty {
            text = "\(url): \(outcome.message)"
        } else {
            let said = DownloadFailure.message(in: body).map { ": \($0)" } ?? ""
            text = "\(url): status \(outcome.status)\(said)"
        }
    }

    var commandFailure: CommandFailure {
        let hint =
            switch status {
            case 0: ". Check the URL, the network and the proxy"
            case 401: ". The access token is missing, or not one for this service"
            case 403: ". The user may not read the metadata of this service"
            case 404: ". Give the URL of an environment, or the root of an OData service"
            default: ""
            }
        return CommandFailure(code: CommandFailure.failed, diagnostics: [Diagnostic(.error, text + hint)])
    }

    /// What an OData error says, in one line.
    private static func message(in body: Data) -> String? {
        guard let reply = try? JSONSerialization.jsonObject(with: body) as? [String: Any],
            let error = reply["error"] as? [String: Any], let message = error["message"] as? String
        else { return nil }
        let line = message.split(whereSeparator: \.isNewline).first?.prefix(400) ?? ""
        return String(line.hasSuffix(".") ? line.dropLast() : line)
    }
}
