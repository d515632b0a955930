/// A generated enumeration of a service: one value of several named ones, with a case for names it does not know.
///
/// Source: OData JSON Format 4.01, section 7.1: enumeration values are written as their member names.
public protocol ODataEnumeration: ColumnValue {
    /// The qualified name of the enumeration type.
    static var typeName: String { get }
    /// Reads a member name; a name that the metadata did not have is kept.
    init(memberName: String)
    /// The member name that is sent to the service.
    var memberName: String { get }
}

extension ODataEnumeration {
    /// Two are equal when they have the same name.
    public static func == (left: Self, right: Self) -> Bool { left.memberName == right.memberName }
    public func hash(into hasher: inout Hasher) { hasher.combine(memberName) }

    public init(json: Value) throws(ColumnValueError) {
        switch json {
        case .string(let name): self.init(memberName: name)
        case .integer(let number): self.init(memberName: String(number))
        default: throw ColumnValueError(expected: "a member of \(Self.typeName)", found: json)
        }
    }
    public var json: Value { .string(memberName) }
    public var urlLiteral: String { Self.typeName + memberName.urlLiteral }
}

/// A generated enumeration whose members can be combined.
///
/// Source: OData CSDL 4.01, section 10.2 "Type Facets": `IsFlags`; values are written as names with commas.
public protocol ODataFlags: ColumnValue, OptionSet where RawValue == Int64 {
    /// The qualified name of the enumeration type.
    static var typeName: String { get }
    /// The members in the order of the metadata.
    static var members: [(name: String, value: Int64)] { get }
}

extension ODataFlags {
    public init(json: Value) throws(ColumnValueError) {
        switch json {
        case .integer(let bits): self.init(rawValue: bits)
        case .string(let names):
            var bits: Int64 = 0
            for name in names.split(separator: ",") {
                let name = name.drop { $0 == " " }
                guard let value = Self.members.first(where: { $0.name == name })?.value ?? Int64(name) else {
                    throw ColumnValueError(expected: "members of \(Self.typeName)", found: json)
                }
                bits |= value
            }
            self.init(rawValue: bits)
        default: throw ColumnValueError(expected: "members of \(Self.typeName)", found: json)
        }
    }

    /// The names of the members that are set, or the number where there is a bit without a name.
    public var memberNames: String {
        if rawValue == 0, let none = Self.members.first(where: { $0.value == 0 }) { return none.name }
        var rest = rawValue
        var names: [String] = []
        for member in Self.members where member.value != 0 && rawValue & member.value == member.value {
            names.append(member.name)
            rest &= ~member.value
        }
        return rest == 0 && !names.isEmpty ? names.joined(separator: ",") : String(rawValue)
    }

    public var json: Value { .string(memberNames) }
    public var urlLiteral: String { Self.typeName + memberNames.urlLiteral }
}
