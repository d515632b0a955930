import Dataverse

/// A table of an OData service with what Dataverse has not: complex values, collections of values, derived types.
struct Person: ODataEntity {
    typealias PrimaryKey = String
    static let schema = EntitySchema(
        logicalName: "Person",
        typeName: "Trippin.Person",
        entitySetName: "People",
        key: ["UserName"]
    )
    static var columns: Columns { Columns() }
    var record: Record
    init(record: Record) { self.record = record }

    struct Columns: Sendable {
        var userName: ReadOnlyColumn<Person, String> { ReadOnlyColumn("UserName") }
        var firstName: Column<Person, String> { Column("FirstName") }
        var lastName: Column<Person, String> { Column("LastName") }
        var age: Column<Person, Int32> { Column("Age") }
        var height: Column<Person, Double> { Column("Height") }
        var salary: Column<Person, Decimal> { Column("Salary") }
        var bonus: Column<Person, Decimal> { Column("Bonus") }
        var birthday: Column<Person, DateOnly> { Column("Birthday") }
        var wakesAt: Column<Person, TimeOfDay> { Column("WakesAt") }
        var hiredOn: Column<Person, Date> { Column("HiredOn") }
        var leftOn: Column<Person, Date> { Column("LeftOn") }
        var notice: Column<Person, Duration> { Column("Notice") }
        var emails: Column<Person, [String]> { Column("Emails") }
        var scores: Column<Person, [Int32]> { Column("Scores") }
        var home: Column<Person, Address> { Column("Home") }
        var addresses: Column<Person, [Address]> { Column("Addresses") }
        var mood: Column<Person, Mood> { Column("Mood") }
        var skills: Column<Person, Skills> { Column("Skills") }
        var nickname: Column<Person, String> { Column("name") }

        var friend: Lookup<Person, Person> { Lookup("BestFriend") }
        var friends: CollectionNavigation<Person, Person> { CollectionNavigation("Friends") }
        var trips: CollectionNavigation<Person, Trip> { CollectionNavigation("Trips") }
    }
}

/// A table that people are related to.
struct Trip: ODataEntity {
    typealias PrimaryKey = Int32
    static let schema = EntitySchema(logicalName: "Trip", typeName: "Trippin.Trip", entitySetName: nil, key: ["TripId"])
    static var columns: Columns { Columns() }
    var record: Record
    init(record: Record) { self.record = record }

    struct Columns: Sendable {
        var tripId: ReadOnlyColumn<Trip, Int32> { ReadOnlyColumn("TripId") }
        var name: Column<Trip, String> { Column("Name") }
        var budget: Column<Trip, Decimal> { Column("Budget") }
        var tags: Column<Trip, [String]> { Column("Tags") }
        var guide: Lookup<Trip, Person> { Lookup("Guide") }
        var guests: CollectionNavigation<Trip, Person> { CollectionNavigation("Guests") }
    }
}

/// A derived type of ``Person``.
struct Employee: ODataEntity {
    typealias PrimaryKey = String
    static let schema = EntitySchema(
        logicalName: "Employee",
        typeName: "Trippin.Employee",
        entitySetName: nil,
        key: ["UserName"]
    )
    static var columns: Columns { Columns() }
    var record: Record
    init(record: Record) { self.record = record }

    struct Columns: Sendable {
        var cost: Column<Employee, Int64> { Column("Cost") }
    }
}

struct Address: ODataComplexType {
    static var schema: ComplexSchema { ComplexSchema(typeName: "Trippin.Location") }
    static var columns: Columns { Columns() }
    var record: Record
    init(record: Record) { self.record = record }

    struct Columns: Sendable {
        var street: Column<Address, String> { Column("Street") }
        var city: Column<Address, City> { Column("City") }
    }
}

struct City: ODataComplexType {
    static var schema: ComplexSchema { ComplexSchema(typeName: "Trippin.City") }
    static var columns: Columns { Columns() }
    var record: Record
    init(record: Record) { self.record = record }

    struct Columns: Sendable {
        var name: Column<City, String> { Column("Name") }
    }
}

enum Mood: ODataEnumeration {
    case good, bad
    case unrecognized(String)

    static var typeName: String { "Trippin.Mood" }
    init(memberName: String) {
        switch memberName {
        case "Good": self = .good
        case "Bad": self = .bad
        default: self = .unrecognized(memberName)
        }
    }
    var memberName: String {
        switch self {
        case .good: "Good"
        case .bad: "Bad"
        case .unrecognized(let name): name
        }
    }
}

struct Skills: ODataFlags {
    let rawValue: Int64
    static var swimming: Self { Self(rawValue: 1) }
    static var singing: Self { Self(rawValue: 2) }
    static var typeName: String { "Trippin.Skills" }
    static var members: [(name: String, value: Int64)] { [("Swimming", 1), ("Singing", 2)] }
}

/// The text of a filter on people.
func people(_ condition: (Person.Columns) throws -> Filter<Person>) rethrows -> String {
    try condition(Person.columns).text
}
