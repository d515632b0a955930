#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A value in an app's own storage: as JSON has it.
extension Value: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .bool(flag)
        } else if let number = Self.number(in: container) {
            self = number
        } else if let text = try? container.decode(String.self) {
            self = .string(text)
        } else if let elements = try? container.decode([Value].self) {
            self = .array(elements)
        } else {
            self = .object(Record(unchangedMembers: try container.decode([String: Value].self)))
        }
    }

    /// Decimals come first: they have the digits that were written, where a whole number or a double may be rounded.
    private static func number(in container: any SingleValueDecodingContainer) -> Value? {
        let double = try? container.decode(Double.self)
        let decimal = try? container.decode(Decimal.self)
        if let decimal, double == nil || Double(decimal.description) == double {
            return Int64(exactlyDecimal: decimal).map { .integer($0) } ?? .decimal(decimal)
        }
        if let number = try? container.decode(Int64.self) { return .integer(number) }
        return double.map { .double($0) }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let flag): try container.encode(flag)
        case .integer(let number): try container.encode(number)
        case .decimal(let number): try container.encode(number)
        case .double(let number):
            // JSON has no words for what is not finite; OData has (JSON Format 4.01, section 7.1).
            if number.isFinite {
                try container.encode(number)
            } else {
                try container.encode(number.isNaN ? "NaN" : number < 0 ? "-INF" : "INF")
            }
        case .string(let text): try container.encode(text)
        case .array(let elements): try container.encode(elements)
        case .object(let record): try container.encode(record.membersByName)
        }
    }
}

/// A row in an app's own storage: its members as a service would send them, annotations and ETag included, and which
/// of them were changed since they were read.
///
///     {"values": {"@odata.etag": "W/\"1\"", "name": "Contoso", "revenue": null}, "changed": ["/name"]}
///
/// A member that is absent stays absent, and null stays null. `changed` has JSON Pointers (RFC 6901), so that changes
/// of rows inside the row are kept too; it is left out where nothing was changed.
extension Record: Codable {
    private enum CodingKeys: String, CodingKey {
        case values, changed
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(unchangedMembers: try container.decode([String: Value].self, forKey: .values))
        for pointer in try container.decodeIfPresent([String].self, forKey: .changed) ?? [] {
            guard pointer.hasPrefix("/") else { continue }
            markChanged(at: pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst())
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(membersByName, forKey: .values)
        let changed = changedPointers
        if !changed.isEmpty { try container.encode(changed, forKey: .changed) }
    }

    /// In the order of their names: decoders give members in any order, and rows that are decoded should be alike.
    fileprivate init(unchangedMembers members: [String: Value]) {
        self.init()
        for (name, value) in members.sorted(by: { $0.key < $1.key }) { load(value, for: name) }
    }

    fileprivate var membersByName: [String: Value] {
        Dictionary(map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
    }

    fileprivate var changedPointers: [String] {
        var pointers: [String] = []
        for (name, value) in self {
            let pointer = "/" + name.replacing("~", with: "~0").replacing("/", with: "~1")
            if isChanged(name) { pointers.append(pointer) }
            pointers += value.changedPointers.map { pointer + $0 }
        }
        return pointers
    }

    fileprivate mutating func markChanged(at path: ArraySlice<Substring>) {
        guard let first = path.first else { return }
        let name = String(first).replacing("~1", with: "/").replacing("~0", with: "~")
        guard var value = self[name] else { return }
        if path.count == 1 {
            self[name] = value
        } else {
            let wasChanged = isChanged(name)
            value.markChanged(at: path.dropFirst())
            if wasChanged { self[name] = value } else { load(value, for: name) }
        }
    }
}

extension Value {
    fileprivate var changedPointers: [String] {
        switch self {
        case .object(let record): record.changedPointers
        case .array(let elements):
            elements.enumerated().flatMap { position, element in
                element.changedPointers.map { "/\(position)" + $0 }
            }
        default: []
        }
    }

    fileprivate mutating func markChanged(at path: ArraySlice<Substring>) {
        switch self {
        case .object(var record):
            record.markChanged(at: path)
            self = .object(record)
        case .array(var elements):
            guard let first = path.first, let position = Int(first), elements.indices.contains(position) else { return }
            elements[position].markChanged(at: path.dropFirst())
            self = .array(elements)
        default: break
        }
    }
}
