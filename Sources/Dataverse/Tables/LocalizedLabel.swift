/// Text that people read, in one language or in several.
///
///     displayName: "Product"                                       // in the client's language
///     displayName: [.english: "Product", .french: "Produit"]
///
/// Source: Dataverse Web API, Label complex type.
public struct LocalizedLabel: Sendable, Hashable {
    /// The text in one language.
    struct Translation: Sendable, Hashable {
        /// `nil` stands for the language of the client's configuration.
        let language: LanguageCode?
        let text: String
    }

    let translations: [Translation]

    /// Text in one language.
    ///
    /// - Parameters:
    ///   - text: the text; not blank.
    ///   - language: its language; `nil` for the one of the client's configuration.
    public init(_ text: String, language: LanguageCode? = nil) {
        translations = [Translation(language: language, text: text)]
    }

    /// Text in several languages.
    ///
    /// - Parameter translations: languages and texts; of those in the same language the last one counts.
    public init(_ translations: some Sequence<(LanguageCode, String)>) {
        self.translations = translations.map { Translation(language: $0, text: $1) }
    }

    /// The texts by language, each language once.
    func texts(default language: LanguageCode) -> [(language: LanguageCode, text: String)] {
        var texts: [(language: LanguageCode, text: String)] = []
        for translation in translations {
            let text = (translation.language ?? language, translation.text)
            if let known = texts.firstIndex(where: { $0.language == text.0 }) {
                texts[known] = text
            } else {
                texts.append(text)
            }
        }
        return texts
    }
}

extension LocalizedLabel: ExpressibleByStringInterpolation, ExpressibleByDictionaryLiteral {
    public init(stringLiteral value: String) { self.init(value) }
    public init(dictionaryLiteral elements: (LanguageCode, String)...) { self.init(elements) }
}
