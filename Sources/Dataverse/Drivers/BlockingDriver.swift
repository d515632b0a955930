import Foundation

/// Performs the effects of operations one after the other, on the calling thread.
struct BlockingDriver: Sendable {
    let credential: any TokenCredential
    let transport: any BlockingTransport

    func run<Output>(_ operation: ODataOperation<Output>) throws(DataverseError) -> Output {
        var state = operation
        while true {
            switch state {
            case .done(let output): return output
            case .failed(let error): throw error
            case .acquireToken(let request, let then): state = then(token(for: request))
            case .send(let exchange, let then): state = then(perform(exchange))
            case .sleep(let duration, let then):
                Thread.sleep(forTimeInterval: duration / .seconds(1))
                state = then()
            }
        }
    }

    private func token(for request: TokenRequest) -> Result<AccessToken, CredentialError> {
        do throws(CredentialError) {
            return .success(try credential.token(for: request))
        } catch {
            return .failure(error)
        }
    }

    private func perform(_ exchange: HTTPExchange) -> Result<HTTPReply, TransportError> {
        do throws(TransportError) {
            return .success(try transport.perform(exchange))
        } catch {
            return .failure(error)
        }
    }
}
