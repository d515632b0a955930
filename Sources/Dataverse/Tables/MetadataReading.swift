extension Record {
    /// The text of a label in the language of the caller.
    func userLabel(_ name: String) -> String? {
        self[name]?.objectValue?["UserLocalizedLabel"]?.objectValue?["Label"]?.stringValue
    }

    /// The value inside a managed property, such as `{"Value": "None", "CanBeChanged": true}`.
    func managedValue(_ name: String) -> Value? { self[name]?.objectValue?["Value"] }

    func metadataText(_ name: String) -> String { self[name]?.stringValue ?? "" }

    func metadataInteger(_ name: String) -> Int? { self[name]?.integerValue.flatMap { Int(exactly: $0) } }

    /// Identifies a piece of metadata.
    var metadataID: UUID? { self["MetadataId"]?.stringValue.flatMap(UUID.init(uuidString:)) }
}
