import Dataverse
import Foundation

/// The parts of a PEM text.
///
/// Source: RFC 7468.
struct PEMText {
    struct Part {
        /// What follows `BEGIN`, such as `CERTIFICATE`.
        let label: String
        let bytes: [UInt8]
    }

    private(set) var parts: [Part] = []

    /// - Throws: `CredentialError` if a part does not end, or is not Base64.
    init(_ text: String, name: String) throws(CredentialError) {
        var label: String?
        var base64 = ""
        for line in text.split(whereSeparator: \.isNewline) {
            let line = line.drop { $0.isWhitespace }
            if let begun = Self.label(of: line, "-----BEGIN ") {
                label = begun
                base64 = ""
            } else if let ended = Self.label(of: line, "-----END ") {
                guard ended == label, let data = Data(base64Encoded: base64, options: .ignoreUnknownCharacters) else {
                    throw CredentialError("\(name) is not PEM: its part \(ended) is damaged.", reason: .unavailable)
                }
                parts.append(Part(label: ended, bytes: Array(data)))
                label = nil
            } else if label != nil {
                // Headers inside of a part belong to encrypted keys of an old kind.
                if line.contains(":") { throw Self.encrypted(name) }
                base64 += line
            }
        }
        if let label { throw CredentialError("\(name) is not PEM: \(label) does not end.", reason: .unavailable) }
    }

    static func encrypted(_ name: String) -> CredentialError {
        CredentialError(
            "\(name): the key is encrypted. Decrypt it with `openssl pkey -in app.pem -out key.pem`, and keep the file "
                + "where only the app can read it.",
            reason: .unavailable
        )
    }

    private static func label(of line: Substring, _ mark: String) -> String? {
        guard line.hasPrefix(mark), let end = line.dropFirst(mark.count).firstRange(of: "-----") else { return nil }
        return String(line.dropFirst(mark.count)[..<end.lowerBound])
    }
}
