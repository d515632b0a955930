import CSDL
import Testing

@testable import BindingsGenerator

@Suite("dataverse-gen.yaml")
struct ConfigurationReaderTests {
    private func read(_ yaml: String) throws -> ConfigurationFile {
        try ConfigurationFile.read(yaml: yaml, path: "app/dataverse-gen.yaml")
    }

    private func problems(_ yaml: String) -> [String] {
        do throws(GeneratorError) {
            _ = try ConfigurationFile.read(yaml: yaml, path: "app/dataverse-gen.yaml")
            return []
        } catch {
            #expect(error.kind == .badInput)
            return error.diagnostics.map(\.description)
        }
    }

    @Test func everyKey() throws {
        let file = try read(
            """
            metadata: [metadata.xml, /abs/more.xml]
            output: Bindings
            tables: [account]
            operations: WhoAmI
            include:
              - contact*
            exclude: ['*.yomi*']
            closure: keys
            emit: [structs, sync]
            module: App
            access: public
            imports: [Foundation, Types.Inner]
            names:
              stripPrefixes: [contoso_]
              words: [account, fax number]
              schemaNames: names.json
              types: { account: Customer }
              columns: { account.name: title }
              members: { Kind.a: b }
              operations: { WhoAmI: me }
              entitySets: { accounts: customers }
              choices: { new_rating: Rating, account.industrycode: Industry }
              alternateKeys: { 'account.name,ownerid': nameAndOwner }
            columnTypes:
              account.websiteurl: { type: URL, converter: Types.WebsiteURL }
              '*.email': "Email<String>"
            optionSets: [choices.json]
            shards: 3
            header: |
              one
              two
            templates: Templates
            strict: true
            """
        )
        #expect(file.metadata == ["app/metadata.xml", "/abs/more.xml"])
        #expect(file.output == "app/Bindings")
        #expect(file.tables == ["account"])
        #expect(file.isStrict)
        #expect(file.schemaNames == ["app/names.json"])
        let generator = file.generator
        #expect(generator.include.map(\.value) == ["account", "WhoAmI", "contact*"])
        #expect(generator.include.last?.place?.position == SourcePosition(line: 6, column: 5))
        #expect(generator.exclude.map(\.value) == ["*.yomi*"])
        #expect(generator.closure == .keys)
        #expect(generator.parts == [.structs, .sync])
        #expect(generator.module == "App")
        #expect(generator.accessLevel == .public)
        #expect(generator.imports == ["Foundation", "Types.Inner"])
        #expect(generator.naming.stripPrefixes == ["contoso_"])
        #expect(generator.naming.words == ["account", "fax number"])
        #expect(generator.naming.types.map(\.name) == ["Customer"])
        #expect(generator.naming.columns.map(\.source) == ["account.name"])
        #expect(generator.naming.members.map(\.name) == ["b"])
        #expect(generator.naming.operations.map(\.name) == ["me"])
        #expect(generator.naming.entitySets.map(\.name) == ["customers"])
        #expect(generator.naming.choices.map(\.source) == ["new_rating", "account.industrycode"])
        #expect(generator.naming.choices.map(\.name) == ["Rating", "Industry"])
        #expect(generator.naming.alternateKeys.map(\.source) == ["account.name,ownerid"])
        #expect(generator.columnTypes.map(\.type) == ["URL", "Email<String>"])
        #expect(generator.columnTypes.map(\.converter) == ["Types.WebsiteURL", nil])
        #expect(generator.optionSets == ["app/choices.json"])
        #expect(generator.shards == 3)
        #expect(generator.header == "one\ntwo\n")
        #expect(generator.templatesFolder == "app/Templates")
    }

    @Test(arguments: ["", "# nothing\n", "tables:\n", "include: []\nnames:\n"])
    func nothing(yaml: String) throws {
        #expect(try read(yaml).generator == GeneratorConfiguration())
    }

    @Test(arguments: [
        ("acces: public", "1:1: error: unknown key 'acces'; did you mean 'access'?"),
        ("a: 1\nnames:\n  strip: x", "1:1: error: unknown key 'a'; the file may have metadata, output, "),
        ("names:\n  word: x", "2:3: error: unknown key 'word'; did you mean 'words'?"),
        ("access: open", "1:9: error: expected one of public, package, internal, found 'open'"),
        ("closure: key", "1:10: error: expected one of none, keys, full, found 'key'; did you mean 'keys'?"),
        ("emit: [struct]", "1:8: error: expected one of structs, operations, sync, async, found 'struct'; did you"),
        ("tables: [acc*]", "1:10: error: 'acc*' is a pattern; patterns belong under 'include'"),
        ("shards: 0", "1:9: error: expected a whole number from 1 to 1000"),
        ("shards: many", "1:9: error: expected a whole number from 1 to 1000"),
        ("strict: perhaps", "1:9: error: expected true or false"),
        ("output: [a]", "1:9: error: expected a text"),
        ("include: { a: b }", "1:10: error: expected a list"),
        ("names: [a]", "1:8: error: expected 'key: value' lines"),
        ("- a", "1:1: error: expected 'key: value' lines"),
        ("names:\n  types: { account: 'a b' }", "2:21: error: 'a b' is not a Swift identifier"),
        ("names:\n  types: { account: 1a }", "2:21: error: '1a' is not a Swift identifier"),
        ("names:\n  choices: { a.b: a.b }", "2:19: error: 'a.b' is not a Swift identifier"),
        ("imports: [a;b]", "1:11: error: 'a;b' is not the name of a module"),
        ("columnTypes: { a.b: 'X> }' }", "1:21: error: 'X> }' is not the name of a Swift type"),
        ("columnTypes: { a: X }", "1:16: error: 'a' is not of the form table.column"),
        ("columnTypes: { a.b: { converter: X } }", "1:21: error: the column type has no 'type'"),
        ("columnTypes: { a.b: { typ: X } }", "1:23: error: unknown key 'typ'; did you mean 'type'?"),
        ("tables: [a, b", "2:1: error: not YAML: did not find expected ',' or ']'"),
        ("a: b: c", "1:5: error: not YAML: mapping values are not allowed in this context"),
        ("output: a\noutput: b", "1:1: error: given twice: 'output'"),
    ])
    func whatIsWrong(yaml: String, message: String) {
        let first = problems(yaml).first ?? "nothing"
        #expect(first.hasPrefix("app/dataverse-gen.yaml:" + message), "\(first)")
    }

    @Test func everyProblemIsReported() {
        #expect(problems("acess: x\nclosure: y\nshards: z").count == 3)
    }
}
