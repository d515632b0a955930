import Foundation
import Testing

/// How long the compiler takes for queries, by its own measure.
///
/// The limit is generous, so that a busy machine does not fail the test; the figures are printed.
@Suite("Type checking is fast", .enabled(if: TypeChecker.modules != nil, "no modules beside the tests"))
struct TypeCheckingSpeedTests {
    private static let limitInMilliseconds = 500

    @Test("a filter with ten terms")
    func tenTerms() throws {
        let messages = try TypeChecker.messages(
            about: Self.code.split(separator: "\n", omittingEmptySubsequences: false).map(String.init),
            arguments: ["-Xfrontend", "-warn-long-expression-type-checking=1"]
        )
        #expect(messages.filter { $0.severity == "error" }.map(\.text) == [])
        let pattern = /expression took (\d+)ms/
        var slowest = 0
        for message in messages {
            guard let match = message.text.firstMatch(of: pattern), let time = Int(match.output.1) else { continue }
            print("type-checking line \(message.line): \(time) ms")
            slowest = max(slowest, time)
            #expect(time < Self.limitInMilliseconds)
        }
        #expect(slowest > 0, "the compiler measured nothing")
    }

    /// Ten terms each: literals of all types and optionals; paths, lambdas and query functions; numbers only;
    /// calculations; untyped columns; an aggregate.
    private static let code = #"""
        import ContosoBindings
        import Dataverse
        func literalsAndOptionals(_ c: EntitySet<Account>, city: String?, limit: Decimal, since: Date) -> EntitySetQuery<Account> {
            c.where {
                $0.name.hasPrefix("Con") && $0.revenue > 1_000_000 && $0.creditlimit <= 2.5 && $0.address1City == city
                    && $0.createdon >= since && !($0.creditonhold == true) && $0.numberofemployees != 5
                    && ($0.numberofemployees == 3 || $0.numberofemployees == nil) && $0.description != nil
            }
        }
        func pathsAndLambdas(_ c: EntitySet<Account>, contact: Contact, limit: Decimal, since: Date) -> EntitySetQuery<Account> {
            c.where { account in
                account.primarycontactid == contact.reference && account.revenue > limit * 2
                    && account.contactCustomerAccounts.any { $0.lastname == "Lee" && $0.emailaddress1 != nil && $0.createdon > since }
                    && account.parentaccountid.name == account.name && account.parentaccountid.primarycontactid.fullname.contains("x")
                    && (account.createdon.isInLast(days: 7) || account.ownerid.isCurrentUser || account.revenue * 2 > account.creditlimit)
            }
        }
        func numbers(_ c: EntitySet<Account>) -> EntitySetQuery<Account> {
            c.where {
                $0.revenue > 1 && $0.revenue < 2 && $0.revenue >= 3 && $0.revenue <= 4.5 && $0.revenue != 5 && $0.revenue == 6
                    && $0.creditlimit > 1 && $0.creditlimit < 2 && $0.creditlimit >= 3 && $0.creditlimit <= 4
            }
        }
        func calculations(_ c: EntitySet<Account>) -> EntitySetQuery<Account> {
            c.where {
                $0.revenue + 1 > 2 * 3 && $0.revenue - $0.creditlimit < 2 && $0.revenue * 2 >= $0.creditlimit / 3 && -$0.revenue <= 4.5
                    && ($0.revenue + $0.creditlimit * 2 - 5) / 3 != 5 || $0.numberofemployees % 10 == 0 && $0.exchangerate.rounded > 1
                    && $0.creditlimit - 1 < 2 && $0.name.count + 2 > 5 && $0.creditlimit <= 4
            }
        }
        func untyped(_ c: EntitySet<Record>, name: String, since: Date, n: Int) -> EntitySetQuery<Record> {
            c.where {
                $0["name"] == name && $0["createdon"] > since && $0["a"] == 5 && ($0["b"] != nil || $0["c"] <= 2.5)
                    && $0["name"].hasPrefix("x") && $0["d"].isIn([1, 2]) && !($0["e"] == "x") && $0["f"] == true && $0["n"] >= n
                    && $0.collection("contacts").any { $0["lastname"] == "Lee" }
            }
        }
        func aggregates(_ c: EntitySet<Account>) throws {
            let rows = try c.where { $0.creditonhold == false }.group(by: \.address1City, \.primarycontactid.fullname)
                .aggregate(.count, .sum(\.revenue), .average(\.creditlimit), .max(\.createdon)).top(3).all()
            for ((industry, name), (count, revenue, average, latest)) in rows { print(industry ?? "", name ?? "", count ?? 0, revenue ?? 0, average ?? 0, latest ?? .now) }
        }
        func selection(_ c: EntitySet<Account>) throws { _ = try c.select(\.name, \.revenue, \.createdon, \.primarycontactid, \.creditlimit).first() }
        """#
}
