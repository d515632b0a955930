import TestSupport
import Testing

@testable import ODataCore

@Suite("Secrets in texts")
struct SecretTextTests {
    @Test(
        "are found by their names and by their look",
        arguments: [
            (#"{"access_token":"abc","expires_in":3600}"#, #"{"access_token":"redacted","expires_in":3600}"#),
            (#"{"client_secret" : "a\"b", "x": 1}"#, #"{"client_secret" : "redacted", "x": 1}"#),
            (#"{"a":"{\"password\":\"hush\\\"x\",\"b\":1}"}"#, #"{"a":"{\"password\":\"redacted\",\"b\":1}"}"#),
            ("grant_type=x&client_secret=abc%3D&scope=y", "grant_type=x&client_secret=redacted&scope=y"),
            ("code=abc&state=1", "code=redacted&state=1"),
            ("https://x/y?sv=1&sig=ab%2Bc%3D&se=2", "https://x/y?sv=1&sig=redacted&se=2"),
            ("Authorization: Bearer abc.def-_~+/=", "Authorization: redacted"),
            ("the token Bearer abc was refused", "the token Bearer redacted was refused"),
            ("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2ln and more", "redacted and more"),
            ("<password>hush</password>", "<password>redacted</password>"),
            ("Server=a;AccountKey=abc==;Table=b", "Server=a;AccountKey=redacted;Table=b"),
            ("contoso_password: 'hush'", "contoso_password: 'redacted'"),
            ("100%client_secret=abc", "100%client_secret=redacted"),
            ("GET https://me:hush@x.example/a@b failed", "GET https://redacted@x.example/a@b failed"),
            (#"{"refresh_token":"cut off in the mid"#, #"{"refresh_token":"redacted"#),
        ]
    )
    func found(text: String, shown: String) {
        #expect(SecretText.redacted(text) == shown)
    }

    @Test(
        "what is none stays",
        arguments: [
            #"{"error":{"code":"0x80040217","message":"account With Id = 5 Does Not Exist"}}"#,
            #"{"name":"Sigrid","signal":"x","password_hint":null,"@odata.etag":"W/\"1\""}"#,
            "GET https://contoso.example/api/data/v9.2/accounts?$filter=name%20eq%20'x'&$top=1",
            "", "=", ":", "sig", "sig=", "password:", #"{"password":null,"access_token":{}}"#, "é=ö", "%", "%3",
            "code%", "%%", "https://", "https://x.example/a@b", "://",
        ]
    )
    func harmless(text: String) {
        // Null is what stands for no secret at all.
        #expect(SecretText.redacted(text).replacing("redacted", with: "null") == text)
    }

    @Test("a secret that is known is found wherever it stands")
    func known() {
        #expect(SecretText.redacted("xsecret-tokenx", known: "secret-token") == "xredactedx")
        #expect(SecretText.redacted("a short one", known: "a") == "a short one")
    }

    @Test("any text is read to its end, and no marked secret is left")
    func fuzz() {
        var random = SeededGenerator(seed: 7)
        let pieces = [
            "\"", "\\", "'", "=", ":", "%3D", "%", "&", ",", "{", "}", " ", "sig", "password", "Bearer", "eyJ", ".",
            "é",
            "\n", "<", ">", "client_secret", "x", "://", "@",
        ]
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 0...14, using: &random)).map { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &random)]
            }.joined()
            _ = SecretText.redacted(text)
            // Whatever stands before it: a pair that nothing precedes directly is found.
            let marked = "\(text) &client_secret=MARK&x=1"
            #expect(!SecretText.redacted(marked).contains("MARK"), "\(marked)")
        }
    }
}
