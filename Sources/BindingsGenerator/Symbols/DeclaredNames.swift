/// The names in declarations that ``ColumnTemplate/names`` wrote, each with those that it stands for in the metadata.
enum DeclaredNames {
    /// Reads lines such as `name { Lookup("a", value: "b") }`, of which the getter may go on on lines that are indented:
    /// `("name", "a")` and `("name", "b")`. Names of the metadata have no escapes.
    static func pairs(in text: String) -> [(name: String, source: String)] {
        var text = text
        return text.withUTF8 { bytes in
            var pairs: [(name: String, source: String)] = []
            var name = ""
            var place = 0
            var isLineStart = true
            while place < bytes.count {
                let byte = bytes[place]
                if isLineStart, byte != UInt8(ascii: " "), byte != UInt8(ascii: "\n") {
                    let end = bytes[place...].firstIndex(of: UInt8(ascii: " ")) ?? bytes.count
                    name = String(decoding: bytes[place..<end], as: UTF8.self)
                    place = end
                } else if byte == UInt8(ascii: "\"") {
                    let start = place + 1
                    let end = bytes[start...].firstIndex(of: UInt8(ascii: "\"")) ?? bytes.count
                    pairs.append((name, String(decoding: bytes[start..<end], as: UTF8.self)))
                    place = min(end + 1, bytes.count)
                } else {
                    place += 1
                }
                isLineStart = byte == UInt8(ascii: "\n")
            }
            return pairs
        }
    }
}
