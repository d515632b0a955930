import HTTPTypes
import TestSupport
import Testing

@testable import Dataverse

@Suite("Downloading files, as effects")
struct FileDownloadOperationTests {
    private let call: CallContext
    private var script = EffectScript()
    private let location: FileLocation
    private static let id = "5a1b2c3d-0000-4000-8000-00000000000f"
    private static let value = "GET accounts(\(id))/new_x/$value"

    init() throws {
        call = try ClientContext.scripted().beginCall()
        location = FileLocation(table: "account", row: try #require(UUID(uuidString: Self.id)), column: "new_X")
        call.service.tables.store(.init(entitySetName: "accounts", primaryKey: "accountid"), for: "account")
    }

    @Test("a whole file with its name and type")
    mutating func whole() throws {
        let file = try script.run(
            call.download(location),
            .token("t"),
            .reply(200, headers: [.fileName: "f.txt", .mimeType: "text/plain", .fileSize: "5"], body: "hello")
        ).get()
        #expect(script.steps == [Self.value])
        #expect(script.exchanges[0].headers[.accept] == "*/*")
        #expect(file?.bytes == Array("hello".utf8))
        #expect(file?.details == FileDetails(name: "f.txt", mimeType: "text/plain", size: 5))
    }

    @Test("no file is nil; a column that does not exist is an error")
    mutating func none() throws {
        #expect(try script.run(call.download(location), .token("t"), .reply(204)).get() == nil)
        #expect(try script.run(call.download(location), .token("t"), .reply(404)).get() == nil)
        let unknown = #"{"error":{"code":"0x80060888","message":"Resource not found for the segment 'new_x'."}}"#
        #expect(try script.run(call.download(location), .token("t"), .reply(404, body: unknown)).isFailure(.notFound))
    }

    @Test("images are small unless the full size is asked for")
    mutating func images() throws {
        _ = try script.run(call.downloadImage(location, size: .thumbnail), .token("t"), .reply(204)).get()
        _ = try script.run(call.downloadImage(location, size: .full), .token("t"), .reply(204)).get()
        #expect(script.steps == [Self.value, Self.value + "?size=full"])
    }

    @Test("a range")
    mutating func range() throws {
        let piece = try script.run(
            call.download(location, range: 2..<4),
            .token("t"),
            .reply(206, headers: [.contentRange: "bytes 2-3/5", .fileName: "f"], body: "ll")
        ).get()
        #expect(script.exchanges[0].headers[.range] == "bytes=2-3")
        #expect(piece?.bytes == Array("ll".utf8))
        #expect(piece?.offset == 2)
        #expect(piece?.details.size == 5)
        #expect(try script.run(call.download(location, range: 2..<2)).isFailure(.invalidRequest))
        #expect(try script.run(call.download(location, range: -1..<2)).isFailure(.invalidRequest))
        let beyond = try script.run(call.download(location, range: 9..<12), .token("t"), .reply(416))
        #expect(beyond.isFailure(.invalidRequest))
    }

    /// Reads all pieces, each against its own steps.
    private mutating func read(
        by method: FileDownloadMethod,
        _ replies: [EffectScript.Step]
    ) throws -> Result<String, DataverseError> {
        var cursor = FileCursor.start
        var bytes: [UInt8] = []
        var replies = replies[...]
        while cursor != .ended {
            let count = method == .blocks && cursor == .start ? 2 : 1
            let steps = replies.prefix(count).flatMap { [.token("t"), $0] as [EffectScript.Step] }
            replies = replies.dropFirst(count)
            switch try script.run(call.readFile(location, at: cursor, by: method), steps: steps) {
            case .success(let step):
                bytes += step.piece?.bytes ?? []
                cursor = step.next
            case .failure(let error): return .failure(error)
            }
        }
        #expect(replies.isEmpty)
        return .success(String(decoding: bytes, as: UTF8.self))
    }

    @Test("piece by piece in ranges, as long as the service says that there is more")
    mutating func pieces() throws {
        let text = try read(
            by: .ranges,
            [
                .reply(206, headers: [.fileSize: "8"], body: "hello"),
                .reply(206, headers: [.contentRange: "bytes 5-7/8"], body: " yo"),
            ]
        ).get()
        #expect(text == "hello yo")
        #expect(script.exchanges.map { $0.headers[.range] } == ["bytes=0-4194303", "bytes=5-4194308"])
    }

    @Test("a service that knows no ranges sends the whole file; an empty file and none have no pieces")
    mutating func otherReplies() throws {
        #expect(try read(by: .ranges, [.reply(200, body: "hello")]).get() == "hello")
        #expect(try read(by: .ranges, [.reply(416)]).get() == "")
        #expect(try read(by: .ranges, [.reply(204)]).get() == "")
        #expect(try read(by: .ranges, [.reply(404)]).get() == "")
    }

    @Test("a file that is replaced in between is noticed")
    mutating func replaced() throws {
        let first = EffectScript.Step.reply(206, headers: [.fileSize: "8"], body: "hello")
        let other = EffectScript.Step.reply(206, headers: [.fileSize: "9"], body: "you!")
        #expect(try read(by: .ranges, [first, other]).isFailure(.preconditionFailed))
        #expect(try read(by: .ranges, [first, .reply(204)]).isFailure(.preconditionFailed))
    }

    @Test("replies that make no sense end the reading instead of going round")
    mutating func nonsense() throws {
        #expect(try read(by: .ranges, [.reply(206, body: "hello")]).isFailure(.unexpectedReply))
        #expect(try read(by: .ranges, [.reply(206, headers: [.fileSize: "8"])]).isFailure(.unexpectedReply))
        #expect(
            try read(by: .ranges, [.reply(206, headers: [.fileSize: "3"], body: "hello")]).isFailure(.unexpectedReply)
        )
        let begin = EffectScript.Step.reply(200, body: #"{"FileContinuationToken":"c","FileSizeInBytes":8}"#)
        for body in ["{}", #"{"Data":""}"#, #"{"Data":"?"}"#, #"{"Data":"MDEyMzQ1Njc4"}"#] {
            #expect(try read(by: .blocks, [begin, .reply(200, body: body)]).isFailure(.unexpectedReply))
        }
    }

    @Test("in blocks")
    mutating func blocks() throws {
        let text = try read(
            by: .blocks,
            [
                .reply(
                    200,
                    body:
                        #"{"FileContinuationToken":"c","FileSizeInBytes":8,"FileName":"f","IsChunkingSupported":true}"#
                ),
                .reply(200, body: #"{"Data":"aGVsbG8="}"#), .reply(200, body: #"{"Data":"IHlv"}"#),
            ]
        ).get()
        #expect(text == "hello yo")
        #expect(
            script.steps == ["POST InitializeFileBlocksDownload", "POST DownloadBlock", "POST DownloadBlock"]
        )
        #expect(
            try script.body(0)
                == .json(
                    """
                    {"Target":{"accountid":"\(Self.id)","@odata.type":"Microsoft.Dynamics.CRM.account"},
                    "FileAttributeName":"new_x"}
                    """
                )
        )
        #expect(try script.body(1) == .json(#"{"Offset":0,"BlockLength":8,"FileContinuationToken":"c"}"#))
        #expect(try script.body(2) == .json(#"{"Offset":5,"BlockLength":3,"FileContinuationToken":"c"}"#))
    }

    @Test("where blocks are not supported the file comes as one")
    mutating func oneBlock() throws {
        _ = try read(
            by: .blocks,
            [
                .reply(
                    200,
                    body: #"{"FileContinuationToken":"c","FileSizeInBytes":5,"IsChunkingSupported":false}"#
                ),
                .reply(200, body: #"{"Data":"aGVsbG8="}"#),
            ]
        ).get()
        #expect(try script.body(1).objectValue?["BlockLength"]?.integerValue == 5)
    }

    @Test("a file is deleted by its identifier")
    mutating func delete() throws {
        let id = try #require(UUID(uuidString: Self.id))
        try script.run(call.deleteFile(id), .token("t"), .reply(204)).get()
        #expect(try script.body(0) == .json(#"{"FileId":"\#(Self.id)"}"#))
    }
}
