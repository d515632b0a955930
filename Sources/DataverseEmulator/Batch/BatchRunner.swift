import Foundation
import HTTPTypes
import ODataCore

/// Answers `$batch`: runs the requests in their order, each change set as one transaction.
struct BatchRunner {
    let service: EmulatorService

    func respond(to request: EmulatorRequest) async throws -> EmulatorResponse {
        guard request.method == .post else { throw ServiceError.methodNotAllowed(request.method.rawValue) }
        let continues = Preferences(request.fields).continuesOnError
        var writer = MultipartWriter(name: "batchresponse")
        var hasStopped = false
        for item in try BatchReader(root: request.root).items(of: request) {
            let isDone = try await answer(item, batch: request, &writer)
            if !isDone, !continues {
                hasStopped = true
                break
            }
        }
        var response = EmulatorResponse(hasStopped ? .badRequest : .ok)
        response.body = writer.finish()
        response.fields[.contentType] = writer.contentType
        return response
    }

    /// Runs an item and writes its responses.
    ///
    /// - Returns: Whether it succeeded.
    private func answer(
        _ item: BatchItem,
        batch: EmulatorRequest,
        _ writer: inout MultipartWriter
    ) async throws -> Bool {
        switch item {
        case .malformed(let error):
            writer.add(EmulatorResponse(error), contentID: nil)
            return false
        case .request(let single):
            let response = await respond(to: single, batch: batch)
            writer.add(response, contentID: single.contentID)
            return response.status.code < 400
        case .changeSet(let requests):
            do {
                let ready = try requests.map { (try self.translated($0, batch: batch), $0.contentID) }
                let responses = try await service.changeSet(ready)
                var inner = MultipartWriter(name: "changesetresponse")
                for (response, request) in zip(responses, requests) {
                    inner.add(response, contentID: request.contentID)
                }
                writer.add(inner.finish(), contentType: inner.contentType)
                return true
            } catch let error as ChangeSetError {
                writer.add(EmulatorResponse(error.error), contentID: error.contentID)
            } catch let error as ServiceError {
                writer.add(EmulatorResponse(error), contentID: nil)
            }
            return false
        }
    }

    private func respond(to single: BatchedRequest, batch: EmulatorRequest) async -> EmulatorResponse {
        do {
            if single.address.hasPrefix("$"), single.address.dropFirst().first?.isNumber == true {
                throw ServiceError.badPayload("'\(single.address)' refers to a request of another change set.")
            }
            return try await service.handle(try translated(single, batch: batch))
        } catch let error as ServiceError {
            return EmulatorResponse(error)
        } catch {
            return EmulatorResponse(
                ServiceError(status: 500, code: ServiceError.Code.unexpected, message: "The emulator failed: \(error)")
            )
        }
    }

    /// A batched request as one of its own, with the address relative to the service.
    private func translated(_ single: BatchedRequest, batch: EmulatorRequest) throws -> EmulatorRequest {
        var address = single.address[...]
        if let scheme = address.range(of: "://") { address = address[scheme.upperBound...].drop { $0 != "/" } }
        if address.hasPrefix("/") {
            guard let version = address.range(of: "/api/data/v") else {
                throw ServiceError.segmentNotFound(String(address.prefix(200)))
            }
            address = address[version.upperBound...].drop { $0 != "/" }.dropFirst()
        }
        let parts = address.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var path = parts.first.map(String.init) ?? ""
        if path.hasSuffix("/") { path.removeLast() }
        guard path != "$batch" else { throw ServiceError.badPayload("A batch cannot be in another batch.") }
        return EmulatorRequest(
            method: single.method,
            path: path,
            query: parts.count > 1 ? String(parts[1]) : nil,
            fields: single.fields,
            body: single.body,
            root: batch.root
        )
    }
}

/// The error that ended a change set, and which request had it.
struct ChangeSetError: Error {
    let error: ServiceError
    let contentID: String?
}
