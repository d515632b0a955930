import Foundation
import Testing

@testable import CSDL

/// Wraps the content of a schema in the elements around it.
func document(_ content: String, namespace: String = "Test", alias: String? = "self") -> String {
    """
    <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
    <edmx:DataServices>
    <Schema Namespace="\(namespace)"\(alias.map { " Alias=\"\($0)\"" } ?? "") \
    xmlns="http://docs.oasis-open.org/odata/ns/edm">
    \(content)
    </Schema>
    </edmx:DataServices>
    </edmx:Edmx>
    """
}

func read(_ text: String) throws -> (document: CSDLDocument, diagnostics: [Diagnostic]) {
    try CSDLReader().read(Array(text.utf8), name: "test.xml")
}

/// The one error that reading a text ends with.
func failure(_ text: String) -> String {
    failure(bytes: Array(text.utf8))
}

func failure(bytes: [UInt8]) -> String {
    do throws(Diagnostic) {
        _ = try CSDLReader().read(bytes, name: "test.xml")
        return "no error"
    } catch {
        return error.description
    }
}
