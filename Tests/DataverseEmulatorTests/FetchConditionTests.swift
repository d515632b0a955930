import Foundation
import ODataCore
import Testing

@testable import DataverseEmulator

@Suite("FetchXML conditions and options")
struct FetchConditionTests {
    private func reply(_ service: Service, _ xml: String, prefer: String? = nil) async throws -> Service.Reply {
        let encoded = xml.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return try await service.get("contoso_projects?fetchXml=" + encoded, prefer: prefer)
    }

    private func names(_ service: Service, _ condition: String, _ fetch: String = "") async throws -> [String] {
        let reply = try await reply(
            service,
            "<fetch \(fetch)><entity name='contoso_project'><attribute name='contoso_name'/>"
                + "<order attribute='contoso_name'/><filter>\(condition)</filter></entity></fetch>"
        )
        #expect(reply.status == 200, "\(condition): \(reply.text)")
        return reply.names("contoso_name")
    }

    private func create(_ service: Service, dates: [String]) async throws {
        for date in dates {
            _ = try await service.create(
                "contoso_projects",
                ["contoso_name": .string(date), "contoso_dueon": .string(date)]
            )
        }
    }

    private static func condition(_ operation: String, _ values: String...) -> String {
        let elements = values.map { "<value>\($0)</value>" }.joined()
        return "<condition attribute='contoso_dueon' operator='\(operation)'>\(elements)</condition>"
    }

    @Test("Fiscal years are calendar years, fiscal periods their quarters")
    func fiscalRanges() throws {
        func day(_ text: String) throws -> Int64 { try #require(Ticks.parse(date: text)) }
        func range(_ name: String, _ count: Int64, now: String = "2024-05-24T13:00:00Z") throws -> [Int64?] {
            let moment = try #require(Ticks.parse(dateTime: now))
            let range = try #require(DateRange.named(name, now: moment) { count })
            return [range.start, range.end]
        }
        #expect(try range("LastXFiscalYears", 2) == [day("2022-01-01"), day("2024-01-01")])
        #expect(try range("NextXFiscalYears", 3) == [day("2025-01-01"), day("2028-01-01")])
        #expect(try range("LastXFiscalPeriods", 1) == [day("2024-01-01"), day("2024-04-01")])
        #expect(try range("LastXFiscalPeriods", 6) == [day("2022-10-01"), day("2024-04-01")])
        #expect(try range("NextXFiscalPeriods", 1) == [day("2024-07-01"), day("2024-10-01")])
        #expect(try range("NextXFiscalPeriods", 5) == [day("2024-07-01"), day("2025-10-01")])
        #expect(
            try range("NextXFiscalPeriods", 1, now: "2024-12-31T23:59:59Z") == [day("2025-01-01"), day("2025-04-01")]
        )
        for (one, other) in [
            ("LastXFiscalYears", "LastFiscalYear"), ("NextXFiscalYears", "NextFiscalYear"),
            ("LastXFiscalPeriods", "LastFiscalPeriod"), ("NextXFiscalPeriods", "NextFiscalPeriod"),
        ] {
            #expect(try range(one, 1) == range(other, 0), "\(one)")
        }
        // However far they reach, ranges stay within what dates can be.
        for name in ["Years", "Months", "FiscalYears", "FiscalPeriods"] {
            #expect(try range("LastX" + name, 1_000_000)[0] ?? 0 >= Ticks.earliest, "\(name)")
            #expect(try range("NextX" + name, 1_000_000)[1] ?? .max <= Ticks.latest + Ticks.perDay, "\(name)")
        }
    }

