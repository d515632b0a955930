/// The text of GUIDs: 36 characters for 16 bytes.
enum GUIDText {
    /// Reads a GUID in lower case; `nil` for anything else, upper case included.
    @inline(__always)
    static func parse(_ text: UnsafePointer<UInt8>) -> (high: UInt64, low: UInt64)? {
        let dash = UInt8(ascii: "-")
        guard text[8] == dash, text[13] == dash, text[18] == dash, text[23] == dash else { return nil }
        guard let first = hexadecimal(text, 8), let second = hexadecimal(text + 9, 4),
            let third = hexadecimal(text + 14, 4), let fourth = hexadecimal(text + 19, 4),
            let fifth = hexadecimal(text + 24, 12)
        else { return nil }
        return (first << 32 | second << 16 | third, fourth << 48 | fifth)
    }

    private static func hexadecimal(_ text: UnsafePointer<UInt8>, _ digits: Int) -> UInt64? {
        var value: UInt64 = 0
        for index in 0..<digits {
            let byte = text[index]
            let decimal = byte &- UInt8(ascii: "0")
            let letter = byte &- UInt8(ascii: "a")
            guard decimal <= 9 || letter <= 5 else { return nil }
            value = value << 4 | UInt64(decimal <= 9 ? decimal : letter &+ 10)
        }
        return value
    }

    static func text(high: UInt64, low: UInt64) -> String {
        String(unsafeUninitializedCapacity: 36) { buffer in
            write(high: high, low: low, to: buffer)
            return 36
        }
    }

    /// Writes the 36 characters of a GUID.
    @inline(__always)
    static func write(high: UInt64, low: UInt64, to buffer: UnsafeMutableBufferPointer<UInt8>) {
        var position = 0
        func put(_ half: UInt64, nibbles: Range<Int>) {
            for nibble in nibbles {
                let digit = UInt8(truncatingIfNeeded: half >> UInt64(60 - nibble * 4)) & 15
                buffer[position] = digit &+ (digit < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
                position += 1
            }
        }
        func putDash() {
            buffer[position] = UInt8(ascii: "-")
            position += 1
        }
        put(high, nibbles: 0..<8)
        putDash()
        put(high, nibbles: 8..<12)
        putDash()
        put(high, nibbles: 12..<16)
        putDash()
        put(low, nibbles: 0..<4)
        putDash()
        put(low, nibbles: 4..<16)
    }
}
