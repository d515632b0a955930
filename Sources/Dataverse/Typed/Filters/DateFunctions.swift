// Source: OData URL Conventions 4.01, section 5.1.1.8 "Date and Time Functions". Dataverse has query functions instead,
// see `QueryFunctions+Dates.swift`.

extension FilterOperand where ColumnType: DayColumnType {
    /// The year.
    public var year: FilterExpression<Row, Int> { call("year") }
    /// The month, from 1 to 12.
    public var month: FilterExpression<Row, Int> { call("month") }
    /// The day of the month, from 1.
    public var day: FilterExpression<Row, Int> { call("day") }
}

extension FilterOperand where ColumnType: TimeColumnType {
    /// The hour, from 0 to 23.
    public var hour: FilterExpression<Row, Int> { call("hour") }
    /// The minute, from 0 to 59.
    public var minute: FilterExpression<Row, Int> { call("minute") }
    /// The second, from 0 to 59.
    public var second: FilterExpression<Row, Int> { call("second") }
    /// The fraction of the second, below 1.
    public var fractionalSeconds: FilterExpression<Row, Decimal> { call("fractionalseconds") }
}

extension FilterOperand where ColumnType == Date {
    /// The calendar day.
    public var dateOnly: FilterExpression<Row, DateOnly> { call("date") }
    /// The time of day.
    public var timeOfDay: FilterExpression<Row, TimeOfDay> { call("time") }
    /// How far the time zone that the moment is stored with is from UTC, in minutes.
    public var totalOffsetMinutes: FilterExpression<Row, Int> { call("totaloffsetminutes") }

    /// Whether the moment is before one that the service knows: `$0.createdon.isBefore(.now)`.
    public func isBefore(_ moment: ServerMoment) -> Filter<Row> {
        Filter(term: "\(expressionText) lt \(moment.expressionText)")
    }
    /// Whether the moment is after one that the service knows: `$0.duedate.isAfter(.now.adding(.seconds(3600)))`.
    public func isAfter(_ moment: ServerMoment) -> Filter<Row> {
        Filter(term: "\(expressionText) gt \(moment.expressionText)")
    }

    /// The moment some time later.
    public func adding(_ duration: Duration) -> FilterExpression<Row, Date> {
        FilterExpression("(\(expressionText) add \(duration.urlLiteral))")
    }
    /// The moment some time earlier.
    public func subtracting(_ duration: Duration) -> FilterExpression<Row, Date> {
        FilterExpression("(\(expressionText) sub \(duration.urlLiteral))")
    }
    /// How much later this moment is than another one.
    public func since(_ other: some FilterOperand<Row, Date>) -> FilterExpression<Row, Duration> {
        FilterExpression("(\(expressionText) sub \(other.expressionText))")
    }
}

extension FilterOperand where ColumnType == Duration {
    /// The length in seconds.
    public var totalSeconds: FilterExpression<Row, Decimal> { call("totalseconds") }
}

/// A moment by the clock of the service.
public struct ServerMoment: Sendable, Hashable {
    let expressionText: String

    /// The moment at which the service answers the request.
    public static let now = ServerMoment(expressionText: "now()")
    /// The earliest moment that the service can store.
    public static let earliest = ServerMoment(expressionText: "mindatetime()")
    /// The latest moment that the service can store.
    public static let latest = ServerMoment(expressionText: "maxdatetime()")

    /// The moment some time later.
    public func adding(_ duration: Duration) -> ServerMoment {
        ServerMoment(expressionText: "(\(expressionText) add \(duration.urlLiteral))")
    }

    /// The moment some time earlier.
    public func subtracting(_ duration: Duration) -> ServerMoment {
        ServerMoment(expressionText: "(\(expressionText) sub \(duration.urlLiteral))")
    }
}
