/// A condition on rows: the typed form of `$filter`.
///
/// A filter knows which table it is for: a condition on a column of another table does not compile.
///
/// Source: OData URL Conventions 4.01, section 5.1.1 "System Query Option $filter".
public struct Filter<Row>: Sendable, Hashable {
    /// The expression, before percent encoding.
    public private(set) var text: String
    private var binding: Binding

    /// How tightly the outermost operator binds; looser ones are put into parentheses when combined.
    private enum Binding: Int, Sendable, Comparable {
        case or, and, term
        static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// A condition in OData's own words, as it is sent.
    ///
    /// - Parameter text: a `$filter` expression. Quotes inside string literals must be doubled.
    public init(odata text: String) {
        self.text = text
        binding = .or
    }

    @usableFromInline
    init(term text: String) {
        self.text = text
        binding = .term
    }

    /// A comparison such as `name eq 'Contoso'`, in one piece of memory.
    init(_ left: String, _ word: String, _ right: String) {
        var (left, word, right) = (left, word, right)
        let text = left.withUTF8 { left in
            word.withUTF8 { word in
                right.withUTF8 { right in
                    String(unsafeUninitializedCapacity: left.count + word.count + right.count + 2) { text in
                        // There is room for the three texts and the spaces between them.
                        var end = text.startIndex
                        for (index, part) in [left, word, right].enumerated() {
                            if index > 0 {
                                text[end] = UInt8(ascii: " ")
                                end += 1
                            }
                            end = text[end...].update(fromContentsOf: part)
                        }
                        return end
                    }
                }
            }
        }
        self.init(term: text)
    }

    /// Both conditions.
    public static func && (left: consuming Self, right: Self) -> Self {
        combine(left, " and ", right, binding: .and)
    }

    /// One of the conditions, or both.
    public static func || (left: consuming Self, right: Self) -> Self {
        combine(left, " or ", right, binding: .or)
    }

    /// The opposite condition.
    public static prefix func ! (filter: Self) -> Self { Filter(term: "not (\(filter.text))") }

    /// The text of the left one is appended to, not copied: `a && b && c` grows one text.
    private static func combine(_ left: consuming Self, _ word: String, _ right: Self, binding: Binding) -> Self {
        var result = left
        if result.binding < binding { result.text = "(\(result.text))" }
        // Room for several more conditions at once; from there on it doubles.
        result.text.reserveCapacity(256)
        result.text += word
        if right.binding < binding {
            result.text += "("
            result.text += right.text
            result.text += ")"
        } else {
            result.text += right.text
        }
        result.binding = binding
        return result
    }
}
