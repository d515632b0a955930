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
        var fault: Fault.Effect?
        var response: EmulatorResponse
        do {
            fault = try self.fault(of: request, target)
            switch fault {
            case .connectionDropped?: try await end(context.channel, resets: false)
            case .connectionReset?: try await end(context.channel, resets: true)
            case .latency(let duration)?: try await Task.sleep(for: duration)
            case .tokenRejected?: throw Self.unauthorized
            default: break
            }
            if let refusal = fault?.refusal(now: Date()) {
                response = refusal
            } else {
                response = try await answer(request, target)
            }
            switch fault {
            case .replyDropped?: try await end(context.channel, resets: false)
            case .replyReset?: try await end(context.channel, resets: true)
            default: break
            }
            if let fault { response = fault.replacement(for: response) }
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
        if response.status == .unauthorized, response.fields[.wwwAuthenticate] == nil {
            response.fields[.wwwAuthenticate] = Self.challenge
        }
        meter.record(since: start, &response.fields)
        response.fields[.odataVersion] = "4.0"
        response.fields[.serviceRequestID] = UUID().uuidString.lowercased()
        if let id = request.headers[.clientRequestID] { response.fields[.clientRequestID] = id }
        configuration.logger.info("\(request.method) \(target) \(response.status.code)")
        let body = response.body.map { bytes in
            fault?.body(of: bytes, on: context.channel) ?? ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        }
        return Response(status: response.status, headers: response.fields, body: body ?? ResponseBody())
    }

    /// Ends the connection instead of answering.
    private func end(_ channel: any Channel, resets: Bool) async throws {
        if resets { try await channel.reset() } else { try await channel.close() }
        throw CancellationError()
    }

    private func fault(of request: Request, _ target: String) throws -> Fault.Effect? {
        if let header = request.headers[.emulatorFault] { return try Fault.Effect(header: header) }
        return configuration.faults.next(method: request.method.rawValue, path: target)
    }

    // MARK: Requests

    private func answer(_ request: Request, _ target: String) async throws -> EmulatorResponse {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let (version, path) = Self.servicePath(parts[0]) else {
            if let response = try await answerSignIn(request, target) { return response }
            throw ServiceError(
                status: 404,
                code: ServiceError.Code.segmentNotFound,
                message: "The service is at /api/data/v9.2/."
            )
        }
        if let refusal = try authorize(request) { return refusal }
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
        return try await service.handle(
            EmulatorRequest(
                method: request.method,
                path: path,
                query: parts.count > 1 ? String(parts[1]) : nil,
                fields: request.headers,
                body: Array(body.readableBytesView),
                root: "\(origin(of: request))/api/data/\(version)/"
            )
        )
    }

    /// Scheme, host and port that a request was sent to.
    private func origin(of request: Request) -> String {
        "\(configuration.scheme)://\(request.head.authority ?? "\(configuration.host):\(configuration.port)")"
    }

    private func answerSignIn(_ request: Request, _ target: String) async throws -> EmulatorResponse? {
        guard let signIn = configuration.signIn else { return nil }
        var request = request
        let body = try await request.collectBody(upTo: SignIn.maximumBodySize)
        return signIn.respond(
            to: SignInRequest(
                method: request.method,
                target: target,
                fields: request.headers,
                body: Array(body.readableBytesView),
                origin: origin(of: request)
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

    /// The answer to a request without a good token; `nil` if it has one.
    private func authorize(_ request: Request) throws(ServiceError) -> EmulatorResponse? {
        let header = request.headers[.authorization]
        if let signIn = configuration.signIn {
            guard let challenge = signIn.challenge(to: header, origin: origin(of: request)) else { return nil }
            var refusal = EmulatorResponse(Self.unauthorized)
            refusal.fields[.wwwAuthenticate] = "Bearer \(challenge)"
            return refusal
        }
        guard let token = configuration.requiredToken else { return nil }
        guard let header, header.lowercased().hasPrefix("bearer "), header.dropFirst(7) == token else {
            throw Self.unauthorized
        }
        return nil
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
}
