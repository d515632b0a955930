import HTTPTypes

extension DataverseError {
    /// The error that a reply stands for.
    ///
    /// Source: OData JSON Format 4.01, section 21 "Error Response"; Dataverse Web API, "Parse errors from the response".
    init(reply: HTTPReply, exchange: HTTPExchange, correlationID: UUID, date: Date? = nil) {
        let body = ServiceErrorBody(reply.body)
        let kind = Kind(status: reply.status.code, serviceCode: body.code)
        let token = exchange.accessToken
        let message = body.message.map { SecretText.redacted($0, known: token) }
        self.init(kind, message ?? "The service gave no reason.")
        status = reply.status.code
        serviceCode = body.code
        request = exchange.summary
        self.correlationID = correlationID
        clientRequestID = exchange.headers[.clientRequestID]
        serviceRequestID = reply.headers.serviceRequestIdentifier
        activityID = reply.headers[.activityID]
        helpLink = body.helpLink
        retryAfter = RetryAfter.duration(in: reply.headers, date: date)
        // A gateway that gave up does not know what the server behind it has done.
        mayHaveBeenProcessed = reply.status.code == 502 || reply.status.code == 504
        if !reply.body.isEmpty { bodyExcerpt = reply.bodyExcerpt(without: token) }
    }

    /// The error of an exchange without a reply.
    init(transport error: TransportError, exchange: HTTPExchange, correlationID: UUID) {
        let kind: Kind =
            switch error.kind {
            case .timedOut: .timedOut
            case .cancelled: .cancelled
            case .unreadableBody, .unwritableFile: .invalidRequest
            case .cannotConnect, .untrusted, .connectionLost, .other: .transport
            }
        self.init(kind, error.withoutSecrets(of: exchange).message)
        request = exchange.summary
        self.correlationID = correlationID
        clientRequestID = exchange.headers[.clientRequestID]
        mayHaveBeenProcessed = error.mayHaveBeenProcessed
    }
}

extension DataverseError {
    /// The error, with what the reply that it stems from says about itself, where the error does not say it yet.
    package func stemming(from headers: HTTPFields) -> DataverseError {
        var error = self
        if error.serviceRequestID == nil { error.serviceRequestID = headers.serviceRequestIdentifier }
        if error.activityID == nil { error.activityID = headers[.activityID] }
        return error
    }

    /// Whether the error can only be about something that the service said, and not about the call or the network.
    package var isAboutReply: Bool {
        switch kind {
        case .cancelled, .closed, .credential, .invalidRequest, .timedOut, .transport: status != nil
        default: true
        }
    }
}

extension HTTPFields {
    /// The service's identifier of an exchange, under whichever of its names it came.
    package var serviceRequestIdentifier: String? {
        self[.serviceRequestID] ?? self[.originalRequestID] ?? self[.requestID]
    }

    /// The headers by which the service names an exchange.
    static let identifierNames: [HTTPField.Name] = [
        .serviceRequestID, .originalRequestID, .requestID, .activityID,
    ]
}

extension HTTPReply {
    /// The beginning of the body for errors, without secrets.
    package func bodyExcerpt(without token: String? = nil) -> String {
        SecretText.redacted(String(decoding: body.prefix(500), as: UTF8.self), known: token)
    }
}

extension HTTPExchange {
    fileprivate var summary: String { "\(method) \(url)" }

    /// The token in its headers.
    package var accessToken: String? {
        headers[.authorization].flatMap { $0.hasPrefix("Bearer ") ? String($0.dropFirst(7)) : nil }
    }
}

extension DataverseError.Kind {
    /// What a status means; Dataverse says more with its code than with the status.
    init(status: Int, serviceCode: String?) {
        if let serviceCode, ServiceLimit(serviceCode: serviceCode) != nil {
            self = .throttled
            return
        }
        switch (status, serviceCode?.lowercased()) {
        case (_, "0x80040237"), (_, "0x80060892"), (_, "0x80040333"): self = .duplicate
        case (_, "0x80060882"), (_, "0x80060883"): self = .preconditionFailed
        case (401, _): self = .unauthorized
        case (403, _): self = .forbidden
        case (404, _): self = .notFound
        case (409, _), (412, _): self = .preconditionFailed
        case (429, _): self = .throttled
        case (408, _): self = .timedOut
        case (400..<500, _): self = .invalidRequest
        case (500..., _): self = .service
        default: self = .unexpectedReply
        }
    }
}

/// What the JSON of an error response says.
struct ServiceErrorBody {
    private(set) var code: String?
    private(set) var message: String?
    /// Where the service's documentation says more about the error.
    private(set) var helpLink: String?

    init(_ body: [UInt8]) {
        guard let object = (try? JSONReader.value(from: body))?.objectValue else { return }
        guard let error = object["error"]?.objectValue else {
            message = object["message"]?.stringValue.flatMap(Self.trimmed)
            return
        }
        code = error["code"]?.stringValue.flatMap(Self.trimmed)
        message = error["message"]?.stringValue.flatMap(Self.trimmed)
        helpLink = error["@Microsoft.PowerApps.CDS.HelpLink"]?.stringValue.flatMap(Self.trimmed)
        // The inner error often names the column at fault.
        let inner = error["innererror"]?.objectValue?["message"]?.stringValue.flatMap(Self.trimmed)
        if let outer = message, let inner, !outer.contains(inner) { message = "\(outer): \(inner)" }
    }

    private static func trimmed(_ text: String) -> String? {
        let isSpace: (Character) -> Bool = { $0.isWhitespace }
        let trimmed = String(text.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
        return trimmed.isEmpty ? nil : trimmed
    }
}

extension TransportError {
    /// The error without secrets, which a transport's words may repeat.
    package func withoutSecrets(of exchange: HTTPExchange) -> TransportError {
        TransportError(
            kind,
            message: SecretText.redacted(message, known: exchange.accessToken),
            mayHaveBeenProcessed: mayHaveBeenProcessed
        )
    }
}
