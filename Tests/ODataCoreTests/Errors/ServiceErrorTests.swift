import HTTPTypes
import TestSupport
import Testing

@testable import ODataCore

@Suite("Errors of a service")
struct ServiceErrorTests {
    private func error(_ status: Int, headers: HTTPFields = [:], body: String) throws -> DataverseError {
        var script = EffectScript()
        let call = try ClientContext.scripted(retry: .never).beginCall()
        let result = try script.run(
            call.send(ServiceRequest(.get, "accounts")),
            steps: [.token("t"), .reply(status, headers: headers, body: body)]
                + (status == 401 ? [.token("t")] : [])
        )
        guard case .failure(let error) = result else { throw ScriptFailure() }
        return error
    }

    private struct ScriptFailure: Error {}

    @Test(
        "the kind is what an app acts on",
        arguments: [
            (400, "0x80040203", DataverseError.Kind.invalidRequest), (401, "", .unauthorized),
            (403, "0x80040220", .forbidden), (404, "0x80040217", .notFound), (404, "0x80060891", .notFound),
            (412, "0x80060882", .preconditionFailed), (400, "0x80060882", .preconditionFailed),
            (412, "0x80040333", .duplicate), (412, "0X80040237", .duplicate), (409, "", .preconditionFailed),
            (429, "0x80072322", .throttled), (503, "0x80072326", .throttled), (500, "0x80044150", .service),
            (408, "", .timedOut), (302, "", .unexpectedReply),
        ]
    )
    func kinds(status: Int, code: String, kind: DataverseError.Kind) throws {
        let error = try error(status, body: #"{"error":{"code":"\#(code)","message":"No."}}"#)
        #expect(error.kind == kind)
        #expect(error.status == status)
        #expect(error.message == "No.")
    }

    @Test(
        "the three limits of service protection are told apart, in hexadecimal and in decimal",
        arguments: [
            ("0x80072322", ServiceLimit.requests), ("0x80072321", .processingTime),
            ("0x80072326", .concurrentRequests), ("-2147015902", .requests), ("-2147015903", .processingTime),
            ("-2147015898", .concurrentRequests), ("0x80040217", nil),
        ] as [(String, ServiceLimit?)]
    )
    func limits(code: String, limit: ServiceLimit?) throws {
        let error = try error(429, body: #"{"error":{"code":"\#(code)","message":"Slow down."}}"#)
        #expect(error.exceededLimit == limit)
        #expect(error.kind == .throttled)
        #expect(error.isTransient)
    }

    @Test("every identifier that support may ask for is there")
    func identifiers() throws {
        let help = "https://go.microsoft.com/fwlink/?LinkID=398563&error=Microsoft.Crm.CrmException%3a80040217"
        let error = try error(
            404,
            headers: [.serviceRequestID: "service-1", .activityID: "activity-1", .retryAfter: "2"],
            body: #"""
                {"error":{"code":"0x80040217","message":"No row.","@Microsoft.PowerApps.CDS.HelpLink":"\#(help)"}}
                """#
        )
        #expect(error.serviceRequestID == "service-1")
        #expect(error.activityID == "activity-1")
        #expect(error.clientRequestID == "00000000-0000-4000-8000-000000000001")
        #expect(error.correlationID?.guid == "00000000-0000-4000-8000-000000000001")
        #expect(error.retryAfter == .seconds(2))
        #expect(error.helpLink == help)
        #expect(error.bodyExcerpt?.hasPrefix("{\"error\"") == true)
        #expect(error.request == "GET https://contoso.example/api/data/v9.2/accounts")
    }

    @Test("every kind of error can be caught by its name")
    func patterns() {
        let patterns: [ErrorPattern] = [
            DataverseError.invalidRequest, DataverseError.unauthorized, DataverseError.forbidden,
            DataverseError.notFound, DataverseError.preconditionFailed, DataverseError.duplicate,
            DataverseError.throttled, DataverseError.service, DataverseError.transport, DataverseError.timedOut,
            DataverseError.cancelled, DataverseError.credential, DataverseError.unexpectedReply,
            DataverseError.metadata, DataverseError.closed, DataverseError.notRun,
        ]
        for kind in DataverseError.Kind.allCases {
            #expect(patterns.count { $0 ~= DataverseError(kind, "") } == 1, "\(kind)")
        }
    }
}
