/// A text that never shows: not in descriptions, not in dumps, not in errors.
package struct Secret: Sendable, Hashable {
    /// The text itself.
    package let text: String

    package init(_ text: String) { self.text = text }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "redacted" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension String {
    /// The text without secrets that somebody else has put into it.
    package func without(_ secrets: [Secret]) -> String {
        var text = self
        for secret in secrets where secret.text.utf8.count >= 4 { text = text.replacing(secret.text, with: "redacted") }
        return text
    }
}
