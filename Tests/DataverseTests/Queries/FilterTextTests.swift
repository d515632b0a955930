import ContosoBindings
import Testing

@testable import Dataverse

/// What conditions are written as. Source: OData URL Conventions 4.01, section 5.1.1.
@Suite("Filters as text")
struct FilterTextTests {
    private let noon = Date(timestamp: "2024-02-29T12:00:00Z")

    private func accounts(_ condition: (Account.Columns) -> Filter<Account>) -> String {
        condition(Account.columns).text
    }

    @Test("comparisons, null, and what binds how")
    func comparisons() throws {
        let city: String? = nil
        #expect(accounts { $0.name == "O'Neil" } == "name eq 'O''Neil'")
        #expect(accounts { $0.address1City == city } == "address1_city eq null")
        #expect(accounts { $0.address1City != nil } == "address1_city ne null")
        #expect(accounts { $0.revenue >= 1.5 } == "revenue ge 1.5")
        #expect(
            people { $0.age < 30 || $0.age > 60 && $0.mood == .good }
                == "Age lt 30 or Age gt 60 and Mood eq Trippin.Mood'Good'"
        )
        #expect(
            people { ($0.age < 30 || $0.age > 60) && !($0.mood == .bad) }
                == "(Age lt 30 or Age gt 60) and not (Mood eq Trippin.Mood'Bad')"
        )
        #expect(people { $0.mood == .unrecognized("Odd") } == "Mood eq Trippin.Mood'Odd'")
        #expect(people { $0.skills.has([.swimming, .singing]) } == "Skills has Trippin.Skills'Swimming,Singing'")
        #expect(try people { $0.birthday <= (try #require(DateOnly("2000-02-29"))) } == "Birthday le 2000-02-29")
        #expect(try people { $0.hiredOn > (try #require(noon)) } == "HiredOn gt 2024-02-29T12:00:00Z")
        #expect(people { $0.notice == .seconds(5400) } == "Notice eq duration'PT1H30M'")
    }

    @Test("columns with columns")
    func columnsWithColumns() {
        #expect(people { $0.firstName == $0.lastName } == "FirstName eq LastName")
        #expect(
            people { $0.firstName != $0.lastName && $0.bonus > $0.salary && $0.bonus <= $0.salary }
                == "FirstName ne LastName and Bonus gt Salary and Bonus le Salary"
        )
        #expect(
            people { $0.leftOn < $0.hiredOn || $0.leftOn >= $0.hiredOn }
                == "LeftOn lt HiredOn or LeftOn ge HiredOn"
        )
        #expect(accounts { $0.createdby == $0.modifiedby } == "_createdby_value eq _modifiedby_value")
        #expect(people { $0.firstName.lowercased == $0.userName } == "tolower(FirstName) eq UserName")
    }

    @Test("lookups by reference")
    func lookups() throws {
        let id = try #require(UUID(uuidString: "5A1B0000-0000-0000-0000-00000000000F"))
        var contact = Contact()
        contact.id = id
        #expect(
            accounts { $0.primarycontactid == contact.reference }
                == "_primarycontactid_value eq 5a1b0000-0000-0000-0000-00000000000f"
        )
        #expect(accounts { $0.primarycontactid != nil } == "_primarycontactid_value ne null")
        #expect(
            accounts { $0.primarycontactid == Reference(id) }
                == "_primarycontactid_value eq 5a1b0000-0000-0000-0000-00000000000f"
        )
        #expect(people { $0.friend == Reference("ann") } == "BestFriend/UserName eq 'ann'")
    }

    @Test("lists and ranges")
    func listsAndRanges() throws {
        #expect(people { $0.age.isIn([1, 2]) } == "(Age eq 1 or Age eq 2)")
        #expect(people { $0.age.isIn([1]) } == "Age eq 1")
        #expect(people { $0.age.isIn([]) } == "false")
        #expect(people { $0.age.isNotIn([1, 2]) } == "not (Age eq 1 or Age eq 2)")
        #expect(people { $0.firstName.isIn(["a", "b'"], as: .inOperator) } == "FirstName in ('a','b''')")
        #expect(people { $0.mood.isIn([.good, .bad]) } == "(Mood eq Trippin.Mood'Good' or Mood eq Trippin.Mood'Bad')")
        #expect(people { $0.age.isBetween(18...65) } == "(Age ge 18 and Age le 65)")
        #expect(people { $0.age.isBetween(18..<65) } == "(Age ge 18 and Age lt 65)")
        #expect(people { $0.age.isNotBetween(18...65) } == "not (Age ge 18 and Age le 65)")
        #expect(people { $0.salary.isBetween(1.5, and: 2) } == "(Salary ge 1.5 and Salary le 2)")
    }

    @Test("functions of text")
    func text() throws {
        #expect(people { $0.firstName.hasPrefix("A'") } == "startswith(FirstName,'A''')")
        #expect(people { $0.firstName.hasSuffix("n") } == "endswith(FirstName,'n')")
        #expect(people { $0.firstName.contains($0.lastName) } == "contains(FirstName,LastName)")
        #expect(people { $0.firstName.count > 3 } == "length(FirstName) gt 3")
        #expect(people { $0.firstName.trimmed.uppercased == "ANN" } == "toupper(trim(FirstName)) eq 'ANN'")
        #expect(people { $0.firstName.index(of: "n") == 1 } == "indexof(FirstName,'n') eq 1")
        #expect(people { $0.firstName.substring(from: 1) == "nn" } == "substring(FirstName,1) eq 'nn'")
        #expect(people { $0.firstName.substring(from: 0, length: 2) == "An" } == "substring(FirstName,0,2) eq 'An'")
        #expect(
            people { $0.firstName.appending(" ").appending($0.lastName) == "Ann Lee" }
                == "concat(concat(FirstName,' '),LastName) eq 'Ann Lee'"
        )
        #expect(people { $0.firstName.matches(pattern: "^A.*e$") } == "matchesPattern(FirstName,'^A.*e$')")
        #expect(try people { try $0.firstName.like("A%") } == "startswith(FirstName,'A')")
        #expect(try people { try $0.firstName.like("%n") } == "endswith(FirstName,'n')")
        #expect(try people { try $0.firstName.like("%n'n%") } == "contains(FirstName,'n''n')")
        #expect(try people { try $0.firstName.like("Ann") } == "FirstName eq 'Ann'")
        #expect(try people { try $0.firstName.notLike("A%") } == "not (startswith(FirstName,'A'))")
        let error = #expect(throws: DataverseError.self) { try people { try $0.firstName.like("A%n") } }
        #expect(error?.kind == .invalidRequest)
        #expect(error?.message.contains("A%n") == true)
    }

    @Test("functions of dates and times")
    func dates() {
        #expect(
            people { $0.birthday.year == 2000 && $0.birthday.month == 2 && $0.birthday.day == 29 }
                == "year(Birthday) eq 2000 and month(Birthday) eq 2 and day(Birthday) eq 29"
        )
        #expect(
            people { $0.wakesAt.hour < 7 && $0.wakesAt.minute == 30 && $0.hiredOn.second == 0 }
                == "hour(WakesAt) lt 7 and minute(WakesAt) eq 30 and second(HiredOn) eq 0"
        )
        #expect(people { $0.hiredOn.fractionalSeconds < 0.5 } == "fractionalseconds(HiredOn) lt 0.5")
        #expect(people { $0.hiredOn.dateOnly == $0.birthday } == "date(HiredOn) eq Birthday")
        #expect(people { $0.hiredOn.timeOfDay > $0.wakesAt } == "time(HiredOn) gt WakesAt")
        #expect(people { $0.hiredOn.totalOffsetMinutes == 60 } == "totaloffsetminutes(HiredOn) eq 60")
        #expect(people { $0.leftOn.isBefore(.now) } == "LeftOn lt now()")
        #expect(
            people { $0.leftOn.isAfter(.now.subtracting(.seconds(86_400))) } == "LeftOn gt (now() sub duration'P1D')"
        )
        #expect(
            people { $0.leftOn.isAfter(.earliest) && $0.leftOn.isBefore(.latest.adding(.seconds(-60))) }
                == "LeftOn gt mindatetime() and LeftOn lt (maxdatetime() add duration'-PT1M')"
        )
        #expect(people { $0.hiredOn.adding(.seconds(60)) < $0.leftOn } == "(HiredOn add duration'PT1M') lt LeftOn")
        #expect(
            people { $0.leftOn.since($0.hiredOn) > .seconds(3600) && $0.notice.totalSeconds > 60 }
                == "(LeftOn sub HiredOn) gt duration'PT1H' and totalseconds(Notice) gt 60"
        )
    }

    @Test("calculations")
    func arithmetic() {
        #expect(people { $0.salary + $0.bonus * 2 > 1000 } == "(Salary add (Bonus mul 2)) gt 1000")
        #expect(people { ($0.salary - 100) / 12 <= $0.bonus } == "((Salary sub 100) div 12) le Bonus")
        #expect(people { $0.age % 10 == 0 } == "(Age mod 10) eq 0")
        #expect(people { -$0.salary < 0 && -($0.age + 1) < 0 } == "-Salary lt 0 and -(Age add 1) lt 0")
        #expect(people { $0.age.divided(by: 2) > 1.5 } == "(Age divby 2) gt 1.5")
        #expect(people { $0.salary.divided(by: $0.bonus) > 2 } == "(Salary divby Bonus) gt 2")
        #expect(
            people { $0.height.rounded == 2 && $0.height.floor == 1 && ($0.height * 2).ceiling == 4 }
                == "round(Height) eq 2.0 and floor(Height) eq 1.0 and ceiling((Height mul 2.0)) eq 4.0"
        )
    }

    @Test("paths through lookups and complex values")
    func paths() {
        #expect(accounts { $0.primarycontactid.fullname == "Ann" } == "primarycontactid/fullname eq 'Ann'")
        #expect(accounts { $0.parentaccountid.name == $0.name } == "parentaccountid/name eq name")
        #expect(
            accounts { $0.parentaccountid.parentaccountid.primarycontactid.lastname.hasPrefix("L") }
                == "startswith(parentaccountid/parentaccountid/primarycontactid/lastname,'L')"
        )
        #expect(
            accounts { $0.parentaccountid.primarycontactid == nil }
                == "parentaccountid/_primarycontactid_value eq null"
        )
        #expect(people { $0.home.city.name == "Oslo" } == "Home/City/Name eq 'Oslo'")
        #expect(people { $0.friend.home.street == $0.home.street } == "BestFriend/Home/Street eq Home/Street")
        #expect(people { $0.friend[\.nickname] == "x" } == "BestFriend/name eq 'x'")
        #expect(people { $0.friend.as(Employee.self).cost > 5 } == "BestFriend/Trippin.Employee/Cost gt 5")
        #expect(people { $0.friend.isOf(Employee.self) } == "isof(BestFriend,Trippin.Employee)")
        #expect(people { _ in .isOf(Employee.self) } == "isof(Trippin.Employee)")
        let query = RowQuery<Account>().orderBy { [$0.primarycontactid.lastname.ascending, $0.revenue.descending] }
        #expect(query.order == ["primarycontactid/lastname asc", "revenue desc"])
    }

    @Test("conditions with values that may be missing")
    func optionalConditions() {
        let text: String? = "a"
        let none: String? = nil
        let query = RowQuery<Account>().where(text) { $0.name.contains($1) }.where(none) { $0.name == $1 }
        #expect(query.filter?.text == "contains(name,'a')")
    }
}
