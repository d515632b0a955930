/// A generated struct over a record: an entity or a complex type.
///
/// Its columns are declared once, in `Columns`; reading `account.name` and writing it goes through that declaration.
@dynamicMemberLookup
public protocol ODataStructuredType: RecordBacked, Codable, CustomDebugStringConvertible, CustomReflectable {}

// What the compiler could make for every struct is here once: a large service has a thousand of them.
extension ODataStructuredType {
    /// Two are equal when they have the same columns with the same values, in any order.
    public static func == (left: Self, right: Self) -> Bool { left.record == right.record }
    public func hash(into hasher: inout Hasher) { hasher.combine(record) }
    public var hashValue: Int {
        var hasher = Hasher()
        hash(into: &hasher)
        return hasher.finalize()
    }
}

extension ODataStructuredType {
    /// A new value without content.
    @inlinable
    public init() { self.init(record: Record()) }

    /// A new value, filled in by a closure: `Account { $0.name = "Contoso" }`.
    ///
    /// - Parameter build: sets columns of the new value.
    @inlinable
    public init(_ build: (inout Self) -> Void) {
        self.init(record: Record())
        build(&self)
    }

    /// The value of a column; `nil` where it is null or was not read. Setting `nil` writes null.
    @inlinable
    public subscript<ColumnType: ColumnValue>(
        dynamicMember path: KeyPath<Columns, Column<Self, ColumnType>>
    ) -> ColumnType? {
        @inline(__always)
        get { record.column(Self.columns[keyPath: path].memberName) }
        @inline(__always)
        set { record.set(newValue?.stored ?? .null, for: Self.columns[keyPath: path].memberName) }
    }

    /// The value of a column that the service sets; `nil` where it is null or was not read.
    @inlinable
    public subscript<ColumnType: ColumnValue>(
        dynamicMember path: KeyPath<Columns, ReadOnlyColumn<Self, ColumnType>>
    ) -> ColumnType? {
        @inline(__always)
        get { record.column(Self.columns[keyPath: path].memberName) }
    }

    /// The value of a column that is set on creation only; `nil` where it is null or was not read.
    @inlinable
    public subscript<ColumnType: ColumnValue>(
        dynamicMember path: KeyPath<Columns, CreateOnlyColumn<Self, ColumnType>>
    ) -> ColumnType? {
        @inline(__always)
        get { record.column(Self.columns[keyPath: path].memberName) }
    }

    /// Sets a column that can be set when a row is created and not later.
    ///
    /// - Parameters:
    ///   - path: the column, such as `\.username`.
    ///   - value: the value of the new row.
    public mutating func initialize<ColumnType: ColumnValue>(
        _ path: KeyPath<Columns, CreateOnlyColumn<Self, ColumnType>>,
        with value: ColumnType?
    ) {
        record[Self.columns[keyPath: path].columnName] = value?.json ?? .null
    }

    /// The row that a lookup refers to; `nil` where it refers to none or was not read. Setting `nil` clears it.
    @inlinable
    public subscript<Target: ODataRow>(
        dynamicMember path: KeyPath<Columns, Lookup<Self, Target>>
    ) -> Reference<Target>? {
        get { Self.columns[keyPath: path].reference(in: record) }
        set { Self.columns[keyPath: path].set(newValue, in: &record) }
    }

    /// The row of one of several tables that a lookup refers to; `nil` where it refers to none or was not read.
    /// Setting `nil` clears it.
    @inlinable
    public subscript<Targets: PolymorphicTargets>(
        dynamicMember path: KeyPath<Columns, PolymorphicLookup<Self, Targets>>
    ) -> Targets? {
        get { Self.columns[keyPath: path].reference(in: record) }
        set { Self.columns[keyPath: path].set(newValue, in: &record) }
    }

    /// The row that a lookup of a more general table refers to; `nil` where it refers to none or was not read.
    /// Setting `nil` clears it.
    @inlinable
    public subscript<Target: ODataGeneralEntity>(
        dynamicMember path: KeyPath<Columns, GeneralLookup<Self, Target>>
    ) -> Target.Subtype? {
        get { Self.columns[keyPath: path].reference(in: record) }
        set { Self.columns[keyPath: path].set(newValue, in: &record) }
    }

    /// The expanded rows of a collection; `nil` where it was not expanded. Setting rows creates them together with
    /// this one (deep insert).
    @inlinable
    public subscript<Target: ODataRow>(
        dynamicMember path: KeyPath<Columns, CollectionNavigation<Self, Target>>
    ) -> [Target]? {
        get { Self.columns[keyPath: path].rows(in: record) }
        set { Self.columns[keyPath: path].set(newValue, in: &record) }
    }

    /// The value of a column that must be there.
    ///
    /// - Parameter path: the column, such as `\.name`.
    /// - Returns: the value, or `nil` if the column is null.
    /// - Throws: `DataverseError` of kind `DataverseError.Kind.unexpectedReply` if the column was not read, with
    ///   the name to add to `select`, or if its value is not of the column's type.
    public func read<ColumnType: ColumnValue>(
        _ path: KeyPath<Columns, Column<Self, ColumnType>>
    ) throws -> ColumnType? {
        try record.read(Self.columns[keyPath: path].columnName)
    }

    /// The value of a read-only column that must be there.
    ///
    /// - Parameter path: the column, such as `\.createdon`.
    /// - Returns: the value, or `nil` if the column is null.
    /// - Throws: as for other columns.
    public func read<ColumnType: ColumnValue>(
        _ path: KeyPath<Columns, ReadOnlyColumn<Self, ColumnType>>
    ) throws -> ColumnType? {
        try record.read(Self.columns[keyPath: path].columnName)
    }

    /// The value of a column that is set on creation only and must be there.
    ///
    /// - Parameter path: the column, such as `\.username`.
    /// - Returns: the value, or `nil` if the column is null.
    /// - Throws: as for other columns.
    public func read<ColumnType: ColumnValue>(
        _ path: KeyPath<Columns, CreateOnlyColumn<Self, ColumnType>>
    ) throws -> ColumnType? {
        try record.read(Self.columns[keyPath: path].columnName)
    }
}

extension Record {
    fileprivate func read<ColumnType: ColumnValue>(_ name: String) throws(DataverseError) -> ColumnType? {
        guard contains(name) else {
            throw DataverseError(
                .unexpectedReply,
                "The column “\(name)” was not read. Add it to the select of the query."
            )
        }
        do throws(ColumnValueError) {
            return try value(name)
        } catch {
            throw DataverseError(.unexpectedReply, "The column “\(name)” cannot be read: \(error).")
        }
    }
}
