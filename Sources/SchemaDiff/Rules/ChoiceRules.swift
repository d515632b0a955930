extension Rule {
    static let optionSetAdded = Rule(
        "option-set-added",
        .safe,
        .receives,
        "A column has options now",
        because: "A number gets labels; the number stays.",
        from: .dataverse,
        in: .choices,
        bump: .minor,
        .choices(
            #"[]"#,
            #"""
            [{"LogicalName": "order", "Attributes":
              [{"LogicalName": "statecode",
              "OptionSet": {"Options": [
                {"Value": 0, "Label": {"UserLocalizedLabel": {"Label": "Open"}}}]}}]}]
            """#
        )
    )

    static let optionSetRemoved = Rule(
        "option-set-removed",
        .breaking,
        .both,
        "A column has no options any more",
        because: "It is gone, or takes any number; an enumeration that was generated for it is gone.",
        from: .swift,
        in: .choices,
        .choices(
            #"""
            [{"LogicalName": "order", "Attributes":
              [{"LogicalName": "statecode",
              "OptionSet": {"Options": [
                {"Value": 0, "Label": {"UserLocalizedLabel": {"Label": "Open"}}}]}}]}]
            """#,
            #"[]"#
        )
    )

    static let optionAdded = Rule(
        "option-added",
        .risky,
        .receives,
        "A column has one more option",
        because: "Rows may have a value that a switch does not expect. Generated code keeps it as unrecognized.",
        from: .dataverse,
        in: .choices,
        .choices(
            #"""
            [{"LogicalName": "order", "Attributes":
              [{"LogicalName": "statecode",
              "OptionSet": {"Options": [
                {"Value": 0, "Label": {"UserLocalizedLabel": {"Label": "Open"}}}]}}]}]
            """#,
            #"""
            [{"LogicalName": "order", "Attributes":
              [{"LogicalName": "statecode",
              "OptionSet": {"Options": [
                {"Value": 0, "Label": {"UserLocalizedLabel": {"Label": "Open"}}},
                {"Value": 1, "Label": {"UserLocalizedLabel": {"Label": "Closed"}}}]}}]}]
            """#
        )
    )

    static let optionRemoved = Rule(
        "option-removed",
        .breaking,
        .both,
        "An option was removed",
        because: "Dataverse refuses the value in new rows; existing rows may keep it without a label.",
        from: .dataverse,
        in: .choices,
        .choices(
            #"""
            [{"LogicalName": "order", "Attributes":
              [{"LogicalName": "statecode",
              "OptionSet": {"Options": [
                {"Value": 0, "Label": {"UserLocalizedLabel": {"Label": "Open"}}},
                {"Value": 1, "Label": {"UserLocalizedLabel": {"Label": "Closed"}}}]}}]}]
            """#,
            #"""
            [{"LogicalName": "order", "Attributes":
              [{"LogicalName": "statecode",
              "OptionSet": {"Options": [
                {"Value": 0, "Label": {"UserLocalizedLabel": {"Label": "Open"}}}]}}]}]
            """#
        )
    )

    static let optionLabelChanged = Rule(
        "option-label-changed",
        .risky,
        .receives,
        "An option has another label",
        because: "The value stays. Code that looks an option up by its label does not find it, and the member that "
            + "is named after it has another name.",
        from: .swift,
        in: .choices,
        bump: .major,
        .choices(
            #"""
            [{"LogicalName": "order", "Attributes":
              [{"LogicalName": "statecode",
              "OptionSet": {"Options": [
                {"Value": 0, "Label": {"UserLocalizedLabel": {"Label": "Open"}}}]}}]}]
            """#,
            #"""
            [{"LogicalName": "order", "Attributes":
              [{"LogicalName": "statecode",
              "OptionSet": {"Options": [
                {"Value": 0, "Label": {"UserLocalizedLabel": {"Label": "Active"}}}]}}]}]
            """#
        )
    )

    /// Rules about the options of choice columns.
    static let choices: [Rule] = [
        .optionSetAdded,
        .optionSetRemoved,
        .optionAdded,
        .optionRemoved,
        .optionLabelChanged,
    ]
}
