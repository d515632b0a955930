import HTTPTypes
import TestSupport
import Testing

@testable import Dataverse

@Suite("FetchXML and SQL, as effects")
struct TextQueryOperationTests {
    private let call: CallContext
    private var script = EffectScript()
    private static let api = "https://contoso.example/api/data/v9.2"
    private static let token = "token https://contoso.example/.default"

    init() throws {
        let service = try ClientContext.scripted()
        service.tables.store(.init(entitySetName: "accounts", primaryKey: "accountid"), for: "account")
        call = service.beginCall()
    }

    @Test("FetchXML pages by cookie until there are no more records")
    mutating func fetchXML() throws {
        let cookie = "<cookie pagenumber='2' pagingcookie='%253cc%252f%253e'/>"
        let first = """
            {"value":[{"n":1}],"@Microsoft.Dynamics.CRM.morerecords":true,
             "@Microsoft.Dynamics.CRM.fetchxmlpagingcookie":"\(cookie)"}
            """
        let query = try FetchXML("<fetch><entity name='account'/></fetch>")
        let rows = try script.run(
            call.allRows(of: query),
            .token("t"),
            .reply(200, body: first),
            .token("t"),
            .reply(200, body: #"{"value":[{"n":2}],"@Microsoft.Dynamics.CRM.morerecords":"False"}"#)
        ).get()
        #expect(rows.compactMap { $0["n"] } == [1, 2])
        let next =
            "%3Cfetch%20paging-cookie=%22%26lt;c/%26gt;%22%20page=%222%22%3E%3Centity%20name='account'/%3E%3C/fetch%3E"
        #expect(
            script.effects == [
                Self.token,
                "send GET \(Self.api)/accounts?fetchXml=%3Cfetch%3E%3Centity%20name='account'/%3E%3C/fetch%3E",
                Self.token, "send GET \(Self.api)/accounts?fetchXml=\(next)",
            ]
        )
        #expect(script.exchanges[0].headers[.prefer]?.contains("fetchxmlpagingcookie") == true)
    }

    @Test("FetchXML that does not fit into a URL is not sent")
    mutating func tooLong() throws {
        let query = try FetchXML(
            "<fetch><entity name='account'>\(String(repeating: "<all-attributes/>", count: 4_000))</entity></fetch>"
        )
        guard case .failure(let error) = try script.run(call.page(of: query)) else {
            Issue.record("must fail")
            return
        }
        #expect(error.kind == .invalidRequest)
    }

    @Test("SQL follows links, and stops when the service goes in circles")
    mutating func sql() throws {
        let query = try SQLQuery("SELECT name FROM account WHERE name = 'a&b'")
        let link = "\(Self.api)/accounts?sql=x&$skiptoken=2"
        let rows = try script.run(
            call.allRows(of: query),
            .token("t"),
            .reply(200, body: #"{"value":[{"n":1}],"@odata.nextLink":"\#(link)"}"#),
            .token("t"),
            .reply(200, body: #"{"value":[{"n":2}]}"#)
        ).get()
        #expect(rows.count == 2)
        #expect(
            script.effects[1]
                == "send GET \(Self.api)/accounts?sql=SELECT%20name%20FROM%20account%20WHERE%20name%20=%20'a%26b'"
        )
        let circle = #"{"value":[{"n":1}],"@odata.nextLink":"\#(link)"}"#
        let result = try script.run(
            call.allRows(of: query),
            .token("t"),
            .reply(200, body: circle),
            .token("t"),
            .reply(200, body: circle)
        )
        guard case .failure(let error) = result else {
            Issue.record("must fail")
            return
        }
        #expect(error.kind == .unexpectedReply)
    }
}
