/// A FetchXML query: the text, and which table it is about.
///
/// Source: Dataverse, "Query data using FetchXml" and "Page results using FetchXml".
public struct FetchXML: Sendable, Hashable {
    /// The query as XML.
    public private(set) var text: String
    /// The logical name of the table that the query is about.
    public let table: String

    /// A query as XML.
    ///
    /// - Parameter text: a `<fetch>` element with an `<entity>` in it.
    /// - Throws: ``DataverseError`` of kind ``DataverseError/Kind/invalidRequest`` that says what is missing.
    public init(_ text: String) throws {
        guard let root = XMLStartTag(firstIn: text) else {
            throw DataverseError(.invalidRequest, "The query is not XML. FetchXML begins with <fetch>.")
        }
        guard root.name == "fetch" else {
            throw DataverseError(.invalidRequest, "The query begins with <\(root.name)>. FetchXML begins with <fetch>.")
        }
        guard let entity = XMLStartTag(firstIn: text, from: root.range.upperBound), entity.name == "entity",
            let table = entity["name"], !table.isEmpty
        else {
            throw DataverseError(
                .invalidRequest,
                "The query does not say which table it is about: <fetch> must have an <entity name=\"…\"> in it."
            )
        }
        self.text = text
        self.table = table
    }

    /// The number of the page that the query asks for.
    public var pageNumber: Int { XMLStartTag(firstIn: text)?["page"].flatMap { Int($0) } ?? 1 }

    /// The query for the page after this one.
    ///
    /// - Parameter cookie: the service's paging cookie as it came; without one, pages are counted, which Dataverse
    ///   does up to 50,000 rows.
    public func nextPage(cookie: String?) -> FetchXML {
        guard var root = XMLStartTag(firstIn: text) else { return self }
        let range = root.range
        var next = pageNumber + 1
        if let cookie, let tag = XMLStartTag(firstIn: cookie), let encoded = tag["pagingcookie"],
            let once = KeyPredicateReader.percentDecoded(encoded),
            let position = KeyPredicateReader.percentDecoded(once)
        {
            root["paging-cookie"] = position
            next = tag["pagenumber"].flatMap { Int($0) } ?? next
        }
        root["page"] = String(next)
        var query = self
        query.text.replaceSubrange(range, with: root.text)
        return query
    }
}
