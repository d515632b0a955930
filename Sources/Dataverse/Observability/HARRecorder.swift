import Foundation
import HTTPTypes
import Synchronization

/// Records the HTTP exchanges of calls in the form that bug reports need: HAR, which the developer tools of browsers and
/// many other tools open.
///
///     let recorder = HARRecorder()
///     let client = try DataverseClient(environment: url, credential: credential, observers: [recorder])
///     // … what goes wrong …
///     try recorder.write(to: "dataverse.har")
///
/// Access tokens and other secrets are never recorded. Bodies, and the values in URLs, are recorded only where ``Options``
/// ask for them: they may be personal data. The newest exchanges are kept, and the record says how many there were before.
///
/// Source: HTTP Archive (HAR) 1.2.
public final class HARRecorder: CallObserver {
    /// What is recorded, and how much of it.
    public struct Options: Sendable, Hashable {
        /// How many exchanges are kept, the newest ones.
        public var maximumEntries: Int
        /// How many bytes of each body are recorded, where it is text; 0 for none.
        public var maximumBodyBytes: Int
        /// How much of a URL is recorded.
        public var urls: URLDetail

        /// - Parameters:
        ///   - maximumEntries: how many exchanges are kept.
        ///   - maximumBodyBytes: how many bytes of each body are recorded; 0 for none.
        ///   - urls: how much of a URL is recorded.
        public init(maximumEntries: Int = 500, maximumBodyBytes: Int = 0, urls: URLDetail = .withoutValues) {
            self.maximumEntries = max(1, maximumEntries)
            self.maximumBodyBytes = max(0, maximumBodyBytes)
            self.urls = urls
        }
    }

    private struct State: Sendable {
        var entries: [HAREntry] = []
        /// The place of the oldest entry, once the list is full.
        var oldest = 0
        var droppedCount = 0
        var callCount = 0
    }

    /// What is recorded.
    public let options: Options
    private let date: @Sendable () -> Date
    private let state = Mutex(State())

    /// - Parameter options: what is recorded, and how much of it.
    public convenience init(_ options: Options = Options()) {
        self.init(options, date: { Date() })
    }

    init(_ options: Options, date: @escaping @Sendable () -> Date) {
        self.options = options
        self.date = date
    }

    public func callBegins(_ call: ObservedCall) -> any CallFollower {
        let number = state.withLock { state in
            state.callCount += 1
            return state.callCount
        }
        return HARCall(call: call, id: "call_\(number)", startedAt: date(), recorder: self, date: date)
    }

    /// How many exchanges are in the record.
    public var count: Int { state.withLock { $0.entries.count } }

    /// Forgets what was recorded.
    public func clear() {
        state.withLock { state in
            state.entries = []
            state.oldest = 0
            state.droppedCount = 0
        }
    }

    /// The record as JSON in UTF-8.
    public func bytes() -> [UInt8] {
        let (entries, dropped) = state.withLock { state in
            (Array(state.entries[state.oldest...] + state.entries[..<state.oldest]), state.droppedCount)
        }
        return JSONWriter.bytes(from: HARDocument(entries: entries, droppedCount: dropped, options: options).json)
    }

    /// Writes the record to a file that only its owner may read. It appears under its name when it is complete, and takes
    /// the place of a file that is there.
    ///
    /// - Parameter path: where it goes, such as `dataverse.har`.
    /// - Throws: `DataverseError` if the file cannot be written.
    public func write(to path: String) throws {
        let file = try PartialFile(path: path, isPrivate: true)
        let bytes = bytes()
        try file.write(bytes, at: 0)
        try file.complete(size: Int64(bytes.count))
    }

    func add(_ entry: HAREntry) {
        state.withLock { state in
            guard state.entries.count == options.maximumEntries else { return state.entries.append(entry) }
            state.entries[state.oldest] = entry
            state.oldest = (state.oldest + 1) % options.maximumEntries
            state.droppedCount += 1
        }
    }
}

/// Records the exchanges of one call.
private final class HARCall: CallFollower {
    private struct State: Sendable {
        var startedAt: [Int: Date] = [:]
        var waits: [ObservedWait] = []
    }

    private let page: HAREntry.Page
    private let recorder: HARRecorder
    private let date: @Sendable () -> Date
    private let state = Mutex(State())

    init(
        call: ObservedCall,
        id: String,
        startedAt: Date,
        recorder: HARRecorder,
        date: @escaping @Sendable () -> Date
    ) {
        page = HAREntry.Page(
            id: id,
            title: call.name.description,
            startedAt: startedAt,
            correlationID: call.correlationID
        )
        self.recorder = recorder
        self.date = date
    }

    func exchangeBegins(_ exchange: ObservedExchange) -> HTTPFields {
        let date = date()
        state.withLock { $0.startedAt[exchange.number] = date }
        return [:]
    }

    func waitBegins(_ wait: ObservedWait) {
        state.withLock { $0.waits.append(wait) }
    }

    func exchangeEnds(
        _ exchange: ObservedExchange,
        _ result: Result<ObservedReply, TransportError>,
        after duration: Duration
    ) {
        let (startedAt, waits) = state.withLock { state in
            defer { state.waits = [] }
            return (state.startedAt.removeValue(forKey: exchange.number), state.waits)
        }
        recorder.add(
            HAREntry(
                page: page,
                startedAt: startedAt ?? page.startedAt,
                duration: duration,
                exchange: exchange,
                result: result,
                waits: waits,
                options: recorder.options
            )
        )
    }
}
