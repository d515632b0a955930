import Foundation
import ODataCore
import Testing

@Suite("Keys and service roots")
struct KeyTests {
    @Test("keys are written so that nothing escapes from them")
    func predicates() {
        let guid = UUID(uuidString: "5A1B2C3D-0000-4000-8000-00000000000F")!
        #expect(KeyPredicate(guid).urlText == "(5a1b2c3d-0000-4000-8000-00000000000f)")
        #expect(KeyPredicate("O'Neil").urlText == "('O''Neil')")
        #expect(KeyPredicate("a/b?c#d%e f&g+h\r\n\"").urlText == "('a%2Fb%3Fc%23d%25e%20f%26g%2Bh%0D%0A%22')")
        #expect(
            KeyPredicate(named: [("code", "x,y='1'"), ("number", 5)]).urlText == "(code='x,y=''1''',number=5)"
        )
        #expect(KeyPredicate("漢").urlText == "('%E6%BC%A2')")
    }

    @Test("keys are read back from the URL of a new row")
    func reading() throws {
        let guid = UUID(uuidString: "5A1B2C3D-0000-4000-8000-00000000000F")!
        let url = "https://contoso.example/api/data/v9.2/accounts(5a1b2c3d-0000-4000-8000-00000000000f)"
        let literals = try #require(KeyPredicateReader.literals(inURL: url))
        #expect(UUID(literals: literals, key: ["accountid"]) == guid)
        #expect(KeyPredicateReader.guid(inURL: url) == guid)
        for other in [
            "accounts(5A1B2C3D-0000-4000-8000-00000000000F)", "accounts(5a1b2c3d-0000-4000-8000-00000000000f",
            "5a1b2c3d-0000-4000-8000-00000000000f)", "(5a1b2c3d-0000-4000-8000-00000000000f)/name", "accounts(1)", "",
            "accounts(a=5a1b2c3d-0000-4000-8000-00000000000f)", "Texts('5a1b2c3d-0000-4000-8000-00000000000f')",
            "accounts(5a1b2c3d-0000-4000-8000-0000000000öf)", "accounts5a1b2c3d-0000-4000-8000-00000000000f)",
        ] { #expect(KeyPredicateReader.guid(inURL: other) == nil, "\(other)") }
        for text in ["plain", "O'Neil", "a/b(c),d=e", "漢 %", ""] {
            let written = "https://contoso.example/People" + KeyPredicate(text).urlText
            #expect(String(literals: try #require(KeyPredicateReader.literals(inURL: written)), key: ["Name"]) == text)
        }
        let named = try #require(KeyPredicateReader.literals(inURL: "Lines(Order=1,Item='a%2Cb')"))
        #expect(named.map(\.name) == ["Order", "Item"])
        #expect(named.map(\.literal) == ["1", "'a,b'"])
        #expect(KeyPredicateReader.literals(inURL: "https://contoso.example/accounts") == nil)
        #expect(KeyPredicateReader.literals(inURL: "accounts('open)") == nil)
        #expect(KeyPredicateReader.literals(inURL: "accounts(%zz)") == nil)
        for wrong in ["()", "(1,2)", "(a=1,2)", "(a=)", "(a=b)", "(1 )", "('a'b)", "(null)", "(@id)", "(a=1,)"] {
            #expect(KeyPredicateReader.literals(inURL: "accounts\(wrong)") == nil, "\(wrong)")
        }
        #expect(KeyPredicateReader.literals(inURL: "ByCategory(category=2)(3)")?.map(\.literal) == ["3"])
    }

    @Test("a service root is an absolute URL")
    func roots() throws {
        #expect(try ServiceRoot(environment: "https://Contoso.example/").url == "https://contoso.example/api/data/v9.2")
        #expect(try ServiceRoot(url: "http://127.0.0.1:8080/odata//").url == "http://127.0.0.1:8080/odata")
        #expect(try ServiceRoot(url: "http://127.0.0.1:8080/odata").origin == "http://127.0.0.1:8080")
        for wrong in [
            "", "contoso", "ftp://contoso.example", "https://", "https://a b", "https://u@h", "https://h?x=1",
            "https://h\r\nX: y",
        ] {
            #expect(throws: DataverseError.self) { try ServiceRoot(url: wrong) }
        }
    }
}
