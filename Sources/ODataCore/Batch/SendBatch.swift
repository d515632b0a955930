import HTTPTypes

extension CallContext {
    /// The largest number of requests in one batch that Dataverse takes.
    public static let maximumBatchSize = 1_000

    /// Sends many requests as one, and gives each one's own reply or error, in order.
    ///
    /// - Parameters:
    ///   - requests: requests and change sets.
    ///   - continuesOnError: whether requests after one that failed are run all the same.
    /// - Returns: an operation whose output has one result for each request, those of change sets included. It fails
    ///   if the batch as a whole is refused.
    public func sendBatch(
        _ requests: [BatchRequest],
        continuesOnError: Bool = false
    ) -> ODataOperation<[Result<HTTPReply, DataverseError>]> {
        let count = requests.reduce(0) { $0 + $1.count }
        if count == 0 { return .done([]) }
        guard count <= Self.maximumBatchSize else {
            return .failed(
                DataverseError(
                    .invalidRequest,
                    "A batch takes \(Self.maximumBatchSize) requests at the most, and this one has \(count). Split it."
                )
            )
        }
        let members = requests.flatMap(\.requests)
        guard members.allSatisfy({ $0.body == nil || $0.body?.inMemory != nil }) else {
            return .failed(
                DataverseError(
                    .invalidRequest,
                    "A batch takes no bodies from files. Send those requests by themselves."
                )
            )
        }
        let prepared: [BatchRequest]
        do throws(DataverseError) {
            prepared = try requests.map { entry throws(DataverseError) in try self.prepared(entry) }
        } catch {
            return .failed(error)
        }
        let boundary = "batch_\(service.makeIdentifier().guid)"
        let changeSet = service.makeIdentifier().guid
        let body = BatchBody(
            prepared,
            boundary: boundary,
            changeSetBoundary: { "changeset_\(changeSet)_\($0)" },
            root: service.root
        )
        var headers: HTTPFields = [.contentType: "multipart/mixed; boundary=\"\(boundary)\""]
        if continuesOnError { headers[.prefer] = "odata.continue-on-error" }
        let request = ServiceRequest(
            .post,
            "$batch",
            headers: headers,
            body: body.bytes,
            isIdempotent: members.allSatisfy(\.isIdempotent)
        )
        // A service that stops at a failure may answer 400; the parts say what failed and what was done before.
        return send(request, accepting: [200, 202, 207, 400]).map { reply throws(DataverseError) in
            guard reply.status.code != 400 || reply.isMultipart else { throw rejection(reply) }
            do throws(MultipartError) {
                return zip(try BatchReplies(reply, to: requests).replies, members).map {
                    result($0, $1, in: reply)
                }
            } catch {
                throw error.failure(of: reply)
            }
        }
    }

    /// The requests of a batch have the options of the client too: the service looks for them at each request.
    private func prepared(_ entry: BatchRequest) throws(DataverseError) -> BatchRequest {
        switch entry {
        case .single(let request): .single(try withOptions(request))
        case .changeSet(let requests, let contentIDs):
            .changeSet(
                try requests.map { request throws(DataverseError) in try withOptions(request) },
                contentIDs: contentIDs
            )
        }
    }

    /// The error of a batch that the service has not looked into.
    private func rejection(_ reply: HTTPReply) -> DataverseError {
        let exchange = HTTPExchange(method: .post, url: "\(service.root.url)/$batch")
        return DataverseError(reply: reply, exchange: exchange, correlationID: correlationID)
    }

    private func result(
        _ reply: HTTPReply?,
        _ request: ServiceRequest,
        in batch: HTTPReply
    ) -> Result<HTTPReply, DataverseError> {
        guard let reply else {
            var error = DataverseError(.notRun, "The request was not run, because an earlier one of the batch failed.")
            error.request = "\(request.method) \(request.target)"
            error.correlationID = correlationID
            return .failure(error.stemming(from: batch.headers))
        }
        if (200..<400).contains(reply.status.code) { return .success(reply) }
        let exchange = HTTPExchange(method: request.method, url: request.target)
        return .failure(
            DataverseError(reply: reply, exchange: exchange, correlationID: correlationID, date: service.date?())
        )
    }
}

extension HTTPReply {
    var isMultipart: Bool { headers[.contentType].flatMap(MultipartReader.boundary) != nil }
}

extension BatchRequest {
    fileprivate var requests: [ServiceRequest] {
        switch self {
        case .single(let request): [request]
        case .changeSet(let requests, _): requests
        }
    }
}
