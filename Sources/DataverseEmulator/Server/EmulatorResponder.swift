import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ODataCore

/// What Hummingbird knows of a request beside the request itself: the connection, so that faults can close it.
struct EmulatorContext: InitializableFromSource {
    let channel: any Channel
    let logger: Logger

    init(source: ApplicationRequestContextSource) {
        channel = source.channel
        logger = source.logger
    }
}

/// Turns HTTP requests into the service's own, and its responses back into HTTP.
struct EmulatorResponder: HTTPResponder {
    let service: EmulatorService
    let configuration: EmulatorConfiguration
    private let meter: RequestMeter

    init(service: EmulatorService, configuration: EmulatorConfiguration) {
        self.service = service
        self.configuration = configuration
        meter = RequestMeter(parallelism: configuration.recommendedParallelism)
    }

    func respond(to request: Request, context: EmulatorContext) async throws -> Response {
        let start = ContinuousClock.now
        let target = request.head.path ?? "/"
        var truncation: Int?
        var response: EmulatorResponse
        do {
            let fault = try fault(of: request, target)
            switch fault {
            case .connectionDropped?:
                try await context.channel.close()
                throw CancellationError()
            case .truncatedBody(let bytes)?: truncation = bytes
            case .latency(let duration)?: try await Task.sleep(for: duration)
            case .status, .throttled, .tokenRejected, nil: break
            }
            if let instead = try fault.flatMap({ try Self.response(to: $0) }) {
                response = instead
            } else {
                response = try await answer(request, target)
            }
        } catch let error as ServiceError {
            response = EmulatorResponse(error)
        } catch let error as CancellationError {
            throw error
        } catch {
            configuration.logger.error("\(request.method) \(target): \(error)")
            response = EmulatorResponse(
                ServiceError(
                    status: 500,
                    code: ServiceError.Code.unexpected,
                    message: "The emulator failed: \(error)"
                )
            )
        }
        if response.status == .unauthorized { response.fields[.wwwAuthenticate] = Self.challenge }
        meter.record(since: start, &response.fields)
        response.fields[.odataVersion] = "4.0"
        response.fields[.serviceRequestID] = UUID().uuidString.lowercased()
        if let id = request.headers[.clientRequestID] { response.fields[.clientRequestID] = id }
        configuration.logger.info("\(request.method) \(target) \(response.status.code)")
        return Self.http(response, truncatedTo: truncation)
    }

    private func fault(of request: Request, _ target: String) throws -> Fault.Effect? {
        if let header = request.headers[.emulatorFault] { return try Fault.Effect(header: header) }
        return configuration.faults.next(method: request.method.rawValue, path: target)
    }

    // MARK: Requests

    private func answer(_ request: Request, _ target: String) async throws -> EmulatorResponse {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let (version, path) = Self.servicePath(parts[0]) else {
            throw ServiceError(
                status: 404,
                code: ServiceError.Code.segmentNotFound,
                message: "The service is at /api/data/v9.2/."
            )
        }
        try authorize(request)
        var request = request
        let body: ByteBuffer
        do {
            body = try await request.collectBody(upTo: configuration.maximumBodySize)
        } catch {
            throw ServiceError(
                status: 413,
                code: ServiceError.Code.badPayload,
                message: "The body is larger than \(configuration.maximumBodySize) bytes, or it is cut off."
            )
        }
        let authority = request.head.authority ?? "\(configuration.host):\(configuration.port)"
        return try await service.handle(
            EmulatorRequest(
                method: request.method,
                path: path,
                query: parts.count > 1 ? String(parts[1]) : nil,
                fields: request.headers,
                body: Array(body.readableBytesView),
                root: "\(configuration.scheme)://\(authority)/api/data/\(version)/"
            )
        )
    }

    /// The version and the path after it of `/api/data/v9.2/accounts`; `nil` for other paths.
    private static func servicePath(_ path: Substring) -> (version: String, path: String)? {
        guard path.hasPrefix("/api/data/v") else { return nil }
        let rest = path.dropFirst("/api/data/".count)
        let version = rest.prefix { $0 != "/" }
        let numbers = version.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
        guard numbers.count == 2, numbers[0] == "9", numbers[1].count == 1, numbers[1].allSatisfy(\.isWholeNumber)
        else {
            return nil
        }
        var path = rest.dropFirst(version.count).drop { $0 == "/" }
        if path.hasSuffix("/") { path = path.dropLast() }
        return (String(version), String(path))
    }

    private func authorize(_ request: Request) throws(ServiceError) {
        guard let token = configuration.requiredToken else { return }
        guard let header = request.headers[.authorization], header.lowercased().hasPrefix("bearer "),
            header.dropFirst(7) == token
        else { throw Self.unauthorized }
    }

    // MARK: Responses

    private static let unauthorized = ServiceError(
        status: 401,
        code: "0x80048306",
        message: "The bearer token is missing or is not the one that is accepted."
    )

    private static let challenge = """
        Bearer authorization_uri=https://login.microsoftonline.com/common/oauth2/authorize, resource_id=http://localhost/
        """

    /// The response that a fault consists of; `nil` if the request is answered after all.
    private static func response(to fault: Fault.Effect) throws -> EmulatorResponse? {
        switch fault {
        case .status(let status, let retryAfter):
            var response = EmulatorResponse(
                ServiceError(
                    status: status,
                    code: ServiceError.Code.unexpected,
                    message: "The emulator answers with \(status) on request."
                )
            )
            if let retryAfter { response.fields[.retryAfter] = String(retryAfter) }
            return response
        case .throttled(let retryAfter):
            var response = EmulatorResponse(
                ServiceError(
                    status: 429,
                    code: "0x80072322",
                    message: """
                        Number of requests exceeded the limit of 6000, measured over time window of 300 seconds.
                        """
                )
            )
            response.fields[.retryAfter] = String(retryAfter)
            return response
        case .tokenRejected: throw unauthorized
        case .latency, .connectionDropped, .truncatedBody: return nil
        }
    }

    private static func http(_ response: EmulatorResponse, truncatedTo limit: Int?) -> Response {
        guard let body = response.body else { return Response(status: response.status, headers: response.fields) }
        guard let limit, limit < body.count else {
            return Response(
                status: response.status,
                headers: response.fields,
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: body))
            )
        }
        // The length announced is the whole body's, so that the client can notice what is missing.
        let part = ByteBuffer(bytes: body.prefix(limit))
        return Response(
            status: response.status,
            headers: response.fields,
            body: ResponseBody(contentLength: body.count) { writer in
                try await writer.write(part)
                throw CancellationError()
            }
        )
    }
}
