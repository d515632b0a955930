/// The body of a request or reply, as observers see it.
public struct ObservedBody: Sendable {
    private let content: [UInt8]?
    /// How many bytes it has.
    public let length: Int64
    /// What kind of content it is, such as `application/json`.
    public let mediaType: String?
    private let knownSecret: String?
    private let isHidden: Bool

    /// The beginning of a body that is text.
    public struct Text: Sendable, Hashable {
        /// The text, without secrets.
        public let text: String
        /// How many bytes of the body come after it.
        public let omittedBytes: Int64
    }

    init(content: [UInt8]?, length: Int64, mediaType: String?, knownSecret: String?, isHidden: Bool) {
        self.content = content
        self.length = length
        self.mediaType = mediaType
        self.knownSecret = knownSecret
        self.isHidden = isHidden
    }

    /// The beginning of the body, where it is text: its values may be personal data. Tokens, passwords and signatures are
    /// taken out.
    ///
    /// - Parameter limit: how many bytes are looked at.
    /// - Returns: `nil` for what is no text, for what is in a file, and for sign-ins.
    public func text(upTo limit: Int) -> Text? {
        guard !isHidden, let content, isText, limit > 0 else { return nil }
        var beginning = content.prefix(limit)
        if beginning.count < content.count {
            // The limit may be inside a character: nothing may follow that continues it.
            while !beginning.isEmpty, content[beginning.count] & 0xC0 == 0x80 { beginning.removeLast() }
        }
        guard !beginning.contains(0), let text = String(validating: beginning, as: UTF8.self) else { return nil }
        return Text(
            text: SecretText.redacted(text, known: knownSecret),
            omittedBytes: length - Int64(beginning.count)
        )
    }

    private var isText: Bool {
        guard let mediaType = mediaType?.lowercased() else { return false }
        return ["json", "xml", "text/", "multipart/", "x-www-form-urlencoded"].contains { mediaType.contains($0) }
    }
}
