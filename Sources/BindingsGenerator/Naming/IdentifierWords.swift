// Shared with the build-tool plugin, which derives the names of its outputs with it: the standard library only.

/// A name taken apart into words, and put together again as a Swift identifier.
///
/// Words end at underscores and other signs that identifiers cannot have, before a capital after a small letter or a
/// digit (`address1_line2`, `CountryRegion`), and before the last capital of a run (`XMLParser` is `XML`, `Parser`).
struct IdentifierWords {
    private var words: [String] = []
    private var hasLowercase = false
    /// No name of a service is longer; of one that is, the rest is not part of the identifier.
    private static let maximumLength = 200

    init(_ name: String) {
        let scalars = Array(name.unicodeScalars.prefix(IdentifierWords.maximumLength))
        var word = String.UnicodeScalarView()
        var previous = Kind.separator
        for (index, scalar) in scalars.enumerated() {
            let kind = Kind(scalar)
            if kind == .lower { hasLowercase = true }
            if IdentifierWords.isBoundary(from: previous, to: kind, at: index, in: scalars), !word.isEmpty {
                words.append(String(word))
                word = String.UnicodeScalarView()
            }
            if kind != .separator { word.append(scalar) }
            previous = kind
        }
        if !word.isEmpty { words.append(String(word)) }
    }

    /// The name of a member: ``lowerCamelCase``, without taking apart what needs none of it.
    static func member(_ name: String) -> String {
        plainMember(name) ?? IdentifierWords(name).lowerCamelCase
    }

    /// The name of a member that has small letters, digits and underscores only, as most names of Dataverse do.
    private static func plainMember(_ name: String) -> String? {
        guard name.utf8.count <= maximumLength else { return nil }
        var hasUnderscore = false
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): break
            case UInt8(ascii: "_"): hasUnderscore = true
            default: return nil
            }
        }
        guard let first = name.utf8.first(where: { $0 != UInt8(ascii: "_") }), first >= UInt8(ascii: "a") else {
            return nil
        }
        guard hasUnderscore else { return name }
        return String(unsafeUninitializedCapacity: name.utf8.count) { buffer in
            var length = 0
            var isWordStart = false
            for byte in name.utf8 {
                if byte == UInt8(ascii: "_") {
                    isWordStart = length > 0
                } else {
                    buffer[length] = isWordStart && byte >= UInt8(ascii: "a") ? byte - 0x20 : byte
                    isWordStart = false
                    length += 1
                }
            }
            return length
        }
    }

    /// `account` → `Account`, `msdyn_iotalert` → `MsdynIotalert`.
    var upperCamelCase: String {
        IdentifierWords.startingLikeAnIdentifier(words.map(capitalized).joined())
    }

    /// `address1_line2` → `address1Line2`, `CountryRegion` → `countryRegion`, `URLPath` → `urlPath`.
    var lowerCamelCase: String {
        guard let first = words.first else { return IdentifierWords.startingLikeAnIdentifier("") }
        let head = first.contains { $0.isLowercase } && !isPlural(first) ? lowercasingFirst(first) : first.lowercased()
        return IdentifierWords.startingLikeAnIdentifier(head + words.dropFirst().map(capitalized).joined())
    }

    private func capitalized(_ word: String) -> String {
        // MY_FIELD_NAME has no small letters that would show its words.
        let word = !hasLowercase && words.count > 1 ? word.lowercased() : word
        guard let first = word.utf8.first else { return word }
        if first >= UInt8(ascii: "a"), first <= UInt8(ascii: "z") {
            return String(UnicodeScalar(first - 0x20)) + word.utf8.dropFirst().asString
        }
        if first < 0x80 { return word }
        return word.prefix(1).uppercased() + word.dropFirst()
    }

    private func lowercasingFirst(_ word: String) -> String {
        guard let first = word.first else { return word }
        return first.lowercased() + word.dropFirst()
    }

    /// `IDs`, `URLs`: an acronym with the plural's s.
    private func isPlural(_ word: String) -> Bool {
        word.utf8.count > 2 && word.last == "s" && word.dropLast().allSatisfy { $0.isUppercase }
    }

    private static func startingLikeAnIdentifier(_ name: String) -> String {
        guard let first = name.unicodeScalars.first else { return "unnamed" }
        return Kind(first) == .digit || !isIdentifierHead(first) ? "_" + name : name
    }

    private enum Kind {
        case lower, upper, digit, other, separator

        init(_ scalar: Unicode.Scalar) {
            switch scalar {
            case "a"..."z": self = .lower
            case "A"..."Z": self = .upper
            case "0"..."9": self = .digit
            default:
                if scalar.isASCII || !IdentifierWords.isIdentifierPart(scalar) {
                    self = .separator
                } else if scalar.properties.isUppercase {
                    self = .upper
                } else if scalar.properties.isLowercase {
                    self = .lower
                } else {
                    self = .other
                }
            }
        }
    }

    private static func isBoundary(
        from previous: Kind,
        to kind: Kind,
        at index: Int,
        in scalars: [Unicode.Scalar]
    ) -> Bool {
        switch (previous, kind) {
        case (_, .separator), (.separator, _): return true
        case (.lower, .upper), (.digit, .upper), (.other, .upper): return true
        case (.upper, .upper):
            guard index + 1 < scalars.count, Kind(scalars[index + 1]) == .lower else { return false }
            let isPluralEnd =
                scalars[index + 1] == "s" && (index + 2 == scalars.count || Kind(scalars[index + 2]) != .lower)
            return !isPluralEnd
        default: return false
        }
    }

    /// Letters, marks and digits that the grammar of Swift allows in identifiers ("Lexical Structure", Identifiers).
    static func isIdentifierPart(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .letterNumber,
            .nonspacingMark, .spacingMark, .decimalNumber:
            return isIdentifierHead(scalar) || isIdentifierContinuation(scalar)
        default:
            return false
        }
    }

    private static func isIdentifierContinuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x0300...0x036F, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F: true
        default: false
        }
    }

    static func isIdentifierHead(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x41...0x5A, 0x5F, 0x61...0x7A: true
        case 0xA8, 0xAA, 0xAD, 0xAF, 0xB2...0xB5, 0xB7...0xBA, 0xBC...0xBE, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0xFF: true
        case 0x100...0x2FF, 0x370...0x167F, 0x1681...0x180D, 0x180F...0x1DBF, 0x1E00...0x1FFF: true
        case 0x200B...0x200D, 0x202A...0x202E, 0x203F...0x2040, 0x2054, 0x2060...0x206F: true
        case 0x2070...0x20CF, 0x2100...0x218F, 0x2460...0x24FF, 0x2776...0x2793: true
        case 0x2C00...0x2DFF, 0x2E80...0x2FFF, 0x3004...0x3007, 0x3021...0x302F, 0x3031...0x303F: true
        case 0x3040...0xD7FF, 0xF900...0xFD3D, 0xFD40...0xFDCF, 0xFDF0...0xFE1F, 0xFE30...0xFE44, 0xFE47...0xFFFD: true
        case 0x10000...0x1FFFD, 0x20000...0x2FFFD, 0x30000...0x3FFFD: true
        default: false
        }
    }
}

extension Substring.UTF8View {
    fileprivate var asString: String { String(self) ?? "" }
}
