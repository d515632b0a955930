import HTTPTypes

/// From where on changes of a table are asked for: keep it, and give it to the next synchronisation.
///
/// Source: OData Protocol 4.01, section 11.3 "Requesting Changes"; Dataverse, "Use change tracking to synchronize data
/// with external systems".
public struct DeltaLink: RawRepresentable, Sendable, Hashable, Codable {
    /// The link as the service gave it.
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
}

/// A row that is no longer among those that are tracked.
public struct RemovedRow<Row: ODataRow>: Sendable, Hashable {
    /// The primary key; `nil` where the service names the row in another way.
    public let id: Row.PrimaryKey?
    /// The service's own words for the row, a key or a URL.
    public let identifier: String
    /// Why it is gone, `deleted` or `changed`, where the service says so.
    public let reason: String?
}

/// Some of the changes of a table.
public struct ChangePage<Row: ODataRow>: Sendable, Hashable {
    /// Rows that are new or were changed; for the first synchronisation, all rows.
    public let rows: [Row]
    /// Rows that were removed.
    public let removed: [RemovedRow<Row>]
    /// From where on to ask the next time; only the last page has it.
    public let deltaLink: DeltaLink?
    /// The URL of the next page, or `nil` for the last one.
    let nextLink: String?
}

/// Where the reading of changes stands.
enum ChangeCursor: Sendable, Hashable {
    case first
    case since(DeltaLink)
    /// - Parameter isFirstTime: whether the pages are those of the first synchronisation.
    case next(link: String, isFirstTime: Bool)
    case ended

    mutating func advance(past page: ChangePage<some ODataRow>) {
        self = page.nextLink.map { .next(link: $0, isFirstTime: asksForTracking) } ?? .ended
    }

    /// Whether the service must be told to track changes; a delta link says so already.
    var asksForTracking: Bool {
        switch self {
        case .first, .next(_, isFirstTime: true): true
        case .since, .next(_, isFirstTime: false), .ended: false
        }
    }
}

extension CallContext {
    /// Reads one page of changes.
    func changes<Row: ODataRow>(
        at cursor: ChangeCursor,
        of query: RowQuery<Row>,
        in source: EntitySetSource
    ) -> ODataOperation<ChangePage<Row>> {
        let target: ODataOperation<String>
        switch cursor {
        case .first: target = entitySetName(of: source).map { $0 + query.urlText }
        case .since(let link): target = .done(link.rawValue)
        case .next(let link, _): target = .done(link)
        case .ended: return .done(ChangePage(rows: [], removed: [], deltaLink: nil, nextLink: nil))
        }
        return keyNames(of: source, as: Row.self).flatMap { keyNames in
            target.flatMap { target in
                let headers = cursor.asksForTracking ? query.changeHeaders : query.headers
                return send(ServiceRequest(.get, target, headers: headers))
            }.map { reply throws(DataverseError) in try reply.changes(key: keyNames) }
        }
    }
}

extension RowQuery {
    fileprivate var changeHeaders: HTTPFields {
        [.prefer: ["odata.track-changes", headers[.prefer]].compactMap(\.self).joined(separator: ",")]
    }
}

extension HTTPReply {
    /// The body as changes: rows, and entries for removed rows in the form of OData 4.0 or 4.01.
    fileprivate func changes<Row: ODataRow>(key: [String]) throws(DataverseError) -> ChangePage<Row> {
        // Dataverse answers with an empty object if nothing was changed.
        let reply = try record()
        var rows: [Row] = []
        var removed: [RemovedRow<Row>] = []
        for element in reply["value"]?.arrayValue ?? [] {
            guard case .object(let record) = element else { throw unreadable("a row is \(element.kindName)") }
            let context = record["@odata.context"]?.stringValue ?? ""
            if context.hasSuffix("/$link") || context.hasSuffix("/$deletedLink") { continue }
            let removal = record["@removed"] ?? record["@odata.removed"]
            guard context.hasSuffix("/$deletedEntity") || removal != nil else {
                rows.append(Row(record: record))
                continue
            }
            let reason = record["reason"] ?? removal?.objectValue?["reason"]
            removed.append(try removedRow(record, key: key, reason: reason?.stringValue))
        }
        let delta = reply["@odata.deltaLink"] ?? reply["@deltaLink"]
        return ChangePage(
            rows: rows,
            removed: removed,
            deltaLink: delta?.stringValue.map(DeltaLink.init(rawValue:)),
            nextLink: reply[AnnotationName.nextLink]?.stringValue
        )
    }

    private func removedRow<Row: ODataRow>(
        _ record: Record,
        key: [String],
        reason: String?
    ) throws(DataverseError) -> RemovedRow<Row> {
        if let id = Row.PrimaryKey(record: record, key: key), !key.isEmpty {
            return RemovedRow(id: id, identifier: id.keyPredicate().urlText, reason: reason)
        }
        guard let identifier = (record["id"] ?? record["@id"] ?? record[AnnotationName.id])?.stringValue else {
            throw unreadable("a removed row has no identifier")
        }
        let names = key.isEmpty ? ["id"] : key
        let id =
            KeyPredicateReader.literals(inURL: identifier).flatMap { Row.PrimaryKey(literals: $0, key: names) }
            ?? (names.count == 1 ? Row.PrimaryKey(record: [names[0]: .string(identifier)], key: names) : nil)
        return RemovedRow(id: id, identifier: identifier, reason: reason)
    }
}
