import HTTPTypes

/// Reads the replies of a `$batch` response, and gives each to the request it belongs to.
///
/// Source: OData Protocol 4.0, section 11.7.4 "Responding to a Batch Request".
struct BatchReplies {
    /// The most header fields of one reply; swift-http-types ends the process at 65,535.
    private static let maximumFields = 1_000

    /// The replies in the order of the requests; `nil` for requests that were not run, because an earlier one failed.
    let replies: [HTTPReply?]

    init(_ reply: HTTPReply, to requests: [BatchRequest]) throws(MultipartError) {
        guard let boundary = reply.headers[.contentType].flatMap(MultipartReader.boundary) else {
            throw MultipartError(reason: "its content type is not multipart")
        }
        var parts = try MultipartReader.parts(of: reply.body[...], boundary: boundary)[...]
        var replies: [HTTPReply?] = []
        replies.reserveCapacity(requests.count)
        var reader = HeaderReader()
        for request in requests {
            let part = parts.popFirst()
            switch request {
            case .single:
                replies.append(try part.map { part throws(MultipartError) in try Self.reply(in: part, &reader) })
            case .changeSet(_, let contentIDs):
                guard let part else {
                    replies += contentIDs.map { _ in nil }
                    continue
                }
                replies += try Self.replies(in: part, contentIDs: contentIDs, &reader)
            }
        }
        guard parts.isEmpty else {
            throw MultipartError(reason: "it has \(parts.count) more replies than there were requests")
        }
        let identifiers = HTTPFields.identifierNames.compactMap { name in
            reply.headers[name].map { HTTPField(name: name, value: $0) }
        }
        self.replies = identifiers.isEmpty ? replies : replies.map { $0?.named(by: identifiers) }
    }

    /// A change set that succeeded has a reply for each member; one that failed has one error for all of them.
    private static func replies(
        in part: MultipartPart,
        contentIDs: [Int],
        _ reader: inout HeaderReader
    ) throws(MultipartError) -> [HTTPReply?] {
        guard let boundary = part.value(of: "content-type").flatMap(MultipartReader.boundary) else {
            let failure = try reply(in: part, &reader)
            return Array(repeating: failure, count: contentIDs.count)
        }
        var replies = [HTTPReply?](repeating: nil, count: contentIDs.count)
        for (position, member) in try MultipartReader.parts(of: part.body, boundary: boundary).enumerated() {
            let contentID = member.value(of: "content-id").flatMap { Int($0) }
            let named = contentID.map { contentIDs.firstIndex(of: $0) }
            guard let index = named ?? position, replies.indices.contains(index) else {
                throw MultipartError(reason: "a change set has a reply for a request that it does not have")
            }
            replies[index] = try reply(in: member, &reader)
        }
        return replies.count == 1 || replies.contains(nil) == false ? replies : spread(replies)
    }

    /// Some services answer a failed change set with one error inside a multipart of its own.
    private static func spread(_ replies: [HTTPReply?]) -> [HTTPReply?] {
        let known = replies.compactMap(\.self)
        guard known.count == 1, known[0].status.code >= 400 else { return replies }
        return Array(repeating: known[0], count: replies.count)
    }

    private static func reply(
        in part: MultipartPart,
        _ reader: inout HeaderReader
    ) throws(MultipartError) -> HTTPReply {
        try part.body.withUnsafeBufferPointer { (message) throws(MultipartError) -> HTTPReply in
            var lines = Lines(message)
            let statusLine = lines.next() ?? 0..<0
            let status = try status(in: UnsafeBufferPointer(rebasing: message[statusLine]))
            let (head, body) = MultipartReader.split(lines.position..<message.count, of: message)
            let fieldLines = UnsafeBufferPointer(rebasing: message[head])
            guard let headers = reader.fields(in: fieldLines, maximumCount: maximumFields) else {
                throw MultipartError(reason: "a part has more than \(maximumFields) header fields")
            }
            return HTTPReply(status: status, headers: headers, body: Array(message[body]))
        }
    }

    /// The status of a line such as `HTTP/1.1 204 No Content`.
    private static func status(
        in line: UnsafeBufferPointer<UInt8>
    ) throws(MultipartError) -> HTTPResponse.Status {
        let afterVersion = line.firstIndex(of: UInt8(ascii: " ")).map { line[$0...].drop { $0 == UInt8(ascii: " ") } }
        let digits = afterVersion?.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? line[0..<0]
        let rest = afterVersion?.dropFirst(digits.count).first ?? UInt8(ascii: " ")
        guard line.starts(with: "HTTP/".utf8), digits.count == 3, digits.first != UInt8(ascii: "0"),
            rest == UInt8(ascii: " ") || rest == UInt8(ascii: "\r")
        else {
            let text = String(decoding: line, as: UTF8.self).prefix(80)
            throw MultipartError(reason: "a part is not an HTTP response: “\(text.filter { !$0.isNewline })”")
        }
        return HTTPResponse.Status(code: digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) })
    }
}

extension HTTPReply {
    /// The reply to a request of a batch, with the service's identifiers of the batch where it has none of its own: Dataverse
    /// gives them to the batch only.
    ///
    /// - Parameter identifiers: the fields of the batch that identify it.
    fileprivate func named(by identifiers: [HTTPField]) -> HTTPReply {
        guard headers.serviceRequestIdentifier == nil else { return self }
        var reply = self
        for field in identifiers where reply.headers[field.name] == nil { reply.headers.append(field) }
        return reply
    }
}
