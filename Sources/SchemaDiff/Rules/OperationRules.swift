extension Rule {
    static let actionAdded = Rule(
        "action-added",
        .safe,
        .sends,
        "An action was added",
        because: "Adding operations is in the list of changes that need no new version.",
        from: .versioning,
        in: .operations,
        .schema("", #"<Action Name="Ship"/>"#)
    )

    static let actionRemoved = Rule(
        "action-removed",
        .breaking,
        .sends,
        "An action was removed",
        because: "Calling it fails with 404, and its Swift method is gone.",
        from: .versioning,
        in: .operations,
        .schema(#"<Action Name="Ship"/>"#, "")
    )

    static let actionOverloadAdded = Rule(
        "action-overload-added",
        .safe,
        .sends,
        "An action has one more overload",
        because: "Calls of the other overloads stay as they are.",
        from: .versioning,
        in: .operations,
        .schema(
            #"""
            <EntityType Name="Order"/>
            <EntityType Name="Customer"/>
            <Action Name="Ship" IsBound="true">
              <Parameter Name="it" Type="Sales.Order"/>
            </Action>
            """#,
            #"""
            <EntityType Name="Order"/>
            <EntityType Name="Customer"/>
            <Action Name="Ship" IsBound="true">
              <Parameter Name="it" Type="Sales.Order"/>
            </Action>
            <Action Name="Ship" IsBound="true">
              <Parameter Name="it" Type="Sales.Customer"/>
            </Action>
            """#
        )
    )

    static let actionOverloadRemoved = Rule(
        "action-overload-removed",
        .breaking,
        .sends,
        "An action lost an overload",
        because: "Calls of this overload fail, and its Swift method is gone.",
        from: .versioning,
        in: .operations,
        .schema(
            #"""
            <EntityType Name="Order"/>
            <EntityType Name="Customer"/>
            <Action Name="Ship" IsBound="true">
              <Parameter Name="it" Type="Sales.Order"/>
            </Action>
            <Action Name="Ship" IsBound="true">
              <Parameter Name="it" Type="Sales.Customer"/>
            </Action>
            """#,
            #"""
            <EntityType Name="Order"/>
            <EntityType Name="Customer"/>
            <Action Name="Ship" IsBound="true">
              <Parameter Name="it" Type="Sales.Order"/>
            </Action>
            """#
        )
    )

    static let functionAdded = Rule(
        "function-added",
        .safe,
        .sends,
        "A function was added",
        because: "Adding operations is in the list of changes that need no new version.",
        from: .versioning,
        in: .operations,
        .schema("", #"<Function Name="Ship"><ReturnType Type="Edm.String"/></Function>"#)
    )

    static let functionRemoved = Rule(
        "function-removed",
        .breaking,
        .sends,
        "A function was removed",
        because: "Calling it fails with 404, and its Swift method is gone.",
        from: .versioning,
        in: .operations,
        .schema(#"<Function Name="Ship"><ReturnType Type="Edm.String"/></Function>"#, "")
    )

    static let functionOverloadAdded = Rule(
        "function-overload-added",
        .safe,
        .sends,
        "A function has one more overload",
        because: "Calls of the other overloads stay as they are.",
        from: .versioning,
        in: .operations,
        .schema(
            #"""
            <EntityType Name="Order"/>
            <EntityType Name="Customer"/>
            <Function Name="Ship" IsBound="true">
              <Parameter Name="it" Type="Sales.Order"/>
              <ReturnType Type="Edm.String"/>
            </Function>
            """#,
            #"""
            <EntityType Name="Order"/>
            <EntityType Name="Customer"/>
            <Function Name="Ship" IsBound="true">
              <Parameter Name="it" Type="Sales.Order"/>
              <ReturnType Type="Edm.String"/>
            </Function>
            <Function Name="Ship" IsBound="true">
              <Parameter Name="it" Type="Sales.Customer"/>
              <ReturnType Type="Edm.String"/>
            </Function>
            """#
        )
    )

    static let functionOverloadRemoved = Rule(
        "function-overload-removed",
        .breaking,
        .sends,
        "A function lost an overload",
        because: "Calls of this overload fail, and its Swift method is gone.",
        from: .versioning,
        in: .operations,
        .schema(
            #"""
            <EntityType Name="Order"/>
            <EntityType Name="Customer"/>
            <Function Name="Ship" IsBound="true">
              <Parameter Name="it" Type="Sales.Order"/>
              <ReturnType Type="Edm.String"/>
            </Function>
            <Function Name="Ship" IsBound="true">
              <Parameter Name="it" Type="Sales.Customer"/>
              <ReturnType Type="Edm.String"/>
            </Function>
            """#,
            #"""
            <EntityType Name="Order"/>
            <EntityType Name="Customer"/>
            <Function Name="Ship" IsBound="true">
              <Parameter Name="it" Type="Sales.Order"/>
              <ReturnType Type="Edm.String"/>
            </Function>
            """#
        )
    )

    static let operationBindingChanged = Rule(
        "operation-binding-changed",
        .breaking,
        .sends,
        "An operation is called on something else",
        because: "Its address is another one, and so is the Swift type that has the method.",
        from: .versioning,
        in: .operations,
        .schema(
            #"""
            <EntityType Name="Order"/>
            <EntityType Name="Customer"/>
            <Action Name="Ship" IsBound="true">
              <Parameter Name="it" Type="Sales.Order"/>
            </Action>
            """#,
            #"""
            <EntityType Name="Order"/>
            <EntityType Name="Customer"/>
            <Action Name="Ship" IsBound="true">
              <Parameter Name="it" Type="Sales.Customer"/>
            </Action>
            """#
        )
    )

    static let functionMadeComposable = Rule(
        "function-made-composable",
        .safe,
        .sends,
        "More may follow a call of a function",
        because: "Path segments and query options are possible where they were not.",
        from: .versioning,
        in: .operations,
        .schema(
            #"<Function Name="Ship"><ReturnType Type="Edm.String"/></Function>"#,
            #"<Function Name="Ship" IsComposable="true"><ReturnType Type="Edm.String"/></Function>"#
        )
    )

    static let functionComposabilityRemoved = Rule(
        "function-composability-removed",
        .breaking,
        .sends,
        "Nothing may follow a call of a function any more",
        because: "Calls with further path segments or query options fail.",
        from: .specification,
        in: .operations,
        .schema(
            #"<Function Name="Ship" IsComposable="true"><ReturnType Type="Edm.String"/></Function>"#,
            #"<Function Name="Ship"><ReturnType Type="Edm.String"/></Function>"#
        )
    )

    static let operationEntitySetPathChanged = Rule(
        "operation-entity-set-path-changed",
        .risky,
        .receives,
        "The result of an operation belongs to another entity set",
        because: "Addresses that a client makes of the result may be wrong.",
        from: .specification,
        in: .operations,
        .schema(
            #"""
            <EntityType Name="Order"/>
            <EntityType Name="Customer"/>
            <Action Name="Ship" IsBound="true" EntitySetPath="it/customer">
              <Parameter Name="it" Type="Sales.Order"/>
              <ReturnType Type="Sales.Customer"/>
            </Action>
            """#,
            #"""
            <EntityType Name="Order"/>
            <EntityType Name="Customer"/>
            <Action Name="Ship" IsBound="true" EntitySetPath="it/payer">
              <Parameter Name="it" Type="Sales.Order"/>
              <ReturnType Type="Sales.Customer"/>
            </Action>
            """#
        )
    )

    /// Rules about actions and functions.
    static let operations: [Rule] = [
        .actionAdded,
        .actionRemoved,
        .actionOverloadAdded,
        .actionOverloadRemoved,
        .functionAdded,
        .functionRemoved,
        .functionOverloadAdded,
        .functionOverloadRemoved,
        .operationBindingChanged,
        .functionMadeComposable,
        .functionComposabilityRemoved,
        .operationEntitySetPathChanged,
    ]
}
