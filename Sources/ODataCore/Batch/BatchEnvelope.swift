import HTTPTypes

/// A batch with one request in it, for a request that is too long to go out by itself.
///
/// Source: Dataverse Web API, "Execute batch operations using the Web API": inside a batch, a URL may be longer.
struct BatchEnvelope: Sendable {
    /// The request for the batch.
    let request: ServiceRequest
    private let entries: [BatchRequest]

    init(_ inner: ServiceRequest, in call: CallContext) {
        let boundary = "batch_\(call.service.makeIdentifier().guid)"
        entries = [.single(inner)]
        let body = BatchBody(entries, boundary: boundary, changeSetBoundary: { _ in boundary }, root: call.service.root)
        var headers = inner.headers
        headers[.prefer] = nil
        headers[.accept] = nil
        headers[.contentType] = "multipart/mixed; boundary=\"\(boundary)\""
        request = ServiceRequest(.post, "$batch", headers: headers, body: body.bytes, isIdempotent: inner.isIdempotent)
    }

    /// The reply to the request inside; the reply itself if the batch as a whole was refused.
    func unwrap(_ reply: HTTPReply) throws(DataverseError) -> HTTPReply {
        guard reply.status.kind == .successful || reply.status.code == 400 && reply.isMultipart else { return reply }
        do throws(MultipartError) {
            guard var inner = try BatchReplies(reply, to: entries).replies.first ?? nil else {
                throw MultipartError(reason: "it has no reply to the only request")
            }
            // Who asks for the service's identifiers finds them, wherever they stand.
            for field in reply.headers where inner.headers[field.name] == nil && field.name != .contentType {
                inner.headers[field.name] = field.value
            }
            return inner
        } catch {
            throw error.failure(of: reply)
        }
    }
}

extension MultipartError {
    /// The error of a batch whose reply cannot be read.
    func failure(of reply: HTTPReply) -> DataverseError {
        var failure = DataverseError(.unexpectedReply, "The reply to the batch cannot be read: \(reason).")
        failure.mayHaveBeenProcessed = true
        failure.status = reply.status.code
        return failure.stemming(from: reply.headers)
    }
}
