import Foundation
import ODataCore

/// A part of the schema that was defined while the service ran, as the database keeps it.
struct Definition: Sendable {
    enum Kind: String, Sendable {
        case table, column, relationship, key, choice
    }

    let kind: Kind
    /// The logical name of the table that a column or a key belongs to; empty for the others.
    let table: String
    /// The logical name, or the schema name of a relationship, in lower case.
    let name: String
    /// The metadata; `nil` says that the part of the CSDL document with this name is deleted.
    let record: Record?
}

/// The definitions that come on top of the CSDL document.
struct DefinitionCatalog: Sendable {
    private var definitions: [Definition.Kind: [String: Definition]] = [:]
    private var order: [Definition.Kind: [String]] = [:]

    init() {}

    init(_ definitions: [Definition]) {
        for definition in definitions { set(definition) }
    }

    private static func place(_ table: String, _ name: String) -> String { "\(table)/\(name)".lowercased() }

    mutating func set(_ definition: Definition) {
        let place = Self.place(definition.table, definition.name)
        if definitions[definition.kind]?[place] == nil { order[definition.kind, default: []].append(place) }
        definitions[definition.kind, default: [:]][place] = definition
    }

    mutating func forget(_ kind: Definition.Kind, _ name: String, of table: String = "") {
        let place = Self.place(table, name)
        definitions[kind]?[place] = nil
        order[kind]?.removeAll { $0 == place }
    }

    func record(_ kind: Definition.Kind, _ name: String, of table: String = "") -> Record? {
        definitions[kind]?[Self.place(table, name)]?.record
    }

    func isDeleted(_ kind: Definition.Kind, _ name: String, of table: String = "") -> Bool {
        definitions[kind]?[Self.place(table, name)].map { $0.record == nil } ?? false
    }

    /// The definitions of a kind in the order in which they were made, deletions included.
    func all(_ kind: Definition.Kind) -> [Definition] {
        (order[kind] ?? []).compactMap { definitions[kind]?[$0] }
    }

    var isEmpty: Bool { definitions.values.allSatisfy(\.isEmpty) }

    /// Everything, for the database.
    var entries: [Definition] {
        [.choice, .table, .column, .relationship, .key].flatMap { all($0) }
    }
}

extension Record {
    func text(_ name: String) -> String? { self[name]?.stringValue }

    /// The record with the members of another one, which win.
    func merging(_ other: Record) -> Record {
        var result = self
        for (name, value) in other.members { result[name] = value }
        return result
    }
}

/// Metadata identifiers.
enum MetadataIdentifier {
    static func new() -> String { UUID().uuidString.lowercased() }

    /// A GUID that is the same for a name in every run: FNV-1a with two offsets.
    static func of(_ name: String) -> String {
        func hash(_ offset: UInt64) -> UInt64 {
            name.utf8.reduce(offset) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
        }
        let digits = Array(
            [hash(0xCBF2_9CE4_8422_2325), hash(0x8422_2325_CBF2_9CE4)].map { value in
                let text = String(value, radix: 16)
                return String(repeating: "0", count: 16 - text.count) + text
            }.joined()
        )
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
    }
}
