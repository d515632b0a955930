import HTTPTypes

/// Query options as they stand in a URL.
enum QueryText {
    /// `?name=value&…`, percent-encoded; nothing for no options.
    static func joined(_ options: [(name: String, value: String)]) -> String {
        var text = ""
        // One piece of memory for all of it, as good as always: most of what is encoded are spaces, one in six bytes.
        text.reserveCapacity(options.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count * 3 / 2 + 2 })
        for (index, option) in options.enumerated() {
            text += index == 0 ? "?" : "&"
            text += option.name
            text += "="
            text += PercentEncoding.queryValue(option.value)
        }
        return text
    }
}

extension RowQuery {
    /// The options of the query as they stand in a URL.
    package var urlText: String { QueryText.joined(options) }

    /// What the query asks for in headers.
    var headers: HTTPFields {
        var preferences: [String] = []
        if let pageSize, pageSize > 0 { preferences.append("odata.maxpagesize=\(pageSize)") }
        if let annotations {
            // A quote would end the value, and begin another preference.
            let names = annotations.filter { $0 != "\"" && $0 != "\\" }
            preferences.append("odata.include-annotations=\"\(names)\"")
        }
        return preferences.isEmpty ? [:] : [.prefer: preferences.joined(separator: ",")]
    }
}
