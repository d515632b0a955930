import HTTPTypes

extension HTTPReply {
    /// The body as a JSON object.
    func record() throws(DataverseError) -> Record {
        try record { bytes throws(JSONError) in try JSONReader.value(from: bytes) }
    }

    /// The body as a row.
    ///
    /// - Parameter memory: knows the members of earlier rows, if there are any.
    func row<Row: ODataRow>(_ memory: RowMemory?) throws(DataverseError) -> Row {
        guard let memory else { return Row(record: try record()) }
        return Row(record: try record { bytes throws(JSONError) in try memory.value(from: bytes, of: Row.self) })
    }

    private func record(_ read: ([UInt8]) throws(JSONError) -> Value) throws(DataverseError) -> Record {
        let value: Value
        do throws(JSONError) {
            value = try read(body)
        } catch {
            throw unreadable("\(error)")
        }
        guard case .object(let record) = value else { throw unreadable("it is \(value.kindName), not an object") }
        return record
    }

    /// The body as rows of a collection.
    func page<Row: ODataRow>() throws(DataverseError) -> Page<Row> {
        let reply = try record()
        guard let elements = reply["value"]?.arrayValue else { throw unreadable("it has no array “value”") }
        var rows: [Row] = []
        rows.reserveCapacity(elements.count)
        for element in elements {
            guard case .object(let record) = element else { throw unreadable("a row is \(element.kindName)") }
            rows.append(Row(record: record))
        }
        let count = reply[AnnotationName.count]?.integerValue.flatMap { Int(exactly: $0) }
        return Page(
            rows: rows,
            totalCount: count.flatMap { $0 >= 0 ? $0 : nil },
            nextLink: reply[AnnotationName.nextLink]?.stringValue
        )
    }

    /// The key of a row that was created: from the headers, or from the body.
    func key<Row: ODataRow>(of table: Row.Type) throws(DataverseError) -> Row.PrimaryKey {
        let names = Row.entitySchema?.key ?? []
        let url = headers.value(of: .odataEntityID) ?? headers.value(of: .location)
        if Row.PrimaryKey.self == UUID.self, let id = url.flatMap(KeyPredicateReader.guid) as? Row.PrimaryKey {
            return id
        }
        if let literals = url.flatMap(KeyPredicateReader.literals),
            let key = Row.PrimaryKey(literals: literals, key: names)
        {
            return key
        }
        if !body.isEmpty, let key = Row.PrimaryKey(record: try record(), key: names) { return key }
        throw unreadable("neither the header OData-EntityId nor the body has the key of the new row")
    }

    /// The error of a reply that is not what its request calls for.
    func unreadable(_ reason: String) -> DataverseError {
        var error = DataverseError(.unexpectedReply, "The service's reply cannot be read: \(reason).")
        error.status = status.code
        // A reply that says that it was done, but not what.
        error.mayHaveBeenProcessed = (200..<300).contains(status.code)
        error.bodyExcerpt = bodyExcerpt()
        return error.stemming(from: headers)
    }
}
