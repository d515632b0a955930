import DataverseEmulator
import Foundation
import ODataCore
import Testing

/// Source: Dataverse, "Use file column data", the messages for blocks.
@Suite("Files in blocks")
struct FileBlockTests {
    private func target(_ key: String) -> Value {
        ["accountid": .string(key), "@odata.type": "Microsoft.Dynamics.CRM.account"]
    }

    private func withFileColumn(_ body: @Sendable (Service, Value) async throws -> Void) async throws {
        try await withContoso { service in
            let column: Value = [
                "@odata.type": "Microsoft.Dynamics.CRM.FileAttributeMetadata", "SchemaName": "new_Contract",
                "MaxSizeInKB": 1, "RequiredLevel": ["Value": "None"],
            ]
            let made = try await service.send(.POST, "EntityDefinitions(LogicalName='account')/Attributes", column)
            #expect(made.status == 204, "\(made.text)")
            try await body(service, target(try await service.create("accounts", ["name": "A"])))
        }
    }

    private func begin(_ service: Service, _ target: Value, column: String = "new_contract") async throws
        -> Service.Reply
    {
        try await service.send(
            .POST,
            "InitializeFileBlocksUpload",
            ["Target": target, "FileAttributeName": .string(column), "FileName": "a.txt"]
        )
    }

    @Test("blocks come in any order and again, and are put together in the order of the list")
    func upload() async throws {
        try await withFileColumn { service, target in
            let token = try #require(try await begin(service, target).json["FileContinuationToken"])
            for (id, data) in [("Mg==", "d29ybGQ="), ("MQ==", "eHg="), ("MQ==", "SGVsbG8g")] {
                let reply = try await service.send(
                    .POST,
                    "UploadBlock",
                    ["BlockId": .string(id), "BlockData": .string(data), "FileContinuationToken": token]
                )
                #expect(reply.status == 204, "\(reply.text)")
            }
            let receipt = try await service.send(
                .POST,
                "CommitFileBlocksUpload",
                [
                    "FileName": "b.txt", "MimeType": "text/plain", "BlockList": ["MQ==", "Mg=="],
                    "FileContinuationToken": token,
                ]
            )
            #expect(receipt.json["FileSizeInBytes"] == 11)
            let begun = try await service.send(
                .POST,
                "InitializeFileBlocksDownload",
                ["Target": target, "FileAttributeName": "new_contract"]
            )
            #expect(begun.json["FileName"] == "b.txt")
            #expect(begun.json["FileSizeInBytes"] == 11)
            let block = try await service.send(
                .POST,
                "DownloadBlock",
                [
                    "Offset": 6, "BlockLength": 100,
                    "FileContinuationToken": try #require(begun.json["FileContinuationToken"]),
                ]
            )
            #expect(block.json["Data"] == "d29ybGQ=")
            // The upload has ended, and its token with it.
            let again = try await service.send(
                .POST,
                "UploadBlock",
                ["BlockId": "MQ==", "BlockData": "eHg=", "FileContinuationToken": token]
            )
            #expect(again.status == 400)
            let id = try #require(receipt.json["FileId"])
            #expect(try await service.send(.POST, "DeleteFile", ["FileId": id]).status == 204)
            #expect(try await service.send(.POST, "DeleteFile", ["FileId": id]).status == 404)
            let gone = try await service.send(
                .POST,
                "InitializeFileBlocksDownload",
                ["Target": target, "FileAttributeName": "new_contract"]
            )
            #expect(gone.status == 404)
        }
    }

    @Test("what does not fit is refused with the reason")
    func refusals() async throws {
        try await withFileColumn { service, target in
            #expect(try await begin(service, target, column: "name").errorMessage.contains("no file or image column"))
            let token = try #require(try await begin(service, target).json["FileContinuationToken"])
            let upload: @Sendable (Value, Value) async throws -> Service.Reply = { id, data in
                try await service.send(
                    .POST,
                    "UploadBlock",
                    ["BlockId": id, "BlockData": data, "FileContinuationToken": token]
                )
            }
            #expect(try await upload("%", "eHg=").errorMessage.contains("'BlockId' must be Base64"))
            #expect(try await upload("MQ==", "%").errorMessage.contains("'BlockData' must be Base64"))
            let tooLong = Value.string(Data(count: (4 << 20) + 1).base64EncodedString())
            #expect(try await upload("MQ==", tooLong).errorMessage.contains("no more than 4194304 bytes"))
            #expect(try await upload("MQ==", .string(Data(count: 1_025).base64EncodedString())).status == 204)
            let commit: @Sendable (Value) async throws -> Service.Reply = { blocks in
                try await service.send(
                    .POST,
                    "CommitFileBlocksUpload",
                    ["FileName": "b", "BlockList": blocks, "FileContinuationToken": token]
                )
            }
            #expect(try await commit(["Mg=="]).errorMessage.contains("was not uploaded"))
            #expect(try await commit(["MQ=="]).errorMessage.contains("takes no more than 1 KB"))
        }
    }
}
