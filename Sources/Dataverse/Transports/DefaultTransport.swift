#if Curl && os(Linux)
import DataverseCurl
#endif

/// The transport of clients that are given none: libcurl on Linux, and Foundation's URLSession elsewhere.
///
/// libcurl needs its development files to build (`libcurl4-openssl-dev`). A package that wants URLSession on Linux too
/// leaves out the trait: `.package(url: …, traits: [])`.
public enum DefaultTransport {
    /// A transport with connections of its own.
    public static func make() -> any BlockingTransport & AsyncTransport {
        #if Curl && os(Linux)
        CurlTransport()
        #else
        URLSessionTransport()
        #endif
    }
}
