import ContosoBindings
import Foundation
import TestSupport
import Testing

@testable import Dataverse

/// Source: Dataverse Web API, "Query functions".
@Suite("Query functions of Dataverse")
struct QueryFunctionTests {
    /// Every query function, a condition that uses it, and its arguments.
    private static func functions() throws -> [(name: String, filter: Filter<Account>, arguments: String)] {
        let columns = Account.columns
        let day = try #require(DateOnly("2024-02-29"))
        let id = try #require(UUID(uuidString: "5A1B0000-0000-0000-0000-00000000000F"))
        return [
            ("Yesterday", columns.createdon.isYesterday, "(PropertyName='createdon')"),
            ("Today", columns.createdon.isToday, "(PropertyName='createdon')"),
            ("Tomorrow", columns.createdon.isTomorrow, "(PropertyName='createdon')"),
            ("On", columns.createdon.isOn(day), "(PropertyName='createdon',PropertyValue='2024-02-29')"),
            (
                "OnOrBefore", columns.createdon.isOnOrBefore(day),
                "(PropertyName='createdon',PropertyValue='2024-02-29')"
            ),
            ("OnOrAfter", columns.createdon.isOnOrAfter(day), "(PropertyName='createdon',PropertyValue='2024-02-29')"),
            ("LastWeek", columns.createdon.isInLastWeek, "(PropertyName='createdon')"),
            ("LastMonth", columns.createdon.isInLastMonth, "(PropertyName='createdon')"),
            ("LastYear", columns.createdon.isInLastYear, "(PropertyName='createdon')"),
            ("ThisWeek", columns.createdon.isInThisWeek, "(PropertyName='createdon')"),
            ("ThisMonth", columns.createdon.isInThisMonth, "(PropertyName='createdon')"),
            ("ThisYear", columns.createdon.isInThisYear, "(PropertyName='createdon')"),
            ("NextWeek", columns.createdon.isInNextWeek, "(PropertyName='createdon')"),
            ("NextMonth", columns.createdon.isInNextMonth, "(PropertyName='createdon')"),
            ("NextYear", columns.createdon.isInNextYear, "(PropertyName='createdon')"),
            ("Last7Days", columns.createdon.isInLast7Days, "(PropertyName='createdon')"),
            ("Next7Days", columns.createdon.isInNext7Days, "(PropertyName='createdon')"),
            ("LastXHours", columns.createdon.isInLast(hours: 3), "(PropertyName='createdon',PropertyValue=3)"),
            ("LastXDays", columns.createdon.isInLast(days: 3), "(PropertyName='createdon',PropertyValue=3)"),
            ("LastXWeeks", columns.createdon.isInLast(weeks: 3), "(PropertyName='createdon',PropertyValue=3)"),
            ("LastXMonths", columns.createdon.isInLast(months: 3), "(PropertyName='createdon',PropertyValue=3)"),
            ("LastXYears", columns.createdon.isInLast(years: 3), "(PropertyName='createdon',PropertyValue=3)"),
            ("NextXHours", columns.createdon.isInNext(hours: 3), "(PropertyName='createdon',PropertyValue=3)"),
            ("NextXDays", columns.createdon.isInNext(days: 3), "(PropertyName='createdon',PropertyValue=3)"),
            ("NextXWeeks", columns.createdon.isInNext(weeks: 3), "(PropertyName='createdon',PropertyValue=3)"),
            ("NextXMonths", columns.createdon.isInNext(months: 3), "(PropertyName='createdon',PropertyValue=3)"),
            ("NextXYears", columns.createdon.isInNext(years: 3), "(PropertyName='createdon',PropertyValue=3)"),
            (
                "OlderThanXMinutes", columns.createdon.isOlderThan(minutes: 3),
                "(PropertyName='createdon',PropertyValue=3)"
            ),
            ("OlderThanXHours", columns.createdon.isOlderThan(hours: 3), "(PropertyName='createdon',PropertyValue=3)"),
            ("OlderThanXDays", columns.createdon.isOlderThan(days: 3), "(PropertyName='createdon',PropertyValue=3)"),
            ("OlderThanXWeeks", columns.createdon.isOlderThan(weeks: 3), "(PropertyName='createdon',PropertyValue=3)"),
            (
                "OlderThanXMonths", columns.createdon.isOlderThan(months: 3),
                "(PropertyName='createdon',PropertyValue=3)"
            ),
            ("OlderThanXYears", columns.createdon.isOlderThan(years: 3), "(PropertyName='createdon',PropertyValue=3)"),
            ("LastFiscalYear", columns.createdon.isInLastFiscalYear, "(PropertyName='createdon')"),
            ("LastFiscalPeriod", columns.createdon.isInLastFiscalPeriod, "(PropertyName='createdon')"),
            ("ThisFiscalYear", columns.createdon.isInThisFiscalYear, "(PropertyName='createdon')"),
            ("ThisFiscalPeriod", columns.createdon.isInThisFiscalPeriod, "(PropertyName='createdon')"),
            ("NextFiscalYear", columns.createdon.isInNextFiscalYear, "(PropertyName='createdon')"),
            ("NextFiscalPeriod", columns.createdon.isInNextFiscalPeriod, "(PropertyName='createdon')"),
            (
                "LastXFiscalYears", columns.createdon.isInLast(fiscalYears: 3),
                "(PropertyName='createdon',PropertyValue=3)"
            ),
            (
                "LastXFiscalPeriods", columns.createdon.isInLast(fiscalPeriods: 3),
                "(PropertyName='createdon',PropertyValue=3)"
            ),
            (
                "NextXFiscalYears", columns.createdon.isInNext(fiscalYears: 3),
                "(PropertyName='createdon',PropertyValue=3)"
            ),
            (
                "NextXFiscalPeriods", columns.createdon.isInNext(fiscalPeriods: 3),
                "(PropertyName='createdon',PropertyValue=3)"
            ),
            ("InFiscalYear", columns.createdon.isIn(fiscalYear: 3), "(PropertyName='createdon',PropertyValue=3)"),
            ("InFiscalPeriod", columns.createdon.isIn(fiscalPeriod: 3), "(PropertyName='createdon',PropertyValue=3)"),
            (
                "InFiscalPeriodAndYear", columns.createdon.isIn(fiscalPeriod: 3, year: 2024),
                "(PropertyName='createdon',PropertyValue1=3,PropertyValue2=2024)"
            ),
            (
                "InOrBeforeFiscalPeriodAndYear", columns.createdon.isInOrBefore(fiscalPeriod: 3, year: 2024),
                "(PropertyName='createdon',PropertyValue1=3,PropertyValue2=2024)"
            ),
            (
                "InOrAfterFiscalPeriodAndYear", columns.createdon.isInOrAfter(fiscalPeriod: 3, year: 2024),
                "(PropertyName='createdon',PropertyValue1=3,PropertyValue2=2024)"
            ),
            ("EqualUserId", columns.ownerid.isCurrentUser, "(PropertyName='ownerid')"),
            ("NotEqualUserId", columns.ownerid.isNotCurrentUser, "(PropertyName='ownerid')"),
            ("EqualUserTeams", columns.ownerid.isTeamOfCurrentUser, "(PropertyName='ownerid')"),
            ("EqualUserOrUserTeams", columns.ownerid.isCurrentUserOrTeam, "(PropertyName='ownerid')"),
            ("EqualUserOrUserHierarchy", columns.ownerid.isCurrentUserOrSubordinate, "(PropertyName='ownerid')"),
            (
                "EqualUserOrUserHierarchyAndTeams", columns.ownerid.isCurrentUserOrSubordinateOrTeam,
                "(PropertyName='ownerid')"
            ),
            ("EqualBusinessId", columns.ownerid.isCurrentBusinessUnit, "(PropertyName='ownerid')"),
            ("NotEqualBusinessId", columns.ownerid.isNotCurrentBusinessUnit, "(PropertyName='ownerid')"),
            ("EqualRoleBusinessId", columns.ownerid.isRoleBusinessUnit, "(PropertyName='ownerid')"),
            (
                "Above", columns.accountid.isAbove(id),
                "(PropertyName='accountid',PropertyValue='5a1b0000-0000-0000-0000-00000000000f')"
            ),
            (
                "AboveOrEqual", columns.accountid.isAboveOrEqual(id),
                "(PropertyName='accountid',PropertyValue='5a1b0000-0000-0000-0000-00000000000f')"
            ),
            (
                "Under", columns.accountid.isUnder(id),
                "(PropertyName='accountid',PropertyValue='5a1b0000-0000-0000-0000-00000000000f')"
            ),
            (
                "UnderOrEqual", columns.accountid.isUnderOrEqual(id),
                "(PropertyName='accountid',PropertyValue='5a1b0000-0000-0000-0000-00000000000f')"
            ),
            (
                "NotUnder", columns.accountid.isNotUnder(id),
                "(PropertyName='accountid',PropertyValue='5a1b0000-0000-0000-0000-00000000000f')"
            ),
            ("In", columns.name.isOneOf(["a'b", "c"]), #"(PropertyName='name',PropertyValues=["a'b","c"])"#),
            ("NotIn", columns.name.isNoneOf(["a'b", "c"]), #"(PropertyName='name',PropertyValues=["a'b","c"])"#),
            ("Between", columns.revenue.isWithin(1.5, 20), #"(PropertyName='revenue',PropertyValues=["1.5","20"])"#),
            (
                "NotBetween", columns.revenue.isOutside(1.5, 20),
                #"(PropertyName='revenue',PropertyValues=["1.5","20"])"#
            ),
            ("ContainValues", columns.name.containsValues(1, 20), #"(PropertyName='name',PropertyValues=["1","20"])"#),
            (
                "DoesNotContainValues", columns.name.doesNotContainValues(1, 20),
                #"(PropertyName='name',PropertyValues=["1","20"])"#
            ),
            ("Contains", columns.name.containsText("it's"), "(PropertyName='name',PropertyValue='it''s')"),
            (
                "EqualUserLanguage", columns.numberofemployees.isCurrentUserLanguage,
                "(PropertyName='numberofemployees')"
            ),
        ]
    }

    @Test("each is written with the logical name of its column and its values")
    func text() throws {
        for (name, filter, arguments) in try Self.functions() {
            #expect(filter.text == "Microsoft.Dynamics.CRM.\(name)\(arguments)")
        }
    }

    @Test(
        "all of those in the metadata of Dataverse are there",
        .enabled(if: SharedFiles.url("metadata/dataverse-v9.1.xml") != nil, "DATAVERSE_SHARED has no metadata")
    )
    func completeness() throws {
        let url = try #require(SharedFiles.url("metadata/dataverse-v9.1.xml"))
        let text = try String(contentsOf: url, encoding: .utf8)
        let pattern = /<Function Name="(\w+)"[^>]*>\s*<Parameter Name="PropertyName"/
        let names = Set(text.matches(of: pattern).map { String($0.output.1) })
        #expect(names.count > 60)
        #expect(names.subtracting(try Self.functions().map(\.name)) == [])
    }

    @Test("on lookups, dates without a time, and references")
    func columnTypes() throws {
        let id = try #require(UUID(uuidString: "5A1B0000-0000-0000-0000-00000000000F"))
        let columns = Account.columns
        #expect(
            columns.parentaccountid.isUnder(Reference(id)).text
                == "Microsoft.Dynamics.CRM.Under(PropertyName='parentaccountid',"
                + "PropertyValue='5a1b0000-0000-0000-0000-00000000000f')"
        )
        #expect(
            Person.columns.birthday.isInLastMonth.text == "Microsoft.Dynamics.CRM.LastMonth(PropertyName='Birthday')"
        )
        #expect(
            (columns.createdon.isInLast(days: 7) && columns.ownerid.isCurrentUser && columns.name == "x").text
                == "Microsoft.Dynamics.CRM.LastXDays(PropertyName='createdon',PropertyValue=7)"
                + " and Microsoft.Dynamics.CRM.EqualUserId(PropertyName='ownerid') and name eq 'x'"
        )
        #expect(
            columns.primarycontactid.isOneOf([Reference(id)]).text
                == "Microsoft.Dynamics.CRM.In(PropertyName='primarycontactid',"
                + #"PropertyValues=["5a1b0000-0000-0000-0000-00000000000f"])"#
        )
    }

    @Test("columns with several choices are compared with their cases")
    func choices() {
        let tags = ContosoProject.columns.contosoTags
        #expect(tags.containsValues(.confidential, .pilot) == tags.containsValues(2, 3))
        #expect(tags.doesNotContainValues(.internal) == tags.doesNotContainValues(1))
    }
}
