import Foundation
import Testing

@testable import BindingsGenerator

/// The reader, the JSON schema and the file of `dataverse-gen init` know the same keys and values.
@Suite("The schema and the starter of dataverse-gen.yaml")
struct ConfigurationAgreementTests {
    private typealias Object = [String: Any]

    private func schema() throws -> Object {
        try #require(JSONSerialization.jsonObject(with: Data(ConfigurationStarter.schema.utf8)) as? Object)
    }

    private func keys(_ object: Any?) throws -> [String] {
        try #require(((object as? Object)?["properties"] as? Object)?.keys.sorted())
    }

    @Test func theSchemaHasTheKeysOfTheReader() throws {
        let schema = try schema()
        #expect(try keys(schema) == ConfigurationFile.Key.allCases.map(\.rawValue).sorted())
        #expect(schema["additionalProperties"] as? Bool == false)
        let properties = try #require(schema["properties"] as? Object)
        #expect(try keys(properties["names"]) == ConfigurationFile.NamesKey.allCases.map(\.rawValue).sorted())
        let columnType = try #require(
            ((properties["columnTypes"] as? Object)?["additionalProperties"] as? Object)?["oneOf"] as? [Object]
        )
        #expect(try keys(columnType.last) == ConfigurationFile.ColumnTypeKey.allCases.map(\.rawValue).sorted())
        for (name, property) in properties {
            #expect((property as? Object)?["description"] is String, "\(name) has no description")
        }
    }

    @Test func theSchemaHasTheValuesOfTheReader() throws {
        let schema = try schema()
        let properties = try #require(schema["properties"] as? Object)
        func values(_ object: Any?) -> [String]? { (object as? Object)?["enum"] as? [String] }
        #expect(values(properties["closure"]) == GeneratorConfiguration.Closure.allCases.map(\.rawValue))
        #expect(values(properties["access"]) == GeneratorConfiguration.AccessLevel.allCases.map(\.rawValue))
        #expect(
            values((schema["definitions"] as? Object)?["part"]) == GeneratorConfiguration.Part.allCases.map(\.rawValue)
        )
    }

    @Test func theStarterIsAConfiguration() throws {
        let yaml = ConfigurationStarter.yaml(metadata: "a b.xml", output: "it's", schema: "https://x.org/s.json")
        #expect(yaml.hasPrefix("# yaml-language-server: $schema=https://x.org/s.json\n"))
        let file = try ConfigurationFile.read(yaml: yaml, path: "dataverse-gen.yaml")
        #expect(file.metadata == ["a b.xml"])
        #expect(file.output == "it's")
        #expect(file.generator == GeneratorConfiguration())
    }

    @Test func theStarterShowsEveryKey() throws {
        let yaml = ConfigurationStarter.yaml(metadata: "metadata.xml", output: "Bindings", schema: "s.json")
        // Explanations have one space after the sign, keys none or the two of their indentation.
        let lines = yaml.split(separator: "\n").map { line in
            line.hasPrefix("#") && (!line.hasPrefix("# ") || line.hasPrefix("#  ")) ? line.dropFirst() : line
        }
        let file = try ConfigurationFile.read(yaml: lines.joined(separator: "\n"), path: "dataverse-gen.yaml")
        #expect(file.generator.naming.types.count == 1)
        #expect(file.generator.columnTypes.count == 2)
        #expect(file.isStrict)
        for key in ConfigurationFile.Key.allCases {
            #expect(lines.contains { $0.hasPrefix(key.rawValue + ":") }, "\(key)")
        }
        for key in ConfigurationFile.NamesKey.allCases {
            #expect(lines.contains { $0.hasPrefix("  \(key.rawValue):") }, "\(key)")
        }
        let shown = PluginConfiguration(yaml: lines.joined(separator: "\n"))
        #expect(shown.tables == ["account", "contact"])
        #expect(shown.shards == 8)
        #expect(shown.otherInputs == ["choices.json", "attributes.json"])
        #expect(shown.templates == "Templates")
    }
}
