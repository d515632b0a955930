extension HTTPExchange {
    /// A place in a file, where a transport may put the body of a reply instead of keeping it in memory.
    ///
    /// It is a wish. A transport that grants it writes the body of a reply with status 206 (Partial Content) into the
    /// file from the offset on, and says in ``HTTPReply/bytesInFile`` how many bytes there are. The body of any other
    /// reply it keeps in memory, and so does a transport that does not know of destinations with all of them. When the
    /// exchange has ended, whatever the end, the transport leaves the file alone; if it has failed, there may be anything
    /// from the offset on. A file that cannot be written ends the exchange with an error of kind
    /// ``TransportError/Kind/unwritableFile``.
    public struct FileDestination: Sendable, Hashable {
        /// The path of a file that exists.
        public let path: String
        /// Where the first byte goes.
        public let offset: Int64

        /// - Parameters:
        ///   - path: the path of a file that exists.
        ///   - offset: where the first byte goes.
        public init(path: String, offset: Int64) {
            self.path = path
            self.offset = offset
        }
    }
}
