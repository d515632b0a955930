import ODataQuery

extension QueryScope {
    /// The column behind a logical name as SQL, FetchXML and the SDK's queries have it: `parentcustomerid` for the
    /// lookup that the Web API calls `_parentcustomerid_value`.
    ///
    /// - Throws: ``ServiceError`` with status 400 if the table has no such column.
    func attribute(_ logicalName: String) throws -> (name: String, value: TypedSQL) {
        let name = logicalName.lowercased()
        let column = table.column(name) ?? table.column("_\(name)_value") ?? table.column(logicalName)
        guard let column else {
            throw ServiceError(
                status: 400,
                code: "0x80041103",
                message: "'\(table.logicalName)' entity doesn't contain attribute with Name = '\(logicalName)'."
            )
        }
        guard let kind = TypedSQL.Kind(column.type) else {
            throw ServiceError.unsupported("the column '\(name)' of type \(column.type.edmName) in this query")
        }
        return (column.name, TypedSQL(expression(column), kind))
    }
}
