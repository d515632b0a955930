import ODataQuery
import Testing

@Suite("URLs")
struct URLTests {
    @Test("Keys: single, named, composite, quoted, encoded, alias")
    func keys() throws {
        func arguments(_ path: String) throws -> [Argument]? {
            guard case .name(_, let arguments) = try ResourcePath(parsing: path).segments.first else { return nil }
            return arguments
        }
        #expect(try arguments("accounts") == .some(nil))
        #expect(
            try arguments("accounts(00000000-0000-0000-0000-00000000000A)")
                == [Argument(name: nil, value: .literal(.guid("00000000-0000-0000-0000-00000000000a")))]
        )
        #expect(try arguments("Tags('a%2Fb%27%27c d')") == [Argument(name: nil, value: .literal(.string("a/b'c d")))])
        #expect(
            try arguments("contacts(firstname='Joe',emailaddress1='abc@example.com')")
                == [
                    Argument(name: "firstname", value: .literal(.string("Joe"))),
                    Argument(name: "emailaddress1", value: .literal(.string("abc@example.com"))),
                ]
        )
        #expect(
            try arguments("accounts(@k)")
                == [Argument(name: nil, value: .path(PathExpression(root: .alias("k"), steps: [])))]
        )
        for wrong in ["Tags('a/b')", "Tags('a'b')", "Tags(1", "Tags(a=1,2)", "a b", "", "$count", "accounts//x"] {
            #expect(throws: ODataSyntaxError.self) { try ResourcePath(parsing: wrong) }
        }
    }

    @Test("Paths with operations, $ref, $count and $value")
    func paths() throws {
        #expect(
            try ResourcePath(parsing: "contoso_projects(contoso_code='P')/Microsoft.Dynamics.CRM.contoso_CloseProject")
                .segments
                == [
                    .name(
                        "contoso_projects",
                        arguments: [Argument(name: "contoso_code", value: .literal(.string("P")))]
                    ),
                    .name("Microsoft.Dynamics.CRM.contoso_CloseProject", arguments: nil),
                ]
        )
        #expect(
            try ResourcePath(parsing: "accounts(1)/contacts(2)/$ref").segments.last == .ref
        )
        #expect(try ResourcePath(parsing: "WhoAmI()").segments == [.name("WhoAmI", arguments: [])])
        #expect(try ResourcePath(parsing: "accounts/$filter(a/b eq 'x/y')/$count").segments.count == 3)
    }

    @Test("All system query options of one request")
    func options() throws {
        let url = try ODataURL(
            parsing: """
                accounts?$select=name,revenue&$filter=name+eq+%27A%26B%27&$orderby=revenue desc,name&$top=5&$count=true\
                &$expand=primarycontactid($select=fullname;$expand=parentcustomerid_account),\
                contact_customer_accounts($filter=lastname eq 'a;b)';$orderby=lastname;$top=2)&@p=5&x=y&api-version
                """
        )
        #expect(url.options.select == [SelectItem(path: ["name"]), SelectItem(path: ["revenue"])])
        #expect(
            url.options.filter
                == .comparison(.eq, .path(PathExpression(steps: [.name("name")])), .literal(.string("A&B")))
        )
        #expect(url.options.orderBy.map(\.descending) == [true, false])
        #expect(url.options.top == 5)
        #expect(url.options.count == true)
        #expect(url.options.expand.map(\.path) == [["primarycontactid"], ["contact_customer_accounts"]])
        #expect(url.options.expand[0].options.expand.map(\.path) == [["parentcustomerid_account"]])
        #expect(url.options.expand[1].options.top == 2)
        #expect(url.options.aliases["p"] == .literal(.integer(5)))
        #expect(
            url.options.custom == [CustomOption(name: "x", value: "y"), CustomOption(name: "api-version", value: nil)]
        )
    }

    @Test(
        "Options that are wrong are refused with their name",
        arguments: [
            ("$top=-1", "$top"), ("$top=1&$top=2", "$top"), ("$foo=1", "$foo"), ("$select=", "$select"),
            ("$expand=a($top=1;$top=2)", "$expand"), ("$expand=a($skiptoken=1)", "$expand"), ("$count=1", "$count"),
            ("$orderby=a descending", "$orderby"), ("$filter=a%2", "$filter"), ("$filter=%FF", "$filter"),
            ("$top=99999999999999999999", "$top"),
        ]
    )
    func wrongOptions(query: String, part: String) {
        let error = #expect(throws: ODataSyntaxError.self) { try QueryOptions(parsing: query) }
        #expect(error?.part == part)
    }
}
