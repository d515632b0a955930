import Dataverse
import Foundation

/// One thing to do, with the arguments that the scenario gives.
struct Step {
    let name: String
    private let arguments: Record

    init(name: String, arguments: Record) {
        self.name = name
        self.arguments = arguments
    }

    init(_ json: Value) throws {
        arguments = json.objectValue ?? [:]
        guard let name = arguments["do"]?.stringValue else { throw StepError("a step has no “do”: \(json)") }
        self.name = name
    }

    subscript(name: String) -> Value? { arguments[name].flatMap { $0.isNull ? nil : $0 } }

    func text(_ name: String) throws -> String {
        guard let text = self[name]?.stringValue else { throw StepError("\(self.name) needs a text “\(name)”") }
        return text
    }

    func optionalText(_ name: String) -> String? { self[name]?.stringValue }

    func integer(_ name: String) -> Int? { self[name]?.integerValue.map { Int($0) } }

    func flag(_ name: String, default value: Bool = false) -> Bool { self[name]?.boolValue ?? value }

    func list(_ name: String) throws -> [Value] {
        guard let list = self[name]?.arrayValue else { throw StepError("\(self.name) needs a list “\(name)”") }
        return list
    }

    func texts(_ name: String) -> [String] { self[name]?.arrayValue?.compactMap(\.stringValue) ?? [] }

    func steps(_ name: String) throws -> [Step] {
        try list(name).map { Step(name: name, arguments: $0.objectValue ?? [:]) }
    }

    func row(_ name: String) throws -> Record {
        guard let row = self[name]?.objectValue else { throw StepError("\(self.name) needs an object “\(name)”") }
        return Record(members: row.map { ($0.name, $0.value) })
    }

    func id(_ name: String = "id") throws -> UUID { try Self.id(try text(name)) }

    static func id(_ text: String) throws -> UUID {
        guard let id = UUID(uuidString: text) else { throw DataverseError(.invalidRequest, "\(text) is not a GUID") }
        return id
    }

    func ids() throws -> [UUID] { try texts("ids").map(Self.id) }
}

/// A scenario that the driver does not understand.
struct StepError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
