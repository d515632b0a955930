import DataverseEmulator
import Foundation
import ODataCore
import Testing

/// Contacts that are primary contacts of accounts: A of Contoso and Fabrikam, B of Fabrikam, C of Litware, D of none. D is
/// inactive.
@Suite("FetchXML links")
struct FetchLinkTests {
    private struct Fetching: Sendable {
        let service: Service

        func reply(_ set: String, _ xml: String, prefer: String? = nil) async throws -> Service.Reply {
            let encoded = xml.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            return try await service.get("\(set)?fetchXml=" + encoded, prefer: prefer)
        }

        /// The last names of the contacts that a query with this in its entity finds.
        func contacts(_ inside: String) async throws -> [String] {
            let reply = try await reply(
                "contacts",
                "<fetch><entity name='contact'><attribute name='lastname'/><order attribute='lastname'/>\(inside)"
                    + "</entity></fetch>"
            )
            #expect(reply.status == 200, "\(inside): \(reply.text)")
            return reply.names("lastname")
        }
    }

    private func withRows(_ body: @Sendable (Fetching) async throws -> Void) async throws {
        try await withContoso { service in
            for (name, accounts) in [
                ("A", ["Contoso", "Fabrikam"]), ("B", ["Fabrikam"]), ("C", ["Litware"]), ("D", []),
            ] {
                let related = accounts.map { account -> Value in
                    ["name": .string(account), "address1_city": .string(name)]
                }
                let contact = try await service.create(
                    "contacts",
                    ["lastname": .string(name), "account_primary_contact": .array(related)]
                )
                guard name == "D" else { continue }
                let state: Value = ["statecode": 1, "statuscode": 2]
                #expect(try await service.send(.PATCH, "contacts(\(contact))", state).status == 204)
            }
            try await body(Fetching(service: service))
        }
    }

    private static func link(_ type: String, named name: String? = "Contoso", _ more: String = "") -> String {
        let filter = name.map {
            "<filter><condition attribute='name' operator='eq' value='\($0)'/></filter>"
        }
        return "<link-entity name='account' from='primarycontactid' to='contactid' link-type='\(type)'>"
            + "\(filter ?? "")\(more)</link-entity>"
    }

    private static func filter(_ inside: String, _ type: String = "and") -> String {
        "<filter type='\(type)'>\(inside)</filter>"
    }

    @Test("Rows with related rows are found once, whatever there are of those", arguments: ["exists", "in"])
    func existing(_ type: String) async throws {
        try await withRows { (fetching: Fetching) async throws in
            #expect(try await fetching.contacts(Self.link("inner", named: nil)) == ["A", "A", "B", "C"])
            #expect(try await fetching.contacts(Self.link(type, named: nil)) == ["A", "B", "C"])
            #expect(try await fetching.contacts(Self.link(type, named: "Fabrikam")) == ["A", "B"])
            #expect(try await fetching.contacts(Self.link(type, named: "Nobody")) == [])
            let two = Self.link(type, named: "Fabrikam") + Self.link(type, named: "Contoso")
            #expect(try await fetching.contacts(two) == ["A"])
            let aggregate = """
                <fetch aggregate='true'><entity name='contact'><attribute name='contactid' aggregate='count' alias='n'/>\
                \(Self.link(type, named: nil))</entity></fetch>
                """
            #expect(try await fetching.reply("contacts", aggregate).rows.first?["n"] == 3)
        }
    }

    @Test("Links in filters ask for some, none, or none that match of several related rows")
    func conditions() async throws {
        try await withRows { (fetching: Fetching) async throws in
            func found(_ type: String, _ name: String?) async throws -> [String] {
                try await fetching.contacts(Self.filter(Self.link(type, named: name)))
            }
            #expect(try await found("any", nil) == ["A", "B", "C"])
            #expect(try await found("any", "Fabrikam") == ["A", "B"])
            #expect(try await found("not any", nil) == ["D"])
            #expect(try await found("not any", "Contoso") == ["B", "C", "D"])
            #expect(try await found("not all", "Fabrikam") == ["A", "B"])
            #expect(try await found("not all", nil) == ["A", "B", "C"])
            #expect(try await found("all", "Contoso") == ["B", "C"])
            #expect(try await found("all", "Nobody") == ["A", "B", "C"])
            // Without a filter every related row matches.
            #expect(try await found("all", nil) == [])
        }
    }

