import ContosoBindings
import TestSupport
import Testing

@testable import Dataverse

/// Sources: OData Extension for Data Aggregation 4.0; Dataverse Web API, "Aggregate data".
@Suite("Groups and aggregates")
struct AggregateTests {
    @Test("as $apply")
    func text() {
        let rows = RowQuery<Account>().where { $0.numberofemployees == 0 }
        #expect(
            rows.aggregate(.count, .sum(\.revenue), .average(\.numberofemployees)).query.apply
                == "filter(numberofemployees eq 0)/aggregate($count as count,revenue with sum as revenue_sum,"
                + "numberofemployees with average as numberofemployees_average)"
        )
        #expect(RowQuery<Account>().group(by: \.numberofemployees).keys.query.apply == "groupby((numberofemployees))")
        #expect(
            RowQuery<Account>().group(by: \.numberofemployees, \.primarycontactid.fullname)
                .aggregate(.min(\.createdon), .max(\.createdon), .countDistinct(\.address1City, as: "cities"))
                .query.apply
                == "groupby((numberofemployees,primarycontactid/fullname),aggregate(createdon with min as createdon_min,"
                + "createdon with max as createdon_max,address1_city with countdistinct as cities))"
        )
        let query = rows.orderBy { $0.revenue.descending }.top(10).pageSize(50).includeAnnotations()
            .group(by: \.numberofemployees)
            .aggregate(.sum(\.revenue, as: "total"), .sum(\.revenue, as: "total"))
            .having(.sum(\.revenue, as: "total")) { $0 > 5 }
            .orderBy { $0.numberofemployees.ascending }.orderBy(.sum(\.revenue, as: "total"), descending: true).top(3)
            .query
        #expect(
            query.apply == "filter(numberofemployees eq 0)/orderby(revenue desc)/top(10)/"
                + "groupby((numberofemployees),aggregate(revenue with sum as total))/filter(total gt 5)"
        )
        #expect(query.order == ["numberofemployees asc", "total desc"])
        #expect(query.top == 3)
        #expect(query.pageSize == 50)
        #expect(query.annotations == "*")
    }

    @Test("results are of the types of their columns")
    func results() throws {
        let query = RowQuery<Account>().group(by: \.numberofemployees, \.primarycontactid.fullname)
            .aggregate(.count, .sum(\.revenue), .average(\.numberofemployees), .max(\.createdon))
        let record: Record = [
            "numberofemployees": 3, "primarycontactid": ["fullname": "Ann"], "count": 2, "revenue_sum": 10.5,
            "numberofemployees_average": .null, "createdon_max": "2024-02-29T12:00:00Z",
        ]
        let ((industry, name), (count, revenue, average, latest)) = try query.read(record)
        let checked: (Int32?, String?, Int?, Decimal?, Decimal?, Date?) = (
            industry, name, count, revenue, average, latest
        )
        #expect(checked.0 == 3)
        #expect(checked.1 == "Ann")
        #expect(checked.2 == 2)
        #expect(checked.3 == 10.5)
        #expect(checked.4 == nil)
        #expect(checked.5 == Date(timestamp: "2024-02-29T12:00:00Z"))

        let single = RowQuery<Account>().group(by: \.numberofemployees).aggregate(.count)
        let row = try single.read(["numberofemployees": .null, "count": 7])
        #expect(row.key == nil)
        #expect(row.values == 7)
        #expect(throws: DataverseError.self) { try single.read(["count": "many"]) }
    }
}
