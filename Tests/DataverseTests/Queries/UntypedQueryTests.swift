import Testing

@testable import Dataverse

/// What can be asked of rows that no struct was generated for: all that the query builder of Microsoft's Python SDK can.
@Suite("Queries of untyped rows")
struct UntypedQueryTests {
    private func filter(_ condition: (Record.Columns) throws -> Filter<Record>) rethrows -> String {
        try condition(Record.columns).text
    }

    @Test("comparisons with variables of any type")
    func comparisons() throws {
        let name = "O'Neil"
        let number = 5
        let amount: Decimal = 1.5
        let date = try #require(Date(timestamp: "2024-02-29T12:00:00Z"))
        let id = try #require(UUID(uuidString: "5A1B0000-0000-0000-0000-00000000000F"))
        let isOpen = true
        #expect(filter { $0["name"] == name } == "name eq 'O''Neil'")
        #expect(
            filter { $0["a"] == number && $0["b"] > amount && $0["c"] <= date }
                == "a eq 5 and b gt 1.5 and c le 2024-02-29T12:00:00Z"
        )
        #expect(
            filter { $0["_a_value"] == id || $0["b"] != isOpen }
                == "_a_value eq 5a1b0000-0000-0000-0000-00000000000f or b ne true"
        )
        #expect(
            filter { $0["name"] == "x" && $0["n"] >= 1_000 && $0["f"] < 2.5 && $0["b"] == false }
                == "name eq 'x' and n ge 1000 and f lt 2.5 and b eq false"
        )
        #expect(filter { $0["name"] == nil && $0["name"] != nil } == "name eq null and name ne null")
        #expect(filter { $0["firstname"] == $0["lastname"] } == "firstname eq lastname")
    }

    @Test("in, between, text, combinations")
    func operators() throws {
        #expect(filter { $0["statecode"].isIn([0, 1]) } == "(statecode eq 0 or statecode eq 1)")
        #expect(
            filter { $0["statecode"].isOneOf([0, 1]) }
                == #"Microsoft.Dynamics.CRM.In(PropertyName='statecode',PropertyValues=["0","1"])"#
        )
        #expect(
            filter { $0["name"].isNoneOf(["a", "b"]) }
                == #"Microsoft.Dynamics.CRM.NotIn(PropertyName='name',PropertyValues=["a","b"])"#
        )
        #expect(filter { $0["statecode"].isNotIn([0]) } == "not (statecode eq 0)")
        #expect(filter { $0["revenue"].isBetween(1, and: 2) } == "(revenue ge 1 and revenue le 2)")
        #expect(filter { $0["revenue"].isNotBetween(1, and: 2) } == "not (revenue ge 1 and revenue le 2)")
        #expect(
            filter { $0["name"].contains("a") && $0["name"].hasPrefix("b") && $0["name"].hasSuffix("c") }
                == "contains(name,'a') and startswith(name,'b') and endswith(name,'c')"
        )
        #expect(try filter { try $0["name"].like("Con%") } == "startswith(name,'Con')")
        #expect(try filter { try $0["name"].notLike("%oso") } == "not (endswith(name,'oso'))")
        #expect(
            filter { !($0["a"] == 1 || $0["b"] == 2) && .init(odata: "c eq 3") }
                == "not (a eq 1 or b eq 2) and (c eq 3)"
        )
        #expect(
            filter { $0["createdon"].isToday && $0["createdon", Date.self].year == 2024 }
                == "Microsoft.Dynamics.CRM.Today(PropertyName='createdon') and year(createdon) eq 2024"
        )
    }

    @Test("paths, lambdas and nested expansions")
    func relations() {
        #expect(filter { $0.lookup("primarycontactid")["fullname"] == "Ann" } == "primarycontactid/fullname eq 'Ann'")
        #expect(
            filter { $0.collection("contacts").any { $0["lastname"] == "Lee" } }
                == "contacts/any(r1:r1/lastname eq 'Lee')"
        )
        let query = RowQuery<Record>().select("name", "revenue").orderBy { $0["revenue"].descending }.top(5)
            .expand { $0.lookup("primarycontactid").select("fullname") }
            .expand {
                $0.collection("Account_Tasks").select("subject").where { $0["subject"].contains("Task") }
                    .orderBy { $0["createdon"].descending }.top(5).expand { $0.lookup("ownerid") }
            }
            .withTotalCount().pageSize(50).includeFormattedValues()
        #expect(
            query.options.map { "\($0.name)=\($0.value)" } == [
                "$select=name,revenue", "$orderby=revenue desc",
                "$expand=primarycontactid($select=fullname),Account_Tasks($select=subject;"
                    + "$filter=contains(subject,'Task');$orderby=createdon desc;$expand=ownerid;$top=5)",
                "$top=5", "$count=true",
            ]
        )
        #expect(
            query.headers[.prefer]
                == #"odata.maxpagesize=50,odata.include-annotations="OData.Community.Display.V1.FormattedValue""#
        )
    }

    @Test("aggregates")
    func aggregates() {
        #expect(
            RowQuery<Record>().group(by: \.["statecode"]).aggregate(.sum(\.["revenue"]), .count)
                .query.apply == "groupby((statecode),aggregate(revenue with sum as revenue_sum,$count as count))"
        )
        #expect(RowQuery<Record>().apply(odata: "groupby((a))").options.map(\.value) == ["groupby((a))"])
    }
}
