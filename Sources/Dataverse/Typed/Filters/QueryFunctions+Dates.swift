// Query functions of Dataverse for columns with a date. Days, weeks, months and years are those of the calendar of the
// caller, fiscal ones those of the settings of the environment.
//
// Source: Dataverse Web API, "Query functions". `Queries.md` of the documentation has the table of all of them.

extension FilterOperand where Self: SelectableColumn, ColumnType: DayColumnType {
    /// Whether it is yesterday (`Yesterday`).
    public var isYesterday: Filter<Row> { queryFunction("Yesterday") }
    /// Whether it is today (`Today`).
    public var isToday: Filter<Row> { queryFunction("Today") }
    /// Whether it is tomorrow (`Tomorrow`).
    public var isTomorrow: Filter<Row> { queryFunction("Tomorrow") }
    /// Whether it is on a day (`On`).
    public func isOn(_ day: DateOnly) -> Filter<Row> { queryFunction("On", .text(day.description)) }
    /// Whether it is on a day or before it (`OnOrBefore`).
    public func isOnOrBefore(_ day: DateOnly) -> Filter<Row> { queryFunction("OnOrBefore", .text(day.description)) }
    /// Whether it is on a day or after it (`OnOrAfter`).
    public func isOnOrAfter(_ day: DateOnly) -> Filter<Row> { queryFunction("OnOrAfter", .text(day.description)) }
    /// Whether it is in last week (`LastWeek`).
    public var isInLastWeek: Filter<Row> { queryFunction("LastWeek") }
    /// Whether it is in last month (`LastMonth`).
    public var isInLastMonth: Filter<Row> { queryFunction("LastMonth") }
    /// Whether it is in last year (`LastYear`).
    public var isInLastYear: Filter<Row> { queryFunction("LastYear") }
    /// Whether it is in this week (`ThisWeek`).
    public var isInThisWeek: Filter<Row> { queryFunction("ThisWeek") }
    /// Whether it is in this month (`ThisMonth`).
    public var isInThisMonth: Filter<Row> { queryFunction("ThisMonth") }
    /// Whether it is in this year (`ThisYear`).
    public var isInThisYear: Filter<Row> { queryFunction("ThisYear") }
    /// Whether it is in next week (`NextWeek`).
    public var isInNextWeek: Filter<Row> { queryFunction("NextWeek") }
    /// Whether it is in next month (`NextMonth`).
    public var isInNextMonth: Filter<Row> { queryFunction("NextMonth") }
    /// Whether it is in next year (`NextYear`).
    public var isInNextYear: Filter<Row> { queryFunction("NextYear") }
    /// Whether it is in the seven days before today (`Last7Days`).
    public var isInLast7Days: Filter<Row> { queryFunction("Last7Days") }
    /// Whether it is in the seven days after today (`Next7Days`).
    public var isInNext7Days: Filter<Row> { queryFunction("Next7Days") }
}

// So many units before now, after now, or longer ago.
extension FilterOperand where Self: SelectableColumn, ColumnType: DayColumnType {
    /// Whether it is in the last so many hours (`LastXHours`).
    public func isInLast(hours: Int) -> Filter<Row> { queryFunction("LastXHours", .number(hours)) }
    /// Whether it is in the last so many days (`LastXDays`).
    public func isInLast(days: Int) -> Filter<Row> { queryFunction("LastXDays", .number(days)) }
    /// Whether it is in the last so many weeks (`LastXWeeks`).
    public func isInLast(weeks: Int) -> Filter<Row> { queryFunction("LastXWeeks", .number(weeks)) }
    /// Whether it is in the last so many months (`LastXMonths`).
    public func isInLast(months: Int) -> Filter<Row> { queryFunction("LastXMonths", .number(months)) }
    /// Whether it is in the last so many years (`LastXYears`).
    public func isInLast(years: Int) -> Filter<Row> { queryFunction("LastXYears", .number(years)) }
    /// Whether it is in the next so many hours (`NextXHours`).
    public func isInNext(hours: Int) -> Filter<Row> { queryFunction("NextXHours", .number(hours)) }
    /// Whether it is in the next so many days (`NextXDays`).
    public func isInNext(days: Int) -> Filter<Row> { queryFunction("NextXDays", .number(days)) }
    /// Whether it is in the next so many weeks (`NextXWeeks`).
    public func isInNext(weeks: Int) -> Filter<Row> { queryFunction("NextXWeeks", .number(weeks)) }
    /// Whether it is in the next so many months (`NextXMonths`).
    public func isInNext(months: Int) -> Filter<Row> { queryFunction("NextXMonths", .number(months)) }
    /// Whether it is in the next so many years (`NextXYears`).
    public func isInNext(years: Int) -> Filter<Row> { queryFunction("NextXYears", .number(years)) }
    /// Whether it is more than so many minutes ago (`OlderThanXMinutes`).
    public func isOlderThan(minutes: Int) -> Filter<Row> { queryFunction("OlderThanXMinutes", .number(minutes)) }
    /// Whether it is more than so many hours ago (`OlderThanXHours`).
    public func isOlderThan(hours: Int) -> Filter<Row> { queryFunction("OlderThanXHours", .number(hours)) }
    /// Whether it is more than so many days ago (`OlderThanXDays`).
    public func isOlderThan(days: Int) -> Filter<Row> { queryFunction("OlderThanXDays", .number(days)) }
    /// Whether it is more than so many weeks ago (`OlderThanXWeeks`).
    public func isOlderThan(weeks: Int) -> Filter<Row> { queryFunction("OlderThanXWeeks", .number(weeks)) }
    /// Whether it is more than so many months ago (`OlderThanXMonths`).
    public func isOlderThan(months: Int) -> Filter<Row> { queryFunction("OlderThanXMonths", .number(months)) }
    /// Whether it is more than so many years ago (`OlderThanXYears`).
    public func isOlderThan(years: Int) -> Filter<Row> { queryFunction("OlderThanXYears", .number(years)) }
}
