import HTTPTypes
import TestSupport
import Testing

@testable import Dataverse

@Suite("What is shown of URLs, headers and bodies")
struct RedactionTests {
    @Test(
        "URLs without values",
        arguments: [
            (
                "https://a.example/api/accounts?$select=name,revenue&$top=5",
                "https://a.example/api/accounts?$select=name,revenue&$top=5"
            ),
            (
                "https://a.example/accounts?$filter=name%20eq%20'Ada'&$count=true",
                "https://a.example/accounts?$filter=redacted&$count=true"
            ),
            ("https://a.example/accounts(name='O''Neil (x)',code=5)/y", "https://a.example/accounts(redacted)/y"),
            (
                "https://a.example/accounts(5a1b2c3d-0000-4000-8000-00000000000f)/name/$value",
                "https://a.example/accounts(5a1b2c3d-0000-4000-8000-00000000000f)/name/$value"
            ),
            (
                "https://a.example/F(Id=@p1,Name=@p2)?@p1=5&@p2='Ada'",
                "https://a.example/F(Id=@p1,Name=@p2)?@p1=redacted&@p2=redacted"
            ),
            ("https://a.example/F(Name='Ada')", "https://a.example/F(redacted)"),
            ("https://a.example/a?$orderby='x'", "https://a.example/a?$orderby=redacted"),
            ("https://user:pass@a.example:8443/x?Ada#Ada", "https://a.example:8443/x?redacted"),
            (
                "https://a.example/x?Ada%20Lovelace=1&%24select=a",
                "https://a.example/x?redacted=redacted&redacted=redacted"
            ),
            ("/relative?sig=1", "/relative?sig=redacted"),
            ("", ""),
        ]
    )
    func withoutValues(url: String, shown: String) {
        #expect(ObservedURL(url).text(.withoutValues) == shown)
    }

    @Test(
        "whole URLs have no secrets either",
        arguments: [
            (
                "https://a.example/x?$filter=name eq 'Ada'&sig=ab%2Fc&se=1",
                "https://a.example/x?$filter=name eq 'Ada'&sig=redacted&se=1"
            ),
            ("https://user:pass@a.example/x?code=abc&state=1", "https://a.example/x?code=redacted&state=1"),
            (
                "https://a.example/x?u=https%3A%2F%2Fb%2F%3Fsig%3Dabc%26se%3D1",
                "https://a.example/x?u=https%3A%2F%2Fb%2F%3Fsig%3Dredacted"
            ),
            ("https://a.example/#access_token=abc", "https://a.example/#access_token=redacted"),
        ]
    )
    func full(url: String, shown: String) {
        #expect(ObservedURL(url).text(.full) == shown)
    }

    @Test("servers and their ports")
    func servers() {
        let servers = [
            "https://a.example/x", "http://a.example", "https://u@a.example:8443/x", "https://[::1]/x",
            "https://[::1]:99/x",
        ].map { ObservedURL($0).server.map { "\($0.address) \($0.port)" } }
        #expect(servers == ["a.example 443", "a.example 80", "a.example 8443", "[::1] 443", "[::1] 99"])
        #expect(ObservedURL("x").server == nil)
    }

    @Test("headers keep their values only where they are known to be harmless")
    func headers() throws {
        let headers: HTTPFields = [
            .authorization: "Bearer abc", .cookie: "a=b", .accept: "application/json",
            try #require(HTTPField.Name("X-Api-Key")): "abc", .serviceRequestID: "R1",
            .odataEntityID: "https://a.example/accounts(name='Ada')", .location: "/x?sig=abc",
        ]
        #expect(
            headers.harmless.map { "\($0.name): \($0.value)" } == [
                "Authorization: redacted", "Cookie: redacted", "Accept: application/json", "X-Api-Key: redacted",
                "x-ms-service-request-id: R1", "OData-EntityId: https://a.example/accounts(redacted)",
                "Location: /x?sig=redacted",
            ]
        )
    }

    private func body(_ bytes: [UInt8], _ mediaType: String?, isHidden: Bool = false) -> ObservedBody {
        ObservedBody(
            content: bytes,
            length: Int64(bytes.count),
            mediaType: mediaType,
            knownSecret: "known-secret",
            isHidden: isHidden
        )
    }

    @Test("bodies are shown where they are text, and cut between characters")
    func bodies() {
        let text = Array("aé€😀z known-secret".utf8)
        let pieces = (1...11).map { body(text, "text/plain").text(upTo: $0)?.text }
        #expect(
            pieces == [
                "a", "a", "aé", "aé", "aé", "aé€", "aé€", "aé€", "aé€", "aé€😀", "aé€😀z",
            ]
        )
        #expect(body(text, "text/plain").text(upTo: 6)?.omittedBytes == Int64(text.count - 6))
        #expect(body(text, "text/plain").text(upTo: 100) == .init(text: "aé€😀z redacted", omittedBytes: 0))
        #expect(body(text, "text/plain").text(upTo: 0) == nil)
        #expect(body(text, "application/octet-stream").text(upTo: 100) == nil)
        #expect(body(text, nil).text(upTo: 100) == nil)
        #expect(body(text, "application/json", isHidden: true).text(upTo: 100) == nil)
        #expect(body([0xFF, 0xFE], "application/json").text(upTo: 100) == nil)
        #expect(body([0x41, 0], "text/plain").text(upTo: 100) == nil)
    }
}
