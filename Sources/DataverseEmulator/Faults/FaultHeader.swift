extension Fault.Effect {
    /// The effect that the header `Emulator-Fault` asks for.
    ///
    /// - Throws: ``ServiceError`` with status 400 if the header says nothing that is known.
    init(header: String) throws(ServiceError) {
        var values: [String: String] = [:]
        for part in header.split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
            guard let name = pair.first else { continue }
            values[name.lowercased()] = pair.count > 1 ? pair[1] : ""
        }
        if let status = values["status"].flatMap(Int.init), (400...599).contains(status) {
            self = .status(status, retryAfter: values["retry-after"].flatMap(Int.init))
        } else if let seconds = values["throttle"].flatMap(Int.init) {
            self = .throttled(retryAfter: seconds)
        } else if let seconds = values["latency"].flatMap(Double.init), (0...60).contains(seconds) {
            self = .latency(.milliseconds(Int(seconds * 1000)))
        } else if values["drop"] != nil {
            self = .connectionDropped
        } else if let bytes = values["truncate"].flatMap(Int.init), bytes >= 0 {
            self = .truncatedBody(bytes: bytes)
        } else if values["reject-token"] != nil {
            self = .tokenRejected
        } else {
            throw .badQuery("The header Emulator-Fault asks for no fault that is known: '\(header)'.")
        }
    }
}
