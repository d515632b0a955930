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
        var names = HeaderNames()
        for request in requests {
            let part = parts.popFirst()
            switch request {
            case .single:
                replies.append(try part.map { part throws(MultipartError) in try Self.reply(in: part, &names) })
            case .changeSet(_, let contentIDs):
                guard let part else {
                    replies += contentIDs.map { _ in nil }
                    continue
                }
                replies += try Self.replies(in: part, contentIDs: contentIDs, &names)
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
        _ names: inout HeaderNames
    ) throws(MultipartError) -> [HTTPReply?] {
        guard let boundary = part.value(of: "content-type").flatMap(MultipartReader.boundary) else {
            let failure = try reply(in: part, &names)
            return Array(repeating: failure, count: contentIDs.count)
        }
        var replies = [HTTPReply?](repeating: nil, count: contentIDs.count)
        for (position, member) in try MultipartReader.parts(of: part.body, boundary: boundary).enumerated() {
            let contentID = member.value(of: "content-id").flatMap { Int($0) }
            let named = contentID.map { contentIDs.firstIndex(of: $0) }
            guard let index = named ?? position, replies.indices.contains(index) else {
                throw MultipartError(reason: "a change set has a reply for a request that it does not have")
            }
            replies[index] = try reply(in: member, &names)
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
        _ names: inout HeaderNames
    ) throws(MultipartError) -> HTTPReply {
        let message = part.body
        let lineEnd = message.firstIndex(of: UInt8(ascii: "\n")) ?? message.endIndex
        let statusLine = String(decoding: MultipartReader.withoutLineEnd(message[..<lineEnd]), as: UTF8.self)
        let words = statusLine.utf8.split(separator: UInt8(ascii: " "), maxSplits: 2)
        guard words.count >= 2, words[0].starts(with: "HTTP/".utf8), let code = Int(Substring(words[1])),
            (100...999).contains(code)
        else {
            throw MultipartError(reason: "a part is not an HTTP response: “\(statusLine.prefix(80))”")
        }
        let rest = MultipartReader.part(lineEnd < message.endIndex ? message[(lineEnd + 1)...] : [])
        var headers = HTTPFields()
        for field in rest.headers {
            guard let name = names.name(field.name) else { continue }
            guard headers.count < maximumFields else {
                throw MultipartError(reason: "a part has more than \(maximumFields) header fields")
            }
            headers.append(HTTPField(name: name, value: field.value))
        }
        return HTTPReply(status: .init(code: code), headers: headers, body: Array(rest.body))
    }
}

/// The names of header fields: the replies of a batch repeat the same few, and to check one takes longer than to find it.
private struct HeaderNames {
    private var known: [String: HTTPField.Name] = [:]

    /// `nil` if the text is no name.
    mutating func name(_ text: String) -> HTTPField.Name? {
        if let name = known[text] { return name }
        let name = HTTPField.Name(text)
        known[text] = name
        return name
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
