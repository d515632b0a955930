extension Rule {
    static let returnTypeAdded = Rule(
        "return-type-added",
        .risky,
        .receives,
        "An action has a result now",
        because: "Responses have a body where there was none; the Swift method returns something.",
        from: .swift,
        in: .results,
        .schema(
            #"<Action Name="Ship"/>"#,
            #"<Action Name="Ship"><ReturnType Type="Edm.String"/></Action>"#
        )
    )

    static let returnTypeRemoved = Rule(
        "return-type-removed",
        .breaking,
        .receives,
        "An action has no result any more",
        because: "What a client reads is not there, and the Swift method returns nothing.",
        from: .versioning,
        in: .results,
        .schema(
            #"<Action Name="Ship"><ReturnType Type="Edm.String"/></Action>"#,
            #"<Action Name="Ship"/>"#
        )
    )

    static let returnTypeChanged = Rule(
        "return-type-changed",
        .breaking,
        .receives,
        "The result has another type",
        because: "Responses are read wrongly, and the type that the Swift method returns changes.",
        from: .versioning,
        in: .results,
        .schema(
            #"<Function Name="Ship"><ReturnType Type="Edm.String"/></Function>"#,
            #"<Function Name="Ship"><ReturnType Type="Edm.Int32"/></Function>"#
        )
    )

    static let returnTypeMadeOptional = Rule(
        "return-type-made-optional",
        .breaking,
        .receives,
        "The result may be null now",
        because: "A client that relied on a value receives none; the Swift method returns an optional.",
        from: .swift,
        in: .results,
        .schema(
            #"<Function Name="Ship"><ReturnType Type="Edm.String" Nullable="false"/></Function>"#,
            #"<Function Name="Ship"><ReturnType Type="Edm.String"/></Function>"#
        )
    )

    static let returnTypeMadeRequired = Rule(
        "return-type-made-required",
        .risky,
        .receives,
        "The result is never null any more",
        because: "Clients may rely on more than before; the Swift method returns no optional.",
        from: .swift,
        in: .results,
        bump: .major,
        .schema(
            #"<Function Name="Ship"><ReturnType Type="Edm.String"/></Function>"#,
            #"<Function Name="Ship"><ReturnType Type="Edm.String" Nullable="false"/></Function>"#
        )
    )

    static let returnTypeNarrowed = Rule(
        "return-type-narrowed",
        .safe,
        .receives,
        "The result has fewer possible values",
        because: "Every value it may have was possible before.",
        from: .versioning,
        in: .results,
        .schema(
            #"<Function Name="Ship"><ReturnType Type="Edm.String" MaxLength="20"/></Function>"#,
            #"<Function Name="Ship"><ReturnType Type="Edm.String" MaxLength="10"/></Function>"#
        )
    )

    static let returnTypeWidened = Rule(
        "return-type-widened",
        .risky,
        .receives,
        "The result has more possible values",
        because: "A client may receive values that are longer or more precise than it stores.",
        from: .versioning,
        in: .results,
        .schema(
            #"<Function Name="Ship"><ReturnType Type="Edm.String" MaxLength="10"/></Function>"#,
            #"<Function Name="Ship"><ReturnType Type="Edm.String" MaxLength="20"/></Function>"#
        )
    )

    /// Rules about the results of actions and functions.
    static let results: [Rule] = [
        .returnTypeAdded,
        .returnTypeRemoved,
        .returnTypeChanged,
        .returnTypeMadeOptional,
        .returnTypeMadeRequired,
        .returnTypeNarrowed,
        .returnTypeWidened,
    ]
}
