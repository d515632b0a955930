import HTTPTypes

// What the operations on metadata are made of.
extension CallContext {
    /// Writes definitions in the client's language.
    var metadataWriter: MetadataWriter {
        MetadataWriter(language: LanguageCode(rawValue: service.configuration.languageCode))
    }

    /// Writes a body, or fails with what is wrong with it.
    func body(
        _ write: (MetadataWriter) throws(DataverseError) -> Record
    ) -> ODataOperation<[UInt8]> {
        do throws(DataverseError) {
            return .done(JSONWriter.bytes(from: .object(try write(metadataWriter))))
        } catch {
            return .failed(error)
        }
    }

    /// Sends a request for metadata, and again where the service does not know yet what was just created: after 0.4,
    /// 0.8, 1.6 and 3.2 seconds.
    func sendMetadata(_ request: ServiceRequest, attempt: Int = 1) -> ODataOperation<HTTPReply> {
        send(request).recover { error in
            guard error.status == 404 else { return .failed(error) }
            guard attempt < 5 else {
                var missing = DataverseError(
                    .metadata,
                    "The service does not know these definitions (404, asked \(attempt) times). Check the names; what "
                        + "was created a moment ago may take a little longer. It said: \(error.message)"
                )
                missing.status = error.status
                missing.serviceCode = error.serviceCode
                missing.request = error.request
                missing.correlationID = error.correlationID
                missing.serviceRequestID = error.serviceRequestID
                return .failed(missing)
            }
            return .sleep(.milliseconds(400) * (1 << (attempt - 1))) {
                sendMetadata(request, attempt: attempt + 1)
            }
        }
    }

    /// Reads a collection of definitions, all of its pages.
    func definitions(
        at target: String,
        headers: HTTPFields = [:],
        after definitions: [Record] = []
    ) -> ODataOperation<[Record]> {
        send(ServiceRequest(.get, target, headers: headers))
            .map { reply throws(DataverseError) -> Page<Record> in try reply.page() }
            .flatMap { page in
                let definitions = definitions + page.rows
                guard let link = page.nextLink else { return .done(definitions) }
                return self.definitions(at: link, headers: headers, after: definitions)
            }
    }

    /// Does something with one item after the other; the first that fails ends it.
    func inOrder<Item: Sendable>(
        _ items: ArraySlice<Item>,
        _ step: @escaping @Sendable (Item) -> ODataOperation<Void>
    ) -> ODataOperation<Void> {
        guard let item = items.first else { return .done(()) }
        return step(item).flatMap { inOrder(items.dropFirst(), step) }
    }

    /// An error about a table or a column.
    func metadataError(_ message: String) -> DataverseError {
        var error = DataverseError(.metadata, message)
        error.correlationID = correlationID
        return error
    }

    /// Checks the name of a solution, and gives the header that adds new metadata to it.
    func solutionHeaders(_ solution: String?) -> ODataOperation<HTTPFields> {
        guard let solution else { return .done([:]) }
        guard !solution.isEmpty, solution.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            return .failed(
                DataverseError(
                    .invalidRequest,
                    "“\(solution)” is not the unique name of a solution. Use letters, digits and underscores, or nil for "
                        + "the default solution."
                )
            )
        }
        return .done([.solutionUniqueName: solution])
    }
}

extension HTTPField.Name {
    // The initialiser fails for characters that a header name must not have; this is a literal of letters and a dot.
    static let mergeLabels = HTTPField.Name("MSCRM.MergeLabels") ?? .accept
}

/// The options of a request for definitions.
enum DefinitionQuery {
    static func text(filter: String?, select: [String]) -> String {
        var options: [(name: String, value: String)] = []
        if !select.isEmpty { options.append(("$select", select.joined(separator: ","))) }
        if let filter { options.append(("$filter", filter)) }
        return QueryText.joined(options)
    }
}

/// Where definitions of tables are asked for.
enum MetadataQuery {
    /// One table, by any of its names.
    static func table(_ table: String) -> String {
        "EntityDefinitions"
            + QueryText.joined([
                ("$select", "MetadataId,LogicalName,SchemaName,EntitySetName,PrimaryNameAttribute,PrimaryIdAttribute"),
                ("$filter", "LogicalName eq \(table.lowercased().urlLiteral)"),
            ])
    }

    /// The tables that are not private to the service.
    static func tables(filter: String?, select: [String]) -> String {
        var options = [(name: "$filter", value: "IsPrivate eq false" + (filter.map { " and (\($0))" } ?? ""))]
        if !select.isEmpty { options.append(("$select", select.joined(separator: ","))) }
        return "EntityDefinitions" + QueryText.joined(options)
    }
}
