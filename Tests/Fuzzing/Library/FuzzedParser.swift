import CSDL
import ODataCore
import ODataQuery

/// The parsers that read what others wrote.
public enum FuzzedParser: String, CaseIterable, Sendable {
    /// `$metadata`.
    case csdl
    /// The bodies of replies.
    case json
    /// The bodies of batches.
    case multipart
    /// URLs with their query options.
    case url

    /// Well-formed texts, from which inputs are made.
    var seeds: [[UInt8]] {
        switch self {
        case .csdl: FuzzSeeds.csdl
        case .json: FuzzSeeds.json
        case .multipart: FuzzSeeds.multipart
        case .url: FuzzSeeds.url
        }
    }

    /// Texts that mean something to the parser.
    var words: [[UInt8]] {
        switch self {
        case .csdl: FuzzSeeds.csdlWords
        case .json: FuzzSeeds.jsonWords
        case .multipart: FuzzSeeds.multipartWords
        case .url: FuzzSeeds.urlWords
        }
    }

    /// Whether an input was taken, and what is wrong with what came of it.
    enum Verdict {
        case accepted
        case refused
        case wrong(String)
    }

    func read(_ input: [UInt8]) -> Verdict {
        switch self {
        case .csdl: readCSDL(input)
        case .json: readJSON(input)
        case .multipart: readMultipart(input)
        case .url: readURL(input)
        }
    }

    private func readCSDL(_ input: [UInt8]) -> Verdict {
        let lines = input.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } + 1
        do throws(Diagnostic) {
            let (_, diagnostics) = try CSDLReader().read(input, name: "fuzz")
            for diagnostic in diagnostics {
                if let line = diagnostic.position?.line, line > lines { return .wrong("line \(line) of \(lines)") }
            }
            return .accepted
        } catch {
            return error.message.isEmpty ? .wrong("an error without a message") : .refused
        }
    }

    private func readJSON(_ input: [UInt8]) -> Verdict {
        do throws(JSONError) {
            let value = try JSONReader.value(from: input)
            var known: KnownRow?
            for _ in 0..<2 {
                guard try JSONReader.value(from: input, following: &known) == value else {
                    return .wrong("it reads differently after itself")
                }
            }
            let written = JSONWriter.bytes(from: value)
            do throws(JSONError) {
                let back = try JSONReader.value(from: written)
                return try back == Self.settled(value) ? .accepted : .wrong("it reads back differently")
            } catch {
                return .wrong("what is written cannot be read: \(error)")
            }
        } catch {
            return (0...input.count).contains(error.offset) ? .refused : .wrong("offset \(error.offset)")
        }
    }

    /// The value as it reads back: a number of more than 38 digits is a double, which is written in so few digits that a
    /// decimal holds it.
    private static func settled(_ value: Value) throws(JSONError) -> Value {
        switch value {
        case .double: return try JSONReader.value(from: JSONWriter.bytes(from: value))
        case .array(let elements):
            return .array(try elements.map { element throws(JSONError) in try settled(element) })
        case .object(let record):
            var settledRecord = Record()
            for (name, member) in record { settledRecord[name] = try settled(member) }
            return .object(settledRecord)
        default: return value
        }
    }

    private func readMultipart(_ input: [UInt8]) -> Verdict {
        // The first line is the content type, as a reply has it beside the body.
        let end = input.firstIndex(of: UInt8(ascii: "\n")) ?? input.endIndex
        let contentType = String(decoding: input[..<end], as: UTF8.self)
        let boundary = MultipartReader.boundary(ofContentType: contentType) ?? "b"
        let body = input[min(end + 1, input.endIndex)...]
        do throws(MultipartError) {
            let parts = try MultipartReader.parts(of: body, boundary: boundary)
            for part in parts {
                guard part.body.count <= body.count else { return .wrong("a part is larger than the whole") }
                let inner = MultipartReader.part(part.body)
                guard inner.body.count <= part.body.count else { return .wrong("a message is larger than its part") }
            }
            return .accepted
        } catch {
            return error.reason.isEmpty ? .wrong("an error without a reason") : .refused
        }
    }

    private func readURL(_ input: [UInt8]) -> Verdict {
        guard let url = try? ODataURL(parsing: String(decoding: input, as: UTF8.self)) else { return .refused }
        return url.path.segments.isEmpty ? .wrong("a path without segments") : .accepted
    }
}
