/// A row that a change set creates and that later operations of the change set refer to.
///
///     let contact = NewRow(Contact { $0.lastname = "Lidman" })
///     let account = Account { $0.name = "Contoso"; $0.bind(\.primarycontactid, to: contact) }
///     let (contactID, accountID) = try client.changeSet(.create(contact), .create(account))
///
/// Source: OData Protocol 4.0, section 11.7.3.1 "Referencing New Entities in a Change Set".
public struct NewRow<Row: ODataRow>: Sendable {
    /// The values of the new row.
    public let row: Row
    /// What stands for the row in lookups until the batch is sent.
    let token = UUID()

    /// A row to be created.
    public init(_ row: Row) { self.row = row }
}

extension ODataStructuredType {
    /// Lets a lookup of this row refer to a row that an earlier operation of the same change set creates.
    ///
    /// - Parameters:
    ///   - path: the lookup, such as `\.primarycontactid`.
    ///   - new: the row that is created.
    public mutating func bind<Target: ODataRow>(
        _ path: KeyPath<Columns, Lookup<Self, Target>>,
        to new: NewRow<Target>
    ) {
        let name = AnnotationName.bind(Self.columns[keyPath: path].navigationProperty)
        record[name] = .string(NewRowReference.prefix + new.token.guid)
    }
}

/// What lookups of rows have that refer to rows of the same change set, until their content identifiers are known.
enum NewRowReference {
    static let prefix = "$new:"
}

extension Record {
    /// The record as it is sent: with content identifiers instead of references to new rows.
    ///
    /// - Parameter contentIDs: those of the rows that were created before.
    func resolvingNewRows(_ contentIDs: [UUID: Int]) throws(DataverseError) -> Record {
        // Hardly any row refers to a new one.
        guard hasText(beginningWith: NewRowReference.prefix) else { return self }
        var resolved = self
        for (name, value) in self {
            guard name.hasSuffix(AnnotationName.bind("")), case .string(let text) = value,
                text.hasPrefix(NewRowReference.prefix),
                let token = UUID(uuidString: String(text.dropFirst(NewRowReference.prefix.count)))
            else { continue }
            guard let id = contentIDs[token] else {
                throw DataverseError(
                    .invalidRequest,
                    "“\(name)” refers to a new row that no earlier operation of the same change set creates. "
                        + "Put .create(…) of that NewRow before this operation, into one change set."
                )
            }
            resolved[name] = .string("$\(id)")
        }
        return resolved
    }
}
