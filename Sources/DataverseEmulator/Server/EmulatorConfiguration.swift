import CSDL
import Foundation
import Logging

/// What an emulator serves, and how.
///
/// ```swift
/// let configuration = try EmulatorConfiguration(metadataFile: "Examples/Contoso/metadata.xml")
/// try await withEmulator(configuration) { url in
///     // … requests to url
/// }
/// ```
public struct EmulatorConfiguration: Sendable {
    /// The path of the database file; `nil`, the default, keeps the rows in memory.
    public var dataFile: String?
    /// The address to listen on. The default can be reached from this machine only.
    public var host = "127.0.0.1"
    /// The port to listen on; 0, the default, takes a free one.
    public var port = 0
    /// How to serve HTTPS; `nil`, the default, serves HTTP.
    public var tls: TLSOptions?
    /// The bearer token that every request needs; `nil`, the default, asks for none.
    public var requiredToken: String?
    /// The sign-in service whose tokens every request needs; `nil`, the default, asks for none.
    public var signIn: SignIn?
    /// Who the service takes its callers for.
    public var identity = ServiceIdentity()
    /// The handlers of actions and functions by their names without a namespace. They go before the emulator's own
    /// ones, and an operation that the metadata does not declare can be called, too.
    public var operations: [String: OperationHandler] = ContosoOperations.handlers
    /// The rules by which rows are duplicates, for requests that ask for duplicate detection.
    public var duplicateRules: [DuplicateRule] = []
    /// The number of requests that the service recommends to have under way at a time, as `x-ms-dop-hint` says it.
    public var recommendedParallelism = 8
    /// The faults to make on purpose.
    public var faults = FaultInjector()
    /// The greatest number of rows on a page, whatever a client asks for.
    public var maximumPageSize: Int {
        get { limits.pageSize }
        set { limits.pageSize = max(1, newValue) }
    }
    /// The number that `$count` does not go beyond, as Dataverse has it; `nil` for none.
    public var countLimit: Int? {
        get { limits.count }
        set { limits.count = newValue }
    }
    /// The greatest size of a request's body in bytes.
    public var maximumBodySize = 128 << 20
    /// Where requests are logged; the default logs nothing.
    public var logger = Logger(label: "dataverse-emulator") { _ in SwiftLogNoOpLogHandler() }
    /// Rows to begin with.
    public var seeds: [SeedFile] = []
    /// What the reader of the metadata had to say about it.
    public let diagnostics: [Diagnostic]

    private let metadata: [UInt8]
    private let document: CSDLDocument
    private var options: [String: [String: ChoiceLabels]] = [:]
    var limits = ServiceLimits()

    /// Makes a configuration for a service that a CSDL file describes.
    ///
    /// - Throws: `Diagnostic` if the file cannot be read or is not CSDL XML.
    public init(metadataFile path: String) throws(Diagnostic) {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            let exists = FileManager.default.fileExists(atPath: path)
            throw Diagnostic(.error, exists ? "the file cannot be read" : "there is no such file", file: path)
        }
        try self.init(metadata: Array(data), name: path)
    }

    /// Makes a configuration for a service that a CSDL document describes.
    ///
    /// - Parameters:
    ///   - metadata: The document, as `$metadata` is to answer with it.
    ///   - name: The document's name in diagnostics.
    /// - Throws: `Diagnostic` if the document is not CSDL XML.
    public init(metadata: [UInt8], name: String = "$metadata") throws(Diagnostic) {
        let (document, diagnostics) = try CSDLReader().read(metadata, name: name)
        if document.schemas.allSatisfy({ $0.entityContainers.isEmpty }) {
            throw Diagnostic(
                .error,
                "the document declares no entity container, so that there is nothing to serve",
                file: name
            )
        }
        self.metadata = metadata
        self.diagnostics = diagnostics
        self.document = document
    }

    /// Takes the options of choice columns from a file with replies of the metadata API, so that values are checked
    /// and have labels.
    ///
    /// - Throws: ``OptionSetsError`` if the file cannot be read or has columns without a table.
    public mutating func readOptionSets(file path: String) throws {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw OptionSetsError("\(path): the file cannot be read")
        }
        for (table, columns) in try OptionSetsFile(Array(data), name: path).options {
            options[table, default: [:]].merge(columns) { _, new in new }
        }
    }

    func assembler() -> SchemaAssembler { SchemaAssembler(base: metadata, document: document, options: options) }
}

extension EmulatorConfiguration {
    /// The scheme of the service's addresses.
    var scheme: String { tls == nil ? "http" : "https" }
}
