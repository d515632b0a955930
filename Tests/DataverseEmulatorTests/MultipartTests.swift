import Foundation
import TestSupport
import Testing

@testable import DataverseEmulator

@Suite("Multipart bodies")
struct MultipartTests {
    private func parts(_ body: String, boundary: String = "b", limit: Int = 10) throws -> [MultipartReader.Part] {
        let reader = try #require(
            MultipartReader(contentType: "multipart/mixed; boundary=\(boundary)", maximumPartCount: limit)
        )
        return try reader.parts(of: Array(body.utf8)[...])
    }

    @Test("Parts have headers and bodies, whatever ends the lines", arguments: ["\r\n", "\n"])
    func parts(lineBreak: String) throws {
        let lines = [
            "preamble", "--b", "A: 1", "b-C:  x y", "", "one", "--bc", "", "--b  ", "", "two", "--b--", "rest",
        ]
        let parts = try parts(lines.joined(separator: lineBreak))
        #expect(parts.map(\.headers) == [["a": "1", "b-c": "x y"], [:]])
        #expect(parts.map { String(decoding: $0.body, as: UTF8.self) } == ["one\(lineBreak)--bc\(lineBreak)", "two"])
    }

    @Test(
        "What is malformed is refused",
        arguments: [
            "", "--b", "--b\r\nA: 1\r\n\r\n", "--b\r\nno colon\r\n\r\nx\r\n--b--", "--b\r\n: x\r\n\r\n--b--",
            "--b\r\na b: x\r\n\r\n--b--", "--b--x", String(repeating: "--b\r\n\r\n", count: 12) + "--b--",
        ]
    )
    func malformed(body: String) {
        #expect(throws: MultipartReader.SyntaxError.self) { try parts(body) }
    }

    @Test("Boundaries are those that RFC 2046 allows")
    func boundaries() {
        #expect(MultipartReader.boundary(in: "multipart/mixed; boundary=\"a b'c\"") == "a b'c")
        #expect(MultipartReader.boundary(in: "Multipart/Mixed;charset=utf-8;Boundary=x") == "x")
        let longest = String(repeating: "x", count: 70)
        #expect(MultipartReader.boundary(in: "multipart/mixed; boundary=\(longest)") == longest)
        for type in [
            "multipart/form-data; boundary=x", "multipart/mixed", "multipart/mixed; boundary=",
            "multipart/mixed; boundary=\(longest)x", "multipart/mixed; boundary=a@b", "application/json",
        ] { #expect(MultipartReader.boundary(in: type) == nil, "\(type)") }
    }

    @Test("Random bodies are read or refused, and what was written is read back")
    func fuzz() throws {
        var generator = SeededGenerator(seed: 20_260_714)
        let pieces = ["--b", "--b--", "\r\n", "\n", "A: 1", ":", " ", "x", "--", "\r", "\u{FC}", "Content-ID: 1"]
        var count = 0
        for round in 0..<5_000 {
            let length = Int.random(in: 0...24, using: &generator)
            let pieces = (0..<length).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
            let body = round.isMultiple(of: 2) ? "--b\r\n\r\n\(pieces)\r\n--b--" : pieces
            if let parts = try? parts(body) { count += parts.count }
            var bytes = Array(body.utf8)
            if !bytes.isEmpty { bytes[Int.random(in: bytes.indices, using: &generator)] = 0xFF }
            let reader = try #require(MultipartReader(contentType: "multipart/mixed; boundary=b", maximumPartCount: 5))
            _ = try? reader.parts(of: bytes[...])
        }
        #expect(count > 100, "some of them are well formed")
        for _ in 0..<200 {
            let bodies = (0..<Int.random(in: 0...5, using: &generator)).map { _ in
                (0..<Int.random(in: 0...40, using: &generator)).map { _ in UInt8.random(in: 0...255, using: &generator)
                }
            }
            let text = bodies.map { Array("--b\r\nA: 1\r\n\r\n".utf8) + $0 + Array("\r\n".utf8) }
            let reader = try #require(MultipartReader(contentType: "multipart/mixed; boundary=b", maximumPartCount: 5))
            let read = try reader.parts(of: (text.flatMap { $0 } + Array("--b--".utf8))[...])
            #expect(read.map { Array($0.body) } == bodies)
        }
    }
}