    @Test("Fiscal operators in FetchXML, and the same as functions of the Web API")
    func fiscalOperators() async throws {
        let year = CivilDate.date(daysSinceEpoch: Int(Date().timeIntervalSince1970 / 86_400)).year
        let dates = [-2, -1, 0, 1, 2].map { "\(year + $0)-06-15" }
        try await withContoso { service in
            try await create(service, dates: dates)
            func found(_ operation: String, _ values: String...) async throws -> [String] {
                let elements = values.map { "<value>\($0)</value>" }.joined()
                return try await names(
                    service,
                    "<condition attribute='contoso_dueon' operator='\(operation)'>\(elements)</condition>"
                )
            }
            #expect(try await found("this-fiscal-year") == [dates[2]])
            #expect(try await found("last-fiscal-year") == [dates[1]])
            #expect(try await found("next-fiscal-year") == [dates[3]])
            #expect(try await found("last-x-fiscal-years", "2") == [dates[0], dates[1]])
            #expect(try await found("next-x-fiscal-years", "1") == [dates[3]])
            let periods = try await found("last-x-fiscal-periods", "1000")
            #expect(periods.starts(with: [dates[0], dates[1]]) && !periods.contains(dates[3]))
            #expect(try await found("in-fiscal-year", "\(year)") == [dates[2]])
            #expect(try await found("in-fiscal-period", "2") == dates)
            #expect(try await found("in-fiscal-period", "3") == [])
            #expect(try await found("in-fiscal-period-and-year", "2", "\(year + 1)") == [dates[3]])
            #expect(try await found("in-or-before-fiscal-period-and-year", "1", "\(year)") == [dates[0], dates[1]])
            #expect(try await found("in-or-after-fiscal-period-and-year", "2", "\(year + 1)") == [dates[3], dates[4]])
            let older = try await found("olderthan-x-years", "1")
            #expect(older.first == dates[0] && !older.contains(dates[2]))
            #expect(try await found("olderthan-x-minutes", "1").contains(dates[0]))
            #expect(try await found("last-x-years", "1000000").contains(dates[0]))

            let call = "Microsoft.Dynamics.CRM.NextXFiscalYears(PropertyName='contoso_dueon',PropertyValue=2)"
            let reply = try await service.get("contoso_projects?$orderby=contoso_name&$filter=\(call)")
            #expect(reply.names("contoso_name") == [dates[3], dates[4]], "\(reply.text)")
        }
    }

    @Test("Operators with too few or too many values are refused")
    func values() async throws {
        try await withContoso { service in
            for condition in [
                Self.condition("last-x-fiscal-years"), Self.condition("last-x-fiscal-years", "x"),
                Self.condition("last-x-fiscal-periods", "-1"), Self.condition("in-fiscal-year"),
                Self.condition("in-fiscal-period-and-year", "1"), Self.condition("in-fiscal-period", "5"),
                Self.condition("in-fiscal-period-and-year", "1", "2024", "3"), Self.condition("last-x-days", "1", "2"),
                "<condition attribute='contoso_name' operator='last-x-fiscal-years' value='1'/>",
            ] {
                let xml = "<fetch><entity name='contoso_project'><filter>\(condition)</filter></entity></fetch>"
                let reply = try await reply(service, xml)
                #expect(reply.status == 400, "\(condition): \(reply.text)")
            }
        }
    }

    @Test("Columns of a row are compared with each other")
    func valueOf() async throws {
        try await withContoso { service in
            for (name, code) in [("a", "A"), ("b", "c"), ("d", "ca"), ("e", .null)] as [(String, Value)] {
                _ = try await service.create("contoso_projects", ["contoso_name": .string(name), "contoso_code": code])
            }
            func found(_ operation: String) async throws -> [String] {
                try await names(
                    service,
                    "<condition attribute='contoso_name' operator='\(operation)' valueof='contoso_code'/>"
                )
            }
            #expect(try await found("eq") == ["a"])
            #expect(try await found("ne") == ["b", "d", "e"])
            #expect(try await found("gt") == ["d"])
            #expect(try await found("ge") == ["a", "d"])
            #expect(try await found("lt") == ["b"])
            #expect(try await found("le") == ["a", "b"])
        }
    }

