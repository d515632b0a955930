import TestSupport
import Testing

@testable import ODataCore

@Suite("Queries written as text")
struct TextQueryTests {
    @Test("FetchXML names its table, whatever stands around it")
    func table() throws {
        let query = try FetchXML(
            """
            <?xml version="1.0"?><!-- <entity name="no"> -->
            <fetch mapping='logical' page="3" ><entity name='account'><attribute name="a&lt;b"/></entity></fetch>
            """
        )
        #expect(query.table == "account")
        #expect(query.pageNumber == 3)
    }

    @Test(
        "what is no FetchXML is refused",
        arguments: [
            "", "account", "<fetch>", "<fetch/>", "<entity name='a'/>", "<fetch><attribute name='x'/></fetch>",
            "<fetch><entity name=''/></fetch>", "<fetch a=b><entity name='a'/></fetch>", "<fetch><entity name='a",
            "<!-- <fetch>", "<",
        ]
    )
    func noFetchXML(text: String) {
        #expect(throws: DataverseError.self) { try FetchXML(text) }
    }

    @Test("the next page has the service's position, decoded, and escaped for XML")
    func paging() throws {
        let query = try FetchXML("<fetch count='2'><entity name='account'/></fetch>")
        let counted = query.nextPage(cookie: nil)
        #expect(counted.text == #"<fetch count="2" page="2"><entity name='account'/></fetch>"#)
        let position = "%253ccookie%2520page%253d%25221%2522%2520a%253d%2522x%2526amp%253by%2522%252f%253e"
        let cookie = "<cookie pagenumber=\"7\" pagingcookie=\"\(position)\" istracking=\"False\" />"
        let next = counted.nextPage(cookie: cookie)
        #expect(next.pageNumber == 7)
        #expect(
            next.text
                == #"<fetch count="2" page="7" paging-cookie="&lt;cookie page=&quot;1&quot; a=&quot;x&amp;amp;y&quot;/&gt;"><entity name='account'/></fetch>"#
        )
        #expect(try FetchXML(next.text).table == "account")
    }

    @Test(
        "SQL that only reads is taken",
        arguments: [
            "SELECT name FROM account", " select TOP 5 name, count(*) from Account group by name ",
            "SELECT name FROM account WHERE name = 'DELETE; it''s UNION SELECT *' -- DROP",
            "SELECT a.name FROM account a LEFT JOIN contact c ON a.primarycontactid = c.contactid",
            "SELECT updatedon /* ; */ FROM account", "SELECT revenue * 2 AS double FROM account",
        ]
    )
    func sql(text: String) throws {
        #expect(try SQLQuery(text).table == "account")
    }

    @Test(
        "SQL that the service refuses is refused before it is sent",
        arguments: [
            "", "   ", "DELETE FROM account", "SELECT name FROM account; SELECT 1", "SELECT * FROM account",
            "SELECT DISTINCT TOP 5 * FROM account", "SELECT name FROM account UNION SELECT name FROM contact",
            "SELECT name FROM account CROSS JOIN contact", "SELECT a FROM account RIGHT OUTER JOIN contact",
            "SELECT name FROM account GROUP BY name HAVING count(*) > 1", "WITH x AS (SELECT 1) SELECT a FROM x",
            "SELECT name FROM account WHERE id IN (SELECT id FROM contact)", "/* */ DROP TABLE account", "SELECT name",
            "SELECT name FROM", "EXPLAIN SELECT name FROM account",
        ]
    )
    func refusedSQL(text: String) {
        #expect(throws: DataverseError.self) { try SQLQuery(text) }
    }

    @Test("mutated texts never crash the scanners", arguments: 0..<10)
    func fuzz(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let texts = [
            "<fetch count='2' paging-cookie=\"&lt;c/&gt;\"><!-- x --><entity name='account'/></fetch>",
            "SELECT TOP 5 name FROM account WHERE name LIKE '%''x' /* c */ -- d",
        ]
        for _ in 0..<500 {
            for text in texts {
                var characters = Array(text)
                for _ in 0..<Int.random(in: 1...5, using: &random) where !characters.isEmpty {
                    let place = Int.random(in: 0..<characters.count, using: &random)
                    if Bool.random(using: &random) {
                        characters.remove(at: place)
                    } else {
                        characters[place] = "<>'\"/=&;-*! \n😀a1".randomElement(using: &random) ?? "x"
                    }
                }
                if let query = try? FetchXML(String(characters)) {
                    #expect(query.nextPage(cookie: String(characters)).table == query.table)
                }
                _ = try? SQLQuery(String(characters))
            }
        }
    }
}
