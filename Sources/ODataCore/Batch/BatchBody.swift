import HTTPTypes

/// Writes the body of a `$batch` request.
///
/// Source: OData Protocol 4.0, section 11.7.2 "Batch Request Body".
struct BatchBody {
    private(set) var bytes: [UInt8] = []
    private let root: ServiceRoot

    init(_ requests: [BatchRequest], boundary: String, changeSetBoundary: (Int) -> String, root: ServiceRoot) {
        self.root = root
        for (index, request) in requests.enumerated() {
            append("--\(boundary)\r\n")
            switch request {
            case .single(let request):
                append(request, contentID: nil)
            case .changeSet(let requests, let contentIDs):
                let inner = changeSetBoundary(index)
                append("Content-Type: multipart/mixed; boundary=\"\(inner)\"\r\n\r\n")
                for (request, contentID) in zip(requests, contentIDs) {
                    append("--\(inner)\r\n")
                    append(request, contentID: contentID)
                }
                append("--\(inner)--\r\n\r\n")
            }
        }
        append("--\(boundary)--\r\n")
    }

    private mutating func append(_ request: ServiceRequest, contentID: Int?) {
        append("Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n")
        if let contentID { append("Content-ID: \(contentID)\r\n") }
        // A reference to a row of the same change set stands for its URL.
        let isReference = request.target.hasPrefix("$") && request.target.dropFirst().first?.isNumber == true
        let url = isReference ? request.target : root.absoluteURL(of: request.target) ?? request.target
        append("\r\n\(request.method) \(url) HTTP/1.1\r\n")
        if request.body != nil { append("Content-Type: application/json; type=entry\r\n") }
        for field in request.headers { append("\(field.name.rawName): \(field.value)\r\n") }
        append("\r\n")
        if let body = request.body?.inMemory { bytes.append(contentsOf: body) }
        append("\r\n")
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
}

/// One entry of a batch.
public enum BatchRequest: Sendable, Hashable {
    /// A request of its own.
    case single(ServiceRequest)
    /// Requests that succeed or fail together, and a content identifier for each of them.
    case changeSet([ServiceRequest], contentIDs: [Int])

    /// How many requests it has.
    var count: Int {
        switch self {
        case .single: 1
        case .changeSet(let requests, _): requests.count
        }
    }
}
