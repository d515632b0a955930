import CSDL
import SchemaDiff
import TestSupport
import Testing

/// Documents and findings, short enough for tables.
enum Documents {
    static func read(_ text: String, name: String = "metadata.xml") throws -> CSDLDocument {
        let (document, diagnostics) = try CSDLReader().read(Array(text.utf8), name: name)
        #expect(!diagnostics.containsErrors, "\(diagnostics)")
        return document
    }

    /// A document around the content of the schema `Sales`.
    static func schema(_ content: String) -> String { RuleExample.Place.schema.document(with: content) }

    static func changes(_ old: String, _ new: String) throws -> [Change] {
        try SchemaComparison(
            old: SchemaVersion(read(old, name: "old.xml")),
            new: SchemaVersion(read(new, name: "new.xml"))
        ).changes()
    }

    static func shared(_ name: String) throws -> CSDLDocument {
        let url = try #require(SharedFiles.url("metadata/\(name)"))
        return try CSDLReader().read(contentsOfFile: url.path, name: name).document
    }

    /// The documents of the shared folder.
    static let sharedNames = ["dataverse-v9.1.xml", "northwind.xml", "trippin.xml"]
    static let haveShared = SharedFiles.url("metadata") != nil

    static let today = CalendarDate("2026-06-15") ?? CalendarDate(year: 1, month: 1, day: 1)!
}

extension Change {
    /// `breaking property-removed Sales.Order/note: Edm.String → nothing`
    var line: String {
        "\(severity.rawValue) \(rule.id) \(path): \(before ?? "nothing") → \(after ?? "nothing")"
    }
}

extension Array where Element == Change {
    var lines: [String] { map(\.line) }
}
