import Foundation

/// Performs the effects of a credential's operation on the calling thread.
struct BlockingCredentialDriver: Sendable {
    let transport: any BlockingTransport
    /// Is told what happens; `nil` where nobody observes.
    var watch: CallWatch?

    func run<Output>(_ operation: CredentialOperation<Output>) -> Result<Output, CredentialError> {
        var state = operation
        while true {
            switch state {
            case .done(let output): return .success(output)
            case .failed(let error): return .failure(error)
            case .send(let exchange, let then): state = then(perform(exchange))
            case .sleep(let duration, let then):
                watch?.wait(duration)
                Thread.sleep(forTimeInterval: duration / .seconds(1))
                state = then()
            case .ask(let credential, let request, let then):
                state = then(Result { () throws(CredentialError) in try credential.token(for: request) })
            case .outside(let work): state = work(Interruption())
            }
        }
    }

    private func perform(_ exchange: HTTPExchange) -> Result<HTTPReply, TransportError> {
        guard let watch else { return transport.result(of: exchange) }
        let sending = watch.begin(exchange)
        let result = transport.result(of: sending.exchange)
        watch.end(sending, result)
        return result
    }
}

/// Performs the effects of a credential's operation, and stops at the next one when its task is cancelled.
struct AsyncCredentialDriver: Sendable {
    let transport: any AsyncTransport
    /// Is told what happens; `nil` where nobody observes.
    var watch: CallWatch?

    func run<Output>(_ operation: CredentialOperation<Output>) async -> Result<Output, CredentialError> {
        var state = operation
        while true {
            switch state {
            case .done(let output): return .success(output)
            case .failed(let error): return .failure(error)
            case _ where Task.isCancelled: return .failure(Self.cancelled)
            case .send(let exchange, let then): state = then(await perform(exchange))
            case .sleep(let duration, let then):
                watch?.wait(duration)
                guard (try? await Task.sleep(for: duration)) != nil else { return .failure(Self.cancelled) }
                state = then()
            case .ask(let credential, let request, let then): state = then(await ask(credential, request))
            case .outside(let work): state = await Self.onThread(work)
            }
        }
    }

    private static var cancelled: CredentialError {
        CredentialError("The sign-in was cancelled.", reason: .cancelled)
    }

    private func perform(_ exchange: HTTPExchange) async -> Result<HTTPReply, TransportError> {
        guard let watch else { return await transport.result(of: exchange) }
        let sending = watch.begin(exchange)
        let result = await transport.result(of: sending.exchange)
        watch.end(sending, result)
        return result
    }

    private func ask(
        _ credential: any AsyncTokenCredential,
        _ request: TokenRequest
    ) async -> Result<AccessToken, CredentialError> {
        do throws(CredentialError) {
            return .success(try await credential.token(for: request))
        } catch {
            return .failure(error)
        }
    }

    /// Runs work that blocks on a thread of its own, and interrupts it when the task is cancelled.
    static func onThread<Output: Sendable>(_ work: @escaping @Sendable (Interruption) -> Output) async -> Output {
        let interruption = Interruption()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                Thread.detachNewThread { continuation.resume(returning: work(interruption)) }
            }
        } onCancel: {
            interruption.interrupt()
        }
    }
}
