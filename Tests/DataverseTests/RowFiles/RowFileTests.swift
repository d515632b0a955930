import Foundation
import TestSupport
import Testing

@testable import Dataverse

@Suite("Rows in files")
struct RowFileTests {
    @Test("rows go into a file and come back, in both formats", arguments: [RowFormat.jsonLines, .csv()])
    func roundTrip(format: RowFormat) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("rows")
        var writer = try RowFileWriter(path, format)
        for number in 0..<20_000 {
            try writer.write([
                "name": "row “\(number)”\n", "note": .null, "name@OData.Community.Display.V1.FormattedValue": "x",
            ])
        }
        try writer.close()
        var reader = try RowFileReader(path, format)
        var count = 0
        while let row = try reader.next() {
            #expect(row == ["name": "row “\(count)”\n", "note": .null])
            count += 1
        }
        #expect(count == 20_000)
        #expect(try reader.next() == nil)
    }

    @Test("JSON lines keep every value, and what they bind")
    func jsonLines() throws {
        var random = SeededGenerator(seed: 24)
        for _ in 1...200 {
            let row = Record(
                members: (0..<4).map { ("c\($0)", Value.random(depth: 2, using: &random)) }
                    + [("parent@odata.bind", "/accounts(1)")]
            )
            var encoder = try RowEncoder(.jsonLines)
            var decoder = try RowDecoder(.jsonLines)
            let bytes = encoder.encode(row)
            #expect(bytes.count { $0 == 0x0A } == 1)
            let middle = bytes.count / 2
            let rows =
                try decoder.decode(Array(bytes[..<middle])) + decoder.decode(Array(bytes[middle...])) + decoder.finish()
            #expect(rows == [row])
            #expect(rows[0].hasChanges)
        }
    }

    @Test(
        "a line that is no row is named",
        arguments: [("{}\n[1]\n", "line 2"), ("{}\n\n{\"a\":\n", "line 3"), ("nonsense", "line 1")]
    )
    func badLines(text: String, place: String) throws {
        let error = try #require(throws: DataverseError.self) {
            var decoder = try RowDecoder(.jsonLines)
            _ = try decoder.decode(Array(text.utf8))
            _ = try decoder.finish()
        }
        #expect(error.message.contains(place), "\(error.message)")
    }

    @Test("files that are not there, or cannot be written, are errors")
    func missingFiles() throws {
        #expect(throws: DataverseError.self) { try RowFileReader("/no/such/file.csv", .csv()) }
        #expect(throws: DataverseError.self) { try RowFileWriter("/no/such/folder/file.csv", .csv()) }
    }
}
