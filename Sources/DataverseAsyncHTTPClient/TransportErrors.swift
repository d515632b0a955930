import AsyncHTTPClient
import Dataverse
import Foundation
import NIOCore
import NIOPosix
import NIOSSL

extension TransportError {
    /// What an error of AsyncHTTPClient or SwiftNIO means for a call.
    init(_ error: any Error) {
        switch error {
        case let error as TransportError:
            self = error
        case let error as HTTPClientError:
            self.init(error)
        case is CancellationError:
            self.init(.cancelled, message: "The exchange was cancelled.", mayHaveBeenProcessed: true)
        case is NIOConnectionError, is SocketAddressError:
            self.init(.cannotConnect, message: "The server cannot be reached: \(error)", mayHaveBeenProcessed: false)
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            self.init(.untrusted, message: "The connection is not trusted: \(error)", mayHaveBeenProcessed: false)
        case let error as IOError where [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH].contains(error.errnoCode):
            self.init(.cannotConnect, message: "The server cannot be reached: \(error)", mayHaveBeenProcessed: false)
        case is IOError, is ChannelError:
            self.init(.connectionLost, message: "The connection broke: \(error)", mayHaveBeenProcessed: true)
        default:
            self.init(.other, message: "\(error)", mayHaveBeenProcessed: true)
        }
    }

    private init(_ error: HTTPClientError) {
        switch error {
        case .cancelled:
            self.init(.cancelled, message: "The exchange was cancelled.", mayHaveBeenProcessed: true)
        case .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout:
            self.init(.cannotConnect, message: "The server does not answer.", mayHaveBeenProcessed: false)
        case .readTimeout, .writeTimeout, .deadlineExceeded:
            self.init(.timedOut, message: "No complete response in time.", mayHaveBeenProcessed: true)
        case .remoteConnectionClosed:
            self.init(.connectionLost, message: "The server closed the connection.", mayHaveBeenProcessed: true)
        case .emptyHost, .emptyScheme, .invalidURL:
            self.init(.cannotConnect, message: "The URL is not valid.", mayHaveBeenProcessed: false)
        default:
            self.init(.other, message: error.description, mayHaveBeenProcessed: true)
        }
    }
}
