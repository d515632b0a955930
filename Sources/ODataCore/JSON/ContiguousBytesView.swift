/// Bytes in one piece of memory that the readers can look at without a copy.
public protocol ContiguousBytesView {
    /// Calls a closure with the bytes; the buffer must not be used after it returns.
    func withBytes<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result
}

extension [UInt8]: ContiguousBytesView {
    public func withBytes<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withUnsafeBufferPointer(body)
    }
}

extension String: ContiguousBytesView {
    public func withBytes<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try Array(utf8).withUnsafeBufferPointer(body)
    }
}
