/// What to generate and how.
public struct GeneratorConfiguration: Sendable, Hashable {
    /// The access level of everything generated.
    public enum AccessLevel: String, Sendable, Hashable, CaseIterable {
        /// Visible to every module that imports the generated one.
        case `public`
        /// Visible inside the package.
        case package
        /// Visible inside the module; the compiler is fastest with it.
        case `internal`
    }

    /// How much of what a selected table refers to is generated with it.
    public enum Closure: String, Sendable, Hashable, CaseIterable {
        /// Other tables have to be included by name; a reference to one that is not is untyped.
        case none
        /// A table that a selected one refers to is generated with its key alone, so that the reference has a type.
        case keys
        /// A table that a selected one refers to is generated whole, and so is what it refers to in turn.
        case full
    }

    /// A part of the generated code.
    public enum Part: String, Sendable, Hashable, CaseIterable {
        /// Tables, complex types and enumerations. Without them, operations take and give untyped values.
        case structs
        /// Actions and functions.
        case operations
        /// What the blocking client gets: entity sets, singletons, operations.
        case sync
        /// What the async client gets: entity sets, singletons, operations.
        case async
    }

    /// The Swift type of columns that the metadata gives another type.
    public struct ColumnType: Sendable, Hashable {
        /// Which columns: `table.column`, with `*` as a wildcard in both.
        public var columns: Located<String>
        /// A Swift type. Without a converter it conforms to `ColumnValue`.
        public var type: String
        /// A Swift type that conforms to `ColumnConverter`, and whose `Value` is the type.
        public var converter: String?

        /// The type of columns.
        public init(columns: Located<String>, type: String, converter: String? = nil) {
            self.columns = columns
            self.type = type
            self.converter = converter
        }
    }

    // MARK: What is generated

    /// Names and patterns of what to generate; everything where empty. `table.column` keeps single columns.
    public var include: [Located<String>] = []
    /// Names and patterns of what to leave out, even where it is included.
    public var exclude: [Located<String>] = []
    /// How much of what a selected table refers to is generated with it.
    public var closure: Closure = .none
    /// The parts to generate; all of them by default.
    public var parts: Set<Part> = Set(Part.allCases)

    // MARK: How it is named and typed

    /// The name of the module that the files will be part of. No type gets that name.
    public var module: String?
    /// The access level of everything generated.
    public var accessLevel: AccessLevel = .internal
    /// How Swift names are made of the names of the metadata.
    public var naming = NamingConfiguration()
    /// The Swift types of columns that are not to have the one of the metadata; the first that fits counts.
    public var columnTypes: [ColumnType] = []
    /// Modules that the generated files import besides the runtime.
    public var imports: [String] = []
    /// The paths of files with option sets: replies of the metadata API.
    public var optionSets: [String] = []

    // MARK: How it is written

    /// How many files the tables are spread over; a file for each table where `nil`.
    public var shards: Int?
    /// The files that a build-tool plugin has declared; `nil` outside of a plugin.
    public var plan: OutputPlan?
    /// A text that every file has in comments at its beginning, after the line that says what wrote it.
    public var header: String?
    /// The folder with templates that replace single built-in ones.
    public var templatesFolder: String?

    /// Everything, internal, a file for each table.
    public init() {}
}

/// A value and the place it was read from, for messages.
public struct Located<Value: Sendable & Hashable>: Sendable, Hashable {
    /// The value.
    public var value: Value
    /// The place; `nil` where the value was not read from a file.
    public var place: Place?

    /// A value, and its place where it has one.
    public init(_ value: Value, at place: Place? = nil) {
        self.value = value
        self.place = place
    }
}

extension Located: ExpressibleByUnicodeScalarLiteral, ExpressibleByExtendedGraphemeClusterLiteral,
    ExpressibleByStringLiteral
where Value == String {
    /// A text without a place.
    public init(stringLiteral text: String) { self.init(text) }
}
