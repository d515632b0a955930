extension Rule {
    static let parameterAdded = Rule(
        "parameter-added",
        .safe,
        .sends,
        "An optional parameter was added",
        because: "A nullable parameter of an action, or one with Core.OptionalParameter, may be left out.",
        from: .versioning,
        in: .parameters,
        .schema(
            #"<Action Name="Ship"><Parameter Name="carrier" Type="Edm.String"/></Action>"#,
            #"""
            <Action Name="Ship">
              <Parameter Name="carrier" Type="Edm.String"/>
              <Parameter Name="note" Type="Edm.String"/>
            </Action>
            """#
        )
    )

    static let parameterAddedRequired = Rule(
        "parameter-added-required",
        .breaking,
        .sends,
        "A required parameter was added",
        because: "Calls without it fail; a function without it is another overload.",
        from: .versioning,
        in: .parameters,
        .schema(
            #"<Action Name="Ship"><Parameter Name="carrier" Type="Edm.String"/></Action>"#,
            #"""
            <Action Name="Ship">
              <Parameter Name="carrier" Type="Edm.String"/>
              <Parameter Name="note" Type="Edm.String" Nullable="false"/>
            </Action>
            """#
        )
    )

    static let parameterRemoved = Rule(
        "parameter-removed",
        .breaking,
        .sends,
        "A parameter was removed",
        because: "Calls with it fail, and the Swift method loses an argument.",
        from: .versioning,
        in: .parameters,
        .schema(
            #"""
            <Action Name="Ship">
              <Parameter Name="carrier" Type="Edm.String"/>
              <Parameter Name="note" Type="Edm.String"/>
            </Action>
            """#,
            #"<Action Name="Ship"><Parameter Name="carrier" Type="Edm.String"/></Action>"#
        )
    )

    static let parametersReordered = Rule(
        "parameters-reordered",
        .risky,
        .sends,
        "The parameters are in another order",
        because: "Calls name their parameters and stay valid, but the arguments of the Swift method are in another "
            + "order.",
        from: .swift,
        in: .parameters,
        bump: .major,
        .schema(
            #"""
            <Action Name="Ship">
              <Parameter Name="carrier" Type="Edm.String"/>
              <Parameter Name="note" Type="Edm.String"/>
            </Action>
            """#,
            #"""
            <Action Name="Ship">
              <Parameter Name="note" Type="Edm.String"/>
              <Parameter Name="carrier" Type="Edm.String"/>
            </Action>
            """#
        )
    )

    static let parameterTypeChanged = Rule(
        "parameter-type-changed",
        .breaking,
        .sends,
        "A parameter has another type",
        because: "Values that are sent are refused, and the type of the Swift argument changes.",
        from: .versioning,
        in: .parameters,
        .schema(
            #"<Action Name="Ship"><Parameter Name="carrier" Type="Edm.String"/></Action>"#,
            #"<Action Name="Ship"><Parameter Name="carrier" Type="Edm.Int32"/></Action>"#
        )
    )

    static let parameterMadeRequired = Rule(
        "parameter-made-required",
        .breaking,
        .sends,
        "A parameter is required now",
        because: "Calls that leave it out or send null fail.",
        from: .versioning,
        in: .parameters,
        .schema(
            #"<Action Name="Ship"><Parameter Name="carrier" Type="Edm.String"/></Action>"#,
            #"""
            <Action Name="Ship">
              <Parameter Name="carrier" Type="Edm.String" Nullable="false"/>
            </Action>
            """#
        )
    )

    static let parameterMadeOptional = Rule(
        "parameter-made-optional",
        .safe,
        .sends,
        "A parameter may be left out or null now",
        because: "Calls that give a value stay valid.",
        from: .versioning,
        in: .parameters,
        .schema(
            #"""
            <Action Name="Ship">
              <Parameter Name="carrier" Type="Edm.String" Nullable="false"/>
            </Action>
            """#,
            #"<Action Name="Ship"><Parameter Name="carrier" Type="Edm.String"/></Action>"#
        )
    )

    static let parameterNarrowed = Rule(
        "parameter-narrowed",
        .breaking,
        .sends,
        "A parameter takes fewer values",
        because: "Values that were accepted before are refused.",
        from: .versioning,
        in: .parameters,
        .schema(
            #"<Action Name="Ship"><Parameter Name="carrier" Type="Edm.String" MaxLength="20"/></Action>"#,
            #"<Action Name="Ship"><Parameter Name="carrier" Type="Edm.String" MaxLength="10"/></Action>"#
        )
    )

    static let parameterWidened = Rule(
        "parameter-widened",
        .safe,
        .sends,
        "A parameter takes more values",
        because: "What was accepted before still is.",
        from: .versioning,
        in: .parameters,
        .schema(
            #"<Action Name="Ship"><Parameter Name="carrier" Type="Edm.String" MaxLength="10"/></Action>"#,
            #"<Action Name="Ship"><Parameter Name="carrier" Type="Edm.String" MaxLength="20"/></Action>"#
        )
    )

    /// Rules about the parameters of actions and functions.
    static let parameters: [Rule] = [
        .parameterAdded,
        .parameterAddedRequired,
        .parameterRemoved,
        .parametersReordered,
        .parameterTypeChanged,
        .parameterMadeRequired,
        .parameterMadeOptional,
        .parameterNarrowed,
        .parameterWidened,
    ]
}
