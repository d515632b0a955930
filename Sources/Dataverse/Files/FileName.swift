import HTTPTypes

/// The name of a file on its way into a request, where it must not become anything else than a name.
struct FileName: Sendable, Hashable {
    let text: String

    /// - Throws: `DataverseError` of kind `DataverseError.Kind.invalidRequest` if the name is empty or has control
    ///   characters, which would end a header.
    init(_ text: String) throws(DataverseError) {
        let isPrintable = text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        guard isPrintable, !text.allSatisfy(\.isWhitespace) else {
            throw DataverseError(
                .invalidRequest,
                "\(text.debugDescription) cannot be the name of a file: it is blank or has control characters. Give the "
                    + "upload another name."
            )
        }
        self.text = text
    }

    /// Headers carry ASCII only; other names go into the query.
    ///
    /// Source: Dataverse, "Use file column data", note on `x-ms-file-name`.
    private var fitsHeader: Bool {
        text.utf8.allSatisfy { (0x20..<0x7F).contains($0) } && text.first != " " && text.last != " "
    }

    /// The header with the name; none where it does not fit into one.
    var headers: HTTPFields { fitsHeader ? [.fileName: text] : [:] }

    /// The query option with the name.
    var queryOption: String { "x-ms-file-name=\(PercentEncoding.queryValue(text))" }

    /// A target that names the file where the header cannot.
    func target(_ target: String) -> String {
        if fitsHeader { return target }
        return target + (target.contains("?") ? "&" : "?") + queryOption
    }
}

extension HTTPField.Name {
    // The initialiser fails for characters that a header name must not have; these are literals of letters and dashes.
    static let fileName = HTTPField.Name("x-ms-file-name") ?? .accept
    static let fileSize = HTTPField.Name("x-ms-file-size") ?? .accept
    static let chunkSize = HTTPField.Name("x-ms-chunk-size") ?? .accept
    static let transferMode = HTTPField.Name("x-ms-transfer-mode") ?? .accept
    static let mimeType = HTTPField.Name("mimetype") ?? .accept
}
