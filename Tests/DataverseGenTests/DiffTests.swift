import Foundation
import Testing

@testable import dataverse_gen

/// `dataverse-gen diff` as a command.
@Suite("dataverse-gen diff", .enabled(if: Command.executable != nil, "dataverse-gen was not built"))
struct DiffTests {
    /// A folder with an old and a new schema.
    private final class Files {
        let folder = FileManager.default.temporaryDirectory.appending(path: "diff-\(UUID().uuidString)")
        static let old = #"""
            <EntityType Name="account"><Key><PropertyRef Name="accountid"/></Key>
            <Property Name="accountid" Type="Edm.Guid"/><Property Name="name" Type="Edm.String"/>
            <Property Name="default" Type="Edm.String"/></EntityType>
            <EnumType Name="color"><Member Name="Red" Value="1"/></EnumType>
            <EntityContainer Name="System"><EntitySet Name="accounts" EntityType="Sales.account"/></EntityContainer>
            """#
        static let new = #"""
            <EntityType Name="account"><Key><PropertyRef Name="accountid"/></Key>
            <Property Name="accountid" Type="Edm.Guid"/><Property Name="name" Type="Edm.Int32"/></EntityType>
            <EnumType Name="color"><Member Name="Red" Value="1"/><Member Name="Blue" Value="2"/></EnumType>
            <EntityContainer Name="System"><EntitySet Name="accounts" EntityType="Sales.account"/></EntityContainer>
            """#

        init() throws {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try write(Self.edmx(Self.old), "old.xml")
            try write(Self.edmx(Self.new), "new.xml")
        }

        deinit { try? FileManager.default.removeItem(at: folder) }

        static func edmx(_ schema: String) -> String {
            """
            <edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.0"><edmx:DataServices>
            <Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="Sales">\(schema)</Schema>
            </edmx:DataServices></edmx:Edmx>
            """
        }

        @discardableResult
        func write(_ text: String, _ name: String) throws -> String {
            let url = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: url)
            return url.path
        }

        func path(_ name: String) -> String { folder.appending(path: name).path }

        func diff(_ arguments: String...) throws -> Command.Result {
            try Command.run(["diff", path("old.xml"), path("new.xml")] + arguments)
        }
    }

    private struct Page: Decodable {
        struct Change: Decodable {
            struct Use: Decodable, Equatable {
                let file: String
                let line: Int
                let symbol: String
            }

            let rule, severity, path: String
            let swift: [String]
            let uses: [Use]?
        }

        let changes: [Change]
    }

    private func page(_ result: Command.Result) throws -> Page {
        try JSONDecoder().decode(Page.self, from: Data(result.output.utf8))
    }

    @Test("The exit code says whether something is at the threshold")
    func exitCodes() throws {
        let files = try Files()
        #expect(try files.diff().status == 1)
        #expect(try files.diff("--fail-on", "never").status == 0)
        #expect(try files.diff("--fail-on", "any").status == 1)
        let same = try Command.run(["diff", files.path("old.xml"), files.path("old.xml"), "--fail-on", "any"])
        #expect(same.status == 0)
        #expect(same.output == "No changes.\n")
        let safe = try files.write(
            Files.edmx(
                Files.old.replacing("</EntityType>", with: #"<Property Name="x" Type="Edm.Guid"/></EntityType>"#)
            ),
            "safe.xml"
        )
        for (threshold, status) in [("breaking", 0), ("risky", 0), ("any", 1)] {
            let result = try Command.run(["diff", files.path("old.xml"), safe, "--fail-on", threshold])
            #expect(result.status == status, "\(threshold)")
        }
    }

    @Test("--json is --format json, and a file that is not there has a way to get it")
    func json() throws {
        let files = try Files()
        #expect(try files.diff("--json").output == files.diff("--format", "json").output)
        #expect(try page(files.diff("--json")).changes.count > 1)
        #expect(try files.diff("--json", "--format", "html").status == 2)
        let missing = try Command.run(["diff", files.path("old.xml"), "nowhere.xml"])
        let message = "there is no such file; 'dataverse-gen fetch' downloads the metadata of a service"
        #expect(missing.errors == "nowhere.xml: error: \(message)\n")
    }

    @Test("A failed comparison does not look like a clean one")
    func badInput() throws {
        let files = try Files()
        let damaged = try files.write("<edmx:Edmx", "damaged.xml")
        let partly = try files.write(Files.edmx("<EntityType/>"), "partly.xml")
        let circular = try files.write(
            Files.edmx(#"<EntityType Name="a" BaseType="Sales.b"/><EntityType Name="b" BaseType="Sales.a"/>"#),
            "circular.xml"
        )
        let config = try files.write("accepted:\n  - rule: no-such-rule\n", "diff.yaml")
        let (old, new) = (files.path("old.xml"), files.path("new.xml"))
        for arguments in [
            [old], [], [old, new, "more"], [old, new, "--fail-on", "sometimes"], [old, new, "--format", "pdf"],
            [old, files.path("missing.xml")], [old, damaged], [damaged, new], [old, partly], [circular, new],
            [old, new, "--config", config], [old, new, "--config", files.path("missing.yaml")],
            [old, new, "--sources", files.path("nowhere")], [old, new, "--option-sets-old", old],
            [old, new, "--option-sets-old", old, "--option-sets-new", old], [old, new, "--url", "http://localhost"],
            [old, new, "--output", files.path("no/such/folder/diff.txt")], [old, "--url", "http://localhost:1"],
        ] {
            let result = try Command.run(
                ["diff"] + arguments + (arguments.contains("--fail-on") ? [] : ["--fail-on", "never"])
            )
            #expect(result.status == 2, "\(arguments)")
            #expect(!result.errors.isEmpty, "\(arguments)")
            #expect(result.output.isEmpty, "\(arguments)")
        }
        #expect(try Command.run(["diff", old, partly]).errors.contains("partly.xml:2:75: error: "))
    }

    @Test("Changes name the Swift symbols, and the sources that use them")
    func impact() throws {
        let files = try Files()
        try files.write(
            """
            func show(_ account: Account) {
                print(account.name ?? "", account.`default`)  // account.name
            }
            """,
            "Sources/App/Main.swift"
        )
        try files.write("// Generated by dataverse-gen from x. Do not edit.\nlet a = Account.name", "Sources/A.swift")
        let result = try files.diff("--format", "json", "--details", "--sources", files.path("Sources"))
        let page = try page(result)
        #expect(
            page.changes.map { "\($0.rule) \($0.path) \($0.swift)" } == [
                #"property-removed Sales.account/default ["Account.default"]"#,
                #"property-type-changed Sales.account/name ["Account.name"]"#,
                #"enum-member-added Sales.color/Blue ["Color.blue"]"#,
            ]
        )
        let use = Page.Change.Use(file: files.path("Sources/App/Main.swift"), line: 2, symbol: "Account.name")
        #expect(page.changes[1].uses == [use])
        #expect(page.changes[0].uses?.count == 1)
        #expect(page.changes[2].uses == [])
    }

    @Test("Symbols have the names that the configuration of the bindings gives them")
    func bindingsConfiguration() throws {
        let files = try Files()
        let config = try files.write(
            "names: { types: { account: Customer }, columns: { account.name: title } }",
            "gen.yaml"
        )
        let result = try files.diff("--format", "json", "--bindings-config", config)
        #expect(try page(result).changes.map(\.swift) == [["Customer.default"], ["Customer.title"], ["Color.blue"]])
        let wrong = try files.write("nmes: {}", "wrong.yaml")
        #expect(try files.diff("--bindings-config", wrong).status == 2)
    }

    @Test("The configuration sets severities and accepts changes")
    func configuration() throws {
        let files = try Files()
        let config = try files.write(
            """
            severities:
              - rule: property-type-changed
                path: Sales.account/*
                severity: safe
            accepted:
              - rule: property-removed
                path: Sales.account/default
                reason: Nobody reads it.
                expires: 9999-12-31
            """,
            "diff.yaml"
        )
        let result = try files.diff("--config", config, "--format", "json")
        #expect(result.status == 0)
        #expect(
            try page(result).changes.map { "\($0.severity) \($0.rule)" } == [
                "safe property-type-changed", "risky enum-member-added",
            ]
        )
        #expect(try files.diff("--config", config).output.contains("Nobody reads it. (until 9999-12-31)"))
    }

    @Test(
        "What is wrong in the configuration is said with its place",
        arguments: [
            ("severity: x", "diff.yaml:1:1: error: unknown key 'severity'; did you mean 'severities'?"),
            ("accepted: x", "diff.yaml:1:11: error: expected a list"),
            (
                "accepted:\n  - rule: property-remove\n    path: x\n    reason: y",
                "diff.yaml:2:11: error: there is no rule 'property-remove'; did you mean 'property-removed'?"
            ),
            (
                "severities:\n  - rule: property-*\n    severity: braking",
                "diff.yaml:3:15: error: expected one of breaking, risky, safe, found 'braking'; did you mean 'breaking'?"
            ),
            ("accepted:\n  - rule: '*'\n    path: x", "diff.yaml:2:5: error: an entry of 'accepted' needs"),
            (
                "accepted:\n  - rule: '*'\n    path: x\n    reason: y\n    expires: soon",
                "diff.yaml:5:14: error: expected a date"
            ),
            ("accepted: [", "diff.yaml:2:1: error: not YAML"),
        ]
    )
    func wrongConfiguration(yaml: String, message: String) throws {
        #expect {
            try DiffConfiguration.read(yaml: yaml, path: "diff.yaml")
        } throws: { error in
            let text = (error as? CommandFailure)?.diagnostics.map(\.description).joined(separator: "\n") ?? ""
            return text.contains(message)
        }
    }

    @Test("Choices of columns are compared where both sides have them")
    func choices() throws {
        func json(_ label: String, _ value: Int) -> String {
            """
            [{"LogicalName": "account", "Attributes": [{"LogicalName": "name", "OptionSet": {"Options": [
            {"Value": 1, "Label": {"UserLocalizedLabel": {"Label": "One"}}},
            {"Value": \(value), "Label": {"LocalizedLabels": [{"Label": "\(label)"}]}}]}},
            {"LogicalName": "default", "OptionSet": {"TrueOption": {"Value": 1, "Label": {}}, "FalseOption": {"Value": 0}}}]}]
            """
        }
        let files = try Files()
        let (old, new) = (try files.write(json("Two", 2), "a.json"), try files.write(json("Three", 3), "b.json"))
        let result = try files.diff("--format", "json", "--option-sets-old", old, "--option-sets-new", new)
        let changes = try page(result).changes.filter { $0.rule.hasPrefix("option") }
        #expect(
            changes.map { "\($0.rule) \($0.path)" } == [
                "option-removed Sales.account/name/2", "option-added Sales.account/name/3",
            ]
        )
    }

    @Test("Choices are read as generate reads them: of every shape of reply, with English labels where there are some")
    func choicesOfEveryShape() throws {
        func options(_ english: String, _ value: Int) -> String {
            """
            {"Options": [{"Value": \(value), "Label": {"UserLocalizedLabel": {"Label": "Eins", "LanguageCode": 1031},
            "LocalizedLabels": [{"Label": "Eins", "LanguageCode": 1031}, {"Label": "\(english)", "LanguageCode": 1033}]}}]}
            """
        }
        let files = try Files()
        let old = try files.write(
            "{\"account\": [{\"LogicalName\": \"name\", \"GlobalOptionSet\": \(options("One", 1))}]}",
            "a.json"
        )
        let context = "https://x/api/data/v9.2/$metadata#EntityDefinitions('account')/Attributes/X"
        let new = try files.write(
            "{\"@odata.context\": \"\(context)\", \"value\": [{\"LogicalName\": \"name\", "
                + "\"OptionSet\": \(options("The one", 1))}]}",
            "b.json"
        )
        let result = try files.diff("--format", "json", "--option-sets-old", old, "--option-sets-new", new)
        let changes = try page(result).changes.filter { $0.rule.hasPrefix("option") }
        #expect(changes.map { "\($0.rule) \($0.path)" } == ["option-label-changed Sales.account/name/1"])

        let empty = try files.write("[]", "c.json")
        let warned = try files.diff("--option-sets-old", empty, "--option-sets-new", empty)
        #expect(warned.errors.contains("c.json: warning: the file has no column with options"))
        let wrong = try files.write("[{\"LogicalName\": \"x\", \"OptionSet\": {\"Options\": []}}]", "d.json")
        let refused = try files.diff("--option-sets-old", wrong, "--option-sets-new", wrong)
        #expect(refused.status == 2)
        #expect(refused.errors.contains("d.json: error: $[0]: nothing says which table the column 'x' is of"))
    }

    @Test("Rules are listed, and reports go to files")
    func listing() throws {
        #expect(try Command.run(["diff", "--list-rules"]).output.contains("\nproperty-removed "))
        let rules = try Command.run(["diff", "--list-rules", "--format", "json"]).output
        let array = try #require(try JSONSerialization.jsonObject(with: Data(rules.utf8)) as? [[String: Any]])
        #expect(array.count >= 70)
        #expect(array.allSatisfy { $0["reason"] is String && $0["example"] is [String: String] })
        let files = try Files()
        let output = files.path("diff.html")
        let result = try files.diff("--format", "html", "--output", output, "--fail-on", "never")
        #expect(result.status == 0)
        #expect(result.output == "")
        #expect(try String(contentsOfFile: output, encoding: .utf8).hasPrefix("<!DOCTYPE html>"))
    }
}
