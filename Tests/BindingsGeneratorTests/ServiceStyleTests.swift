import CSDL
import Foundation
import Testing

@testable import BindingsGenerator

/// Documents in the manner of other services come out whole, and what comes out compiles as it is.
@Suite("Services of other kinds", .serialized)
struct ServiceStyleTests {
    static let styles: [(name: String, document: String)] = [
        ("graph", ServiceStyles.graph), ("sap", ServiceStyles.sap), ("business-central", ServiceStyles.businessCentral),
        ("finance", ServiceStyles.finance(tables: 60)), ("devices", ServiceStyles.deviceManagement(levels: 12)),
        ("words", ServiceStyles.words),
    ]

    @Test(
        "what comes out compiles, internal and public",
        .enabled(if: SwiftCompiler.modules != nil, "no modules beside the tests"),
        arguments: styles
    )
    func compiles(name: String, document: String) throws {
        for access in [GeneratorConfiguration.AccessLevel.internal, .public] {
            let output = try generate(documents: [document]) { $0.accessLevel = access }
            #expect(!output.diagnostics.contains { $0.severity > .note }, "\(output.diagnostics.map(\.description))")
            let folder = try TemporaryFolder()
            let sources = folder.url.appending(path: "sources")
            _ = try OutputWriter(folder: sources.path).write(output.files)
            let outcome = try SwiftCompiler.compile(
                output.files.map { sources.appending(path: $0.name) },
                module: "Generated",
                in: folder.url
            )
            #expect(outcome.status == 0, "\(name)")
            #expect(outcome.messages == "", "\(name)")
        }
    }

    @Test("every table, type and operation comes out", arguments: styles)
    func whole(name: String, document text: String) throws {
        let document = try CSDLReader().read(Array(text.utf8), name: "test.xml").document
        let output = try generate(documents: [text])
        let all = output.files.map(\.text).joined()
        for schema in document.schemas {
            for type in schema.entityTypes { #expect(all.contains("typeName: \"\(schema.namespace).\(type.name)\"")) }
            for type in schema.complexTypes { #expect(all.contains("typeName: \"\(schema.namespace).\(type.name)\"")) }
            for type in schema.enumTypes { #expect(all.contains("{ \"\(schema.namespace).\(type.name)\" }")) }
            for operation in schema.operations where operation.isBound {
                #expect(all.contains("(\"\(schema.namespace).\(operation.name)\""))
            }
        }
    }

    @Test("thousands of tables take seconds")
    func thousandsOfTables() throws {
        let document = ServiceStyles.finance(tables: 4_000)
        let start = ContinuousClock.now
        let output = try generate(documents: [document])
        #expect(output.files.count == 4_003)
        #expect(Set(output.files.map { $0.name.lowercased() }).count == output.files.count)
        #expect(ContinuousClock.now - start < .seconds(120))
    }

    @Test("deprecated parts of a service")
    func deprecation() throws {
        let output = try generate(documents: [ServiceStyles.graph])
        let message = "Use to-do tasks (since 2024-03/Tasks) (to be removed on 2026-03-01)"
        #expect(output.files.contains { $0.text.contains("@available(*, deprecated, message: \"\(message)\")") })
    }
}
