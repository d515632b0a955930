import HTTPTypes
import ODataCore

/// What a batch consists of: single requests, and change sets.
enum BatchItem {
    case request(BatchedRequest)
    case changeSet([BatchedRequest])
    /// A part that is no request: it is answered with the error alone.
    case malformed(ServiceError)
}

/// A request in a batch.
struct BatchedRequest: Sendable {
    var contentID: String?
    var method: HTTPRequest.Method
    /// The address as the batch has it: absolute, relative to the host or to the service, or `$1…`.
    var address: String
    var fields: HTTPFields
    var body: [UInt8]
}

/// Reads the body of a `$batch` request.
///
/// Source: OData 4.01 Part 1, section 11.7.7; Dataverse Web API, "Execute batch operations".
struct BatchReader {
    static let maximumRequestCount = 1000

    let root: String

    func items(of request: EmulatorRequest) throws -> [BatchItem] {
        let contentType = request.fields[.contentType] ?? ""
        if contentType.lowercased().hasPrefix("application/json") {
            throw ServiceError.unsupported("batches in JSON")
        }
        guard let reader = MultipartReader(contentType: contentType, maximumPartCount: Self.maximumRequestCount) else {
            throw ServiceError.badPayload(
                "A batch needs the content type multipart/mixed with a boundary, not '\(contentType.prefix(100))'."
            )
        }
        var count = 0
        let parts: [MultipartReader.Part]
        do {
            parts = try reader.parts(of: request.body[...])
        } catch {
            throw ServiceError.badPayload("The batch is malformed at byte \(error.offset): \(error).")
        }
        let items = parts.map { part -> BatchItem in
            do {
                let item = try self.item(part)
                if case .changeSet(let requests) = item { count += requests.count } else { count += 1 }
                return item
            } catch let error as ServiceError {
                return .malformed(error)
            } catch {
                return .malformed(.badPayload("A part of the batch is malformed: \(error)."))
            }
        }
        guard count <= Self.maximumRequestCount else { throw Self.tooLarge(count) }
        return items
    }

    private static func tooLarge(_ count: Int) -> ServiceError {
        .badPayload("The batch has \(count) requests; no more than \(maximumRequestCount) are allowed.")
    }

    private func item(_ part: MultipartReader.Part) throws -> BatchItem {
        let type = part.headers["content-type"] ?? ""
        guard type.lowercased().hasPrefix("multipart/mixed") else { return .request(try request(part)) }
        guard let reader = MultipartReader(contentType: type, maximumPartCount: Self.maximumRequestCount) else {
            throw ServiceError.badPayload("A change set has no boundary, or one that is not allowed.")
        }
        let requests = try reader.parts(of: part.body).map(request)
        if let reading = requests.first(where: { $0.method == .get }) {
            throw ServiceError.badPayload("The change set has the request 'GET \(reading.address)'; it may only write.")
        }
        return .changeSet(requests)
    }

    private func request(_ part: MultipartReader.Part) throws -> BatchedRequest {
        let type = part.headers["content-type"]?.lowercased() ?? ""
        guard type.hasPrefix("application/http") else {
            throw ServiceError.badPayload("A part of a batch must be of the type application/http, not '\(type)'.")
        }
        let (lines, body) = try MultipartReader.head(of: part.body)
        guard let line = lines.first, let first = line.firstIndex(of: " "), let last = line.lastIndex(of: " "),
            first < last, line[last...].hasPrefix(" HTTP/1."), let method = HTTPRequest.Method(String(line[..<first]))
        else { throw ServiceError.badPayload("'\(lines.first?.prefix(60) ?? "")' is no request line.") }
        var fields = HTTPFields()
        for (name, value) in try MultipartReader.headers(lines.dropFirst(), at: part.body.startIndex) {
            guard let name = HTTPField.Name(name) else {
                throw ServiceError.badPayload("'\(name)' is no name of a header field.")
            }
            fields[name] = value
        }
        return BatchedRequest(
            contentID: part.headers["content-id"],
            method: method,
            address: Self.encoded(line[line.index(after: first)..<last]),
            fields: fields,
            body: Array(body)
        )
    }

    /// An address with the characters encoded that clients leave as they are in batches, such as spaces.
    private static func encoded(_ address: Substring) -> String {
        var result = ""
        for byte in address.drop(while: { $0 == " " }).utf8 {
            if byte > 0x20, byte < 0x7F, !"\"<>\\^`{|}".utf8.contains(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                result += byte < 16 ? "%0" + digits : "%" + digits
            }
        }
        return result
    }
}
