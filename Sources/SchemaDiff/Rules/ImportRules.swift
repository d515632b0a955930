extension Rule {
    static let actionImportAdded = Rule(
        "action-import-added",
        .safe,
        .sends,
        "An action import was added",
        because: "Adding imports is in the list of changes that need no new version.",
        from: .versioning,
        in: .imports,
        .schema(
            #"<Action Name="Ship"/><EntityContainer Name="Container"></EntityContainer>"#,
            #"""
            <Action Name="Ship"/>
            <EntityContainer Name="Container">
              <ActionImport Name="ship" Action="Sales.Ship"/>
            </EntityContainer>
            """#
        )
    )

    static let actionImportRemoved = Rule(
        "action-import-removed",
        .breaking,
        .sends,
        "An action import was removed",
        because: "The action cannot be called at the root of the service any more.",
        from: .versioning,
        in: .imports,
        .schema(
            #"""
            <Action Name="Ship"/>
            <EntityContainer Name="Container">
              <ActionImport Name="ship" Action="Sales.Ship"/>
            </EntityContainer>
            """#,
            #"<Action Name="Ship"/><EntityContainer Name="Container"></EntityContainer>"#
        )
    )

    static let functionImportAdded = Rule(
        "function-import-added",
        .safe,
        .sends,
        "A function import was added",
        because: "Adding imports is in the list of changes that need no new version.",
        from: .versioning,
        in: .imports,
        .schema(
            #"""
            <Function Name="Ship">
              <ReturnType Type="Edm.String"/>
            </Function>
            <EntityContainer Name="Container"></EntityContainer>
            """#,
            #"""
            <Function Name="Ship">
              <ReturnType Type="Edm.String"/>
            </Function>
            <EntityContainer Name="Container">
              <FunctionImport Name="ship" Function="Sales.Ship"/>
            </EntityContainer>
            """#
        )
    )

    static let functionImportRemoved = Rule(
        "function-import-removed",
        .breaking,
        .sends,
        "A function import was removed",
        because: "The function cannot be called at the root of the service any more.",
        from: .versioning,
        in: .imports,
        .schema(
            #"""
            <Function Name="Ship">
              <ReturnType Type="Edm.String"/>
            </Function>
            <EntityContainer Name="Container">
              <FunctionImport Name="ship" Function="Sales.Ship"/>
            </EntityContainer>
            """#,
            #"""
            <Function Name="Ship">
              <ReturnType Type="Edm.String"/>
            </Function>
            <EntityContainer Name="Container"></EntityContainer>
            """#
        )
    )

    static let operationImportTargetChanged = Rule(
        "operation-import-target-changed",
        .breaking,
        .both,
        "An import calls another operation",
        because: "The same address takes other parameters and has another result.",
        from: .versioning,
        in: .imports,
        .schema(
            #"""
            <Function Name="Ship">
              <ReturnType Type="Edm.String"/>
            </Function>
            <Function Name="Send">
              <ReturnType Type="Edm.String"/>
            </Function>
            <EntityContainer Name="Container">
              <FunctionImport Name="ship" Function="Sales.Ship"/>
            </EntityContainer>
            """#,
            #"""
            <Function Name="Ship">
              <ReturnType Type="Edm.String"/>
            </Function>
            <Function Name="Send">
              <ReturnType Type="Edm.String"/>
            </Function>
            <EntityContainer Name="Container">
              <FunctionImport Name="ship" Function="Sales.Send"/>
            </EntityContainer>
            """#
        )
    )

    static let operationImportEntitySetChanged = Rule(
        "operation-import-entity-set-changed",
        .risky,
        .receives,
        "The result of an import belongs to another entity set",
        because: "Addresses that a client makes of the result may be wrong.",
        from: .specification,
        in: .imports,
        .schema(
            #"""
            <Function Name="Ship">
              <ReturnType Type="Edm.String"/>
            </Function>
            <Function Name="Send">
              <ReturnType Type="Edm.String"/>
            </Function>
            <EntityContainer Name="Container">
              <FunctionImport Name="ship" Function="Sales.Ship" EntitySet="orders"/>
            </EntityContainer>
            """#,
            #"""
            <Function Name="Ship">
              <ReturnType Type="Edm.String"/>
            </Function>
            <Function Name="Send">
              <ReturnType Type="Edm.String"/>
            </Function>
            <EntityContainer Name="Container">
              <FunctionImport Name="ship" Function="Sales.Ship" EntitySet="customers"/>
            </EntityContainer>
            """#
        )
    )

    static let operationImportHidden = Rule(
        "operation-import-hidden",
        .risky,
        .neither,
        "The service document does not list an import any more",
        because: "Clients that read the service document do not find it; its address stays.",
        from: .specification,
        in: .imports,
        bump: .patch,
        .schema(
            #"""
            <Function Name="Ship">
              <ReturnType Type="Edm.String"/>
            </Function>
            <Function Name="Send">
              <ReturnType Type="Edm.String"/>
            </Function>
            <EntityContainer Name="Container">
              <FunctionImport Name="ship" Function="Sales.Ship" IncludeInServiceDocument="true"/>
            </EntityContainer>
            """#,
            #"""
            <Function Name="Ship">
              <ReturnType Type="Edm.String"/>
            </Function>
            <Function Name="Send">
              <ReturnType Type="Edm.String"/>
            </Function>
            <EntityContainer Name="Container">
              <FunctionImport Name="ship" Function="Sales.Ship"/>
            </EntityContainer>
            """#
        )
    )

    static let operationImportListed = Rule(
        "operation-import-listed",
        .safe,
        .neither,
        "The service document lists an import now",
        because: "Its address stays.",
        from: .specification,
        in: .imports,
        .schema(
            #"""
            <Function Name="Ship">
              <ReturnType Type="Edm.String"/>
            </Function>
            <Function Name="Send">
              <ReturnType Type="Edm.String"/>
            </Function>
            <EntityContainer Name="Container">
              <FunctionImport Name="ship" Function="Sales.Ship"/>
            </EntityContainer>
            """#,
            #"""
            <Function Name="Ship">
              <ReturnType Type="Edm.String"/>
            </Function>
            <Function Name="Send">
              <ReturnType Type="Edm.String"/>
            </Function>
            <EntityContainer Name="Container">
              <FunctionImport Name="ship" Function="Sales.Ship" IncludeInServiceDocument="true"/>
            </EntityContainer>
            """#
        )
    )

    /// Rules about action imports and function imports.
    static let imports: [Rule] = [
        .actionImportAdded,
        .actionImportRemoved,
        .functionImportAdded,
        .functionImportRemoved,
        .operationImportTargetChanged,
        .operationImportEntitySetChanged,
        .operationImportHidden,
        .operationImportListed,
    ]
}
