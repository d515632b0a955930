import ODataQuery
import TestSupport
import Testing

/// Mutations of well-formed URLs: whatever comes out, the parser answers with a tree or an error.
@Suite("Fuzz")
struct FuzzTests {
    private static let seeds = [
        "accounts?$select=name,revenue&$filter=name eq 'A''B' and revenue gt 1.5e3 or not contains(name,'x')&$top=5",
        "accounts(00000000-0000-0000-0000-000000000001)/contacts('a%2Fb')/$ref?$id=contacts(1)",
        "a?$expand=b($select=c;$expand=d($levels=max);$filter=e/any(x:x/f in (1,2,3)) and g/all(y:y eq 1)),h/$count",
        "a?$filter=Microsoft.Dynamics.CRM.In(PropertyName='a',PropertyValues=[\"1\",{\"b\":null}]) and d eq 2024-02-29T10:00:00Z",
        "a?$search=NOT \"x y\" AND (b OR c)&$compute=case(a gt 0:1,true:0) as b&$orderby=a add 1 desc,b&@p={\"x\":[1,2]}",
        "$crossjoin(A,B)?$filter=A/x eq B/y and cast(C,Edm.String) ne duration'P1D' and s has N.P'Y,1'&$count=true",
    ]

    @Test("60,000 mutated URLs crash nothing")
    func mutations() {
        var random = SeededGenerator(seed: 0x0DA7A)
        var accepted = 0
        for round in 0..<60_000 {
            var bytes = Array(Self.seeds[round % Self.seeds.count].utf8)
            for _ in 0...Int.random(in: 0..<4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<5, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                case 2:
                    bytes.insert(
                        "'(),;=/$@&%:-. []{}\"\\09ae"
                            .utf8.randomElement(using: &random) ?? 0,
                        at: place
                    )
                case 3: bytes.append(contentsOf: bytes[place...])
                default: bytes.removeSubrange(place..<min(bytes.count, place + 5))
                }
                if bytes.isEmpty { bytes = [0x61] }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            if let url = try? ODataURL(parsing: text) {
                accepted += 1
                #expect(!url.path.segments.isEmpty)
            }
        }
        #expect(accepted > 1_000)
        #expect(accepted < 59_000)
    }
}
