import Foundation
import HTTPTypes

/// One exchange of a record, as JSON.
///
/// Source: HTTP Archive (HAR) 1.2, "entries". Members that begin with an underscore are our own, as the format allows.
struct HAREntry: Sendable {
    /// The call that an exchange belongs to; HAR knows pages of a browser.
    struct Page: Sendable {
        let id: String
        let title: String
        let startedAt: Date
        let correlationID: UUID
    }

    let page: Page
    let json: Value

    init(
        page: Page,
        startedAt: Date,
        duration: Duration,
        exchange: ObservedExchange,
        result: Result<ObservedReply, TransportError>,
        waits: [ObservedWait],
        options: HARRecorder.Options
    ) {
        self.page = page
        let milliseconds = Value.double(duration / .milliseconds(1))
        var entry: Record = [
            "pageref": .string(page.id),
            "startedDateTime": .string(startedAt.urlLiteral),
            "time": milliseconds,
            "request": .object(Self.request(exchange, options)),
            "response": .object(Self.response(result, options)),
            "cache": [:],
            // Transports do not tell when the first byte came: all of the time is the wait for the reply.
            "timings": ["send": 0, "wait": milliseconds, "receive": 0],
            "_attempt": .integer(Int64(exchange.attempt)),
        ]
        entry["_repeats"] = exchange.repeats.map { .string($0.rawValue) }
        if let last = waits.last {
            let total = waits.reduce(Duration.zero) { $0 + $1.duration }
            entry["_waitedBefore"] = .double(total / .milliseconds(1))
            entry["comment"] = .string("The call waited \(total) before: \(last.cause.rawValue).")
        }
        json = .object(entry)
    }

    private static func request(_ exchange: ObservedExchange, _ options: HARRecorder.Options) -> Record {
        let url = exchange.url(options.urls)
        var request: Record = [
            "method": .string(exchange.method.rawValue),
            "url": .string(url),
            // Transports do not tell which version they spoke.
            "httpVersion": "unknown",
            "cookies": [],
            "headers": headers(exchange.headers),
            "queryString": query(of: url),
            "headersSize": -1,
            "bodySize": .integer(exchange.body?.length ?? 0),
        ]
        if let body = exchange.body, body.length > 0 {
            var data: Record = ["mimeType": .string(body.mediaType ?? ""), "text": ""]
            add(body, to: &data, options)
            request["postData"] = .object(data)
        }
        return request
    }

    private static func response(
        _ result: Result<ObservedReply, TransportError>,
        _ options: HARRecorder.Options
    ) -> Record {
        switch result {
        case .success(let reply):
            var content: Record = [
                "size": .integer(reply.body.length), "mimeType": .string(reply.body.mediaType ?? ""),
            ]
            if reply.body.length > 0 { add(reply.body, to: &content, options) }
            return [
                "status": .integer(Int64(reply.status.code)),
                "statusText": .string(reply.status.reasonPhrase),
                "httpVersion": "unknown",
                "cookies": [],
                "headers": headers(reply.headers),
                "content": .object(content),
                "redirectURL": .string(reply.headers[.location] ?? ""),
                "headersSize": -1,
                "bodySize": .integer(reply.body.length),
            ]
        case .failure(let error):
            // A status of 0 is what browsers write where there was no reply.
            return [
                "status": 0, "statusText": "", "httpVersion": "unknown", "cookies": [], "headers": [],
                "content": ["size": 0, "mimeType": "x-unknown"], "redirectURL": "", "headersSize": -1, "bodySize": -1,
                "_error": .string("\(error.kind)"),
            ]
        }
    }

    private static func headers(_ headers: HTTPFields) -> Value {
        .array(headers.map { ["name": .string($0.name.rawName), "value": .string($0.value)] })
    }

    private static func query(of url: String) -> Value {
        guard let start = url.firstIndex(of: "?") else { return .array([]) }
        let pairs = url[url.index(after: start)...].prefix { $0 != "#" }.split(separator: "&")
        return .array(
            pairs.map { pair in
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                let value = parts.count > 1 ? String(parts[1]) : ""
                return ["name": .string(String(parts[0])), "value": .string(value.removingPercentEncoding ?? value)]
            }
        )
    }

    /// Adds the text of a body, and a comment where something was left out.
    private static func add(_ body: ObservedBody, to record: inout Record, _ options: HARRecorder.Options) {
        guard let text = body.text(upTo: options.maximumBodyBytes) else {
            record["comment"] = .string("\(body.length) bytes, which are not recorded")
            return
        }
        record["text"] = .string(text.text)
        if text.omittedBytes > 0 {
            record["comment"] = .string("\(text.omittedBytes) of \(body.length) bytes are left out")
        }
    }
}
