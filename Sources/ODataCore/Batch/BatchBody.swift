import HTTPTypes

/// Writes the body of a `$batch` request.
///
/// Source: OData Protocol 4.0, section 11.7.2 "Batch Request Body".
struct BatchBody {
    private(set) var bytes: [UInt8] = []
    private let root: ServiceRoot

    init(_ requests: [BatchRequest], boundary: String, changeSetBoundary: (Int) -> String, root: ServiceRoot) {
        self.root = root
        bytes.reserveCapacity(requests.reduce(boundary.utf8.count + 8) { $0 + $1.estimatedSize })
        for (index, request) in requests.enumerated() {
            append("--", boundary, "\r\n")
            switch request {
            case .single(let request):
                append(request, contentID: nil)
            case .changeSet(let requests, let contentIDs):
                let inner = changeSetBoundary(index)
                append("Content-Type: multipart/mixed; boundary=\"", inner, "\"\r\n\r\n")
                for (request, contentID) in zip(requests, contentIDs) {
                    append("--", inner, "\r\n")
                    append(request, contentID: contentID)
                }
                append("--", inner, "--\r\n\r\n")
            }
        }
        append("--", boundary, "--\r\n")
    }

    private mutating func append(_ request: ServiceRequest, contentID: Int?) {
        append("Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n")
        if let contentID { append("Content-ID: ", String(contentID), "\r\n") }
        append("\r\n", request.method.rawValue, " ")
        appendURL(of: request.target)
        append(" HTTP/1.1\r\n")
        if request.body != nil { append("Content-Type: application/json; type=entry\r\n") }
        for field in request.headers {
            append(field.name.rawName, ": ", field.value)
            append("\r\n")
        }
        append("\r\n")
        if let body = request.body?.inMemory { bytes.append(contentsOf: body) }
        append("\r\n")
    }

    private mutating func appendURL(of target: String) {
        let start = target.utf8.prefix(2)
        // A reference to a row of the same change set stands for its URL.
        if start.first == UInt8(ascii: "$"), let digit = start.last,
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit)
        {
            return append(target)
        }
        if root.isRelative(target) { return append(root.url, "/", target) }
        append(root.absoluteURL(of: target) ?? target)
    }

    // Thousands of texts: joining them first would take as long as all the rest.
    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private mutating func append(_ first: String, _ second: String, _ third: String) {
        append(first)
        append(second)
        append(third)
    }
}

/// One entry of a batch.
public enum BatchRequest: Sendable, Hashable {
    /// A request of its own.
    case single(ServiceRequest)
    /// Requests that succeed or fail together, and a content identifier for each of them.
    case changeSet([ServiceRequest], contentIDs: [Int])

    /// About how many bytes it takes in a body.
    fileprivate var estimatedSize: Int {
        let requests =
            switch self {
            case .single(let request): [request]
            case .changeSet(let requests, _): requests
            }
        let besides = 300
        return requests.reduce(0) { size, request in
            size + request.target.utf8.count + (request.body?.inMemory?.count ?? 0) + besides
        }
    }

    /// How many requests it has.
    var count: Int {
        switch self {
        case .single: 1
        case .changeSet(let requests, _): requests.count
        }
    }
}
