import Foundation
import Testing

@testable import ODataCore

@Suite("Identifiers of calls and requests")
struct IdentifierSourceTests {
    @Test("they have the form of random ones, and each is new")
    func form() {
        let source = IdentifierSource()
        let identifiers = (0..<10_000).map { _ in source.next() }
        #expect(Set(identifiers).count == identifiers.count)
        for identifier in identifiers {
            #expect(identifier.uuid.6 >> 4 == 4, "version 4")
            #expect(identifier.uuid.8 >> 6 == 0b10, "the variant of RFC 9562")
        }
    }

    @Test("every bit that may be anything is")
    func bits() {
        let source = IdentifierSource()
        var counts = [Int](repeating: 0, count: 128)
        for _ in 0..<2_000 {
            withUnsafeBytes(of: source.next().uuid) { bytes in
                for bit in 0..<128 where bytes[bit / 8] >> (7 - bit % 8) & 1 == 1 { counts[bit] += 1 }
            }
        }
        // A coin thrown 2,000 times: further away than nine standard deviations is no chance.
        for (bit, count) in counts.enumerated() where !(48..<52).contains(bit) && !(64..<66).contains(bit) {
            #expect((800...1_200).contains(count), "bit \(bit): \(count) of 2,000")
        }
    }

    @Test("two sources, and threads that share one, have no identifier in common")
    func several() async {
        let (first, second) = (IdentifierSource(), IdentifierSource())
        let all = await withTaskGroup(of: [UUID].self) { group in
            for number in 0..<8 {
                group.addTask { (0..<1_000).map { _ in (number.isMultiple(of: 2) ? first : second).next() } }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(Set(all).count == 8_000)
    }

    @Test("the text of an identifier is in lower case, as Foundation has it in upper case")
    func text() {
        let source = IdentifierSource()
        for _ in 0..<100 {
            let identifier = source.next()
            #expect(identifier.guid == identifier.uuidString.lowercased())
        }
    }
}
