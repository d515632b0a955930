/// The fields of a form, in order; some of them are secrets.
///
/// Source: HTML, "URL-encoded form data"; everything but unreserved characters is encoded.
package struct Form: Sendable {
    private var fields: [(name: String, value: String)] = []
    /// The values that must not show anywhere.
    private(set) var secrets: [Secret] = []

    package init() {}

    package init(_ fields: KeyValuePairs<String, String>) { self.fields = fields.map { ($0.key, $0.value) } }

    package subscript(name: String) -> String? {
        get { fields.first { $0.name == name }?.value }
        set {
            fields.removeAll { $0.name == name }
            if let newValue { fields.append((name, newValue)) }
        }
    }

    /// Sets a field whose value must not show anywhere.
    package mutating func set(_ name: String, _ secret: Secret) {
        self[name] = secret.text
        secrets.append(secret)
    }

    /// The text of the body.
    package var text: String {
        fields.map { "\(Self.encode($0.name))=\(Self.encode($0.value))" }.joined(separator: "&")
    }

    /// Percent-encodes all but the unreserved characters of RFC 3986.
    package static func encode(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Form: CustomStringConvertible, CustomReflectable {
    package var description: String { "Form(\(fields.map(\.name).joined(separator: ", ")))" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
