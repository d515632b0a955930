// Query functions of Dataverse for fiscal years and periods, as the settings of the environment divide them.
//
// Source: Dataverse Web API, "Query functions".

extension FilterOperand where Self: SelectableColumn, ColumnType: DayColumnType {
    /// Whether it is in last fiscal year (`LastFiscalYear`).
    public var isInLastFiscalYear: Filter<Row> { queryFunction("LastFiscalYear") }
    /// Whether it is in last fiscal period (`LastFiscalPeriod`).
    public var isInLastFiscalPeriod: Filter<Row> { queryFunction("LastFiscalPeriod") }
    /// Whether it is in this fiscal year (`ThisFiscalYear`).
    public var isInThisFiscalYear: Filter<Row> { queryFunction("ThisFiscalYear") }
    /// Whether it is in this fiscal period (`ThisFiscalPeriod`).
    public var isInThisFiscalPeriod: Filter<Row> { queryFunction("ThisFiscalPeriod") }
    /// Whether it is in next fiscal year (`NextFiscalYear`).
    public var isInNextFiscalYear: Filter<Row> { queryFunction("NextFiscalYear") }
    /// Whether it is in next fiscal period (`NextFiscalPeriod`).
    public var isInNextFiscalPeriod: Filter<Row> { queryFunction("NextFiscalPeriod") }
    /// Whether it is in the last so many fiscal years (`LastXFiscalYears`).
    public func isInLast(fiscalYears: Int) -> Filter<Row> { queryFunction("LastXFiscalYears", .number(fiscalYears)) }
    /// Whether it is in the last so many fiscal periods (`LastXFiscalPeriods`).
    public func isInLast(fiscalPeriods: Int) -> Filter<Row> {
        queryFunction("LastXFiscalPeriods", .number(fiscalPeriods))
    }
    /// Whether it is in the next so many fiscal years (`NextXFiscalYears`).
    public func isInNext(fiscalYears: Int) -> Filter<Row> { queryFunction("NextXFiscalYears", .number(fiscalYears)) }
    /// Whether it is in the next so many fiscal periods (`NextXFiscalPeriods`).
    public func isInNext(fiscalPeriods: Int) -> Filter<Row> {
        queryFunction("NextXFiscalPeriods", .number(fiscalPeriods))
    }
    /// Whether it is in a fiscal year (`InFiscalYear`).
    public func isIn(fiscalYear: Int) -> Filter<Row> { queryFunction("InFiscalYear", .number(fiscalYear)) }
    /// Whether it is in a fiscal period of any year (`InFiscalPeriod`).
    public func isIn(fiscalPeriod: Int) -> Filter<Row> { queryFunction("InFiscalPeriod", .number(fiscalPeriod)) }
    /// Whether it is in a fiscal period of a year (`InFiscalPeriodAndYear`).
    public func isIn(fiscalPeriod: Int, year: Int) -> Filter<Row> {
        queryFunction("InFiscalPeriodAndYear", .number(fiscalPeriod), .number(year))
    }
    /// Whether it is in a fiscal period of a year or before it (`InOrBeforeFiscalPeriodAndYear`).
    public func isInOrBefore(fiscalPeriod: Int, year: Int) -> Filter<Row> {
        queryFunction("InOrBeforeFiscalPeriodAndYear", .number(fiscalPeriod), .number(year))
    }
    /// Whether it is in a fiscal period of a year or after it (`InOrAfterFiscalPeriodAndYear`).
    public func isInOrAfter(fiscalPeriod: Int, year: Int) -> Filter<Row> {
        queryFunction("InOrAfterFiscalPeriodAndYear", .number(fiscalPeriod), .number(year))
    }
}
