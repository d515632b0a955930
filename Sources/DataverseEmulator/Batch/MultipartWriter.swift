import Foundation

/// Writes responses as the parts of a body of the media type `multipart/mixed`.
struct MultipartWriter {
    private let boundary: String
    private var bytes: [UInt8] = []

    init(name: String) { boundary = "\(name)_\(UUID().uuidString.lowercased())" }

    var contentType: String { "multipart/mixed; boundary=\(boundary)" }

    mutating func add(_ body: [UInt8], contentType: String) {
        line("--" + boundary)
        line("Content-Type: " + contentType)
        line("")
        bytes += body
        line("")
    }

    mutating func add(_ response: EmulatorResponse, contentID: String?) {
        line("--" + boundary)
        line("Content-Type: application/http")
        line("Content-Transfer-Encoding: binary")
        if let contentID { line("Content-ID: " + contentID) }
        line("")
        line("HTTP/1.1 \(response.status.code) \(response.status.reasonPhrase)")
        for field in response.fields { line("\(field.name.rawName): \(field.value)") }
        line("OData-Version: 4.0")
        line("")
        bytes += response.body ?? []
        line("")
    }

    func finish() -> [UInt8] { bytes + "--\(boundary)--\r\n".utf8 }

    private mutating func line(_ text: String) { bytes += (text + "\r\n").utf8 }
}
