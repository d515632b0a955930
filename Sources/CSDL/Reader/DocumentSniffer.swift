/// Looks at the first bytes of a document and says what it is, where it is not XML that may be read.
struct DocumentSniffer {
    let bytes: UnsafeBufferPointer<UInt8>
    let sourceName: String

    /// - Throws: A ``Diagnostic`` for an empty file, JSON, text, and anything with a document type declaration.
    func check() throws(Diagnostic) {
        guard let first = bytes.first(where: { !isWhitespaceOrMark($0) }) else {
            throw problem("the file is empty; a CSDL XML document was expected")
        }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
            throw problem(
                "found JSON, not XML; ask the service for CSDL XML with 'Accept: application/xml' at its $metadata URL"
            )
        }
        guard first == UInt8(ascii: "<") else {
            throw problem("found text, not XML; a CSDL XML document begins with '<'")
        }
        if let position = StartTagLocator(bytes).documentTypeDeclaration() {
            throw Diagnostic(
                .error,
                isHTML
                    ? DocumentSniffer.htmlMessage
                    : "a document type declaration (<!DOCTYPE) is refused; CSDL documents have none",
                file: sourceName,
                position: position
            )
        }
    }

    /// What a service answers to those who are not signed in.
    static let htmlMessage =
        "found an HTML page, probably a sign-in or error page, not a CSDL XML document; "
        + "ask the service's $metadata URL with an access token"

    private var isHTML: Bool {
        let beginning = String(decoding: bytes.prefix(1024), as: UTF8.self).lowercased()
        return beginning.contains("<!doctype html")
    }

    private func problem(_ message: String) -> Diagnostic {
        Diagnostic(.error, message, file: sourceName, position: .start)
    }

    private func isWhitespaceOrMark(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"), 0xEF, 0xBB, 0xBF: true
        default: false
        }
    }
}

/// A document in UTF-16, which is converted before it is read, so that places can be found in it.
struct UTF16Document {
    private let units: UnsafeBufferPointer<UInt8>.SubSequence
    private let isBigEndian: Bool

    /// `nil` where the bytes do not begin with a byte order mark of UTF-16 or a `<` in UTF-16.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        switch (bytes.first, bytes.dropFirst().first) {
        case (0xFE, 0xFF):
            (units, isBigEndian) = (bytes.dropFirst(2), true)
        case (0xFF, 0xFE):
            (units, isBigEndian) = (bytes.dropFirst(2), false)
        case (0, UInt8(ascii: "<")):
            (units, isBigEndian) = (bytes[...], true)
        case (UInt8(ascii: "<"), 0):
            (units, isBigEndian) = (bytes[...], false)
        default:
            return nil
        }
    }

    /// The document in UTF-8.
    func utf8(sourceName: String) throws(Diagnostic) -> [UInt8] {
        var codeUnits: [UInt16] = []
        codeUnits.reserveCapacity(units.count / 2)
        var index = units.startIndex
        while index + 1 < units.endIndex {
            let (first, second) = (UInt16(units[index]), UInt16(units[index + 1]))
            codeUnits.append(isBigEndian ? first << 8 | second : second << 8 | first)
            index += 2
        }
        guard units.count.isMultiple(of: 2), let text = String(validating: codeUnits, as: UTF16.self) else {
            throw Diagnostic(.error, "the document is not valid UTF-16", file: sourceName, position: .start)
        }
        return Array(text.utf8)
    }
}

extension [UInt8] {
    /// `withUnsafeBufferPointer` that keeps the type of the error.
    func withUnsafeBufferPointerTyped<Value, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let outcome: Result<Value, Failure> = withUnsafeBufferPointer { bytes in
            Result { () throws(Failure) in try body(bytes) }
        }
        return try outcome.get()
    }
}
