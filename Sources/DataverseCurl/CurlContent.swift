import CLibCurl
import ODataCore
import ODataTransport

/// The body of a response as it comes in: in memory, or in the file that the exchange names.
struct CurlContent {
    /// Where the body goes if the response is a part of something.
    var destination: HTTPExchange.FileDestination?
    private(set) var bytes: [UInt8] = []
    private(set) var bytesInFile: Int64 = 0
    private var file: FileWriter?

    /// The number of bytes so far.
    var count: Int { bytes.count + Int(bytesInFile) }

    /// What is announced is made room for, but no more than a page needs: a server may announce anything.
    private static let maximumReserve: curl_off_t = 16 << 20

    /// Takes the next bytes.
    ///
    /// - Parameters:
    ///   - piece: the bytes, which are not used after the call.
    ///   - easy: the handle of libcurl that has received them.
    mutating func append(_ piece: UnsafeRawBufferPointer, of easy: UnsafeMutableRawPointer) throws(TransportError) {
        if count == 0 { try begin(piece, of: easy) }
        guard let file, let destination else { return bytes.append(contentsOf: piece) }
        do throws(FileWriter.Failure) {
            try file.write(piece, at: destination.offset &+ bytesInFile)
            bytesInFile += Int64(piece.count)
        } catch {
            throw .unwritable(destination.path, error.reason)
        }
    }

    private mutating func begin(
        _ piece: UnsafeRawBufferPointer,
        of easy: UnsafeMutableRawPointer
    ) throws(TransportError) {
        if let destination, dataverse_curl_get_long(easy, CURLINFO_RESPONSE_CODE) == 206 {
            do throws(FileWriter.Failure) {
                file = try FileWriter(path: destination.path)
            } catch {
                throw .unwritable(destination.path, error.reason)
            }
        } else {
            let length = dataverse_curl_get_offset(easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T)
            bytes.reserveCapacity(max(piece.count, Int(clamping: min(length, Self.maximumReserve))))
        }
    }

    /// Forgets the bytes so far: the response comes once more, from its beginning.
    mutating func startAgain() { self = CurlContent(destination: destination) }
}

extension TransportError {
    fileprivate static func unwritable(_ path: String, _ reason: String) -> TransportError {
        TransportError(
            .unwritableFile,
            message: "The file “\(path)” cannot be written: \(reason)",
            mayHaveBeenProcessed: true
        )
    }
}
