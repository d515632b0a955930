import Dataverse

// `Account`, `Contact` and `WhoAmIResponse` are generated from metadata.xml by the plugin.
let account = Account { $0.name = "Contoso" }
print("\(Account.schema.logicalName): \(account.name ?? "no name"), in \(Account.schema.entitySetName ?? "no set")")
print("columns to send: \(account.record.changes.map(\.name).joined(separator: ", "))")
print("\(Contact.schema.logicalName) has the key \(Contact.schema.key.joined(separator: ", "))")
