import CSDL
import Foundation
import TestSupport
import Testing

@testable import BindingsGenerator

/// Damaged pieces of real documents, 20,000 of them: whatever they say, the generator answers with files that the
/// compiler can parse, or with an error.
@Suite(
    "Fuzzing the generator",
    .serialized,
    .enabled(if: MutatedDocuments.areAvailable, "DATAVERSE_SHARED has no metadata"),
    .timeLimit(.minutes(15))
)
struct GeneratorFuzzTests {
    private static let inputs = 1_000

    @Test("what is emitted without an error is Swift", arguments: 0..<20)
    func damagedDocuments(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed) &+ 1_000)
        let documents = try MutatedDocuments()
        let generator = try BindingsGenerator()
        var reader = CSDLReader()
        reader.limits.depth = 60
        let folder = try TemporaryFolder()
        var emitted: [URL] = []
        var refused = 0
        for input in 0..<GeneratorFuzzTests.inputs {
            let bytes = documents.next(using: &random)
            guard let (document, diagnostics) = try? reader.read(bytes, name: "damaged.xml"),
                !diagnostics.containsErrors
            else {
                refused += 1
                continue
            }
            do throws(GeneratorError) {
                let files = try generator.generate([document]).files
                #expect(Set(files.map { $0.name.lowercased() }).count == files.count, "two files of one name")
                #expect(files.allSatisfy { !$0.name.contains("/") && $0.name.hasSuffix(".swift") })
                let file = folder.url.appending(path: "Input\(input).swift")
                try? files.map(\.text).joined().write(to: file, atomically: false, encoding: .utf8)
                emitted.append(file)
            } catch {
                refused += 1
                #expect(!error.diagnostics.isEmpty)
            }
        }
        #expect(emitted.count + refused == GeneratorFuzzTests.inputs)
        #expect(emitted.count > GeneratorFuzzTests.inputs / 5, "enough has to be left to be worth parsing")
        #expect(refused > 0, "some damage has to be noticed")
        let outcome = try SwiftCompiler.parse(emitted, in: folder.url)
        #expect(outcome.status == 0, "\(outcome.messages.prefix(4_000))")
    }
}

/// Pieces of the real documents with mistakes made in them.
private struct MutatedDocuments {
    static let names = ["dataverse-v9.1", "trippin", "northwind"]
    static let areAvailable = names.allSatisfy { SharedFiles.url("metadata/\($0).xml") != nil }

    /// A document as text.
    private struct Pieces {
        /// Everything up to the first element of a schema.
        let header: String
        let elements: [String]
    }

    private let documents: [Pieces]

    init() throws {
        documents = try MutatedDocuments.names.map { name in
            let url = try #require(SharedFiles.url("metadata/\(name).xml"))
            return try MutatedDocuments.pieces(of: String(contentsOf: url, encoding: .utf8))
        }
    }

    /// A document of a few elements, with up to eight mistakes.
    func next(using random: inout SeededGenerator) -> [UInt8] {
        let source = documents[Int.random(in: 0..<documents.count, using: &random)]
        var text = source.header
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            text += "\n" + source.elements[Int.random(in: 0..<source.elements.count, using: &random)]
        }
        var bytes = Array((text + "\n</Schema></edmx:DataServices></edmx:Edmx>").utf8)
        for _ in 0..<Int.random(in: 0...8, using: &random) {
            if Int.random(in: 0..<6, using: &random) == 0 {
                damageBytes(&bytes, using: &random)
            } else {
                replaceAttribute(in: &bytes, using: &random)
            }
        }
        return bytes
    }

    /// Values that mean something else than what was there, or nothing at all.
    private static let values = [
        "", " ", "self", "Self", "Type", "init", "class", "default", "async", "_", "__", "0", "9lives", "a-b", "a b",
        "a.b",
        "..", "../../x", "/etc/passwd", "A/B", "`", "``", "a`b", "&quot;", "&quot;&quot;&quot;", "\\", "\\(1)", "*/",
        "/*",
        "&#10;", "&#10;}&#10;import Foundation", "&#x2028;", "&#x202E;", "//", "#if", "\\u{41}", "é", "名前", "😀", "ﬁ",
        "e&#x301;", "İ", "ß", "$metadata", "$0", "@available", "true", "false", "null", "-1", "1e9",
        "99999999999999999999999", "max", "INF", "Edm", "Edm.", "Edm.String", "Edm.Guid", "Edm.Stream", "Edm.Untyped",
        "Edm.GeographyPoint", "Edm.Duration", "Edm.Nothing", "Collection(Edm.String)", "Collection(", "Collection()",
        "Collection(Collection(Edm.Int32))", "mscrm.account", "mscrm.contact", "mscrm.",
        "Microsoft.Dynamics.CRM.account",
        "other.account", "account", "name", "id", "record", "schema", "columns", "Columns", "description", "hashValue",
        String(repeating: "x", count: 300), "Record", "String", "Optional", "Dataverse",
    ]

    private func replaceAttribute(in bytes: inout [UInt8], using random: inout SeededGenerator) {
        guard let old = attributeValue(in: bytes, using: &random) else { return }
        var value = Array(
            MutatedDocuments.values[Int.random(in: 0..<MutatedDocuments.values.count, using: &random)].utf8
        )
        if Bool.random(using: &random), let other = attributeValue(in: bytes, using: &random) {
            value = Array(bytes[other])
        }
        bytes.replaceSubrange(old, with: value)
    }

    /// The place of an attribute's value: the next one after a random place.
    private func attributeValue(in bytes: [UInt8], using random: inout SeededGenerator) -> Range<Int>? {
        var place = Int.random(in: 1..<bytes.count, using: &random)
        while place < bytes.count, bytes[place] != 0x22 || bytes[place - 1] != UInt8(ascii: "=") { place += 1 }
        guard place < bytes.count, let end = bytes[(place + 1)...].firstIndex(of: 0x22) else { return nil }
        return (place + 1)..<end
    }

    private func damageBytes(_ bytes: inout [UInt8], using random: inout SeededGenerator) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(bytes.count, place + Int.random(in: 1..<120, using: &random))
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(place..<end)
        case 2: bytes.insert(contentsOf: Array(bytes[place..<end]), at: Int.random(in: 0...bytes.count, using: &random))
        default: bytes.swapAt(place, Int.random(in: 0..<bytes.count, using: &random))
        }
    }

    /// Cuts a document into the elements below its schemas; their indentation tells which they are.
    private static func pieces(of text: String) throws -> Pieces {
        let lines = text.split(whereSeparator: \.isNewline)
        let schema = try #require(lines.firstIndex { $0.contains("<Schema") })
        let first = try #require(lines[schema...].dropFirst().firstIndex { $0.drop { $0 == " " }.first == "<" })
        let indentation = lines[first].prefix { $0 == " " }.count
        var children: [String] = []
        for line in lines[first...] {
            let depth = line.prefix { $0 == " " }.count
            if depth == indentation, !line.dropFirst(depth).hasPrefix("</") {
                children.append(String(line))
            } else if depth >= indentation, !children.isEmpty {
                children[children.count - 1] += "\n" + line
            }
        }
        // The largest tables say nothing new, and the entity container is as large as all the rest.
        return Pieces(
            header: lines[..<first].joined(separator: "\n"),
            elements: children.filter { $0.utf8.count < 10_000 }
        )
    }
}
