import SchemaDiagrams
import Testing

@Suite("Relations of diagrams")
struct RelationTests {
    /// The lines of relations in Mermaid.
    private func lines(_ diagram: SchemaDiagram) -> [String] {
        MermaidDiagram(diagram).text.split(separator: "\n").map(String.init).filter { $0.contains(" : ") }
            .map { $0.trimmingPrefix("    ").description }
    }

    @Test("A lookup and the collection that leads back are one line")
    func lookupAndCollection() throws {
        let drawn = try diagram(
            table("account", lookup("primary", to: "contact", partner: "accounts"))
                + table("contact", collection("accounts", of: "account", partner: "primary"))
        )
        #expect(lines(drawn) == ["account }o--o| contact : \"primary\""])
        #expect(drawn.tables.map(\.name) == ["account", "contact"])
    }

    @Test("A lookup is required where neither it nor its column may be null")
    func required() throws {
        let members = """
            <Property Name="b" Type="Edm.Guid" Nullable="false"/><NavigationProperty Name="b_" Type="n.b" Nullable="false">\
            <ReferentialConstraint Property="b" ReferencedProperty="bid"/></NavigationProperty>\
            <NavigationProperty Name="c" Type="n.b"/><NavigationProperty Name="d" Type="n.b" Nullable="false"/>
            """
        let drawn = try diagram(table("a", members) + table("b"))
        #expect(
            lines(drawn) == ["a }o--|| b : \"b_\"", "a }o--o| b : \"c\"", "a }o--|| b : \"d\""]
        )
    }

    @Test("A lookup of several tables is a dashed line to each")
    func severalTables() throws {
        let drawn = try diagram(
            table(
                "contact",
                "<Property Name=\"_parent_value\" Type=\"Edm.Guid\"/>" + lookup("parent_a", to: "a", column: "parent")
                    + lookup("parent_b", to: "b", column: "parent") + lookup("other", to: "a")
            ) + table("a") + table("b")
        )
        #expect(
            lines(drawn) == [
                "contact }o--o| a : \"other\"", "contact }o..o| a : \"parent_a\"", "contact }o..o| b : \"parent_b\"",
            ]
        )
    }

    @Test("A lookup of a type that is not drawn leads to those that inherit from it")
    func owner() throws {
        let schema =
            "<EntityType Name=\"principal\" Abstract=\"true\"><Key><PropertyRef Name=\"ownerid\"/></Key>"
            + "<Property Name=\"ownerid\" Type=\"Edm.Guid\" Nullable=\"false\"/>"
            + collection("owned", of: "account", partner: "owner") + "</EntityType>"
            + "<EntityType Name=\"user\" BaseType=\"n.principal\"/><EntityType Name=\"team\" BaseType=\"n.principal\"/>"
            + table("account", lookup("owner", to: "principal", partner: "owned"))
        let whole = try diagram(schema)
        #expect(
            lines(whole) == [
                "account }o--o| principal : \"owner\"", "team |o..|| principal : \"inherits\"",
                "user |o..|| principal : \"inherits\"",
            ]
        )
        let part = try diagram(schema) { $0.exclude = ["principal"] }
        #expect(lines(part) == ["account }o..o| team : \"owner\"", "account }o..o| user : \"owner\""])
        #expect(whole.tables.map(\.columns.count) == [2, 1, 0, 0])
        #expect(part.tables.map(\.columns.count) == [2, 1, 1])
    }

    @Test("Relations of many rows to many, of one to one, of a table with itself, and of parts")
    func otherRelations() throws {
        let drawn = try diagram(
            table("a", collection("bs", of: "b", partner: "as") + collection("friends", of: "a"))
                + table("b", collection("as", of: "a", partner: "bs") + lookup("wife", to: "c", partner: "husband"))
                + table(
                    "c",
                    lookup("husband", to: "b", partner: "wife") + lookup("parent", to: "c", partner: "children")
                        + collection("children", of: "c", partner: "parent")
                        + collection("parts", of: "a", attributes: "ContainsTarget=\"true\"")
                )
        )
        #expect(
            lines(drawn) == [
                "a }o--o{ b : \"bs\"", "a }o--o{ a : \"friends\"", "b |o--o| c : \"wife\"",
                "c }o--o| c : \"parent\"", "c ||--o{ a : \"parts\"",
            ]
        )
    }

    @Test("Nothing is drawn of a lookup that is left out; a collection leads to a table that has its key alone")
    func leftOut() throws {
        let schema =
            table("account", lookup("primary", to: "contact", partner: "accounts"))
            + table("contact", collection("accounts", of: "account", partner: "primary"))
        let withoutLookup = try diagram(schema) { $0.exclude = ["account.primary"] }
        #expect(lines(withoutLookup) == [])
        #expect(withoutLookup.tables.count == 2)
        #expect(lines(try diagram(schema) { $0.exclude = ["contact"] }) == [])
        let withKeys = try diagram(schema) {
            $0.include = ["account"]
            $0.closure = .keys
        }
        #expect(lines(withKeys) == ["account }o--o| contact : \"primary\""])
        let fromContact = try diagram(schema) {
            $0.include = ["contact"]
            $0.closure = .keys
        }
        #expect(lines(fromContact) == ["contact |o--o{ account : \"accounts\""])
    }

    @Test("Columns: none, those of keys and lookups, all")
    func columns() throws {
        let schema =
            table(
                "account",
                "<Property Name=\"name\" Type=\"Edm.String\"/><Property Name=\"tags\" Type=\"Collection(Edm.String)\"/>"
                    + "<Property Name=\"number\" Type=\"Edm.String\"/>" + lookup("primary", to: "account")
                        + """
                        <Annotation Term="Org.OData.Core.V1.AlternateKeys"><Collection><Record><PropertyValue Property="Key">\
                        <Collection><Record><PropertyValue Property="Name" PropertyPath="number"/></Record></Collection>\
                        </PropertyValue></Record></Collection></Annotation>
                        """
            ) + "<EntityType Name=\"base\" Abstract=\"true\"/>"
        func lines(_ columns: SchemaDiagram.Columns) throws -> [String] {
            MermaidDiagram(try diagram(schema, columns: columns)).text.split(separator: "\n").map(String.init)
        }
        #expect(try lines(.none) == ["erDiagram", "    account", "    account }o--o| account : \"primary\""])
        #expect(
            try lines(.keys)[1...] == [
                "    account {", "        Guid accountid PK", "        Guid _primary_value FK",
                "        String number UK", "    }", "    account }o--o| account : \"primary\"",
            ]
        )
        #expect(try lines(.all).contains("        String[] tags"))
    }

    @Test("The order of the document does not matter")
    func order() throws {
        let tables = [
            table("a", lookup("x", to: "b", partner: "ys")), table("b", collection("ys", of: "a", partner: "x")),
            table("c", lookup("x", to: "b") + lookup("w", to: "a")),
        ]
        let forward = try diagram(tables.joined())
        let backward = try diagram(tables.reversed().joined())
        #expect(forward == backward)
        #expect(DOTDiagram(forward).text == DOTDiagram(backward).text)
        #expect(forward.relations.count == 3)
    }
}
