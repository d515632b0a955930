#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Finds the places of a document's start tags, one after another.
///
/// The text reader knows lines only up to 65,535 and no columns, because it hands out a node after the parser has run
/// ahead. In well-formed XML a `<` outside comments, CDATA sections and processing instructions begins a tag, so
/// walking from `<` to `<` beside the reader gives the exact place of each element at the speed of `memchr`.
struct StartTagLocator {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var offset = 0
    private var line = 1
    private var lineStart = 0

    /// Starts at the beginning of a document.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    /// The place of the next start tag; where there is none, the place the search ended at.
    mutating func nextStartTag() -> SourcePosition {
        while let tag = find(UInt8(ascii: "<"), from: offset) {
            guard tag + 1 < bytes.count else { break }
            switch bytes[tag + 1] {
            case UInt8(ascii: "/"):
                offset = tag + 2
            case UInt8(ascii: "?"):
                offset = find("?>", from: tag + 2)
            case UInt8(ascii: "!"):
                if matches("<!--", at: tag) {
                    offset = find("-->", from: tag + 4)
                } else if matches("<![CDATA[", at: tag) {
                    offset = find("]]>", from: tag + 9)
                } else {
                    offset = tag + 2
                }
            default:
                offset = tag + 1
                return position(of: tag)
            }
        }
        offset = bytes.count
        return position(of: offset)
    }

    /// The place of a document type declaration before the first element, where there is one.
    func documentTypeDeclaration() -> SourcePosition? {
        var search = self
        while let tag = search.find(UInt8(ascii: "<"), from: search.offset), tag + 1 < bytes.count {
            if search.matches("<!--", at: tag) {
                search.offset = search.find("-->", from: tag + 4)
            } else if bytes[tag + 1] == UInt8(ascii: "?") {
                search.offset = search.find("?>", from: tag + 2)
            } else if search.matches("<!DOCTYPE", at: tag) {
                return search.position(of: tag)
            } else {
                return nil
            }
        }
        return nil
    }

    private mutating func position(of place: Int) -> SourcePosition {
        while let newline = find(UInt8(ascii: "\n"), from: lineStart), newline < place {
            line += 1
            lineStart = newline + 1
        }
        return SourcePosition(line: line, column: place - lineStart + 1)
    }

    private func find(_ byte: UInt8, from start: Int) -> Int? {
        guard start < bytes.count, let base = bytes.baseAddress,
            let found = memchr(base + start, Int32(byte), bytes.count - start)
        else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base)
    }

    /// The offset after the next occurrence of a short text, or the end.
    private func find(_ text: StaticString, from start: Int) -> Int {
        var start = start
        while let candidate = find(text.utf8Start[0], from: start) {
            if matches(text, at: candidate) { return candidate + text.utf8CodeUnitCount }
            start = candidate + 1
        }
        return bytes.count
    }

    private func matches(_ text: StaticString, at start: Int) -> Bool {
        let length = text.utf8CodeUnitCount
        guard start + length <= bytes.count, let base = bytes.baseAddress else { return false }
        return memcmp(base + start, text.utf8Start, length) == 0
    }
}
