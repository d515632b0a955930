/// The names of the control information and annotations that services put beside the members of a record.
///
/// Sources: OData JSON Format 4.01, section 4.6; Microsoft Dataverse Web API, "Request annotations".
public enum AnnotationName {
    /// The version of a row, for optimistic concurrency.
    public static let etag = "@odata.etag"
    /// The URL of a row that a row in a request stands for.
    public static let id = "@odata.id"
    /// The type of a value, where it cannot be told from the metadata.
    public static let type = "@odata.type"
    /// The next page of a collection.
    public static let nextLink = "@odata.nextLink"
    /// The number of rows of a collection, regardless of paging.
    public static let count = "@odata.count"

    /// What a row of a navigation property is set to on write, see OData JSON Format 4.0, section 8.5.
    public static func bind(_ navigationProperty: String) -> String { navigationProperty + "@odata.bind" }
    /// The text a service shows for a value, in the language of the caller.
    public static func formattedValue(of column: String) -> String {
        column + "@OData.Community.Display.V1.FormattedValue"
    }
    /// The table a lookup refers to.
    public static func lookupTable(of column: String) -> String {
        column + "@Microsoft.Dynamics.CRM.lookuplogicalname"
    }
    /// The navigation property a lookup column belongs to.
    public static func navigationProperty(of column: String) -> String {
        column + "@Microsoft.Dynamics.CRM.associatednavigationproperty"
    }
}

extension Record {
    /// The version of the row, as the service gave it.
    public var etag: String? { self[AnnotationName.etag]?.stringValue }

    /// The text the service shows for a column's value, where formatted values were asked for.
    public func formattedValue(of column: String) -> String? {
        self[AnnotationName.formattedValue(of: column)]?.stringValue
    }
}
