extension ColumnDefinition {
    /// One of the cases of a Swift enumeration.
    ///
    /// - Parameters:
    ///   - schemaName: the name with the publisher's prefix, such as `new_Status`.
    ///   - choice: the enumeration; its raw values are stored.
    ///   - defaultValue: the value of rows that do not say; none for `nil`.
    ///   - displayName: what people read.
    ///   - description: what the column is for.
    ///   - required: whether there must be a value.
    public static func choice<Choice: ChoiceDefinition>(
        _ schemaName: String,
        of choice: Choice.Type,
        defaultValue: Choice? = nil,
        displayName: LocalizedLabel? = nil,
        description: LocalizedLabel? = nil,
        required: RequiredLevel = .optional
    ) -> Self {
        let type = ColumnType.choice(.local(Choice.options), defaultValue: defaultValue?.rawValue)
        return Self(schemaName, displayName, description, required, type)
    }

    /// One of several options.
    public static func choice(
        _ schemaName: String,
        options: [ChoiceOption],
        defaultValue: Int? = nil,
        displayName: LocalizedLabel? = nil,
        description: LocalizedLabel? = nil,
        required: RequiredLevel = .optional
    ) -> Self {
        let type = ColumnType.choice(.local(options), defaultValue: defaultValue)
        return Self(schemaName, displayName, description, required, type)
    }

    /// One of the options of a choice that the environment has and many columns can share.
    public static func choice(
        _ schemaName: String,
        global name: String,
        displayName: LocalizedLabel? = nil,
        description: LocalizedLabel? = nil,
        required: RequiredLevel = .optional
    ) -> Self {
        let type = ColumnType.choice(.global(name), defaultValue: nil)
        return Self(schemaName, displayName, description, required, type)
    }

    /// Any number of the cases of a Swift enumeration.
    public static func multipleChoice<Choice: ChoiceDefinition>(
        _ schemaName: String,
        of choice: Choice.Type,
        displayName: LocalizedLabel? = nil,
        description: LocalizedLabel? = nil,
        required: RequiredLevel = .optional
    ) -> Self {
        Self(schemaName, displayName, description, required, .multipleChoice(.local(Choice.options)))
    }

    /// Any number of several options.
    public static func multipleChoice(
        _ schemaName: String,
        options: [ChoiceOption],
        displayName: LocalizedLabel? = nil,
        description: LocalizedLabel? = nil,
        required: RequiredLevel = .optional
    ) -> Self {
        Self(schemaName, displayName, description, required, .multipleChoice(.local(options)))
    }

    /// Any number of the options of a choice that the environment has and many columns can share.
    public static func multipleChoice(
        _ schemaName: String,
        global name: String,
        displayName: LocalizedLabel? = nil,
        description: LocalizedLabel? = nil,
        required: RequiredLevel = .optional
    ) -> Self {
        Self(schemaName, displayName, description, required, .multipleChoice(.global(name)))
    }
}
