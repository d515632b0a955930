extension Rule {
    static let navigationPropertyAdded = Rule(
        "navigation-property-added",
        .safe,
        .receives,
        "A navigation property was added",
        because: "Adding one that is nullable or leads to a collection needs no new version.",
        from: .versioning,
        in: .navigation,
        .entityType("", #"<NavigationProperty Name="customer" Type="Sales.Customer"/>"#)
    )

    static let navigationPropertyAddedRequired = Rule(
        "navigation-property-added-required",
        .breaking,
        .sends,
        "An added navigation property is required",
        because: "Creating an entity without a related one is refused.",
        from: .versioning,
        in: .navigation,
        .entityType("", #"<NavigationProperty Name="customer" Type="Sales.Customer" Nullable="false"/>"#)
    )

    static let navigationPropertyRemoved = Rule(
        "navigation-property-removed",
        .breaking,
        .both,
        "A navigation property was removed",
        because: "Expanding it, following it and binding to it fail, and its Swift member is gone.",
        from: .versioning,
        in: .navigation,
        .entityType(#"<NavigationProperty Name="customer" Type="Sales.Customer"/>"#, "")
    )

    static let navigationPropertyTypeChanged = Rule(
        "navigation-property-type-changed",
        .breaking,
        .both,
        "A navigation property leads to another type, or to one instead of many",
        because: "Related rows have other columns, or there is a collection where there was one row.",
        from: .versioning,
        in: .navigation,
        .entityType(
            #"<NavigationProperty Name="customer" Type="Sales.Customer"/>"#,
            #"<NavigationProperty Name="customer" Type="Collection(Sales.Customer)"/>"#
        )
    )

    static let navigationPropertyMadeRequired = Rule(
        "navigation-property-made-required",
        .breaking,
        .sends,
        "A related entity is required now",
        because: "Creating without it, or removing the relationship, is refused.",
        from: .versioning,
        in: .navigation,
        .entityType(
            #"<NavigationProperty Name="customer" Type="Sales.Customer"/>"#,
            #"<NavigationProperty Name="customer" Type="Sales.Customer" Nullable="false"/>"#
        )
    )

    static let navigationPropertyMadeOptional = Rule(
        "navigation-property-made-optional",
        .risky,
        .receives,
        "There may be no related entity now",
        because: "A client that relied on one receives null.",
        from: .versioning,
        in: .navigation,
        .entityType(
            #"<NavigationProperty Name="customer" Type="Sales.Customer" Nullable="false"/>"#,
            #"<NavigationProperty Name="customer" Type="Sales.Customer"/>"#
        )
    )

    static let navigationPropertyContainmentAdded = Rule(
        "navigation-property-containment-added",
        .breaking,
        .sends,
        "Related entities are contained now",
        because: "They are addressed below their parent and not in an entity set of their own.",
        from: .specification,
        in: .navigation,
        .entityType(
            #"<NavigationProperty Name="customer" Type="Sales.Customer"/>"#,
            #"<NavigationProperty Name="customer" Type="Sales.Customer" ContainsTarget="true"/>"#
        )
    )

    static let navigationPropertyContainmentRemoved = Rule(
        "navigation-property-containment-removed",
        .breaking,
        .sends,
        "Related entities are not contained any more",
        because: "Addresses below the parent are not those of the entities any more; they need an entity set.",
        from: .specification,
        in: .navigation,
        .entityType(
            #"<NavigationProperty Name="customer" Type="Sales.Customer" ContainsTarget="true"/>"#,
            #"<NavigationProperty Name="customer" Type="Sales.Customer"/>"#
        )
    )

    static let navigationPropertyPartnerChanged = Rule(
        "navigation-property-partner-changed",
        .risky,
        .both,
        "A navigation property has another partner",
        because: "What was the way back is another relationship now; expanded rows may differ.",
        from: .specification,
        in: .navigation,
        .entityType(
            #"<NavigationProperty Name="customer" Type="Sales.Customer"/>"#,
            #"<NavigationProperty Name="customer" Type="Sales.Customer" Partner="orders"/>"#
        )
    )

    static let referentialConstraintAdded = Rule(
        "referential-constraint-added",
        .risky,
        .receives,
        "A referential constraint was added",
        because: "The property follows the related entity from now on and may be refused in updates.",
        from: .specification,
        in: .navigation,
        .entityType(
            #"""
            <Property Name="customerid" Type="Edm.Guid"/>
            <NavigationProperty Name="customer" Type="Sales.Customer"/>
            """#,
            #"""
            <Property Name="customerid" Type="Edm.Guid"/>
            <NavigationProperty Name="customer" Type="Sales.Customer">
              <ReferentialConstraint Property="customerid" ReferencedProperty="id"/>
            </NavigationProperty>
            """#
        )
    )

    static let referentialConstraintRemoved = Rule(
        "referential-constraint-removed",
        .risky,
        .receives,
        "A referential constraint was removed",
        because: "The property does not say the key of the related entity any more.",
        from: .specification,
        in: .navigation,
        .entityType(
            #"""
            <Property Name="customerid" Type="Edm.Guid"/>
            <NavigationProperty Name="customer" Type="Sales.Customer">
              <ReferentialConstraint Property="customerid" ReferencedProperty="id"/>
            </NavigationProperty>
            """#,
            #"""
            <Property Name="customerid" Type="Edm.Guid"/>
            <NavigationProperty Name="customer" Type="Sales.Customer"/>
            """#
        )
    )

    static let referentialConstraintChanged = Rule(
        "referential-constraint-changed",
        .breaking,
        .receives,
        "A referential constraint refers to another property",
        because: "The property holds other values than before.",
        from: .specification,
        in: .navigation,
        .entityType(
            #"""
            <Property Name="customerid" Type="Edm.Guid"/>
            <NavigationProperty Name="customer" Type="Sales.Customer">
              <ReferentialConstraint Property="customerid" ReferencedProperty="id"/>
            </NavigationProperty>
            """#,
            #"""
            <Property Name="customerid" Type="Edm.Guid"/>
            <NavigationProperty Name="customer" Type="Sales.Customer">
              <ReferentialConstraint Property="customerid" ReferencedProperty="number"/>
            </NavigationProperty>
            """#
        )
    )

    static let onDeleteChanged = Rule(
        "on-delete-changed",
        .risky,
        .sends,
        "Deleting a related entity has other consequences",
        because: "A delete may take entities along that stayed before, or be refused. In Dataverse this is the "
            + "cascading behaviour of the relationship.",
        from: .dataverse,
        in: .navigation,
        .entityType(
            #"""
            <NavigationProperty Name="customer" Type="Sales.Customer">
              <OnDelete Action="SetNull"/>
            </NavigationProperty>
            """#,
            #"""
            <NavigationProperty Name="customer" Type="Sales.Customer">
              <OnDelete Action="Cascade"/>
            </NavigationProperty>
            """#
        )
    )

    /// Rules about navigation properties.
    static let navigation: [Rule] = [
        .navigationPropertyAdded,
        .navigationPropertyAddedRequired,
        .navigationPropertyRemoved,
        .navigationPropertyTypeChanged,
        .navigationPropertyMadeRequired,
        .navigationPropertyMadeOptional,
        .navigationPropertyContainmentAdded,
        .navigationPropertyContainmentRemoved,
        .navigationPropertyPartnerChanged,
        .referentialConstraintAdded,
        .referentialConstraintRemoved,
        .referentialConstraintChanged,
        .onDeleteChanged,
    ]
}
