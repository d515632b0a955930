import ContosoBindings
import DataverseEmulator
import Foundation
import TestSupport
import Testing

@testable import Dataverse

@Suite("Files in chunks through faults")
struct FileFaultTests {
    private static let effects: [Fault.Effect] = [
        .status(503), .status(504), .connectionDropped, .connectionReset, .replyDropped, .replyReset, .tokenRejected,
    ]

    @Test("an upload goes on after a chunk that failed, and so does a download", arguments: ClientKind.allCases)
    func chunks(kind: ClientKind) async throws {
        var random = SeededGenerator(seed: 3)
        let words = (0..<1_200_000).map { _ in random.next() }
        // Three chunks of 4 MB.
        let bytes = words.withUnsafeBytes { Array($0) }
        let path = try write(bytes)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await FaultContext.run(through: kind) { context in
            let context = context("file")
            let id = try await context.accounts.create(context.row())
            let location = FileLocation(table: "account", row: id, column: "new_Contract")
            let options = FileUploadOptions(strategy: .chunked, replacesExisting: true)
            let content = try LocalFile.content(atPath: path, named: nil)
            _ = try await context.client.run { $0.upload(content, to: location, options) }
            for effect in Self.effects {
                let before = context.faults.count
                context.faults.add(Fault(effect, method: "PATCH", pathContains: "sessiontoken", skipping: 1))
                _ = try await context.client.run { $0.upload(content, to: location, options) }
                #expect(context.faults.count == before + 1, "\(effect)")
                context.faults.add(Fault(effect, method: "GET", pathContains: "$value", skipping: 1))
                let copy = try await download(location, in: context)
                #expect(copy == bytes, "\(effect)")
                #expect(context.faults.count == before + 2, "\(effect)")
            }
            for effect in [Fault.Effect.truncatedBody(bytes: 100_000), .bodyReset(bytes: 3_000_000)] {
                context.faults.add(Fault(effect, method: "GET", pathContains: "$value", skipping: 1))
                #expect(try await download(location, in: context) == bytes, "\(effect)")
            }
        }
    }

    @Test("an upload in blocks goes on after a block that failed", arguments: ClientKind.allCases)
    func blocks(kind: ClientKind) async throws {
        // Three blocks of 4 MB, the last one shorter.
        let bytes = (0..<9_000_001).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        let path = try write(bytes)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await FaultContext.run(through: kind) { context in
            let context = context("blocks")
            let id = try await context.accounts.create(context.row())
            let location = FileLocation(table: "account", row: id, column: "new_Contract")
            let content = try LocalFile.content(atPath: path, named: nil)
            // Makes the column.
            _ = try await context.client.run {
                $0.upload(content, to: location, FileUploadOptions(strategy: .chunked, replacesExisting: true))
            }
            for effect in Self.effects {
                let before = context.faults.count
                context.faults.add(Fault(effect, method: "POST", pathContains: "UploadBlock", skipping: 1))
                let receipt = try await context.client.run { [content] in
                    $0.uploadInBlocks(content, to: location, mimeType: nil)
                }
                #expect(context.faults.count == before + 1, "\(effect)")
                #expect(receipt.size == Int64(bytes.count), "\(effect)")
                #expect(try await download(location, in: context) == bytes, "\(effect)")
            }
        }
    }

    private func write(_ bytes: [UInt8]) throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).pdf")
        try Data(bytes).write(to: file)
        return file.path
    }

    /// Reads a file piece by piece.
    private func download(_ location: FileLocation, in context: FaultContext) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        var cursor = FileCursor.start
        while cursor != .ended {
            let step = try await context.client.run { [cursor] in $0.readFile(location, at: cursor, by: .ranges) }
            bytes += step.piece?.bytes ?? []
            cursor = step.next
        }
        return bytes
    }
}
