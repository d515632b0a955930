/// The classes of bytes that the grammar speaks of.
package enum ASCII {
    package static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    package static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

    package static func isWhitespace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    /// Letters outside ASCII are taken on trust: all of UTF-8's lead and continuation bytes may stand in a name.
    package static func beginsName(_ byte: UInt8) -> Bool {
        isLetter(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
    }

    package static func continuesName(_ byte: UInt8) -> Bool { beginsName(byte) || isDigit(byte) }

    package static func hexValue(_ byte: UInt8) -> UInt8? { hexDigit(byte) }

    package static func isBase64(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
}
