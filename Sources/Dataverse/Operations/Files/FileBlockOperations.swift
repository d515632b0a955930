import Foundation
import HTTPTypes

/// A download in blocks that the service has begun.
struct FileBlockSession: Sendable, Hashable {
    let token: String
    let name: String?
    let size: Int64
    /// Whether blocks may be shorter than the file.
    let isChunkingSupported: Bool
}

// Source: Dataverse Web API, InitializeFileBlocksUpload, UploadBlock, CommitFileBlocksUpload,
// InitializeFileBlocksDownload, DownloadBlock and DeleteFile actions.
extension CallContext {
    /// The length of blocks: what the service takes at the most.
    static let blockLength: Int64 = 4 << 20

    /// Uploads a file into a column in blocks.
    func uploadInBlocks(
        _ content: FileContent,
        to location: FileLocation,
        mimeType: String?
    ) -> ODataOperation<FileReceipt> {
        do throws(DataverseError) {
            _ = try FileName(content.name)
        } catch {
            return .failed(error)
        }
        let blocks = FileBlock.blocks(of: content.size, length: Self.blockLength)
        return target(of: location).flatMap { target in
            post(
                "InitializeFileBlocksUpload",
                [
                    "Target": target, "FileName": .string(content.name),
                    "FileAttributeName": .string(location.attribute),
                ],
                isIdempotent: true
            )
        }.flatMap { reply in
            token(in: reply).flatMap { token in
                inOrder(blocks[...]) { upload($0, of: content, token: token) }.flatMap {
                    post(
                        "CommitFileBlocksUpload",
                        [
                            "FileName": .string(content.name),
                            "MimeType": .string(mimeType ?? "application/octet-stream"),
                            "BlockList": .array(blocks.map { .string($0.id) }),
                            "FileContinuationToken": .string(token),
                        ]
                    )
                }
            }
        }.map { reply throws(DataverseError) in
            let receipt = try reply.record()
            return FileReceipt(
                fileID: receipt["FileId"]?.stringValue.flatMap(UUID.init(uuidString:)),
                size: receipt["FileSizeInBytes"]?.integerValue
            )
        }
    }

    /// The bytes of a block go out as Base64 text inside the JSON, so that a block of a file can be streamed.
    private func upload(_ block: FileBlock, of content: FileContent, token: String) -> ODataOperation<Void> {
        let opening: Record = ["BlockId": .string(block.id), "FileContinuationToken": .string(token)]
        let body = HTTPBody.sequence([
            .bytes(JSONWriter.bytes(from: .object(opening)).dropLast() + Array(#","BlockData":""#.utf8)),
            .base64(content.part(block.range)),
            .bytes(Array(#""}"#.utf8)),
        ])
        return send(ServiceRequest(.post, "UploadBlock", body: body, isIdempotent: true)).map { _ in }
    }

    /// Begins a download in blocks; `nil` if there is no file in the column.
    func beginBlockDownload(_ location: FileLocation) -> ODataOperation<FileBlockSession?> {
        target(of: location).flatMap { target in
            post(
                "InitializeFileBlocksDownload",
                ["Target": target, "FileAttributeName": .string(location.attribute)],
                isIdempotent: true
            )
            .map { reply throws(DataverseError) -> FileBlockSession? in
                let session = try reply.record()
                guard let token = session["FileContinuationToken"]?.stringValue,
                    let size = session["FileSizeInBytes"]?.integerValue
                else { throw reply.unreadable("it has no FileContinuationToken or FileSizeInBytes") }
                return FileBlockSession(
                    token: token,
                    name: session["FileName"]?.stringValue,
                    size: size,
                    isChunkingSupported: session["IsChunkingSupported"]?.boolValue ?? true
                )
            }
            .recover { $0.isMissingFile ? .done(nil) : .failed($0) }
        }
    }

    /// Reads a block of a file.
    func fileBlock(from offset: Int64, in session: FileBlockSession) -> ODataOperation<FilePiece> {
        let length = session.isChunkingSupported ? min(Self.blockLength, session.size - offset) : session.size
        let arguments: Record = [
            "Offset": .integer(offset), "BlockLength": .integer(length),
            "FileContinuationToken": .string(session.token),
        ]
        return post("DownloadBlock", arguments, isIdempotent: true).map { reply throws(DataverseError) in
            guard let text = try reply.record()["Data"]?.stringValue, let data = Data(base64Encoded: text),
                !data.isEmpty, offset + Int64(data.count) <= session.size
            else { throw reply.unreadable("it does not have the \(length) bytes from \(offset) on as Base64 text") }
            let details = FileDetails(name: session.name, mimeType: nil, size: session.size)
            return FilePiece(details: details, offset: offset, bytes: [UInt8](data))
        }
    }

    /// Deletes a file by its identifier.
    func deleteFile(_ id: UUID) -> ODataOperation<Void> {
        post("DeleteFile", ["FileId": .string(id.guid)]).map { _ in }
    }

    /// The row as the actions want it.
    private func target(of location: FileLocation) -> ODataOperation<Value> {
        tableEntry(of: location.table).map { entry throws(DataverseError) in
            guard !entry.primaryKey.isEmpty else { throw unknownTable(location.table) }
            return [
                entry.primaryKey: .string(location.row.guid),
                AnnotationName.type: .string(MetadataWriter.namespace + location.table.lowercased()),
            ]
        }
    }

    private func token(in reply: HTTPReply) -> ODataOperation<String> {
        ODataOperation.done(reply).map { reply throws(DataverseError) in
            guard let token = try reply.record()["FileContinuationToken"]?.stringValue else {
                throw reply.unreadable("it has no FileContinuationToken")
            }
            return token
        }
    }

    private func post(_ action: String, _ arguments: Record, isIdempotent: Bool = false) -> ODataOperation<HTTPReply> {
        let body = JSONWriter.bytes(from: .object(arguments))
        return send(ServiceRequest(.post, action, body: body, isIdempotent: isIdempotent))
    }
}

/// One block of an upload.
private struct FileBlock: Sendable {
    let id: String
    let range: Range<Int64>

    static func blocks(of size: Int64, length: Int64) -> [FileBlock] {
        stride(from: 0, to: size, by: Int64.Stride(length)).enumerated().map { index, offset in
            FileBlock(id: id(of: index), range: offset..<min(offset + length, size))
        }
    }

    /// The Base64 text of a name that is as long for every block, as the service demands.
    private static func id(of index: Int) -> String {
        let digits = String(index)
        let name = "block-" + String(repeating: "0", count: max(0, 9 - digits.count)) + digits
        return Data(name.utf8).base64EncodedString()
    }
}

extension FileLocation {
    fileprivate var attribute: String { column.lowercased() }
}
