import Foundation
import Testing

@testable import BindingsGenerator

@Suite("Writing files")
struct OutputWriterTests {
    private let folder: TemporaryFolder
    private var path: String { folder.url.appending(path: "out").path }

    init() throws {
        folder = try TemporaryFolder()
    }

    private func file(_ name: String, _ text: String = "") -> GeneratedFile {
        GeneratedFile(name: name, text: GeneratedFile.marker + " from x.xml. Do not edit.\n" + text)
    }

    private func modificationDate(_ name: String) throws -> Date? {
        try FileManager.default.attributesOfItem(atPath: path + "/" + name)[.modificationDate] as? Date
    }

    @Test func unchangedFilesAreNotTouched() throws {
        let writer = OutputWriter(folder: path)
        #expect(try writer.write([file("A.swift"), file("B.swift")]).written == ["A.swift", "B.swift"])
        let before = Date(timeIntervalSince1970: 1_000_000)
        try FileManager.default.setAttributes([.modificationDate: before], ofItemAtPath: path + "/A.swift")
        let report = try writer.write([file("A.swift"), file("B.swift", "changed")])
        #expect(report.written == ["B.swift"])
        #expect(report.unchanged == 1)
        #expect(try modificationDate("A.swift") == before)
    }

    @Test func staleFilesAreRemovedAndOthersAreNot() throws {
        let writer = OutputWriter(folder: path)
        _ = try writer.write([file("A.swift"), file("Old.swift")])
        try "// mine\n".write(toFile: path + "/Mine.swift", atomically: true, encoding: .utf8)
        try GeneratedFile.marker.write(toFile: path + "/notes.txt", atomically: true, encoding: .utf8)
        let outside = folder.url.appending(path: "Outside.swift").path
        try GeneratedFile.marker.write(toFile: outside, atomically: true, encoding: .utf8)
        try FileManager.default.createSymbolicLink(atPath: path + "/Link.swift", withDestinationPath: outside)
        let report = try writer.write([file("A.swift")])
        #expect(report.removed == ["Old.swift"])
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: path).sorted()
                == ["A.swift", "Link.swift", "Mine.swift", "notes.txt"]
        )
        #expect(FileManager.default.fileExists(atPath: outside))
    }

    @Test(arguments: [
        "../A.swift", "a/b.swift", "/etc/A.swift", ".swift", "A.txt", "A\n.swift", "..swift", "A b.swift",
    ])
    func namesThatCouldLeaveTheFolderAreRefused(name: String) {
        #expect(throws: GeneratorError.self) { try OutputWriter(folder: path).write([file(name)]) }
    }

    @Test func aFileWhereTheFolderShouldBe() throws {
        try "x".write(toFile: path, atomically: true, encoding: .utf8)
        do throws(GeneratorError) {
            _ = try OutputWriter(folder: path).write([file("A.swift")])
            Issue.record("nothing was thrown")
        } catch {
            #expect(error.kind == .failed)
            #expect(error.description.hasPrefix("\(path): error: cannot be written"))
        }
    }
}
