import HTTPTypes

/// Performs the effects of operations one after the other, and stops at the next one when its task is cancelled.
struct AsyncDriver: Sendable {
    let credential: any AsyncTokenCredential
    let transport: any AsyncTransport

    /// - Parameters:
    ///   - operation: what to run.
    ///   - call: the call that it is a part of, for its errors.
    ///   - watch: is told what happens; `nil` where nobody observes.
    func run<Output>(
        _ operation: ODataOperation<Output>,
        of call: CallContext,
        _ watch: CallWatch? = nil
    ) async throws(DataverseError) -> Output {
        var state = operation
        var latestReply: HTTPFields?
        while true {
            switch state {
            case .done(let output): return output
            case .failed(let error): throw error.completed(by: latestReply, of: call)
            case _ where Task.isCancelled: throw Self.cancelled.completed(by: nil, of: call)
            case .acquireToken(let request, let then): state = then(await token(for: request, watch))
            case .send(let exchange, let then):
                let result = await perform(exchange, watch)
                latestReply = (try? result.get())?.headers
                state = then(result)
            case .sleep(let duration, let then):
                watch?.wait(duration)
                guard (try? await Task.sleep(for: duration)) != nil else {
                    throw Self.cancelled.completed(by: nil, of: call)
                }
                state = then()
            }
        }
    }

    private static var cancelled: DataverseError {
        DataverseError(.cancelled, "The call was cancelled before it was complete.")
    }

    private func token(for request: TokenRequest, _ watch: CallWatch?) async -> Result<AccessToken, CredentialError> {
        guard let watch else { return await token(for: request) }
        let start = watch.beginToken()
        let result = await token(for: request)
        watch.endToken(result, since: start)
        return result
    }

    private func token(for request: TokenRequest) async -> Result<AccessToken, CredentialError> {
        do throws(CredentialError) {
            return .success(try await credential.token(for: request))
        } catch {
            return .failure(error)
        }
    }

    private func perform(_ exchange: HTTPExchange, _ watch: CallWatch?) async -> Result<HTTPReply, TransportError> {
        guard let watch else { return await transport.result(of: exchange) }
        let sending = watch.begin(exchange)
        let result = await transport.result(of: sending.exchange)
        watch.end(sending, result)
        return result
    }
}

extension AsyncTransport {
    /// Performs an exchange, and gives what came of it as a value.
    func result(of exchange: HTTPExchange) async -> Result<HTTPReply, TransportError> {
        do throws(TransportError) {
            return .success(try await perform(exchange))
        } catch {
            return .failure(error)
        }
    }
}
