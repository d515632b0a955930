import Foundation

#if canImport(FoundationXML)
import FoundationXML
#endif

/// The real graphviz.
enum Graphviz {
    static let isInstalled = ["/usr/bin/dot", "/usr/local/bin/dot", "/opt/homebrew/bin/dot"].contains {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    static func svg(_ text: String) throws -> (svg: String, errors: String) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "diagram-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (input, output, errors) = (
            folder.appending(path: "in.dot"), folder.appending(path: "out.svg"), folder.appending(path: "errors")
        )
        try text.write(to: input, atomically: true, encoding: .utf8)
        try Data().write(to: errors)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["dot", "-Tsvg", "-o", output.path, input.path]
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        return (
            (try? String(contentsOf: output, encoding: .utf8)) ?? "", try String(contentsOf: errors, encoding: .utf8)
        )
    }

    /// What can be read in a drawing.
    static func texts(in svg: String) throws -> Set<String> {
        let reader = TextReader()
        let parser = XMLParser(data: Data(svg.utf8))
        parser.delegate = reader
        guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
        return reader.texts
    }

    private final class TextReader: NSObject, XMLParserDelegate {
        var texts: Set<String> = []
        private var text: String?

        func parser(
            _ parser: XMLParser,
            didStartElement name: String,
            namespaceURI: String?,
            qualifiedName: String?,
            attributes: [String: String]
        ) {
            if name == "text" { text = "" }
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) { text? += string }

        func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
            if name == "text", let text { texts.insert(text.replacing("\u{A0}", with: " ")) }
            text = nil
        }
    }
}
