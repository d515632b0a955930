/// A record of exchanges as a whole.
///
/// Source: HTTP Archive (HAR) 1.2.
struct HARDocument {
    let entries: [HAREntry]
    /// How many older exchanges are not part of it.
    let droppedCount: Int
    let options: HARRecorder.Options

    var json: Value {
        [
            "log": [
                "version": "1.2",
                "creator": ["name": "swift-dataverse", "version": .string(ClientConfiguration.libraryVersion)],
                "pages": .array(pages),
                "entries": .array(entries.map(\.json)),
                "comment": .string(comment),
            ]
        ]
    }

    /// The calls that entries belong to, in the order of their first entries.
    private var pages: [Value] {
        var seen: Set<String> = []
        return entries.map(\.page).filter { seen.insert($0.id).inserted }.map { page in
            [
                "startedDateTime": .string(page.startedAt.urlLiteral),
                "id": .string(page.id),
                "title": .string(page.title),
                "pageTimings": [:],
                "comment": .string("x-ms-correlation-id \(page.correlationID.uuidString.lowercased())"),
            ]
        }
    }

    private var comment: String {
        var text = "Access tokens and other secrets are left out"
        if options.urls == .withoutValues { text += ", and so are the values in URLs" }
        text +=
            options.maximumBodyBytes == 0
            ? ", and bodies." : "; bodies are recorded up to \(options.maximumBodyBytes) bytes."
        if droppedCount > 0 {
            text +=
                " \(droppedCount) older exchanges are not part of this record, which keeps \(options.maximumEntries)."
        }
        return text
    }
}
