import HTTPTypes
import TestSupport
import Testing

@testable import Dataverse

@Suite("Uploading files, as effects")
struct FileUploadOperationTests {
    private let call: CallContext
    private var script = EffectScript()
    private static let id = "5a1b2c3d-0000-4000-8000-00000000000f"
    private static let column = "new_products(\(id))/new_x"
    private static let session = "https://contoso.example/api/data/v9.2/x?sessiontoken=1"
    private let location: FileLocation
    private let file = FileContent(name: "f.txt", source: .file(path: "/tmp/f.txt", size: 12))
    private let known = FileUploadOptions(createsMissingColumn: false)

    init() throws {
        call = try ClientContext.scripted().beginCall()
        location = FileLocation(
            table: "new_Product",
            row: try #require(UUID(uuidString: Self.id)),
            column: "new_X"
        )
        call.service.tables.store(.init(entitySetName: "new_products", primaryKey: "new_productid"), for: "new_product")
    }

    @Test("one request: the column is looked up, then the file is sent as the Python SDK does")
    mutating func oneRequest() throws {
        let found = #"{"value":[{"MetadataId":"\#(Self.id)"}]}"#
        try script.run(
            call.upload(file, to: location, FileUploadOptions()),
            .token("t"),
            .reply(200, body: MetadataFixtures.tableFound),
            .token("t"),
            .reply(200, body: found),
            .token("t"),
            .reply(204)
        ).get()
        #expect(
            script.steps == [
                MetadataFixtures.askForTable,
                "GET \(MetadataFixtures.table)/Attributes?$select=MetadataId,LogicalName,SchemaName"
                    + "&$filter=LogicalName eq 'new_x'",
                "PATCH \(Self.column)",
            ]
        )
        let exchange = script.exchanges[2]
        #expect(exchange.body == .file(path: "/tmp/f.txt", offset: 0, length: 12))
        #expect(exchange.headers[.contentType] == "application/octet-stream")
        #expect(exchange.headers[.fileName] == "f.txt")
        #expect(exchange.headers[.ifNoneMatch] == "null")
        #expect(exchange.headers[.ifMatch] == nil)
    }

    @Test("a file that is to replace another one, with its type")
    mutating func replacing() throws {
        try script.run(
            call.upload(
                FileContent(name: "a b.pdf", source: .bytes([1, 2])),
                to: location,
                FileUploadOptions(mimeType: "application/pdf", replacesExisting: true, createsMissingColumn: false)
            ),
            .token("t"),
            .reply(204)
        ).get()
        let exchange = script.exchanges[0]
        #expect(exchange.body == .bytes([1, 2]))
        #expect(exchange.headers[.contentType] == "application/pdf")
        #expect(exchange.headers[.ifMatch] == "*")
        #expect(exchange.headers[.ifNoneMatch] == nil)
        #expect(exchange.headers[.fileName] == "a b.pdf")
    }

    @Test("chunks: a session, then parts of the recommended length with their ranges")
    mutating func chunks() throws {
        try script.run(
            call.upload(
                file,
                to: location,
                FileUploadOptions(strategy: .chunked, replacesExisting: true, createsMissingColumn: false)
            ),
            .token("t"),
            .reply(200, headers: [.location: Self.session, .chunkSize: "5"]),
            .token("t"),
            .reply(206),
            .token("t"),
            .reply(206),
            .token("t"),
            .reply(204)
        ).get()
        #expect(
            script.steps == [
                "PATCH \(Self.column)?x-ms-file-name=f.txt", "PATCH x?sessiontoken=1", "PATCH x?sessiontoken=1",
                "PATCH x?sessiontoken=1",
            ]
        )
        let begin = script.exchanges[0]
        #expect(begin.body == .bytes([]))
        #expect(begin.headers[.transferMode] == "chunked")
        #expect(begin.headers[.ifMatch] == "*")
        #expect(begin.headers[.fileName] == nil)
        let parts = script.exchanges.dropFirst()
        #expect(
            parts.map { $0.headers[.contentRange] } == ["bytes 0-4/12", "bytes 5-9/12", "bytes 10-11/12"]
        )
        #expect(
            parts.map(\.body) == [
                .file(path: "/tmp/f.txt", offset: 0, length: 5), .file(path: "/tmp/f.txt", offset: 5, length: 5),
                .file(path: "/tmp/f.txt", offset: 10, length: 2),
            ]
        )
        #expect(parts.allSatisfy { $0.headers[.fileName] == "f.txt" && $0.headers[.ifMatch] == nil })
        #expect(parts.allSatisfy { $0.headers[.contentType] == "application/octet-stream" })
    }

    @Test("without a usable recommendation chunks have 4 MB", arguments: [nil, "0", "-3", "large"] as [String?])
    mutating func chunkLength(header: String?) throws {
        var headers: HTTPFields = [.location: Self.session]
        headers[.chunkSize] = header
        let large = FileContent(name: "f", source: .file(path: "f", size: 5 << 20))
        try script.run(
            call.upload(large, to: location, FileUploadOptions(strategy: .chunked, createsMissingColumn: false)),
            .token("t"),
            .reply(200, headers: headers),
            .token("t"),
            .reply(206),
            .token("t"),
            .reply(204)
        ).get()
        #expect(script.exchanges[1].headers[.contentRange] == "bytes 0-4194303/5242880")
    }

    @Test("a throttled chunk is sent again, and only that one")
    mutating func throttledChunk() throws {
        try script.run(
            call.upload(file, to: location, FileUploadOptions(strategy: .chunked, createsMissingColumn: false)),
            .token("t"),
            .reply(200, headers: [.location: Self.session, .chunkSize: "6"]),
            .token("t"),
            .reply(206),
            .token("t"),
            .reply(429, headers: [.retryAfter: "2"]),
            .wake,
            .token("t"),
            .reply(204)
        ).get()
        let ranges = script.exchanges.dropFirst().map { $0.headers[.contentRange] }
        #expect(ranges == ["bytes 0-5/12", "bytes 6-11/12", "bytes 6-11/12"])
    }

    @Test(
        "files of 128 MB and more go in chunks, smaller ones and empty ones in one request",
        arguments: [
            (0, .automatic, false), ((128 << 20) - 1, .automatic, false), (128 << 20, .automatic, true),
            (128 << 20, .singleRequest, false), (0, .chunked, false), (1, .chunked, true),
        ] as [(Int64, FileUploadOptions.Strategy, Bool)]
    )
    mutating func strategy(size: Int64, strategy: FileUploadOptions.Strategy, isChunked: Bool) throws {
        let content = FileContent(name: "f", source: .file(path: "f", size: size))
        let result = try script.run(
            call.upload(content, to: location, FileUploadOptions(strategy: strategy, createsMissingColumn: false)),
            .token("t"),
            .reply(403)
        )
        #expect(result.isFailure(.forbidden))
        #expect((script.exchanges[0].headers[.transferMode] == "chunked") == isChunked)
    }

    @Test("more than 128 MB do not go in one request, and a MIME type has no line breaks")
    mutating func refused() throws {
        let large = FileContent(name: "f", source: .file(path: "f", size: (128 << 20) + 1))
        let single = FileUploadOptions(strategy: .singleRequest)
        #expect(try script.run(call.upload(large, to: location, single)).isFailure(.invalidRequest))
        for type in ["a/b\r\nX-Evil: 1", "pdf", "a/ü"] {
            let options = FileUploadOptions(mimeType: type)
            #expect(try script.run(call.upload(file, to: location, options)).isFailure(.invalidRequest))
        }
        let image = FileContent(name: "f", source: .file(path: "f", size: (30 << 20) + 1))
        #expect(try script.run(call.uploadImage(image, to: location)).isFailure(.invalidRequest))
        #expect(script.effects.isEmpty)
    }

    @Test("a missing column is created, and rows are asked for it until they have it")
    mutating func missingColumn() throws {
        try script.run(
            call.upload(file, to: location, FileUploadOptions()),
            .token("t"),
            .reply(200, body: MetadataFixtures.tableFound),
            .token("t"),
            .reply(200, body: MetadataFixtures.nothingFound),
            .token("t"),
            .reply(200, body: MetadataFixtures.tableFound),
            .token("t"),
            .reply(204),
            .token("t"),
            .reply(400),
            .wake,
            .token("t"),
            .reply(200, body: MetadataFixtures.nothingFound),
            .token("t"),
            .reply(204)
        ).get()
        #expect(
            script.steps.suffix(6) == [
                MetadataFixtures.askForTable, "POST \(MetadataFixtures.table)/Attributes",
                "GET new_products?$top=1&$select=new_x", "sleep 3.0 seconds",
                "GET new_products?$top=1&$select=new_x", "PATCH \(Self.column)",
            ]
        )
        #expect(
            try script.body(3)
                == .json(
                    """
                    {"@odata.type":"Microsoft.Dynamics.CRM.FileAttributeMetadata","SchemaName":"new_X",
                    "DisplayName":\(MetadataFixtures.label("X")),"RequiredLevel":{"Value":"None"}}
                    """
                )
        )
    }

    @Test("a column that does not appear within 33 seconds ends the upload")
    mutating func invisibleColumn() throws {
        let result = try script.run(
            call.upload(file, to: location, FileUploadOptions()),
            .token("t"),
            .reply(200, body: MetadataFixtures.tableFound),
            .token("t"),
            .reply(200, body: MetadataFixtures.nothingFound),
            .token("t"),
            .reply(200, body: MetadataFixtures.tableFound),
            .token("t"),
            .reply(204),
            .token("t"),
            .reply(400),
            .wake,
            .token("t"),
            .reply(400),
            .wake,
            .token("t"),
            .reply(400),
            .wake,
            .token("t"),
            .reply(400)
        )
        #expect(result.isFailure(.metadata))
        #expect(
            script.steps.filter { $0.hasPrefix("sleep") }
                == ["sleep 3.0 seconds", "sleep 10.0 seconds", "sleep 20.0 seconds"]
        )
    }

    @Test(
        "names that headers cannot carry go into the query, percent-encoded",
        arguments: [
            ("Übersicht.pdf", "%C3%9Cbersicht.pdf"), (" a", "%20a"), ("漢&x=1?.txt", "%E6%BC%A2%26x=1?.txt"),
            ("100%é", "100%25%C3%A9"), ("\u{2028}", nil),
        ] as [(String, String?)]
    )
    mutating func names(name: String, encoded: String?) throws {
        let content = FileContent(name: name, source: .bytes([1]))
        guard let encoded else {
            #expect(try script.run(call.upload(content, to: location, known)).isFailure(.invalidRequest))
            return
        }
        try script.run(call.upload(content, to: location, known), .token("t"), .reply(204)).get()
        #expect(script.exchanges[0].headers[.fileName] == nil)
        #expect(script.exchanges[0].url.hasSuffix("\(Self.column)?x-ms-file-name=\(encoded)"))
        let chunked = FileUploadOptions(strategy: .chunked, createsMissingColumn: false)
        try script.run(
            call.upload(content, to: location, chunked),
            .token("t"),
            .reply(200, headers: [.location: Self.session]),
            .token("t"),
            .reply(204)
        ).get()
        #expect(script.exchanges[2].headers[.fileName] == nil)
        #expect(script.exchanges[2].url == "\(Self.session)&x-ms-file-name=\(encoded)")
    }

    @Test(
        "names with control characters are refused before anything is sent",
        arguments: ["a\r\nX-Evil: 1", "a\nb", "a\0b", "a\u{7F}", "a\u{85}b", "", "  ", "\t"]
    )
    mutating func evilNames(name: String) throws {
        let content = FileContent(name: name, source: .bytes([1]))
        #expect(try script.run(call.upload(content, to: location, known)).isFailure(.invalidRequest))
        #expect(try script.run(call.uploadInBlocks(content, to: location, mimeType: nil)).isFailure(.invalidRequest))
        #expect(script.effects.isEmpty)
    }

    @Test("a session on another server is refused: tokens stay with the service")
    mutating func foreignSession() throws {
        let result = try script.run(
            call.upload(file, to: location, FileUploadOptions(strategy: .chunked, createsMissingColumn: false)),
            .token("t"),
            .reply(200, headers: [.location: "https://evil.test/x?sessiontoken=1"])
        )
        #expect(result.isFailure(.invalidRequest))
        let missing = try script.run(
            call.upload(file, to: location, FileUploadOptions(strategy: .chunked, createsMissingColumn: false)),
            .token("t"),
            .reply(200)
        )
        #expect(missing.isFailure(.unexpectedReply))
    }

    @Test("images replace the one that is there; columns are emptied")
    mutating func images() throws {
        try script.run(call.uploadImage(file, to: location), .token("t"), .reply(204)).get()
        #expect(script.exchanges[0].headers[.ifMatch] == "*")
        try script.run(call.deleteFile(at: location), .token("t"), .reply(204)).get()
        #expect(script.steps == ["PATCH \(Self.column)", "DELETE \(Self.column)"])
    }

    @Test("blocks: a session, blocks as Base64 text, and the list of them")
    mutating func blocks() throws {
        let size: Int64 = (4 << 20) + 3
        let content = FileContent(name: "ü\".bin", source: .file(path: "f", size: size))
        let receipt = try script.run(
            call.uploadInBlocks(content, to: location, mimeType: nil),
            .token("t"),
            .reply(200, body: #"{"FileContinuationToken":"c\"1"}"#),
            .token("t"),
            .reply(204),
            .token("t"),
            .broken(TransportError(.connectionLost, message: "gone", mayHaveBeenProcessed: true)),
            .wake,
            .token("t"),
            .reply(204),
            .token("t"),
            .reply(200, body: #"{"FileId":"\#(Self.id)","FileSizeInBytes":4194307}"#)
        ).get()
        #expect(receipt == FileReceipt(fileID: UUID(uuidString: Self.id), size: size))
        #expect(
            script.steps == [
                "POST InitializeFileBlocksUpload", "POST UploadBlock", "POST UploadBlock", "sleep 0.5 seconds",
                "POST UploadBlock", "POST CommitFileBlocksUpload",
            ]
        )
        #expect(
            try script.body(0)
                == .json(
                    """
                    {"Target":{"new_productid":"\(Self.id)","@odata.type":"Microsoft.Dynamics.CRM.new_product"},
                    "FileName":"ü\\".bin","FileAttributeName":"new_x"}
                    """
                )
        )
        #expect(script.exchanges[2].body == script.exchanges[3].body)
        guard case .sequence(let parts) = script.exchanges[3].body, parts.count == 3 else {
            return #expect(Bool(false), "must be three parts")
        }
        #expect(parts[1] == .base64(.file(path: "f", offset: 4 << 20, length: 3)))
        let frame = try Value.json(
            String(decoding: (parts[0].inMemory ?? []) + (parts[2].inMemory ?? []), as: UTF8.self)
        ).objectValue
        #expect(frame?["FileContinuationToken"] == "c\"1")
        #expect(frame?["BlockData"] == "")
        let list = try script.body(4).objectValue?["BlockList"]?.arrayValue
        #expect(list?.count == 2)
        #expect(list?.last == frame?["BlockId"])
        #expect(try script.body(4).objectValue?["MimeType"] == "application/octet-stream")
    }

    @Test("the end of an upload in blocks is not repeated blindly")
    mutating func brokenCommit() throws {
        let result = try script.run(
            call.uploadInBlocks(FileContent(name: "f", source: .bytes([])), to: location, mimeType: "text/plain"),
            .token("t"),
            .reply(200, body: #"{"FileContinuationToken":"c"}"#),
            .token("t"),
            .broken(TransportError(.connectionLost, message: "gone", mayHaveBeenProcessed: true))
        )
        #expect(result.isFailure(.transport))
    }
}
