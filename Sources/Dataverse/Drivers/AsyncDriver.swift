/// Performs the effects of operations one after the other, and stops at the next one when its task is cancelled.
struct AsyncDriver: Sendable {
    let credential: any AsyncTokenCredential
    let transport: any AsyncTransport

    func run<Output>(_ operation: ODataOperation<Output>) async throws(DataverseError) -> Output {
        var state = operation
        while true {
            switch state {
            case .done(let output): return output
            case .failed(let error): throw error
            case _ where Task.isCancelled: throw Self.cancelled
            case .acquireToken(let request, let then): state = then(await token(for: request))
            case .send(let exchange, let then): state = then(await perform(exchange))
            case .sleep(let duration, let then):
                guard (try? await Task.sleep(for: duration)) != nil else { throw Self.cancelled }
                state = then()
            }
        }
    }

    private static var cancelled: DataverseError {
        DataverseError(.cancelled, "The call was cancelled before it was complete.")
    }

    private func token(for request: TokenRequest) async -> Result<AccessToken, CredentialError> {
        do throws(CredentialError) {
            return .success(try await credential.token(for: request))
        } catch {
            return .failure(error)
        }
    }

    private func perform(_ exchange: HTTPExchange) async -> Result<HTTPReply, TransportError> {
        do throws(TransportError) {
            return .success(try await transport.perform(exchange))
        } catch {
            return .failure(error)
        }
    }
}
