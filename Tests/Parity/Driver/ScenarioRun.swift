import Dataverse
import Foundation

/// One scenario, to be run through one of the clients.
struct ScenarioRun {
    let environment: String
    let isAsync: Bool
    let configuration: ClientConfiguration
    let steps: [Step]

    init(_ json: Value) throws {
        let arguments = Step(name: "scenario", arguments: json.objectValue ?? [:])
        environment = try arguments.text("environment")
        isAsync = try arguments.text("client") == "async"
        let options = Step(name: "config", arguments: arguments["config"]?.objectValue ?? [:])
        configuration = ClientConfiguration(
            retry: RetryPolicy(maximumAttempts: options.integer("attempts") ?? 1, baseDelay: .milliseconds(1)),
            operationContext: options.optionalText("context"),
            languageCode: options.integer("language") ?? 1033
        )
        steps = try arguments.list("steps").map { try Step($0) }
    }

    func outcomes() async throws -> [Value] {
        let credential = StaticTokenCredential("parity-token")
        var outcomes: [Value] = []
        if isAsync {
            let client = try AsyncDataverseClient(
                environment: environment,
                credential: credential,
                configuration: configuration
            )
            for step in steps { outcomes.append(await outcome { try await step.run(through: client) }) }
        } else {
            let client = try DataverseClient(
                environment: environment,
                credential: credential,
                configuration: configuration
            )
            for step in steps { outcomes.append(await outcome { try step.run(through: client) }) }
        }
        return outcomes
    }

    private func outcome(_ body: () async throws -> Value) async -> Value {
        do {
            return ["value": try await body()]
        } catch let error as DataverseError {
            return ["error": error.outcome]
        } catch {
            return ["error": ["type": "driver", "message": .string("\(error)")]]
        }
    }
}

extension DataverseError {
    /// What is compared of an error: the service's words, and of the library's own only their kind.
    fileprivate var outcome: Value {
        guard let status, kind != .metadata, kind != .unexpectedReply else {
            switch kind {
            case .metadata: return ["type": "metadata"]
            case .invalidRequest: return ["type": "invalid"]
            case .transport, .timedOut: return ["type": "transport"]
            default: return ["type": .string(kind.rawValue)]
            }
        }
        return [
            "type": "http",
            "status": .integer(Int64(status)),
            "code": serviceCode.map { .string($0) } ?? .null,
            "message": .string(message),
            "transient": .bool(isTransient),
            "retryAfter": retryAfter.map { .integer($0.components.seconds) } ?? .null,
            "requestID": serviceRequestID.map { .string($0) } ?? .null,
        ]
    }
}
