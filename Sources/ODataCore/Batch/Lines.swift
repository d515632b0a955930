/// The lines of some bytes, without their line feeds.
struct Lines {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let end: Int
    /// Where the next line begins.
    private(set) var position: Int

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>? = nil) {
        self.bytes = bytes
        position = range?.lowerBound ?? 0
        end = range?.upperBound ?? bytes.count
    }

    mutating func next() -> Range<Int>? {
        guard position < end else { return nil }
        let start = position
        let lineEnd = bytes[start..<end].firstIndex(of: 0x0A) ?? end
        position = min(lineEnd + 1, end)
        return start..<lineEnd
    }
}
