import HTTPTypes
import TestSupport
import Testing

@testable import ODataCore

@Suite("What a service asks for when it refuses a token")
struct AuthenticationChallengeTests {
    private static let claims = #"{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}"#
    private static let encoded =
        "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwidmFsdWUiOiIxNjA0MTA2NjUxIn19fQ"

    @Test(
        "claims are found in the challenges that services write",
        arguments: [
            #"Bearer realm="", error="insufficient_claims", claims="\#(encoded)==""#,
            #"Bearer authorization_uri=https://login.example/a, error="insufficient_claims", claims="\#(encoded)""#,
            #"bearer claims=\#(encoded)"#, #"Basic realm="x", Bearer claims="\#(encoded)==", error="a,b""#,
        ]
    )
    func claims(header: String) {
        #expect(AuthenticationChallenge([.wwwAuthenticate: header]).claims == Self.claims)
    }

    @Test("parameters may be quoted, escaped, or neither")
    func parameters() {
        let header = #"Bearer authorization_uri=https://a/b?c=d, Resource_Id="https://e, \"f\"", x=""#
        let challenge = AuthenticationChallenge([.wwwAuthenticate: header])
        #expect(challenge.parameters["authorization_uri"] == "https://a/b?c=d")
        #expect(challenge.parameters["resource_id"] == #"https://e, "f""#)
        #expect(challenge.parameters["x"]?.isEmpty == true)
        #expect(challenge.claims == nil)
    }

    @Test(
        "what is no JSON in Base64 asks for nothing",
        arguments: ["", "Bearer", #"Bearer claims="%%%""#, #"Bearer claims="bm8=""#, #"Basic claims="e30=""#]
    )
    func nonsense(header: String) {
        #expect(AuthenticationChallenge([.wwwAuthenticate: header]).claims == nil)
    }

    @Test("mutated challenges crash nothing")
    func fuzz() {
        var random = SeededGenerator(seed: 5)
        let seed = Array(#"Bearer realm="", a=b, error="in\"s", claims="\#(Self.encoded)""#.utf8)
        for _ in 0..<5_000 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...6, using: &random) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                if Bool.random(using: &random) {
                    bytes.remove(at: place)
                } else {
                    bytes.insert(#"",= \a"#.utf8.randomElement(using: &random) ?? 0, at: place)
                }
            }
            let header = HTTPField(name: .wwwAuthenticate, value: String(decoding: bytes, as: UTF8.self))
            let claims = AuthenticationChallenge(HTTPFields([header] as [HTTPField])).claims
            #expect(claims == nil || claims?.hasPrefix("{") == true)
        }
    }
}
