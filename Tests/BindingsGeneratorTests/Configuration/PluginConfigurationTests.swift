import Testing

@testable import BindingsGenerator

@Suite("What plugins read of dataverse-gen.yaml")
struct PluginConfigurationTests {
    @Test func listsAndComments() {
        let configuration = PluginConfiguration(
            yaml: """
                ---
                # The tables.
                tables:   # of the app
                  - account
                  - 'contact'
                - "msdyn_iotalert"   # not indented

                names:
                  tables: [wrong]
                  schemaNames: [a.json,
                    'b #1.json']
                header: |
                  - text
                  tables: wrong
                metadata: 'my metadata.xml'
                shards: many
                """
        )
        #expect(configuration.tables == ["account", "contact", "msdyn_iotalert"])
        #expect(configuration.metadata == ["my metadata.xml"])
        #expect(configuration.shards == nil)
        #expect(configuration.otherInputs == ["a.json", "b #1.json"])
        #expect(configuration.output == nil)
        #expect(
            configuration.outputFiles == [
                "Account.swift", "Contact.swift", "MsdynIotalert.swift", "OtherTables.swift", "ComplexTypes.swift",
                "Enumerations.swift", "Operations.swift",
            ]
        )
    }

    @Test func shards() {
        let configuration = PluginConfiguration(yaml: "tables: [a]\nshards: 2\noutput: Out")
        #expect(configuration.output == "Out")
        #expect(
            configuration.outputFiles == [
                "Tables-1.swift", "Tables-2.swift", "ComplexTypes.swift", "Enumerations.swift", "Operations.swift",
            ]
        )
    }

    @Test(arguments: ["", "tables", "tables: [a", ": x", "- a", "tables: {a: b}", "tables: &a [x]", "\t- \"", "#", "'"])
    func anythingElseIsPassedOver(yaml: String) {
        #expect(PluginConfiguration(yaml: yaml).outputFiles.contains("OtherTables.swift"))
    }

    /// The plugin and the tool see the same lists in files as people write them.
    @Test(arguments: [
        "tables: [account, contact]", "tables:\n- account\n- contact", "tables: account",
        "tables: ['account',\n  \"b\"]",
        "access: public\ntables:\n    - account # x\n    - b\nclosure: keys", "tables: []", "metadata: [a.xml, b.xml]",
    ])
    func agreesWithTheTool(yaml: String) throws {
        let file = try ConfigurationFile.read(yaml: yaml, path: "dataverse-gen.yaml")
        let configuration = PluginConfiguration(yaml: yaml)
        #expect(configuration.tables == file.tables)
        #expect(configuration.metadata == file.metadata)
    }
}
