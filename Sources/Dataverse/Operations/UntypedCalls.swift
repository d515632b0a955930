// Actions and functions by name, for apps without generated bindings: `client.call(.function("WhoAmI"))` gives the reply
// as a record, and so do calls on a row or on the rows of a table.
extension OperationCall where Output == Record {
    /// A call of a function by its name.
    ///
    /// - Parameters:
    ///   - name: the name of an unbound function's import, or the qualified name of a bound function, such as
    ///     `Microsoft.Dynamics.CRM.RetrievePrincipalAccess`.
    ///   - parameters: what to send. Their Swift types decide how they are written: give a `UUID`, not its text.
    public static func function(_ name: String, _ parameters: OperationParameter...) -> Self {
        .function(name, parameters: parameters, returning: .record)
    }

    /// A call of an action by its name.
    ///
    /// - Parameters:
    ///   - name: the name of an unbound action's import, or the qualified name of a bound action, such as
    ///     `Microsoft.Dynamics.CRM.AddToQueue`.
    ///   - parameters: what to send.
    public static func action(_ name: String, _ parameters: OperationParameter...) -> Self {
        .action(name, parameters: parameters, returning: .record)
    }
}

extension OperationResult where Output == Record {
    /// The reply itself, empty if there is none; the value of a function that gives one is its member `value`.
    public static var record: Self { OperationResult { reply throws(ColumnValueError) in reply ?? Record() } }
}

extension OperationParameter {
    /// A row by reference.
    ///
    /// - Parameters:
    ///   - name: the name of the parameter.
    ///   - reference: the row.
    public init<Target: ODataEntity>(_ name: String, reference: Reference<Target>) {
        var row = Target(record: Record())
        row.id = reference.id
        self.init(name, row: row)
    }

    /// A row of any table by reference.
    ///
    /// - Parameters:
    ///   - name: the name of the parameter.
    ///   - id: the primary key of the row.
    ///   - entitySetName: the entity set of the row, such as `accounts`.
    ///   - table: the logical name of its table, such as `account`.
    ///   - primaryKey: the column of the primary key; `nil` for the name of the table followed by `id`.
    public init(
        _ name: String,
        id: UUID,
        in entitySetName: String,
        table: String,
        primaryKey: String? = nil
    ) {
        let row: Value = [
            "@odata.type": .string("Microsoft.Dynamics.CRM.\(table)"),
            primaryKey ?? "\(table)id": .string(id.guid),
        ]
        let reference: Value = [AnnotationName.id: .string("\(entitySetName)(\(id.guid))")]
        self.init(name, json: row, urlLiteral: JSONWriter.string(from: reference))
    }
}
