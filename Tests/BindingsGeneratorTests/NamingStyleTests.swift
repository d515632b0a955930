import CSDL
import Foundation
import Testing

@testable import BindingsGenerator

/// Names as the configuration asks for them.
@Suite("Names to one's taste")
struct NamingStyleTests {
    private let schema = """
        <EntityType Name="contoso_project"><Key><PropertyRef Name="contoso_projectid"/></Key>
          <Property Name="contoso_projectid" Type="Edm.Guid"/><Property Name="contoso_name" Type="Edm.String"/>
          <Property Name="contoso_hash" Type="Edm.String"/><Property Name="contoso_1st" Type="Edm.String"/>
          <Property Name="name" Type="Edm.String"/><Property Name="accountnumber" Type="Edm.String"/></EntityType>
        <EntityType Name="project"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.Guid"/></EntityType>
        <EnumType Name="Kind"><Member Name="a" Value="1"/><Member Name="b" Value="2"/></EnumType>
        <Action Name="contoso_Finish"><Parameter Name="contoso_reason" Type="Edm.String"/></Action>
        <Action Name="Reopen"/>
        <EntityContainer Name="C"><EntitySet Name="contoso_projects" EntityType="self.contoso_project"/>
          <ActionImport Name="contoso_Finish" Action="self.contoso_Finish"/>
          <ActionImport Name="Reopen" Action="self.Reopen"/></EntityContainer>
        """

    private func output(_ configure: (inout NamingConfiguration) -> Void) throws -> Generated {
        try generate(schema) { configure(&$0.naming) }
    }

    private func errors(_ configure: (inout NamingConfiguration) -> Void) -> [String] {
        do {
            return try output(configure).diagnostics.map(\.description)
        } catch let error as GeneratorError {
            return error.diagnostics.filter { $0.severity == .error }.map(\.description)
        } catch {
            return ["\(error)"]
        }
    }

    // MARK: Prefixes

