import Foundation
import Testing

@testable import BindingsGenerator

/// Whole files, as they are expected, in `Snapshots/`.
///
/// After a change that is meant, write them anew and look at the difference:
///
///     DATAVERSE_UPDATE_SNAPSHOTS=1 swift test --filter SnapshotTests
@Suite("Snapshots")
struct SnapshotTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snapshots")
    private static let isUpdating = ProcessInfo.processInfo.environment["DATAVERSE_UPDATE_SNAPSHOTS"] != nil

    @Test func everyConstruct() throws {
        let output = try generate(constructsOfEveryKind)
        let notes = output.diagnostics.map(\.description).joined(separator: "\n") + "\n"
        var expected = Dictionary(uniqueKeysWithValues: output.files.map { ($0.name, $0.text) })
        expected["diagnostics.txt"] = notes

        if SnapshotTests.isUpdating {
            try? FileManager.default.removeItem(at: SnapshotTests.folder)
            try FileManager.default.createDirectory(at: SnapshotTests.folder, withIntermediateDirectories: true)
            for (name, text) in expected {
                try text.write(to: SnapshotTests.folder.appending(path: name), atomically: true, encoding: .utf8)
            }
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: SnapshotTests.folder.path)
        #expect(names.sorted() == expected.keys.sorted())
        for (name, text) in expected {
            let snapshot = try String(contentsOf: SnapshotTests.folder.appending(path: name), encoding: .utf8)
            #expect(snapshot == text, "\(name) differs; see the comment of this suite")
        }
    }

    @Test func theOrderOfTheDocumentDoesNotMatter() throws {
        let types = [
            "<EntityType Name=\"b\"><Key><PropertyRef Name=\"x\"/></Key><Property Name=\"x\" Type=\"Edm.Guid\"/>"
                + "<Property Name=\"A_b\" Type=\"Edm.Guid\"/><Property Name=\"a_b\" Type=\"Edm.Guid\"/></EntityType>",
            "<EntityType Name=\"B\"><Property Name=\"a_b\" Type=\"Edm.Guid\"/></EntityType>",
            "<ComplexType Name=\"b\"/>", "<EnumType Name=\"B_\"/>",
        ]
        let forward = try generate(types.joined(separator: "\n"))
        let backward = try generate(types.reversed().joined(separator: "\n"))
        #expect(forward.files == backward.files)
        #expect(forward.files.count == 5)
    }
}
