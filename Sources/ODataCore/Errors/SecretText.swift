/// Takes secrets out of texts that people read: errors, logs, diagnostics.
///
/// It knows secrets by the names that go before them (`"access_token": "…"`, `client_secret=…`, `sig=…`) and by their
/// look (`Bearer …`, a JWT). It makes no attempt to parse: texts are often cut off, and nested in each other.
package enum SecretText {
    /// What stands where a secret was.
    package static let placeholder = "redacted"

    /// The text without secrets.
    ///
    /// - Parameters:
    ///   - text: any text.
    ///   - known: a secret that must not be in it, such as the token of the exchange; `nil` if none is known.
    package static func redacted(_ text: String, known: String? = nil) -> String {
        var text = text
        // Shorter texts are no tokens, and would be found in words.
        if let known, known.utf8.count >= 8 { text = text.replacing(known, with: placeholder) }
        guard mayHaveSecrets(text) else { return text }
        var scanner = SecretScanner(text)
        return scanner.redacted()
    }

    /// Whether a closer look is worth its time: what goes before a secret ends with one of these characters.
    private static func mayHaveSecrets(_ text: String) -> Bool {
        text.utf8.contains { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ">") }
            || text.utf8.contains(UInt8(ascii: ".")) || text.utf8.contains(UInt8(ascii: " "))
            || text.utf8.contains(UInt8(ascii: "%"))
    }

    /// Whether the value of a member, field or parameter of this name is a secret.
    ///
    /// - Parameters:
    ///   - name: the name, with or without underscores.
    ///   - isParameter: whether it is written with an equals sign; `code` is the code of an error in JSON, and a secret in
    ///     a form or a URL.
    static func isSecret(_ name: some Collection<UInt8>, isParameter: Bool) -> Bool {
        guard name.count <= 60 else { return false }
        let letters = String(
            decoding: name.lazy.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") }.map { byte in
                (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
            },
            as: UTF8.self
        )
        return names.contains(letters) || isParameter && parameters.contains(letters)
            || endings.contains { letters.hasSuffix($0) }
    }

    private static let names: Set<String> = [
        "apikey", "assertion", "authorization", "clientassertion", "codeverifier", "connectionstring", "devicecode",
        "cookie", "setcookie", "passwd", "pwd", "sastoken", "sig", "subscriptionkey", "usercode",
    ]

    private static let parameters: Set<String> = ["code", "secret", "token"]

    private static let endings = [
        "accesskey", "accesstoken", "accountkey", "clientsecret", "idtoken", "password", "privatekey", "refreshtoken",
    ]
}

