import CLibCurl
import Foundation

/// What concerns libcurl as a whole.
enum CurlLibrary {
    /// Sets libcurl up, once for the process. `nil` where that failed.
    static let version: UInt32? = {
        guard curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK else { return nil }
        return dataverse_curl_version()
    }()

    /// Whether a broken connection can raise SIGPIPE: since 7.87 libcurl writes through functions of its own that do
    /// not.
    private static let raisesSIGPIPE = (version ?? 0) < 0x075700

    /// Calls a function that writes to sockets, without SIGPIPE, which would end the process.
    static func withoutSIGPIPE<Output>(_ body: () -> Output) -> Output {
        guard raisesSIGPIPE else { return body() }
        var pipe = sigset_t()
        sigemptyset(&pipe)
        sigaddset(&pipe, SIGPIPE)
        var pending = sigset_t()
        sigpending(&pending)
        if sigismember(&pending, SIGPIPE) == 1 { return body() }
        var before = sigset_t()
        pthread_sigmask(SIG_BLOCK, &pipe, &before)
        let output = body()
        sigpending(&pending)
        var signal: Int32 = 0
        if sigismember(&pending, SIGPIPE) == 1 { sigwait(&pipe, &signal) }
        pthread_sigmask(SIG_SETMASK, &before, nil)
        return output
    }
}
