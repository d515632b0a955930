import HTTPTypes

extension HTTPFields {
    /// The headers in the head of a response, whose lines libcurl has checked. The status line and what is not a header
    /// are passed over.
    init(curlHead head: [UInt8]) {
        self.init()
        reserveCapacity(24)
        var lines = head.split(separator: UInt8(ascii: "\n")).makeIterator()
        _ = lines.next()
        while let line = lines.next() {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
                let name = HTTPField.Name(String(decoding: line[..<colon], as: UTF8.self))
            else { continue }
            var value = line[(colon + 1)...]
            while let first = value.first, first.isBlank { value.removeFirst() }
            while let last = value.last, last.isBlank { value.removeLast() }
            append(HTTPField(name: name, value: String(decoding: value, as: UTF8.self)))
        }
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0D }
}