    @Test("Hints of 'fetch' and 'filter' change nothing")
    func hints() async throws {
        try await withContoso { service in
            try await create(service, dates: ["2024-01-01", "2024-02-01"])
            let condition = Self.condition("not-null")
            for fetch in [
                "latematerialize='true'", "options='HashJoin, DisableRowGoal'", "options=''", "no-lock='true'",
                "useraworderby='true'", "aggregatelimit='1'", "distinct='true' latematerialize='1'",
            ] {
                #expect(try await names(service, condition, fetch) == ["2024-01-01", "2024-02-01"], "\(fetch)")
            }
            let hinted = "<filter type='or' hint='union'>\(condition)</filter><filter type='or'/>"
            #expect(try await names(service, hinted).count == 2)
            for (fetch, status) in [
                ("latematerialize='x'", 400), ("options='DropTables'", 400), ("aggregatelimit='50001'", 400),
                ("aggregatelimit='0'", 400), ("top='1' returntotalrecordcount='true'", 400),
                ("datasource='retained'", 501),
            ] {
                let reply = try await reply(service, "<fetch \(fetch)><entity name='contoso_project'/></fetch>")
                #expect(reply.status == status, "\(fetch): \(reply.text)")
            }
        }
    }

    @Test("A query can bound how many rows it aggregates")
    func aggregateLimit() async throws {
        try await withContoso { service in
            try await create(service, dates: ["2024-01-01", "2024-02-01"])
            func count(_ limit: Int) async throws -> Service.Reply {
                try await reply(
                    service,
                    "<fetch aggregate='true' aggregatelimit='\(limit)'><entity name='contoso_project'>"
                        + "<attribute name='contoso_name' aggregate='count' alias='n'/></entity></fetch>"
                )
            }
            #expect(try await count(2).rows.first?["n"] == 2)
            let refused = try await count(1)
            #expect(refused.status == 400)
            #expect(refused.errorCode == "0x8004E023")
        }
    }

    @Test("Dates are grouped by weeks, the first of which has 1 January in it")
    func weeks() async throws {
        try await withContoso { service in
            // 1 January 2023 was a Sunday, 1 January 2022 a Saturday.
            let dates = ["2023-03-25", "2023-08-27", "2023-01-07", "2023-01-08", "2022-01-01", "2022-01-02"]
            try await create(service, dates: dates)
            let result = try await reply(
                service,
                """
                <fetch aggregate='true'><entity name='contoso_project'>\
                <attribute name='contoso_dueon' groupby='true' dategrouping='week' alias='week'/>\
                <attribute name='contoso_dueon' groupby='true' dategrouping='year' alias='year'/>\
                <attribute name='contoso_name' aggregate='max' alias='name'/><order alias='name'/></entity></fetch>
                """
            )
            #expect(result.names("name") == dates.sorted(), "\(result.text)")
            #expect(result.rows.map { $0["week"] } == [1, 2, 1, 2, 12, 35])
        }
    }

    @Test("Choices are ordered by their labels, or by their numbers where a query says so")
    func choices() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).json").path
        defer { try? FileManager.default.removeItem(atPath: file) }
        let options = ["Plan", "build", "Run"].enumerated().map { place, label in
            #"{"Value":\#(place + 1),"Label":{"LocalizedLabels":[{"Label":"\#(label)","LanguageCode":1033}]}}"#
        }
        try """
        {"value":[{"LogicalName":"contoso_phase","EntityLogicalName":"contoso_project","OptionSet":{"Options":[
        \(options.joined(separator: ","))]}}]}
        """.write(toFile: file, atomically: true, encoding: .utf8)
        var configuration = try EmulatorConfiguration(metadataFile: Fixture.contoso)
        try configuration.readOptionSets(file: file)
        try await withEmulator(configuration) { url in
            let service = Service(url: url)
            for phase in [1, 2, 3] as [Int64] {
                _ = try await service.create("contoso_projects", ["contoso_phase": .integer(phase)])
            }
            _ = try await service.create("contoso_projects", ["contoso_name": "none"])
            func phases(_ fetch: String) async throws -> [Value] {
                let reply = try await reply(
                    service,
                    "<fetch \(fetch)><entity name='contoso_project'><attribute name='contoso_phase'/>"
                        + "<order attribute='contoso_phase'/></entity></fetch>"
                )
                #expect(reply.status == 200, "\(reply.text)")
                return reply.rows.compactMap { $0["contoso_phase"] }
            }
            #expect(try await phases("") == [.null, 2, 1, 3])
            #expect(try await phases("distinct='true'") == [.null, 2, 1, 3])
            #expect(try await phases("useraworderby='true'") == [.null, 1, 2, 3])
            #expect(try await phases("count='2' page='2'") == [1, 3])
        }
    }
}
