import HTTPTypes

extension HTTPFields {
    /// The same headers, where only those keep their values that are known to be harmless: an app may send any secret in
    /// a header of its own.
    var harmless: HTTPFields {
        HTTPFields(
            map { field in
                if Self.namesOfURLs.contains(field.name) {
                    return HTTPField(name: field.name, value: ObservedURL(field.value).text(.withoutValues))
                }
                let isHarmless = Self.harmlessNames.contains(field.name.canonicalName)
                return isHarmless ? field : HTTPField(name: field.name, value: SecretText.placeholder)
            }
        )
    }

    private static let namesOfURLs: Set<HTTPField.Name> = [.location, .contentLocation, .odataEntityID]

    /// In lower case.
    private static let harmlessNames: Set<String> = [
        "accept", "accept-charset", "accept-encoding", "accept-language", "accept-ranges", "age", "allow",
        "authactivityid", "cache-control", "connection", "consistency", "content-encoding",
        "content-language", "content-length", "content-range", "content-type", "date", "etag", "expires", "host",
        "if-match",
        "if-modified-since", "if-none-match", "isolation", "keep-alive", "last-modified", "metadata",
        "mscrm.bypassbusinesslogicexecution", "mscrm.bypassbusinesslogicexecutionstepids",
        "mscrm.bypasscustompluginexecution", "mscrm.mergelabels", "mscrm.solutionuniquename",
        "mscrm.suppresscallbackregistrationexpanderjob", "mscrm.suppressduplicatedetection", "mscrmcallerid",
        "callerobjectid", "odata-isolation", "odata-maxversion", "odata-version", "op-ctx-mscrm", "pragma", "prefer",
        "preference-applied", "range", "req_id", "retry-after", "server", "strict-transport-security",
        "traceparent", "tracestate", "transfer-encoding", "user-agent", "vary", "via", "x-ms-chunk-size",
        "x-ms-client-request-id", "x-ms-correlation-id", "x-ms-correlation-request-id", "x-ms-dop-hint",
        "x-ms-file-size", "x-ms-ratelimit-burst-remaining-xrm-requests", "x-ms-ratelimit-time-remaining-xrm-requests",
        "x-ms-request-id", "x-ms-service-request-id", "x-ms-transfer-mode", "x-source",
    ]
}
