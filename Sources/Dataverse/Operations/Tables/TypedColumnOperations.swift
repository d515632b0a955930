import HTTPTypes

// Source: Dataverse Web API, RetrieveMetadataChanges function and "Query schema definitions".
extension CallContext {
    /// What is read about a column where nothing else is asked for: its names, its type and its constraints.
    static let typedColumnProperties = [
        "LogicalName", "SchemaName", "AttributeType", "AttributeTypeName", "MetadataId", "DisplayName", "RequiredLevel",
        "MaxLength", "Format", "FormatName", "MinValue", "MaxValue", "Precision",
    ]

    /// The columns of a table with properties of their own types, such as their largest length, in one request.
    ///
    /// - Parameters:
    ///   - table: the name of the table.
    ///   - name: the name of the only column to read; `nil` for all.
    ///   - properties: the properties to read; empty for the usual ones.
    func typedColumns(of table: String, named name: String?, properties: [String]) -> ODataOperation<[ColumnInfo]> {
        let properties = properties.isEmpty ? Self.typedColumnProperties : properties
        var columns: Record = ["Properties": propertyNames(properties)]
        if let name { columns["Criteria"] = criteria(logicalName: name) }
        let query: Record = [
            "Properties": propertyNames(["LogicalName", "Attributes"]),
            "Criteria": criteria(logicalName: table),
            "AttributeQuery": .object(columns),
        ]
        let options = QueryText.joined([("@p1", JSONWriter.string(from: .object(query)))])
        return sendMetadata(ServiceRequest(.get, "RetrieveMetadataChanges(Query=@p1)" + options))
            .map { reply throws(DataverseError) in
                guard let definition = try reply.record()["EntityMetadata"]?.arrayValue?.first?.objectValue else {
                    throw unknownTable(table)
                }
                let attributes = definition["Attributes"]?.arrayValue ?? []
                return attributes.compactMap { $0.objectValue.map(ColumnInfo.init(metadata:)) }
            }
    }

    /// A column with properties of its own type; `nil` if there is none with this name.
    func typedColumn(_ name: String, of table: String, properties: [String]) -> ODataOperation<ColumnInfo?> {
        typedColumns(of: table, named: name, properties: properties).map(\.first)
    }

    private func propertyNames(_ names: [String]) -> Value {
        ["PropertyNames": .array(names.map { .string($0) })]
    }

    private func criteria(logicalName: String) -> Value {
        [
            "Conditions": [
                [
                    "PropertyName": "LogicalName",
                    "ConditionOperator": "Equals",
                    "Value": ["Type": "System.String", "Value": .string(logicalName.lowercased())],
                ]
            ]
        ]
    }
}
