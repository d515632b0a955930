import ContosoBindings
import Foundation
import TestSupport
import Testing

@testable import Dataverse

/// Rows of random values, with extremes, Unicode and nulls, come back as they were sent.
extension Scenario {
    static let properties: [Scenario] = [
        Scenario("any row of generated values survives being created and retrieved") { context in
            var random = SeededGenerator(seed: 4_711)
            var sent: [ContosoProject] = []
            for _ in 0..<60 { sent.append(.random(using: &random)) }
            for (index, row) in sent.enumerated() {
                let id = try await context.projects.create(row)
                let read = try #require(try await context.projects.retrieve(id))
                expectSame(read, as: row, "row \(index)")
            }
            for index in sent.indices { sent[index].contosoCode = "portion \(index)" }
            let ids = try await context.projects.create(sent)
            for (id, row) in zip(ids, sent) {
                expectSame(try #require(try await context.projects.retrieve(id)), as: row, "in a portion")
            }
        },
        Scenario("any change of generated values survives being updated and retrieved") { context in
            var random = SeededGenerator(seed: 4_712)
            let id = try await context.projects.create(ContosoProject { $0.contosoName = "Contoso" })
            for round in 0..<40 {
                var row = try #require(try await context.projects.retrieve(id))
                let change = ContosoProject.random(using: &random)
                for (name, value) in change.record { row.record[name] = value }
                try await context.projects.save(row, ifMatch: .unchanged)
                expectSame(try #require(try await context.projects.retrieve(id)), as: change, "round \(round)")
            }
        },
    ]

    private static func expectSame(_ read: ContosoProject, as sent: ContosoProject, _ which: String) {
        #expect(read.contosoName.map { Array($0.utf8) } == sent.contosoName.map { Array($0.utf8) }, "\(which)")
        #expect(read.contosoCode.map { Array($0.utf8) } == sent.contosoCode.map { Array($0.utf8) }, "\(which)")
        #expect(read.contosoNotes.map { Array($0.utf8) } == sent.contosoNotes.map { Array($0.utf8) }, "\(which)")
        #expect(read.contosoBudget == sent.contosoBudget, "\(which)")
        #expect(read.contosoHours == sent.contosoHours, "\(which)")
        #expect(read.contosoIsmilestone == sent.contosoIsmilestone, "\(which)")
        #expect(read.contosoStartson == sent.contosoStartson, "\(which)")
        #expect(read.contosoDueon == sent.contosoDueon, "\(which)")
        #expect(read.contosoExternalid == sent.contosoExternalid, "\(which)")
        #expect(read.contosoAttachment == sent.contosoAttachment, "\(which)")
        #expect(read.contosoPhase == sent.contosoPhase, "\(which)")
    }
}

extension ContosoProject {
    /// A row in which each column is null or has any value that it can have.
    fileprivate static func random(using random: inout SeededGenerator) -> ContosoProject {
        func maybe<Column>(_ value: @autoclosure () -> Column) -> Column? {
            Int.random(in: 0..<4, using: &random) == 0 ? nil : value()
        }
        func text(_ length: Int) -> String {
            let texts = [
                "", " ", "\u{0301}", "null", "'", "\"", "\\", "</a>", "\u{FEFF}x", "e\u{0301}", "É", "🇩🇪👩‍👩‍👧", "\u{7F}",
            ]
            let picked = texts.randomElement(using: &random) ?? ""
            return String((picked + String.random(using: &random)).filter { $0 != "\0" }.prefix(length))
        }
        return ContosoProject {
            $0.contosoName = maybe("x" + text(60))
            $0.contosoCode = String(random.next(), radix: 36) + "é"
            $0.contosoNotes = maybe(String(repeating: text(20), count: 30))
            $0.contosoBudget = maybe(
                Decimal(Int64.random(in: -900_000_000_000_000...900_000_000_000_000, using: &random)) / 10_000
            )
            $0.contosoHours = maybe(
                [0, -0.5, .pi, 1e-7, 1e15, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 0.1 + 0.2]
                    .randomElement(using: &random) ?? 0
            )
            $0.contosoIsmilestone = maybe(Bool.random(using: &random))
            $0.contosoStartson = maybe(
                Date(timeIntervalSince1970: Double(Int.random(in: -6_000_000_000...200_000_000_000, using: &random)))
            )
            $0.contosoDueon =
                maybe(
                    DateOnly(
                        year: Int.random(in: 1_753...9_999, using: &random),
                        month: Int.random(in: 1...12, using: &random),
                        day: Int.random(in: 1...28, using: &random)
                    )
                ) ?? nil
            $0.contosoExternalid = maybe(
                UUID(uuid: withUnsafeBytes(of: (random.next(), random.next())) { $0.load(as: uuid_t.self) })
            )
            $0.contosoAttachment = maybe(
                Data(
                    (0..<Int.random(in: 0...300, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
                )
            )
            $0.contosoPhase = maybe(Choices.ContosoPhase(value: Int32.random(in: 0...2_000_000_000, using: &random)))
        }
    }
}
