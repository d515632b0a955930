import HTTPTypes

/// Query options as they stand in a URL.
enum QueryText {
    /// `?name=value&…`, percent-encoded; nothing for no options.
    static func joined(_ options: [(name: String, value: String)]) -> String {
        guard !options.isEmpty else { return "" }
        return "?" + options.map { "\($0.name)=\(PercentEncoding.queryValue($0.value))" }.joined(separator: "&")
    }
}

extension RowQuery {
    /// The options of the query as they stand in a URL.
    var urlText: String { QueryText.joined(options) }

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
