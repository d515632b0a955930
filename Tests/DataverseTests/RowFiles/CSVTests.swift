import Foundation
import TestSupport
import Testing

@testable import Dataverse

@Suite("Comma-separated values")
struct CSVTests {
    private func rows(_ text: String, _ options: CSVOptions = CSVOptions(), pieceSize: Int = 1 << 16) throws -> [Record]
    {
        var decoder = try RowDecoder(.csv(options))
        var rest = Array(text.utf8)[...]
        var rows: [Record] = []
        while !rest.isEmpty {
            rows += try decoder.decode(Array(rest.prefix(pieceSize)))
            rest = rest.dropFirst(pieceSize)
        }
        return try rows + decoder.finish()
    }

    @Test(
        "fields, quotes and line ends",
        arguments: [
            ("a,b\r\n1,2\r\n", [["1", "2"]]), ("a,b\n1,2", [["1", "2"]]),
            ("a,b\r1,2\r3,4", [["1", "2"], ["3", "4"]]),
            ("a,b\n\"x,y\",\"q\"\"q\"\n", [["x,y", "q\"q"]]), ("a,b\n\"l1\r\nl2\",2\n", [["l1\r\nl2", "2"]]),
            ("a,b\n\n\n1,2\n\n", [["1", "2"]]), ("\u{FEFF}a,b\n1,2", [["1", "2"]]),
            ("a,b\n5\" pipe,2", [["5\" pipe", "2"]]),
            ("a,b\nЖ,😀", [["Ж", "😀"]]), ("a,b", []), ("", []), ("a,b\n,\"\"\n", [[nil, ""]]), ("a\n\"\"\n", [[""]]),
        ] as [(String, [[String?]])]
    )
    func reading(text: String, expected: [[String?]]) throws {
        for pieceSize in [1, 2, 3, 1_000] {
            let rows = try rows(text, pieceSize: pieceSize)
            #expect(rows.map { row in row.map { $0.value.stringValue } } == expected)
            #expect(rows.allSatisfy { $0.allSatisfy { name, _ in ["a", "b"].contains(name) } })
        }
    }

    @Test(
        "what cannot be read is named with its line",
        arguments: [
            ("a,b\n1,2,3\n", "line 2: it has 3 fields"), ("a,b\n1\n", "line 2: it has 1 field"),
            ("a,b\n1,2\n\"x\"y,2", "line 3: there is text after a closing quote"),
            ("a,b\n1,\"x\n\n", "The quote that begins in line 2"),
            ("a,a\n", "line 1: the header names the column “a” twice"),
            ("a,\n", "line 1: the header has a column without a name"),
        ]
    )
    func errors(text: String, message: String) throws {
        let error = try #require(throws: DataverseError.self) { try rows(text) }
        #expect(error.kind == .invalidRequest)
        #expect(error.message.contains(message), "\(error.message)")
    }

