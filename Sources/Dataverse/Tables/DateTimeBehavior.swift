/// What a date and time means in another time zone.
///
/// Source: Dataverse, "Behavior and format of the date and time column".
public enum DateTimeBehavior: String, Sendable, Hashable, CaseIterable {
    /// A point in time, shown in the time zone of whoever looks at it.
    case userLocal = "UserLocal"
    /// A day of the calendar, the same everywhere.
    case dateOnly = "DateOnly"
    /// A day and a time of day, the same everywhere.
    case timeZoneIndependent = "TimeZoneIndependent"
}
