/// The identifiers of a Swift source, without those in comments and strings.
///
/// What is interpolated into a string is code again, to any depth. It is a scanner and no parser: it knows words, not
/// what they mean.
struct SwiftTokens: Sequence {
    /// An identifier.
    struct Token {
        /// The identifier without backticks.
        let name: Substring
        /// The line, counted from 1.
        let line: Int
        /// Whether a dot or the backslash of a key path stands before it.
        let isMember: Bool
    }

    let source: String

    init(_ source: String) { self.source = source }

    func makeIterator() -> Iterator { Iterator(source) }

    /// Walks through the bytes once.
    struct Iterator: IteratorProtocol {
        private let text: Substring.UTF8View
        private let whole: String
        private var place: String.UTF8View.Index
        private var line = 1
        private var wasDot = false
        /// The strings around an interpolation: how many parentheses are open in it, and how the string ends.
        private var strings: [(parentheses: Int, ending: StringEnding)] = []

        private struct StringEnding {
            let isMultiline: Bool
            let hashes: Int
        }

        init(_ source: String) {
            whole = source
            text = Substring(source).utf8
            place = source.utf8.startIndex
        }

        private func byte(at offset: Int = 0) -> UInt8? {
            guard let index = text.index(place, offsetBy: offset, limitedBy: text.endIndex), index < text.endIndex
            else { return nil }
            return text[index]
        }

        private mutating func advance(_ count: Int = 1) {
            for _ in 0..<count where place < text.endIndex {
                if text[place] == UInt8(ascii: "\n") { line += 1 }
                place = text.index(after: place)
            }
        }

        mutating func next() -> Token? {
            while let current = byte() {
                switch current {
                case UInt8(ascii: "/") where byte(at: 1) == UInt8(ascii: "/"): skipLine()
                case UInt8(ascii: "/") where byte(at: 1) == UInt8(ascii: "*"): skipComment()
                case UInt8(ascii: "\""):
                    beginString(hashes: 0)
                    wasDot = false
                case UInt8(ascii: "#"):
                    var hashes = 1
                    while byte(at: hashes) == UInt8(ascii: "#") { hashes += 1 }
                    if byte(at: hashes) == UInt8(ascii: "\"") {
                        advance(hashes)
                        beginString(hashes: hashes)
                    } else {
                        advance(hashes)
                    }
                    wasDot = false
                case UInt8(ascii: "("), UInt8(ascii: ")"):
                    advance()
                    wasDot = false
                    closeInterpolation(current)
                case UInt8(ascii: "`"):
                    advance()
                    if let token = identifier(where: { $0 != UInt8(ascii: "`") && $0 != UInt8(ascii: "\n") }) {
                        if byte() == UInt8(ascii: "`") { advance() }
                        return token
                    }
                case UInt8(ascii: "."):
                    advance()
                    wasDot = true
                case let letter where Iterator.beginsIdentifier(letter):
                    if let token = identifier(where: Iterator.continuesIdentifier) { return token }
                default:
                    // A member may stand on the line below its dot, and behind the question mark of a chain.
                    if current > 0x20 { wasDot = false }
                    advance()
                }
            }
            return nil
        }

        private mutating func identifier(where isPart: (UInt8) -> Bool) -> Token? {
            let start = place
            while let current = byte(), isPart(current) { advance() }
            guard start < place else { return nil }
            defer { wasDot = false }
            return Token(name: whole[start..<place], line: line, isMember: wasDot)
        }

        private static func beginsIdentifier(_ byte: UInt8) -> Bool {
            continuesIdentifier(byte) && !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }

        private static func continuesIdentifier(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
                true
            default: false
            }
        }

        // MARK: Comments

        private mutating func skipLine() {
            while let current = byte(), current != UInt8(ascii: "\n") { advance() }
        }

        /// Comments may be nested.
        private mutating func skipComment() {
            var depth = 0
            while let current = byte() {
                let following = byte(at: 1)
                if current == UInt8(ascii: "/"), following == UInt8(ascii: "*") {
                    depth += 1
                    advance(2)
                } else if current == UInt8(ascii: "*"), following == UInt8(ascii: "/") {
                    depth -= 1
                    advance(2)
                    if depth == 0 { return }
                } else {
                    advance()
                }
            }
        }

        // MARK: Strings

        private mutating func beginString(hashes: Int) {
            let quote = UInt8(ascii: "\"")
            let isMultiline = byte(at: 1) == quote && byte(at: 2) == quote
            advance(isMultiline ? 3 : 1)
            skipString(StringEnding(isMultiline: isMultiline, hashes: hashes))
        }

        /// Goes to the end of a string, or into the next interpolation.
        private mutating func skipString(_ ending: StringEnding) {
            while let current = byte() {
                if current == UInt8(ascii: "\\"), hasHashes(ending.hashes, after: 1) {
                    if byte(at: 1 + ending.hashes) == UInt8(ascii: "(") {
                        advance(2 + ending.hashes)
                        strings.append((1, ending))
                        return
                    }
                    advance(2 + ending.hashes)
                } else if current == UInt8(ascii: "\""), ends(ending) {
                    advance((ending.isMultiline ? 3 : 1) + ending.hashes)
                    return
                } else if current == UInt8(ascii: "\n"), !ending.isMultiline {
                    return
                } else {
                    advance()
                }
            }
        }

        private func ends(_ ending: StringEnding) -> Bool {
            let quote = UInt8(ascii: "\"")
            if ending.isMultiline, byte(at: 1) != quote || byte(at: 2) != quote { return false }
            return hasHashes(ending.hashes, after: ending.isMultiline ? 3 : 1)
        }

        private func hasHashes(_ count: Int, after offset: Int) -> Bool {
            (0..<count).allSatisfy { byte(at: offset + $0) == UInt8(ascii: "#") }
        }

        private mutating func closeInterpolation(_ parenthesis: UInt8) {
            guard var innermost = strings.popLast() else { return }
            innermost.parentheses += parenthesis == UInt8(ascii: "(") ? 1 : -1
            if innermost.parentheses == 0 {
                skipString(innermost.ending)
            } else {
                strings.append(innermost)
            }
        }
    }
}
