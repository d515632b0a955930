import Foundation
import HTTPTypes

/// Performs the effects of operations one after the other, on the calling thread.
struct BlockingDriver: Sendable {
    let credential: any TokenCredential
    let transport: any BlockingTransport

    /// - Parameters:
    ///   - operation: what to run.
    ///   - call: the call that it is a part of, for its errors.
    ///   - watch: is told what happens; `nil` where nobody observes.
    func run<Output>(
        _ operation: ODataOperation<Output>,
        of call: CallContext,
        _ watch: CallWatch? = nil
    ) throws(DataverseError) -> Output {
        var state = operation
        var latestReply: HTTPFields?
        while true {
            switch state {
            case .done(let output): return output
            case .failed(let error): throw error.completed(by: latestReply, of: call)
            case .acquireToken(let request, let then): state = then(token(for: request, watch))
            case .send(let exchange, let then):
                let result = perform(exchange, watch)
                latestReply = (try? result.get())?.headers
                state = then(result)
            case .sleep(let duration, let then):
                watch?.wait(duration)
                Thread.sleep(forTimeInterval: duration / .seconds(1))
                state = then()
            }
        }
    }

    private func token(for request: TokenRequest, _ watch: CallWatch?) -> Result<AccessToken, CredentialError> {
        guard let watch else { return token(for: request) }
        let start = watch.beginToken()
        let result = token(for: request)
        watch.endToken(result, since: start)
        return result
    }

    private func token(for request: TokenRequest) -> Result<AccessToken, CredentialError> {
        do throws(CredentialError) {
            return .success(try credential.token(for: request))
        } catch {
            return .failure(error)
        }
    }

    private func perform(_ exchange: HTTPExchange, _ watch: CallWatch?) -> Result<HTTPReply, TransportError> {
        guard let watch else { return transport.result(of: exchange) }
        let sending = watch.begin(exchange)
        let result = transport.result(of: sending.exchange)
        watch.end(sending, result)
        return result
    }
}

extension BlockingTransport {
    /// Performs an exchange, and gives what came of it as a value.
    func result(of exchange: HTTPExchange) -> Result<HTTPReply, TransportError> {
        do throws(TransportError) {
            return .success(try perform(exchange))
        } catch {
            return .failure(error)
        }
    }
}

extension DataverseError {
    /// The error with what marks it in the service's log, where it is about the latest reply and does not say so yet.
    func completed(by latestReply: HTTPFields?, of call: CallContext) -> DataverseError {
        var error = self
        if let latestReply, error.isAboutReply { error = error.stemming(from: latestReply) }
        if error.correlationID == nil { error.correlationID = call.correlationID }
        return error
    }
}