    @Test func prefixesAreStrippedWhereThatIsPossible() throws {
        let output = try output { $0.stripPrefixes = ["Contoso_"] }
        let file = output.file("ContosoProject.swift")
        #expect(file.contains("struct ContosoProject: ODataEntity"))
        #expect(output.file("Project.swift").contains("struct Project: ODataEntity"))
        #expect(file.contains("var projectid:"))
        #expect(file.contains("var contosoName:") && file.contains("var name:"))
        #expect(file.contains("var contosoHash:"))
        #expect(file.contains("var _1st:"))
        #expect(file.contains("var projects: EntitySet<ContosoProject>"))
        #expect(output.file("Operations.swift").contains("func finish(reason: String? = nil)"))
        #expect(
            output.diagnostics.map(\.message).sorted() == [
                "'Test.contoso_project' is named ContosoProject, because Project is already taken",
                "'contoso_hash' of ContosoProject is named contosoHash, because 'hash' is already taken",
                "'contoso_name' of ContosoProject is named contosoName, because 'name' is already taken",
            ]
        )
    }

    @Test func namesWithoutACollisionLoseTheirPrefix() throws {
        let output = try generate(
            "<EntityType Name=\"new_a\"/><EntityType Name=\"new_Sub_b\"/><EntityType Name=\"new_\"/>"
        ) { $0.naming.stripPrefixes = ["new_", "new_sub_"] }
        let structs = output.files.flatMap { output.lines($0.name, containing: "struct ") }
        #expect(structs.filter { $0.contains("ODataEntity") }.count == 3)
        #expect(structs.contains { $0.hasPrefix("struct A:") })
        #expect(structs.contains { $0.hasPrefix("struct B:") })
        #expect(structs.contains { $0.hasPrefix("struct New:") })
        #expect(output.diagnostics.isEmpty)
    }

    // MARK: Words

    @Test(arguments: [
        ("accountnumber", "accountNumber"), ("primarycontactid", "primaryContactID"), ("faxnumber", "faxNumber"),
        ("address1_accountnumber", "address1AccountNumber"), ("accountnumber2id", "accountNumber2ID"),
        ("contoso_accountnumber", "contosoAccountNumber"), ("AccountNumber", "accountNumber"), ("id", "id"),
        ("accountnumberx", "accountnumberx"), ("websiteurl", "websiteURL"), ("numberaccount", "numberAccount"),
        ("therapist", "therapist"), ("café_accountnumber", "caféAccountNumber"), ("", "unnamed"), ("__", "unnamed"),
    ])
    func dictionary(name: String, member: String) {
        var configuration = NamingConfiguration()
        configuration.words = [
            "account", "number", "primary", "contact", "ID", "fax number", "website", "URL", "the", "rapist",
            "therapist",
        ]
        #expect(NamingStyle(configuration).member(name).name == member)
    }

    @Test func theFewestWordsCount() {
        var configuration = NamingConfiguration()
        configuration.words = ["a", "b", "ab", "abc", "c", "cd", "d"]
        #expect(NamingStyle(configuration).member("abcd").name == "abcD")
        #expect(NamingStyle(configuration).member(String(repeating: "ab", count: 50)).name.count == 100)
        #expect(NamingStyle(configuration).member(String(repeating: "ab", count: 50) + "x").name.count == 101)
    }

    @Test func schemaNamesShowTheWords() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "names.json")
        try """
        { "value": [ { "LogicalName": "contoso_project", "SchemaName": "Contoso_Project", "Attributes": [
          { "LogicalName": "accountnumber", "SchemaName": "AccountNumber" },
          { "LogicalName": "accountnumber", "SchemaName": "ACCOUNTNUMBER" },
          { "LogicalName": "name", "SchemaName": "Other" } ] } ] }
        """.write(to: file, atomically: true, encoding: .utf8)
        let names = try SchemaNames(contentsOfFiles: [file.path])
        #expect(names.spellings == ["contoso_project": "Contoso_Project", "accountnumber": "AccountNumber"])
        let output = try output {
            $0.spellings = names.spellings
            $0.words = ["close"]
        }
        #expect(output.file("ContosoProject.swift").contains("var accountNumber: Column<ContosoProject, String>"))

        try "{".write(to: file, atomically: true, encoding: .utf8)
        #expect(throws: GeneratorError.self) { try SchemaNames(contentsOfFiles: [file.path]) }
        #expect(throws: GeneratorError.self) { try SchemaNames(contentsOfFiles: [file.path + "x"]) }
    }

    // MARK: Renames

    @Test func renames() throws {
        let output = try output {
            $0.types = [.init("contoso_project", to: "Undertaking"), .init("Test.Kind", to: "Sort")]
            $0.columns = [
                .init("contoso_project.contoso_name", to: "title"), .init("*.accountnumber", to: "number"),
                .init("contoso_project.name", to: "class"),
            ]
            $0.members = [.init("Kind.a", to: "first")]
            $0.operations = [.init("contoso_Finish", to: "finish")]
            $0.entitySets = [.init("contoso_projects", to: "undertakings")]
        }
        let file = output.file("ContosoProject.swift")
        #expect(file.contains("struct Undertaking: ODataEntity"))
        #expect(file.contains("var title: Column<Undertaking, String> { Column(\"contoso_name\") }"))
        #expect(file.contains("var number: Column<Undertaking, String> { Column(\"accountnumber\") }"))
        #expect(file.contains("var `class`: Column<Undertaking, String> { Column(\"name\") }"))
        #expect(file.contains("var undertakings: EntitySet<Undertaking>"))
        #expect(output.file("Enumerations.swift").contains("enum Sort: ODataEnumeration"))
        #expect(output.file("Enumerations.swift").contains("case first\n"))
        #expect(output.file("Operations.swift").contains("func finish("))
        #expect(output.diagnostics.isEmpty)
    }

    @Test func renamesMaySwapNames() throws {
        let output = try output {
            $0.types = [.init("contoso_project", to: "Project"), .init("project", to: "ContosoProject")]
            $0.columns = [
                .init("contoso_project.name", to: "accountnumber"), .init("contoso_project.accountnumber", to: "name"),
            ]
        }
        #expect(
            output.file("ContosoProject.swift").contains(
                "var name: Column<Project, String> { Column(\"accountnumber\") }"
            )
        )
    }

    @Test func renamesThatCollideAreErrors() {
        #expect(
            errors { $0.types = [.init("contoso_project", to: "Project")] }
                == ["error: the new name of 'contoso_project' is that of 'Test.project'; rename that one too"]
        )
        #expect(
            errors { $0.types = [.init("contoso_project", to: "X"), .init("Kind", to: "X")] }
                == ["error: 'Test.Kind' cannot be named 'X': 'contoso_project' is named so"]
        )
        #expect(
            errors { $0.types = [.init("project", to: "String")] }
                == ["error: 'Test.project' cannot be named 'String': it has a meaning of its own in Swift"]
        )
        #expect(
            errors { $0.types = [.init("project", to: "class")] }
                == ["error: 'Test.project' cannot be named 'class': it has a meaning of its own in Swift"]
        )
        #expect(
            errors { $0.columns = [.init("contoso_project.contoso_name", to: "name")] } == [
                "error: the new name of 'contoso_project.contoso_name' is that of 'name'; rename that one too"
            ]
        )
        #expect(
            errors {
                $0.columns = [
                    .init("contoso_project.contoso_name", to: "x"), .init("contoso_project.name", to: "x"),
                ]
            } == ["error: 'contoso_project.name' cannot be named 'x': something else has that name"]
        )
        #expect(
            errors { $0.columns = [.init("contoso_project.name", to: "record")] }
                == ["error: 'contoso_project.name' cannot be named 'record': it has a meaning of its own"]
        )
        #expect(
            errors { $0.members = [.init("Kind.a", to: "b")] }
                == ["error: the new name of 'Kind.a' is that of 'b'; rename that one too"]
        )
        #expect(
            errors { $0.operations = [.init("contoso_Finish", to: "reopen")] }
                == ["error: the new name of 'contoso_Finish' is that of 'Reopen'; rename that one too"]
        )
        #expect(errors { $0.types = [.init("project", to: "a b")] } == ["error: 'a b' is not a Swift identifier"])
    }

    @Test func renamesOfNothingAreWarnings() {
        let place = Place(file: "c.yaml", position: SourcePosition(line: 3, column: 5))
        #expect(
            errors {
                $0.types = [.init("proyect", to: "X", at: place)]
                $0.columns = [
                    .init("project.idd", to: "y", at: place), .init("proyect.id", to: "y", at: place),
                    .init("*.nothing_like_it", to: "z", at: place),
                ]
                $0.members = [.init("Kind.c", to: "d", at: place)]
                $0.operations = [.init("Reopn", to: "x", at: place)]
                $0.entitySets = [.init("projects", to: "x", at: place)]
            } == [
                "c.yaml:3:5: warning: the metadata has no type 'proyect' to rename; did you mean 'project'?",
                "c.yaml:3:5: warning: the metadata has no column 'project.idd' to rename; did you mean 'project.id'?",
                "c.yaml:3:5: warning: the metadata has no column 'proyect.id' to rename; did you mean 'project.id'?",
                "c.yaml:3:5: warning: the metadata has no column '*.nothing_like_it' to rename",
                "c.yaml:3:5: warning: the metadata has no member 'Kind.c' to rename; did you mean 'Kind.a'?",
                "c.yaml:3:5: warning: the metadata has no action or function 'Reopn' to rename; did you mean 'Reopen'?",
                "c.yaml:3:5: warning: the metadata has no entity set or singleton 'projects' to rename",
            ]
        )
    }

    // MARK: Types of columns

    @Test(arguments: [
        ("URL", true), ("Foundation.URL", true), ("A<B<C, D>,E>", true), ("[URL]", true), ("Größe", true), ("", false),
        ("A<>", false), ("A<B", false), ("A>", false), ("A B", false), ("A.", false), ("A;", false), ("1A", false),
        ("[A", false), ("A]", false), ("A<B>C", false), ("A\nB", false), (String(repeating: "[", count: 9), false),
    ])
    func whatNamesAType(text: String, isName: Bool) {
        #expect(SwiftIdentifier.isTypeName(text) == isName)
    }

    @Test func typesOfColumns() throws {
        let output = try generate(schema) {
            $0.imports = ["Types"]
            $0.columnTypes = [
                .init(columns: "contoso_project.name", type: "URL", converter: "Types.WebsiteURL"),
                .init(columns: "*.*name", type: "Title"), .init(columns: "project.id", type: "ProjectID"),
                .init(columns: "project.nam", type: "X"),
            ]
        }
        let file = output.file("ContosoProject.swift")
        #expect(file.hasPrefix("import Types\n"))
        #expect(file.contains("/// `name`, `Edm.String` as `URL`.\n"))
        #expect(
            output.lines("ContosoProject.swift", containing: "Column(\"name\")")
                == ["var name: Column<ContosoProject, Converted<Types.WebsiteURL>> { Column(\"name\") }"]
        )
        #expect(file.contains("var contosoName: Column<ContosoProject, Title>"))
        #expect(output.file("Project.swift").contains("var id: Column<Project, UUID>"))
        #expect(
            output.diagnostics.map(\.description) == [
                "warning: 'project.id' is part of a key and keeps its type there",
                "warning: no column is 'project.nam'",
            ]
        )
    }
}
