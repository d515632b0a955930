package import HTTPTypes

/// Reads the header lines of replies. It knows the names of earlier ones: replies repeat the same few, and to check a name
/// takes longer than to find it.
package struct HeaderReader: Sendable {
    private var known: [(text: [UInt8], name: HTTPField.Name?)] = []

    /// Beyond so many, names are checked each time.
    private static let maximumKnown = 32

    package init() {}

    /// The fields of some lines; lines that are no field are left out.
    ///
    /// - Parameters:
    ///   - lines: the lines, with any line ends.
    ///   - maximumCount: how many fields are taken.
    /// - Returns: the fields; `nil` if there are more.
    package mutating func fields(in lines: UnsafeBufferPointer<UInt8>, maximumCount: Int) -> HTTPFields? {
        var fields = HTTPFields()
        fields.reserveCapacity(16)
        var rest = Lines(lines)
        while let line = rest.next() {
            guard let colon = lines[line].firstIndex(of: UInt8(ascii: ":")),
                let name = name(lines.trimmed(line.lowerBound..<colon))
            else { continue }
            guard fields.count < maximumCount else { return nil }
            let value = lines.trimmed((colon + 1)..<line.upperBound)
            fields.append(HTTPField(name: name, value: String(decoding: value, as: UTF8.self)))
        }
        return fields
    }

    /// `nil` if the text is no name.
    private mutating func name(_ text: UnsafeBufferPointer<UInt8>) -> HTTPField.Name? {
        for entry in known where entry.text.count == text.count && entry.text.elementsEqual(text) { return entry.name }
        let name = HTTPField.Name(String(decoding: text, as: UTF8.self))
        if known.count < Self.maximumKnown { known.append((Array(text), name)) }
        return name
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The bytes of a range without white space around them.
    func trimmed(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, isSpace(self[start]) { start += 1 }
        while end > start, isSpace(self[end - 1]) { end -= 1 }
        return UnsafeBufferPointer(rebasing: self[start..<end])
    }
}
