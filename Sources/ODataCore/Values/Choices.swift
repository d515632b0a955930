/// A generated choice (option set) of Dataverse: one of several numbers with labels, with a case for numbers that the
/// generator did not know.
///
/// Source: Dataverse Web API, "Choice columns": values are sent as numbers.
public protocol ODataChoice: ColumnValue {
    /// The options that the generator knew, in their order.
    static var options: [Self] { get }
    /// The option with a number; one that the generator did not know is kept.
    init(value: Int32)
    /// The number of the option.
    var value: Int32 { get }
}

extension ODataChoice {
    /// Two are equal when they have the same number.
    public static func == (left: Self, right: Self) -> Bool { left.value == right.value }
    public func hash(into hasher: inout Hasher) { hasher.combine(value) }

    public init(json: Value) throws(ColumnValueError) {
        // Numbers are also sent as text inside the values of other columns.
        guard let number = json.integerValue ?? json.stringValue.flatMap({ Int64($0) }),
            let value = Int32(exactly: number)
        else { throw ColumnValueError(expected: "the number of an option", found: json) }
        self.init(value: value)
    }
    public var json: Value { .integer(Int64(value)) }
    public var urlLiteral: String { String(value) }
}

/// The options that are selected in a multi-select choice column.
///
///     contact.interests = [.sailing, .climbing]
///     if contact.interests?.contains(.sailing) == true { … }
///
/// Source: Dataverse Web API, "Choices columns": values are sent as numbers with commas, as in `"1,3"`.
public struct ChoiceSet<Choice: ODataChoice>: ColumnValue, SetAlgebra {
    private var values: Set<Int32>

    /// No option.
    public init() { values = [] }

    /// These options.
    public init(_ choices: some Sequence<Choice>) { values = Set(choices.map(\.value)) }

    /// The options, by their numbers.
    public var choices: [Choice] { values.sorted().map(Choice.init(value:)) }
    /// How many options are selected.
    public var count: Int { values.count }
    public var isEmpty: Bool { values.isEmpty }

    public init(json: Value) throws(ColumnValueError) {
        values = []
        switch json {
        case .integer(let number):
            guard let value = Int32(exactly: number) else { throw ChoiceSet.unexpected(json) }
            values = [value]
        case .string(let text):
            for number in text.split(separator: ",") {
                guard let value = Int32(number.filter { $0 != " " }) else { throw ChoiceSet.unexpected(json) }
                values.insert(value)
            }
        default:
            throw ChoiceSet.unexpected(json)
        }
    }

    public var json: Value { .string(numbers) }
    public var urlLiteral: String { numbers.urlLiteral }

    private var numbers: String { values.sorted().map(String.init).joined(separator: ",") }

    private static func unexpected(_ json: Value) -> ColumnValueError {
        ColumnValueError(expected: "numbers of options with commas", found: json)
    }

    public func contains(_ member: Choice) -> Bool { values.contains(member.value) }

    @discardableResult
    public mutating func insert(_ newMember: Choice) -> (inserted: Bool, memberAfterInsert: Choice) {
        (values.insert(newMember.value).inserted, newMember)
    }

    @discardableResult
    public mutating func remove(_ member: Choice) -> Choice? { values.remove(member.value).map(Choice.init(value:)) }

    @discardableResult
    public mutating func update(with newMember: Choice) -> Choice? {
        values.update(with: newMember.value).map(Choice.init(value:))
    }

    public func union(_ other: Self) -> Self { changed { $0.formUnion(other) } }
    public func intersection(_ other: Self) -> Self { changed { $0.formIntersection(other) } }
    public func symmetricDifference(_ other: Self) -> Self { changed { $0.formSymmetricDifference(other) } }
    public mutating func formUnion(_ other: Self) { values.formUnion(other.values) }
    public mutating func formIntersection(_ other: Self) { values.formIntersection(other.values) }
    public mutating func formSymmetricDifference(_ other: Self) { values.formSymmetricDifference(other.values) }

    private func changed(_ change: (inout Self) -> Void) -> Self {
        var copy = self
        change(&copy)
        return copy
    }
}