/// Goes through a text once, and copies all but the secrets.
private struct SecretScanner {
    private let bytes: [UInt8]
    private var output: [UInt8] = []
    private var position = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
        output.reserveCapacity(bytes.count)
    }

    mutating func redacted() -> String {
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "%") {
                // An escape such as %26 is no part of the word that follows it.
                let isEscape = bytes[(position + 1)...].prefix(2).allSatisfy(Self.isHexDigit)
                copy(to: isEscape ? position + 3 : position + 1)
            } else if Self.isWord(bytes[position]) {
                readWord()
            } else if bytes[position...].starts(with: "://".utf8) {
                readAuthority()
            } else {
                copy(to: position + 1)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// Leaves the name and the password out of a URL.
    private mutating func readAuthority() {
        copy(to: position + 3)
        let end = bytes[position...].firstIndex { Self.endsAuthority($0) } ?? bytes.count
        if let at = bytes[position..<end].lastIndex(of: UInt8(ascii: "@")) { replace(to: at) }
    }

    private mutating func readWord() {
        let end = bytes[position...].firstIndex { !Self.isWord($0) || $0 == UInt8(ascii: "%") } ?? bytes.count
        let word = bytes[position..<end]
        if Self.isJSONWebToken(word) { return replace(to: end) }
        if Self.isScheme(word), word.count > 5, end < bytes.count, bytes[end] == UInt8(ascii: " ") {
            copy(to: end + 1)
            let tokenEnd = bytes[position...].firstIndex { !Self.isToken($0) } ?? bytes.count
            if tokenEnd > position { replace(to: tokenEnd) }
            return
        }
        let separator = separator(after: end)
        guard let separator, SecretText.isSecret(word, isParameter: separator.isParameter) else { return copy(to: end) }
        copy(to: separator.end)
        replaceValue(quotedBy: separator.quote)
    }

    /// What stands between a name and its value.
    private struct Separator {
        var end: Int
        var isParameter: Bool
        /// The quote before the value, with the backslashes that escape it.
        var quote: ArraySlice<UInt8>
    }

    private func separator(after nameEnd: Int) -> Separator? {
        var index = nameEnd
        // The quote after the name, which may be escaped.
        while index < bytes.count, [UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "'")].contains(bytes[index]) {
            index += 1
        }
        while index < bytes.count, Self.isSpace(bytes[index]) { index += 1 }
        guard index < bytes.count else { return nil }
        let isParameter: Bool
        if bytes[index] == UInt8(ascii: ":") || bytes[index] == UInt8(ascii: ">") {
            isParameter = false
            index += 1
        } else if bytes[index] == UInt8(ascii: "=") {
            isParameter = true
            index += 1
        } else if bytes[index...].starts(with: "%3D".utf8) || bytes[index...].starts(with: "%3d".utf8) {
            isParameter = true
            index += 3
        } else {
            return nil
        }
        while index < bytes.count, Self.isSpace(bytes[index]) { index += 1 }
        let quoteStart = index
        while index < bytes.count, bytes[index] == UInt8(ascii: "\\") { index += 1 }
        if index < bytes.count, bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") {
            index += 1
        } else {
            index = quoteStart
        }
        return Separator(end: index, isParameter: isParameter, quote: bytes[quoteStart..<index])
    }

    private mutating func replaceValue(quotedBy quote: ArraySlice<UInt8>) {
        var end = position
        if quote.isEmpty {
            end = bytes[position...].firstIndex { Self.endsValue($0) } ?? bytes.count
            // Nothing, an object or a list: what is in it is looked at by itself.
            if end == position { return }
            // The scheme of a header, and then the secret.
            if end < bytes.count, bytes[end] == UInt8(ascii: " "), Self.isScheme(bytes[position..<end]) {
                end = bytes[(end + 1)...].firstIndex { !Self.isToken($0) } ?? bytes.count
            }
        } else {
            let depth = quote.count - 1
            var backslashes = 0
            while end < bytes.count {
                if bytes[end] == quote.last, backslashes <= depth { break }
                backslashes = bytes[end] == UInt8(ascii: "\\") ? backslashes + 1 : 0
                end += 1
            }
            // The backslashes that escape the closing quote stay.
            end -= min(backslashes, depth, end - position)
        }
        replace(to: end)
    }

    private mutating func copy(to end: Int) {
        let end = min(end, bytes.count)
        output += bytes[position..<end]
        position = end
    }

    private mutating func replace(to end: Int) {
        output += SecretText.placeholder.utf8
        position = end
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    /// Characters of names and tokens; a percent sign begins an escape.
    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "%"):
            true
        default: byte >= 0x80
        }
    }

    /// RFC 6750, section 2.1.
    private static func isToken(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && !#""',;<>\"#.utf8.contains(byte)
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }

    private static func endsAuthority(_ byte: UInt8) -> Bool { byte <= 0x20 || #"/?#<>"'\"#.utf8.contains(byte) }

    private static func endsValue(_ byte: UInt8) -> Bool { byte <= 0x20 || #"&,;<>"'{}[]\"#.utf8.contains(byte) }

    /// Whether a secret follows the word. After “Basic” one does in a header, but not in other texts.
    private static func isScheme(_ word: ArraySlice<UInt8>) -> Bool {
        ["basic", "bearer", "sharedaccesssignature"].contains(String(decoding: word, as: UTF8.self).lowercased())
    }

    private static func isJSONWebToken(_ word: ArraySlice<UInt8>) -> Bool {
        word.count > 20 && word.starts(with: "eyJ".utf8) && word.contains(UInt8(ascii: "."))
    }
}