    @Test("Links are conditions among others")
    func combined() async throws {
        try await withRows { (fetching: Fetching) async throws in
            let inactive = "<condition attribute='statecode' operator='eq' value='1'/>"
            #expect(try await fetching.contacts(Self.filter(Self.link("any") + inactive, "or")) == ["A", "D"])
            #expect(try await fetching.contacts(Self.filter(Self.link("any") + inactive)) == [])
            let nested = Self.filter(Self.filter(Self.link("any", named: "Litware"), "or") + Self.link("not any"))
            #expect(try await fetching.contacts(nested) == ["C"])
            // Contacts of accounts whose primary contact also has a Contoso: A alone, through both accounts.
            let through = """
                <link-entity name='account' from='primarycontactid' to='contactid' link-type='exists'>\
                <link-entity name='contact' from='contactid' to='primarycontactid'><filter>\(Self.link("any"))</filter>\
                </link-entity></link-entity>
                """
            #expect(try await fetching.contacts(through) == ["A"])
            #expect(
                try await fetching.contacts(Self.filter(Self.link("not any", named: nil, Self.filter("", "or")))) == [
                    "D"
                ]
            )
            // In a filter of an outer link the condition is about that link's rows.
            let outer = """
                <link-entity name='account' from='primarycontactid' to='contactid' link-type='outer' alias='a'>\
                <attribute name='name'/><filter><link-entity name='contact' from='contactid' to='primarycontactid' \
                link-type='any'><filter><condition attribute='lastname' operator='eq' value='B'/></filter></link-entity>\
                </filter></link-entity>
                """
            #expect(try await fetching.contacts(outer) == ["A", "B", "C", "D"])
        }
    }

    @Test("Related rows can be compared with the row, and with joined rows")
    func correlated() async throws {
        try await withRows { (fetching: Fetching) async throws in
            let join = """
                <link-entity name='account' from='primarycontactid' to='contactid' alias='acct'>\
                <filter><condition attribute='name' operator='eq' value='Fabrikam'/></filter></link-entity>
                """
            let same = "<condition attribute='lastname' operator='eq' valueof='acct.address1_city'/>"
            #expect(try await fetching.contacts(Self.filter(same) + join) == ["A", "B"])
            let other = "<condition attribute='lastname' operator='gt' valueof='acct.name'/>"
            #expect(try await fetching.contacts(Self.filter(other) + join) == [])
            // An account of the same contact with another name than the joined one.
            let different = """
                <link-entity name='account' from='primarycontactid' to='contactid' link-type='any'><filter>\
                <condition attribute='name' operator='ne' valueof='acct.name'/></filter></link-entity>
                """
            #expect(try await fetching.contacts(join + Self.filter(different)) == ["A"])
            let within = """
                <link-entity name='account' from='primarycontactid' to='contactid' link-type='exists'><filter>\
                <condition attribute='name' operator='lt' valueof='address1_city'/></filter></link-entity>
                """
            #expect(try await fetching.contacts(within) == [])
        }
    }

    @Test("A link without an alias goes by the name of its table")
    func names() async throws {
        try await withRows { (fetching: Fetching) async throws in
            let outer = "<link-entity name='account' from='primarycontactid' to='contactid' link-type='outer'/>"
            let none = "<filter><condition entityname='account' attribute='name' operator='null'/></filter>"
            #expect(try await fetching.contacts(none + outer) == ["D"])
            let two = try await fetching.reply(
                "contacts",
                "<fetch><entity name='contact'>\(none)\(outer)\(outer)</entity></fetch>"
            )
            #expect(two.status == 400)
            #expect(two.errorMessage.contains("several links to 'account'"))
        }
    }

    @Test("The first of the related rows comes with its columns, under their schema names")
    func firstMatch() async throws {
        try await withRows { (fetching: Fetching) async throws in
            let type = "matchfirstrowusingcrossapply"
            func rows(_ inside: String) async throws -> [ODataCore.Record] {
                let reply = try await fetching.reply(
                    "contacts",
                    "<fetch><entity name='contact'><attribute name='lastname'/><order attribute='lastname'/>\(inside)"
                        + "</entity></fetch>"
                )
                #expect(reply.status == 200, "\(reply.text)")
                return reply.rows
            }
            let columns = "<attribute name='name'/><attribute name='address1_city'/>"
            let all = try await rows(Self.link(type, named: nil, columns))
            #expect(all.map { $0["lastname"] } == ["A", "B", "C"])
            #expect(all.map { $0["Name"] } == ["Contoso", "Fabrikam", "Litware"])
            #expect(all.map { $0["address1_city"] } == ["A", "B", "C"])
            let filtered = try await rows(
                Self.link(type, named: "Fabrikam", "<attribute name='name' alias='account'/>")
            )
            #expect(filtered.map { $0["account"] } == ["Fabrikam", "Fabrikam"])
            let condition = Self.link(
                type,
                named: nil,
                """
                <attribute name='name'/><order attribute='name' descending='true'/><filter><link-entity name='contact' \
                from='contactid' to='primarycontactid' link-type='any'/></filter>
                """
            )
            #expect(try await rows(condition).count == 3)
            // Pages go on after the last row, as no row is repeated.
            let annotations = "odata.include-annotations=\"*\""
            let page =
                "<fetch count='2'><entity name='contact'><attribute name='lastname'/>"
                + Self.link(type, named: nil, columns) + "</entity></fetch>"
            let reply = try await fetching.reply("contacts", page, prefer: annotations)
            #expect(reply.rows.count == 2)
            #expect(reply.json["@Microsoft.Dynamics.CRM.morerecords"] == true)
            let cookie = reply.json["@Microsoft.Dynamics.CRM.fetchxmlpagingcookie"]?.stringValue ?? ""
            #expect(cookie.contains("last"))
        }
    }

    @Test("Rows are ordered by the names of what their lookups refer to")
    func lookupOrder() async throws {
        try await withContoso { service in
            let fetching = Fetching(service: service)
            for (account, city) in [("Z", "1"), ("x", "2"), ("Y", "3")] {
                let row: Value = ["name": .string(account), "address1_city": .string(city)]
                let contact: Value = ["lastname": .string(city), "parentcustomerid_account": row]
                _ = try await service.create("contacts", contact)
            }
            let boss: Value = ["lastname": "W"]
            _ = try await service.create("contacts", ["lastname": "4", "parentcustomerid_contact": boss])
            let query = """
                <entity name='contact'><attribute name='lastname'/><order attribute='parentcustomerid'/>\
                <filter><condition attribute='parentcustomerid' operator='not-null'/></filter></entity></fetch>
                """
            let all = try await fetching.reply("contacts", "<fetch>" + query)
            #expect(all.names("lastname") == ["4", "2", "3", "1"], "\(all.text)")
            let second = try await fetching.reply("contacts", "<fetch count='2' page='2'>" + query)
            #expect(second.names("lastname") == ["3", "1"], "\(second.text)")
        }
    }

    @Test("Links of all types go through many-to-many relationships, and texts stay texts")
    func pairs() async throws {
        try await withContoso { service in
            let fetching = Fetching(service: service)
            let name = "'; DROP TABLE \"contacts\"; --"
            for (project, contacts) in [(name, ["A", "B"]), ("Q", ["C"])] {
                let related = contacts.map { contact -> Value in ["lastname": .string(contact)] }
                _ = try await service.create(
                    "contoso_projects",
                    ["contoso_name": .string(project), "contoso_project_contact": .array(related)]
                )
            }
            _ = try await service.create("contacts", ["lastname": "D"])
            let escaped = name.replacingOccurrences(of: "\"", with: "&quot;")
            func found(_ type: String) async throws -> [String] {
                let link = """
                    <link-entity name="contoso_project_contact" from="contactid" to="contactid" link-type="\(type)">\
                    <link-entity name="contoso_project" from="contoso_projectid" to="contoso_projectid"><filter>\
                    <condition attribute="contoso_name" operator="eq" value="\(escaped)"/></filter></link-entity>\
                    </link-entity>
                    """
                return try await fetching.contacts(["exists", "in"].contains(type) ? link : Self.filter(link))
            }
            #expect(try await found("exists") == ["A", "B"])
            #expect(try await found("in") == ["A", "B"])
            #expect(try await found("any") == ["A", "B"])
            #expect(try await found("not all") == ["A", "B"])
            #expect(try await found("not any") == ["C", "D"])
            #expect(try await found("all") == ["C"])
            let first = try await fetching.reply(
                "contacts",
                """
                <fetch><entity name="contact"><link-entity name="contoso_project_contact" from="contactid" \
                to="contactid" link-type="matchfirstrowusingcrossapply"/></entity></fetch>
                """
            )
            #expect(first.status == 501)
        }
    }

    @Test("Wrong links are refused, and it is said why")
    func refusals() async throws {
        let first = "matchfirstrowusingcrossapply"
        let limits = String(repeating: Self.link("inner", named: nil), count: 16)
        let conditions = String(repeating: "<condition attribute='lastname' operator='null'/>", count: 501)
        let cases: [(inside: String, status: Int, text: String)] = [
            (Self.link("any"), 400, "has to stand in a filter"),
            (Self.link("not all"), 400, "has to stand in a filter"),
            (Self.filter(Self.link("exists")), 400, "cannot stand in a filter"),
            (Self.filter(Self.link("inner")), 400, "cannot stand in a filter"),
            (Self.filter(Self.link(first)), 400, "cannot stand in a filter"),
            (Self.filter("<link-entity name='account' from='a' to='b'/>"), 400, "cannot stand in a filter"),
            (Self.link("some"), 400, "There is no link type 'some'"), (Self.link("natural"), 501, "'natural'"),
            (Self.link("exists", named: nil, "<attribute name='name'/>"), 400, "'exists' gives no columns"),
            (Self.link("in", named: nil, "<all-attributes/>"), 400, "'in' gives no columns"),
            (Self.link("in", named: nil, "<order attribute='name'/>"), 400, "'order' is not allowed"),
            (Self.filter(Self.link("any", named: nil, "<attribute name='name'/>")), 400, "'any' gives no columns"),
            (
                Self.link(
                    "exists",
                    named: nil,
                    "<link-entity name='contact' from='contactid' to='primarycontactid'><attribute name='lastname'/></link-entity>"
                ), 400, "'exists' gives no columns"
            ),
            (
                Self.link(
                    first,
                    named: nil,
                    "<link-entity name='contact' from='contactid' to='primarycontactid'/>"
                ), 501, "'inner' inside of one of the type '\(first)'"
            ),
            (
                "<link-entity name='account' from='primarycontactid' to='contactid' link-type='exists' alias='a'/>"
                    + "<filter><condition entityname='a' attribute='name' operator='null'/></filter>",
                400, "'a' is the alias or name of no link"
            ),
            (
                "<filter><condition attribute='lastname' operator='eq' valueof='a.name'/></filter>", 400,
                "'a' is the alias or name of no link"
            ),
            (
                "<filter><condition attribute='lastname' operator='eq' valueof='firstname' value='x'/></filter>", 400,
                "not both"
            ),
            (
                "<filter><condition attribute='lastname' operator='like' valueof='firstname'/></filter>", 400,
                "cannot compare with another column"
            ),
            (
                "<filter><condition attribute='lastname' operator='eq' valueof='statecode'/></filter>", 400,
                "incompatible types"
            ),
            (
                "<link-entity name='account' from='name' to='contactid' link-type='exists'/>", 400,
                "incompatible types"
            ),
            ("<link-entity name='nosuch' from='x' to='contactid' link-type='exists'/>", 501, "'nosuch'"),
            (limits, 400, "Number of link entities in query exceeded maximum limit."),
            (Self.filter(conditions), 400, "Number of conditions in query exceeded maximum limit."),
            (
                "<attribute name='lastname' alias='Name'/>" + Self.link(first, named: nil, "<attribute name='name'/>"),
                400, "give one of them an alias"
            ),
            ("<attribute name='contactid' alias='n' rowaggregate='CountChildren'/>", 501, "'rowaggregate'"),
            ("<filter hint='nosuch'/>", 400, "'union'"),
        ]
        try await withRows { (fetching: Fetching) async throws in
            for (inside, status, text) in cases {
                let xml = "<fetch><entity name='contact'>\(inside)</entity></fetch>"
                let reply = try await fetching.reply("contacts", xml)
                #expect(reply.status == status, "\(inside.prefix(300)): \(reply.text.prefix(300))")
                #expect(reply.errorMessage.contains(text), "\(inside.prefix(300)): \(reply.errorMessage)")
            }
        }
    }
}