    @Test("bytes that are not UTF-8 are an error, wherever they stand")
    func encoding() throws {
        for bytes: [UInt8] in [[0x61, 0x0A, 0xFF, 0x0A], [0xEF, 0xBB], [0xC3], [0xEF, 0x41, 0x0A, 0x41]] {
            #expect(throws: DataverseError.self) {
                var decoder = try RowDecoder(.csv())
                _ = try decoder.decode(bytes)
                _ = try decoder.finish()
            }
        }
    }

    @Test("a field that does not end does not fill the memory")
    func fieldSize() throws {
        var options = CSVOptions()
        options.maximumFieldSize = 10
        #expect(throws: DataverseError.self) { try rows("a\n\"12345678901", options) }
        #expect(try rows("a\n1234567890", options).count == 1)
    }

    @Test("the types of columns decide what their text means")
    func types() throws {
        var options = CSVOptions()
        options.types = ["n": .number, "b": .boolean, "j": .json]
        options.delimiter = ";"
        let row = try #require(try rows("n;b;j;t\n12.50;TRUE;\"[1,{\"\"a\"\":null}]\";007", options).first)
        #expect(row["n"] == .decimal(12.5))
        #expect(row["b"] == true)
        #expect(row["j"] == [1, ["a": nil]])
        #expect(row["t"] == "007")
        #expect(row.hasChanges)
        for bad in ["x;true;1;t", "1;yes;1;t", "1;true;{;t", "\"1 2\";true;1;t"] {
            #expect(throws: DataverseError.self) { try rows("n;b;j;t\n" + bad, options) }
        }
        options = CSVOptions()
        options.readsEmptyAsNull = false
        #expect(try rows("a,b\n,2", options) == [["b": "2"]])
        options.hasHeader = false
        #expect(throws: DataverseError.self) { try rows("1,2", options) }
        options.columns = ["x", "y"]
        #expect(try rows("1,2", options) == [["x": "1", "y": "2"]])
        options.delimiter = "\""
        #expect(throws: DataverseError.self) { try rows("1", options) }
    }

    @Test("rows are written so that they are read as they were, whatever is in them")
    func roundTrip() throws {
        var random = SeededGenerator(seed: 21)
        for _ in 1...400 {
            let names = Array(
                Set((0...Int.random(in: 0..<5, using: &random)).map { "c\($0)" + String.random(using: &random) })
            )
            .filter { !$0.contains("@") }
            var options = CSVOptions()
            options.columns = names
            options.delimiter = try #require([",", ";", "\t", "|"].randomElement(using: &random))
            for name in names.dropFirst() { options.types[name] = .json }
            let written = (0..<Int.random(in: 1..<20, using: &random)).map { _ in
                Record(
                    members: names.enumerated().map { index, name in
                        // The first column is text, the others any JSON.
                        (name, index == 0 ? .string(.random(using: &random)) : .random(depth: 2, using: &random))
                    }
                )
            }
            var encoder = try RowEncoder(.csv(options))
            var bytes: [UInt8] = []
            for row in written {
                // A text in a column of JSON stands there as JSON.
                bytes += encoder.encode(
                    Record(
                        members: row.map { name, value in
                            let isText = options.types[name] == nil || value.stringValue == nil
                            return (name, isText ? value : .string(JSONWriter.string(from: value)))
                        }
                    )
                )
            }
            var decoder = try RowDecoder(.csv(options))
            var read: [Record] = []
            var rest = bytes[...]
            while !rest.isEmpty {
                let size = Int.random(in: 1...40, using: &random)
                read += try decoder.decode(Array(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            read += try decoder.finish()
            #expect(read == written)
        }
    }

    @Test("any bytes are read or refused, and the size of the pieces makes no difference")
    func fuzz() throws {
        var random = SeededGenerator(seed: 22)
        let alphabet = Array("ab,\"\"\"\r\n\n ;\u{FEFF}é".utf8)
        var readable = 0
        for _ in 1...20_000 {
            let bytes = (0..<Int.random(in: 0..<24, using: &random)).compactMap { _ in
                alphabet.randomElement(using: &random)
            }
            let outcomes = [1, 3, 100].map { size in
                Result {
                    var decoder = try RowDecoder(.csv())
                    var rows: [Record] = []
                    var rest = bytes[...]
                    while !rest.isEmpty {
                        rows += try decoder.decode(Array(rest.prefix(size)))
                        rest = rest.dropFirst(size)
                    }
                    return try rows + decoder.finish()
                }.mapError { $0 as? DataverseError ?? DataverseError(.service, "\($0)") }
            }
            #expect(outcomes[0] == outcomes[1] && outcomes[1] == outcomes[2], "\(bytes)")
            if case .success = outcomes[0] { readable += 1 }
            if case .failure(let error) = outcomes[0] { #expect(error.kind == .invalidRequest) }
        }
        #expect(readable > 1_000)
    }

    /// Python's `csv` module is the other opinion; the program is not needed to build or to use this library.
    @Test("Python reads what is written here, and the other way round", .enabled(if: Python.isThere))
    func python() throws {
        let folder = try TemporaryFolder()
        var random = SeededGenerator(seed: 23)
        // NUL and lone control characters are beyond what Python reads in all its versions.
        let texts = (0..<3_000).map { _ in String.random(using: &random).replacing("\u{0}", with: "") }
        let rows = stride(from: 0, to: texts.count, by: 3).map { Array(texts[$0..<($0 + 3)]) }
        var encoder = try RowEncoder(.csv())
        let bytes = rows.flatMap { encoder.encode(["a": .string($0[0]), "b": .string($0[1]), "c": .string($0[2])]) }
        let ours = try folder.write(bytes, to: "ours.csv")
        let theirs = folder.path("theirs.csv")
        let json = folder.path("read.json")
        let program = """
            import csv, json, sys
            ours, theirs, out = sys.argv[1:]
            rows = list(csv.reader(open(ours, newline="", encoding="utf-8"), strict=True))
            json.dump(rows, open(out, "w"))
            csv.writer(open(theirs, "w", newline="", encoding="utf-8")).writerows(rows)
            """
        try Python.run(program, [ours, theirs, json])
        let read = try JSONReader.value(from: [UInt8](Data(contentsOf: URL(filePath: json)))).arrayValue ?? []
        #expect(read.count == rows.count + 1)
        #expect(read.dropFirst().map { $0.arrayValue?.compactMap(\.stringValue) } == rows)
        var reader = try RowFileReader(theirs, .csv())
        for row in rows {
            let record = try #require(try reader.next())
            // Python does not quote an empty text, so it is nothing here.
            #expect(record.map { $0.value.stringValue ?? "" } == row)
        }
        #expect(try reader.next() == nil)
    }
}

/// The Python interpreter, where there is one.
private enum Python {
    private static let path = ["/usr/bin/python3", "/usr/local/bin/python3", "/opt/homebrew/bin/python3"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    static var isThere: Bool { path != nil }

    static func run(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: try #require(path))
        process.arguments = ["-c", program] + arguments
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
