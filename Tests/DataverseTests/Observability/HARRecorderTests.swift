import ContosoBindings
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Dataverse

@Suite("HAR")
struct HARRecorderTests {
    private static let id = UUID(uuidString: "5A1B2C3D-0000-4000-8000-00000000000F")!

    private func client(_ recorder: HARRecorder, _ outcomes: [ScriptedTransport.Outcome]) throws -> DataverseClient {
        try DataverseClient(
            environment: "https://contoso.example",
            credential: StaticTokenCredential("the-access-token"),
            configuration: ClientConfiguration(retry: RetryPolicy(maximumAttempts: 2, baseDelay: .milliseconds(1))),
            transport: ScriptedTransport(outcomes),
            observers: [recorder]
        )
    }

    private func log(_ recorder: HARRecorder) throws -> Record {
        let log = try #require(JSONReader.value(from: recorder.bytes()).objectValue?["log"]?.objectValue)
        try HARFormat.check(log)
        return log
    }

    private func entries(_ recorder: HARRecorder) throws -> [Record] {
        try log(recorder)["entries"]?.arrayValue?.compactMap(\.objectValue) ?? []
    }

    @Test("exchanges of every kind have all the members that the format requires")
    func format() throws {
        let recorder = HARRecorder()
        let client = try client(
            recorder,
            [
                .json(#"{"name":"A"}"#, [.location: "/x?sig=hush"]), .reply(204), .broken(.timedOut), .reply(404),
                .reply(503), .reply(302, [.location: "https://elsewhere.example/?code=hush"]),
            ]
        )
        _ = try client.accounts.retrieve(Self.id)
        _ = try? client.accounts.create(Account { $0.name = "Ada" })
        _ = try? client.accounts.create(Account { $0.name = "Ada" })
        _ = try? client.accounts.retrieve(Self.id)
        _ = try? client.accounts.where { $0.name == "Ada" }.all()
        let log = try log(recorder)
        #expect(log["pages"]?.arrayValue?.count == 5)
        let entries = try entries(recorder)
        #expect(entries.map { $0["response"]?.objectValue?["status"] } == [200, 204, 0, 404, 503, 302])
        #expect(entries[2]["response"]?.objectValue?["_error"] == "timedOut")
        #expect(entries[5]["_attempt"] == 2 && entries[5]["_repeats"] == "service_failed")
        #expect(entries[5]["comment"]?.stringValue?.contains("service_failed") == true)
        #expect(entries[4]["pageref"] == entries[5]["pageref"])
        let text = String(decoding: recorder.bytes(), as: UTF8.self)
        for secret in ["the-access-token", "Ada", "hush"] { #expect(!text.contains(secret), "\(secret)") }
        #expect(text.contains("$filter=redacted") && text.contains("retrieve accounts"))
    }

    @Test("bodies are recorded where that is asked for, up to a limit, and without secrets")
    func bodies() throws {
        let recorder = HARRecorder(HARRecorder.Options(maximumBodyBytes: 40, urls: .full))
        let client = try client(
            recorder,
            [
                .json(#"{"password":"hush-hush","name":"Zoë ööööööööööööööööööööööööööööööööö","value":[]}"#),
                .reply(200, [.contentType: "application/octet-stream"], "binary"),
            ]
        )
        _ = try client.accounts.where { $0.name == "Ada" }.first()
        _ = try client.send(ServiceRequest(.post, "x?sig=hush", body: Array(#"{"a":1}"#.utf8)))
        let entries = try entries(recorder)
        let content = try #require(entries[0]["response"]?.objectValue?["content"]?.objectValue)
        #expect(content["text"]?.stringValue?.hasPrefix(#"{"password":"redacted","name":"Zoë "#) == true)
        // The fortieth byte is in the middle of a character.
        let size = try #require(content["size"]?.integerValue)
        #expect(content["comment"] == .string("\(size - 39) of \(size) bytes are left out"))
        #expect(entries[0]["request"]?.objectValue?["url"]?.stringValue?.contains("Ada") == true)
        #expect(entries[1]["response"]?.objectValue?["content"]?.objectValue?["text"] == nil)
        #expect(entries[1]["request"]?.objectValue?["postData"]?.objectValue?["text"] == #"{"a":1}"#)
        #expect(entries[1]["request"]?.objectValue?["url"]?.stringValue?.hasSuffix("x?sig=redacted") == true)
    }

    @Test("the newest exchanges are kept, and the record says how many are not")
    func bounds() throws {
        let recorder = HARRecorder(HARRecorder.Options(maximumEntries: 3))
        let client = try client(recorder, Array(repeating: .reply(204), count: 8))
        for number in 1...8 { _ = try client.send(ServiceRequest(.get, "x\(number)")) }
        #expect(recorder.count == 3)
        let urls = try entries(recorder).map { $0["request"]?.objectValue?["url"]?.stringValue?.suffix(2) }
        #expect(urls == ["x6", "x7", "x8"])
        #expect(try log(recorder)["comment"]?.stringValue?.contains("5 older exchanges") == true)
        recorder.clear()
        #expect(recorder.count == 0)
        #expect(try entries(recorder).isEmpty)
    }

    @Test("a file that only its owner may read takes the place of another, and nothing else is left")
    func file() throws {
        let recorder = HARRecorder()
        _ = try client(recorder, [.reply(204)]).send(ServiceRequest(.get, "x"))
        let folder = try TemporaryFolder()
        let path = try folder.write(Array("old".utf8), to: "a.har")
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        try recorder.write(to: path)
        #expect([UInt8](try Data(contentsOf: URL(filePath: path))) == recorder.bytes())
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let names = try FileManager.default.contentsOfDirectory(
            atPath: URL(filePath: path).deletingLastPathComponent().path
        )
        #expect(names == ["a.har"])
        #expect(throws: DataverseError.self) { try recorder.write(to: path + "/nowhere/b.har") }
    }
}

/// What HAR 1.2 requires. Source: "HTTP Archive (HAR) format", W3C Web Performance Working Group.
enum HARFormat {
    struct Violation: Error, CustomStringConvertible {
        let description: String
    }

    private enum Kind { case text, number, list, object }

    private static func require(_ object: Record, _ path: String, _ members: KeyValuePairs<String, Kind>) throws {
        for (name, kind) in members {
            let value = object[name]
            let fits =
                switch kind {
                case .text: value?.stringValue != nil
                case .number:
                    switch value {
                    case .integer?, .decimal?, .double?: true
                    default: false
                    }
                case .list: value?.arrayValue != nil
                case .object: value?.objectValue != nil
                }
            guard fits else { throw Violation(description: "\(path).\(name) is \(String(describing: value))") }
        }
        for name in object.names where !name.hasPrefix("_") && name != "comment" {
            let known = members.map(\.key) + ["text", "postData", "pageref", "pages"]
            guard known.contains(name) else { throw Violation(description: "\(path).\(name) is not known") }
        }
    }

    static func check(_ log: Record) throws {
        try require(log, "log", ["version": .text, "creator": .object, "entries": .list])
        guard log["version"] == "1.2" else { throw Violation(description: "another version") }
        let creator = log["creator"]?.objectValue ?? Record()
        try require(creator, "creator", ["name": .text, "version": .text])
        var ids: Set<String> = []
        for page in log["pages"]?.arrayValue?.compactMap(\.objectValue) ?? [] {
            try require(
                page,
                "page",
                ["startedDateTime": .text, "id": .text, "title": .text, "pageTimings": .object]
            )
            ids.insert(page["id"]?.stringValue ?? "")
        }
        for entry in log["entries"]?.arrayValue?.compactMap(\.objectValue) ?? [] { try check(entry, pages: ids) }
    }

    private static func check(_ entry: Record, pages: Set<String>) throws {
        try require(
            entry,
            "entry",
            [
                "startedDateTime": .text, "time": .number, "request": .object, "response": .object, "cache": .object,
                "timings": .object,
            ]
        )
        let date = entry["startedDateTime"]?.stringValue ?? ""
        guard date.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/) != nil else {
            throw Violation(description: "startedDateTime is \(date)")
        }
        guard pages.contains(entry["pageref"]?.stringValue ?? "") else { throw Violation(description: "pageref") }
        try require(
            entry["timings"]?.objectValue ?? Record(),
            "timings",
            ["send": .number, "wait": .number, "receive": .number]
        )
        let request = entry["request"]?.objectValue ?? Record()
        try require(
            request,
            "request",
            [
                "method": .text, "url": .text, "httpVersion": .text, "cookies": .list, "headers": .list,
                "queryString": .list, "headersSize": .number, "bodySize": .number,
            ]
        )
        if let data = request["postData"]?.objectValue {
            try require(data, "postData", ["mimeType": .text, "text": .text])
        }
        let response = entry["response"]?.objectValue ?? Record()
        try require(
            response,
            "response",
            [
                "status": .number, "statusText": .text, "httpVersion": .text, "cookies": .list, "headers": .list,
                "content": .object, "redirectURL": .text, "headersSize": .number, "bodySize": .number,
            ]
        )
        try require(
            response["content"]?.objectValue ?? Record(),
            "content",
            ["size": .number, "mimeType": .text]
        )
        let pairs = [request["headers"], request["queryString"], response["headers"]]
        for pair in pairs.flatMap({ $0?.arrayValue ?? [] }) {
            try require(pair.objectValue ?? Record(), "pair", ["name": .text, "value": .text])
        }
    }
}
