import ContosoBindings
import Testing

@testable import Dataverse

/// Source: OData URL Conventions 4.01, section 5.1.1.13 "Lambda Operators".
@Suite("Conditions on collections")
struct LambdaTests {
    @Test("rows of a collection")
    func rows() {
        func accounts(_ condition: (Account.Columns) -> Filter<Account>) -> String { condition(Account.columns).text }
        #expect(accounts { $0.contactCustomerAccounts.any() } == "contact_customer_accounts/any()")
        #expect(accounts { !$0.contactCustomerAccounts.any() } == "not (contact_customer_accounts/any())")
        #expect(
            accounts { $0.contactCustomerAccounts.any { $0.lastname == "Lee" || $0.lastname == nil } && $0.name == "x" }
                == "contact_customer_accounts/any(r1:r1/lastname eq 'Lee' or r1/lastname eq null) and name eq 'x'"
        )
        #expect(
            accounts { $0.contactCustomerAccounts.all { $0.emailaddress1 != nil } }
                == "contact_customer_accounts/all(r1:r1/emailaddress1 ne null)"
        )
        #expect(accounts { $0.contactCustomerAccounts.count > 5 } == "contact_customer_accounts/$count gt 5")
        #expect(
            accounts { $0.parentaccountid.contactCustomerAccounts.any { $0.createdby.fullname == "Bo" } }
                == "parentaccountid/contact_customer_accounts/any(r1:r1/createdby/fullname eq 'Bo')"
        )
    }

    @Test("columns of the row outside")
    func outerColumns() {
        #expect(
            people { person in person.trips.any { $0.budget > person.salary && $0.guide.lastName == person.lastName } }
                == "Trips/any(r1:r1/Budget gt Salary and r1/Guide/LastName eq LastName)"
        )
    }

    @Test("lambdas in lambdas have variables of their own")
    func nesting() {
        #expect(
            people { person in
                person.trips.any { trip in
                    trip.guests.any { guest in guest.age > person.age && guest.friends.any { $0.lastName == trip.name }
                    }
                        && trip.tags.any { $0 == "new" }
                }
                    && person.friends.all { $0.age > 1 }
            }
                == "Trips/any(r1:r1/Guests/any(r2:r2/Age gt Age and r2/Friends/any(r3:r3/LastName eq r1/Name))"
                + " and r1/Tags/any(r2:r2 eq 'new')) and Friends/all(r1:r1/Age gt 1)"
        )
    }

    @Test("collections of values")
    func values() {
        #expect(people { $0.emails.contains("a'b") } == "Emails/any(r1:r1 eq 'a''b')")
        #expect(people { $0.emails.any { $0.hasSuffix("@x.org") } } == "Emails/any(r1:endswith(r1,'@x.org'))")
        #expect(people { $0.scores.all { $0 >= 3 && $0 * 2 < 20 } } == "Scores/all(r1:r1 ge 3 and (r1 mul 2) lt 20)")
        #expect(people { $0.emails.any() && $0.emails.count == 1 } == "Emails/any() and Emails/$count eq 1")
        #expect(people { $0.addresses.any { $0.city.name == "Oslo" } } == "Addresses/any(r1:r1/City/Name eq 'Oslo')")
        #expect(people { $0.friend.emails.contains("a") } == "BestFriend/Emails/any(r1:r1 eq 'a')")
        #expect(
            people { $0.friends.any { $0.isOf(Employee.self) && $0.as(Employee.self).cost < 2 } }
                == "Friends/any(r1:isof(r1,Trippin.Employee) and r1/Trippin.Employee/Cost lt 2)"
        )
    }
}
