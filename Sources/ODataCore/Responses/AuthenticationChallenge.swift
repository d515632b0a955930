import HTTPTypes

/// What a service asks for when it refuses a token.
///
/// Sources: RFC 9110, section 11.6.1 "WWW-Authenticate"; RFC 6750, section 3; Microsoft identity platform, "Claims
/// challenges, claims requests, and client capabilities".
struct AuthenticationChallenge: Sendable, Hashable {
    /// The parameters of the bearer challenge, with names in lower case.
    private(set) var parameters: [String: String] = [:]

    /// The claims that a new token must have, as JSON; `nil` where the service asks for none, or for something that
    /// cannot be read.
    var claims: String? {
        guard let encoded = parameters["claims"] else { return nil }
        var base64 = encoded.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }.filter { $0 != "=" }
        base64 += Array(repeating: "=", count: (4 - base64.count % 4) % 4)
        guard let bytes = Data(base64Encoded: String(base64)).map(Array.init), bytes.count <= 16_384,
            (try? JSONReader.value(from: bytes))?.objectValue != nil
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// - Parameter headers: the headers of a reply with status 401.
    init(_ headers: HTTPFields) {
        for value in headers[values: .wwwAuthenticate] where parameters.isEmpty { read(Array(value.utf8)) }
    }

    /// Reads `Bearer name=value, name="value"`. Services write values without quotes that should have them.
    private mutating func read(_ bytes: [UInt8]) {
        guard let start = Self.endOfScheme(in: bytes) else { return }
        var rest = bytes[start...]
        while true {
            rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ",") || $0 == 0x09 }
            let name = rest.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: ",") }
            rest = rest.dropFirst(name.count)
            // A word without a value begins the challenge of another scheme.
            guard !name.isEmpty, rest.first == UInt8(ascii: "=") else { return }
            rest = rest.dropFirst()
            let value = Self.takeValue(&rest)
            parameters[String(decoding: name, as: UTF8.self).lowercased()] = value
        }
    }

    /// Where the parameters of the bearer scheme begin.
    private static func endOfScheme(in bytes: [UInt8]) -> Int? {
        let scheme = Array("bearer ".utf8)
        guard bytes.count > scheme.count else { return nil }
        for start in 0...(bytes.count - scheme.count) {
            let isFirstOfWord =
                start == 0 || bytes[start - 1] == UInt8(ascii: " ") || bytes[start - 1] == UInt8(ascii: ",")
            if isFirstOfWord, bytes[start..<start + scheme.count].map({ $0 | 0x20 }) == scheme {
                return start + scheme.count
            }
        }
        return nil
    }

    private static func takeValue(_ rest: inout ArraySlice<UInt8>) -> String {
        guard rest.first == UInt8(ascii: "\"") else {
            let value = rest.prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: " ") }
            rest = rest.dropFirst(value.count)
            return String(decoding: value, as: UTF8.self)
        }
        rest = rest.dropFirst()
        var value: [UInt8] = []
        while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
            if byte == UInt8(ascii: "\\"), let escaped = rest.popFirst() {
                value.append(escaped)
            } else {
                value.append(byte)
            }
        }
        return String(decoding: value, as: UTF8.self)
    }
}
