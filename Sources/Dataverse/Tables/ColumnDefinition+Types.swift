// The functions that make column definitions, one for each type.
// Source: Dataverse Web API, "Create and update column definitions".
extension ColumnDefinition {
    /// A line of text.
    ///
    /// - Parameters:
    ///   - schemaName: the name with the publisher's prefix, such as `new_Title`.
    ///   - maxLength: the largest number of characters.
    ///   - format: what kind of text it is.
    ///   - autoNumberFormat: makes the service fill in numbers, such as `INV-{SEQNUM:5}`.
    ///   - displayName: what people read.
    ///   - description: what the column is for.
    ///   - required: whether there must be a value.
    public static func string(
        _ schemaName: String,
        maxLength: Int = 200,
        format: ColumnFormat = .text,
        autoNumberFormat: String? = nil,
        displayName: LocalizedLabel? = nil,
        description: LocalizedLabel? = nil,
        required: RequiredLevel = .optional
    ) -> Self {
        let type = ColumnType.string(maxLength: maxLength, format: format, autoNumberFormat: autoNumberFormat)
        return Self(schemaName, displayName, description, required, type)
    }

    /// Text of several lines.
    public static func memo(
        _ schemaName: String,
        maxLength: Int = 4000,
        format: ColumnFormat = .text,
        displayName: LocalizedLabel? = nil,
        description: LocalizedLabel? = nil,
        required: RequiredLevel = .optional
    ) -> Self {
        Self(schemaName, displayName, description, required, .memo(maxLength: maxLength, format: format))
    }

    /// A whole number of 32 bits.
    public static func integer(
        _ schemaName: String,
        in range: ClosedRange<Int32> = Int32.min...Int32.max,
        format: ColumnFormat = .plain,
        displayName: LocalizedLabel? = nil,
        description: LocalizedLabel? = nil,
        required: RequiredLevel = .optional
    ) -> Self {
        Self(schemaName, displayName, description, required, .integer(range, format: format))
    }

    /// A whole number of 64 bits.
    public static func bigInteger(
        _ schemaName: String,
        displayName: LocalizedLabel? = nil,
        description: LocalizedLabel? = nil,
        required: RequiredLevel = .optional
    ) -> Self {
        Self(schemaName, displayName, description, required, .bigInteger)
    }

    /// An exact number with up to ten digits after the point.
    public static func decimal(
        _ schemaName: String,
        in range: ClosedRange<Decimal> = -100_000_000_000...100_000_000_000,
        precision: Int = 2,
        displayName: LocalizedLabel? = nil,
        description: LocalizedLabel? = nil,
        required: RequiredLevel = .optional
    ) -> Self {
        Self(schemaName, displayName, description, required, .decimal(range, precision: precision))
    }

    /// A floating point number, shown with up to five digits after the point.
    public static func double(
        _ schemaName: String,
        in range: ClosedRange<Double> = -100_000_000_000...100_000_000_000,
        precision: Int = 5,
        displayName: LocalizedLabel? = nil,
        description: LocalizedLabel? = nil,
        required: RequiredLevel = .optional
    ) -> Self {
        Self(schemaName, displayName, description, required, .double(range, precision: precision))
    }

    /// An amount of money in the currency of its row.
    ///
    /// - Parameters:
    ///   - schemaName: the name with the publisher's prefix, such as `new_Budget`.
    ///   - range: the amounts that are allowed; the service's own limits for `nil`.
    ///   - precision: digits after the point; those of the currency for `nil`.
    ///   - displayName: what people read.
    ///   - description: what the column is for.
    ///   - required: whether there must be a value.
    public static func money(
        _ schemaName: String,
        in range: ClosedRange<Double>? = nil,
        precision: Int? = nil,
        displayName: LocalizedLabel? = nil,
        description: LocalizedLabel? = nil,
        required: RequiredLevel = .optional
    ) -> Self {
        Self(schemaName, displayName, description, required, .money(range, precision: precision))
    }

    /// A date and a time of day.
    ///
    /// - Parameters:
    ///   - schemaName: the name with the publisher's prefix, such as `new_DueAt`.
    ///   - format: whether the time of day is shown.
    ///   - behavior: what the value means in another time zone; the service decides for `nil`.
    ///   - displayName: what people read.
    ///   - description: what the column is for.
    ///   - required: whether there must be a value.
    public static func dateTime(
        _ schemaName: String,
        format: ColumnFormat = .dateAndTime,
        behavior: DateTimeBehavior? = nil,
        displayName: LocalizedLabel? = nil,
        description: LocalizedLabel? = nil,
        required: RequiredLevel = .optional
    ) -> Self {
        Self(schemaName, displayName, description, required, .dateTime(format: format, behavior: behavior))
    }

    /// A date, shown without a time of day. With ``DateTimeBehavior/dateOnly`` it has none either.
    public static func date(
        _ schemaName: String,
        behavior: DateTimeBehavior? = nil,
        displayName: LocalizedLabel? = nil,
        description: LocalizedLabel? = nil,
        required: RequiredLevel = .optional
    ) -> Self {
        Self(schemaName, displayName, description, required, .dateTime(format: .dateOnly, behavior: behavior))
    }

    /// Yes or no, with the words that people read.
    public static func boolean(
        _ schemaName: String,
        trueLabel: LocalizedLabel = "True",
        falseLabel: LocalizedLabel = "False",
        defaultValue: Bool? = nil,
        displayName: LocalizedLabel? = nil,
        description: LocalizedLabel? = nil,
        required: RequiredLevel = .optional
    ) -> Self {
        let type = ColumnType.boolean(trueLabel: trueLabel, falseLabel: falseLabel, defaultValue: defaultValue)
        return Self(schemaName, displayName, description, required, type)
    }

    /// A file. Its contents are written and read through `client.files`.
    ///
    /// - Parameters:
    ///   - schemaName: the name with the publisher's prefix, such as `new_Document`.
    ///   - maximumKilobytes: the largest file; 32 MB for `nil`. It cannot be changed later.
    ///   - displayName: what people read.
    ///   - description: what the column is for.
    ///   - required: whether there must be a value.
    public static func file(
        _ schemaName: String,
        maximumKilobytes: Int? = nil,
        displayName: LocalizedLabel? = nil,
        description: LocalizedLabel? = nil,
        required: RequiredLevel = .optional
    ) -> Self {
        Self(schemaName, displayName, description, required, .file(maximumKilobytes: maximumKilobytes))
    }

    /// An image. Its contents are written and read through `client.files`.
    ///
    /// - Parameters:
    ///   - schemaName: the name with the publisher's prefix, such as `new_Photo`.
    ///   - maximumKilobytes: the largest image; 10 MB for `nil`.
    ///   - storesFullImage: whether the image is kept beside its thumbnail.
    ///   - displayName: what people read.
    ///   - description: what the column is for.
    ///   - required: whether there must be a value.
    public static func image(
        _ schemaName: String,
        maximumKilobytes: Int? = nil,
        storesFullImage: Bool? = nil,
        displayName: LocalizedLabel? = nil,
        description: LocalizedLabel? = nil,
        required: RequiredLevel = .optional
    ) -> Self {
        let type = ColumnType.image(maximumKilobytes: maximumKilobytes, storesFullImage: storesFullImage)
        return Self(schemaName, displayName, description, required, type)
    }

    init(
        _ schemaName: String,
        _ displayName: LocalizedLabel?,
        _ description: LocalizedLabel?,
        _ required: RequiredLevel,
        _ type: ColumnType
    ) {
        self.schemaName = schemaName
        self.displayName = displayName
        self.description = description
        self.required = required
        self.type = type
    }
}
