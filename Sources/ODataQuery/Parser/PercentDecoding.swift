import ODataCore

/// A part of a URL after percent-decoding. The parser remembers which bytes were encoded, because a `;` in a search
/// word means itself only when it was written as `%3B`.
struct DecodedText {
    let bytes: [UInt8]
    let wasEncoded: [Bool]

    /// - Parameters:
    ///   - encoded: The text as it stands in the URL.
    ///   - part: The name of the part, for errors.
    ///   - plusIsSpace: Whether `+` means a space, as form encoding has it.
    init(_ encoded: some Collection<UInt8>, part: String, plusIsSpace: Bool) throws(ODataSyntaxError) {
        var bytes: [UInt8] = []
        var flags: [Bool] = []
        bytes.reserveCapacity(encoded.count)
        flags.reserveCapacity(encoded.count)
        var isASCII = true
        var index = encoded.startIndex
        while index != encoded.endIndex {
            let byte = encoded[index]
            index = encoded.index(after: index)
            if byte == UInt8(ascii: "%") {
                guard let high = Self.nibble(in: encoded, at: &index), let low = Self.nibble(in: encoded, at: &index)
                else {
                    throw ODataSyntaxError(
                        part: part,
                        offset: bytes.count,
                        expected: "two hexadecimal digits after '%'",
                        found: "something else"
                    )
                }
                let decoded = high << 4 | low
                isASCII = isASCII && decoded < 0x80
                bytes.append(decoded)
                flags.append(true)
            } else {
                isASCII = isASCII && byte < 0x80
                bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
                flags.append(false)
            }
        }
        if !isASCII, String(validating: bytes, as: UTF8.self) == nil {
            throw ODataSyntaxError(part: part, offset: 0, expected: "UTF-8", found: "bytes that are not UTF-8")
        }
        self.bytes = bytes
        self.wasEncoded = flags
    }

    var string: String { String(decoding: bytes, as: UTF8.self) }

    private static func nibble<Bytes: Collection<UInt8>>(in bytes: Bytes, at index: inout Bytes.Index) -> UInt8? {
        guard index != bytes.endIndex else { return nil }
        defer { index = bytes.index(after: index) }
        return ASCII.hexValue(bytes[index])
    }
}
