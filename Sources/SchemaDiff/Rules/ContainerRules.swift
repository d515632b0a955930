extension Rule {
    static let entityContainerAdded = Rule(
        "entity-container-added",
        .safe,
        .sends,
        "An entity container was added",
        because: "Its entity sets, singletons and imports are additions.",
        from: .versioning,
        in: .containers,
        .schema("", #"<EntityContainer Name="Container"></EntityContainer>"#)
    )

    static let entityContainerRemoved = Rule(
        "entity-container-removed",
        .breaking,
        .sends,
        "An entity container was removed",
        because: "Nothing that it exposed can be addressed any more.",
        from: .versioning,
        in: .containers,
        .schema(#"<EntityContainer Name="Container"></EntityContainer>"#, "")
    )

    static let entityContainerRenamed = Rule(
        "entity-container-renamed",
        .safe,
        .neither,
        "The only entity container has another name",
        because: "No address contains the name; only paths inside the document do.",
        from: .specification,
        in: .containers,
        .schema(
            #"<EntityContainer Name="Container"></EntityContainer>"#,
            #"<EntityContainer Name="Service"></EntityContainer>"#
        )
    )

    static let entityContainerExtendsChanged = Rule(
        "entity-container-extends-changed",
        .risky,
        .sends,
        "An entity container extends another one",
        because: "What it takes over from there is not what it was.",
        from: .specification,
        in: .containers,
        .schema(
            #"<EntityContainer Name="Container"></EntityContainer><EntityContainer Name="Base"/>"#,
            #"""
            <EntityContainer Name="Container" Extends="Sales.Base"></EntityContainer>
            <EntityContainer Name="Base"/>
            """#
        )
    )

    static let entitySetAdded = Rule(
        "entity-set-added",
        .safe,
        .sends,
        "An entity set was added",
        because: "Adding entity sets is in the list of changes that need no new version.",
        from: .versioning,
        in: .containers,
        .container("", #"<EntitySet Name="orders" EntityType="Sales.Order"/>"#)
    )

    static let entitySetRemoved = Rule(
        "entity-set-removed",
        .breaking,
        .sends,
        "An entity set was removed",
        because: "Its address answers 404, and the accessor of the Swift clients is gone.",
        from: .versioning,
        in: .containers,
        .container(#"<EntitySet Name="orders" EntityType="Sales.Order"/>"#, "")
    )

    static let entitySetTypeChanged = Rule(
        "entity-set-type-changed",
        .breaking,
        .both,
        "An entity set has entities of another type",
        because: "Rows have other columns, and the accessor of the Swift clients has another type.",
        from: .versioning,
        in: .containers,
        .container(
            #"<EntitySet Name="orders" EntityType="Sales.Order"/>"#,
            #"<EntitySet Name="orders" EntityType="Sales.Customer"/>"#
        )
    )

    static let entitySetHidden = Rule(
        "entity-set-hidden",
        .risky,
        .neither,
        "The service document does not list an entity set any more",
        because: "Clients that read the service document do not find it; its address stays.",
        from: .specification,
        in: .containers,
        bump: .patch,
        .container(
            #"<EntitySet Name="orders" EntityType="Sales.Order"/>"#,
            #"<EntitySet Name="orders" EntityType="Sales.Order" IncludeInServiceDocument="false"/>"#
        )
    )

    static let entitySetListed = Rule(
        "entity-set-listed",
        .safe,
        .neither,
        "The service document lists an entity set now",
        because: "Its address stays.",
        from: .specification,
        in: .containers,
        .container(
            #"<EntitySet Name="orders" EntityType="Sales.Order" IncludeInServiceDocument="false"/>"#,
            #"<EntitySet Name="orders" EntityType="Sales.Order"/>"#
        )
    )

    static let singletonAdded = Rule(
        "singleton-added",
        .safe,
        .sends,
        "A singleton was added",
        because: "Adding singletons is in the list of changes that need no new version.",
        from: .versioning,
        in: .containers,
        .container("", #"<Singleton Name="current" Type="Sales.Order"/>"#)
    )

    static let singletonRemoved = Rule(
        "singleton-removed",
        .breaking,
        .sends,
        "A singleton was removed",
        because: "Its address answers 404, and the accessor of the Swift clients is gone.",
        from: .versioning,
        in: .containers,
        .container(#"<Singleton Name="current" Type="Sales.Order"/>"#, "")
    )

    static let singletonTypeChanged = Rule(
        "singleton-type-changed",
        .breaking,
        .both,
        "A singleton has another type",
        because: "It has other columns, and the accessor of the Swift clients has another type.",
        from: .versioning,
        in: .containers,
        .container(
            #"<Singleton Name="current" Type="Sales.Order"/>"#,
            #"<Singleton Name="current" Type="Sales.Customer"/>"#
        )
    )

    static let singletonMadeOptional = Rule(
        "singleton-made-optional",
        .risky,
        .receives,
        "A singleton may be absent now",
        because: "Reading it may answer 204 or 404.",
        from: .specification,
        in: .containers,
        .container(
            #"<Singleton Name="current" Type="Sales.Order"/>"#,
            #"<Singleton Name="current" Type="Sales.Order" Nullable="true"/>"#
        )
    )

    static let singletonMadeRequired = Rule(
        "singleton-made-required",
        .safe,
        .receives,
        "A singleton is always there now",
        because: "Reading it always answers an entity.",
        from: .specification,
        in: .containers,
        .container(
            #"<Singleton Name="current" Type="Sales.Order" Nullable="true"/>"#,
            #"<Singleton Name="current" Type="Sales.Order"/>"#
        )
    )

    static let navigationBindingAdded = Rule(
        "navigation-binding-added",
        .safe,
        .sends,
        "It is said where related entities live",
        because: "Clients can address related entities in an entity set.",
        from: .versioning,
        in: .containers,
        bump: .patch,
        .container(
            #"""
            <EntitySet Name="customers" EntityType="Sales.Customer"/>
            <EntitySet Name="clients" EntityType="Sales.Customer"/>
            <EntitySet Name="orders" EntityType="Sales.Order"/>
            """#,
            #"""
            <EntitySet Name="customers" EntityType="Sales.Customer"/>
            <EntitySet Name="clients" EntityType="Sales.Customer"/>
            <EntitySet Name="orders" EntityType="Sales.Order">
              <NavigationPropertyBinding Path="customer" Target="customers"/>
            </EntitySet>
            """#
        )
    )

    static let navigationBindingRemoved = Rule(
        "navigation-binding-removed",
        .risky,
        .sends,
        "It is not said any more where related entities live",
        because: "Clients cannot tell the entity set of related entities; binding by address becomes guesswork.",
        from: .specification,
        in: .containers,
        .container(
            #"""
            <EntitySet Name="customers" EntityType="Sales.Customer"/>
            <EntitySet Name="clients" EntityType="Sales.Customer"/>
            <EntitySet Name="orders" EntityType="Sales.Order">
              <NavigationPropertyBinding Path="customer" Target="customers"/>
            </EntitySet>
            """#,
            #"""
            <EntitySet Name="customers" EntityType="Sales.Customer"/>
            <EntitySet Name="clients" EntityType="Sales.Customer"/>
            <EntitySet Name="orders" EntityType="Sales.Order"/>
            """#
        )
    )

    static let navigationBindingChanged = Rule(
        "navigation-binding-changed",
        .breaking,
        .sends,
        "Related entities live in another entity set",
        because: "Links that bind to the old entity set are refused.",
        from: .specification,
        in: .containers,
        .container(
            #"""
            <EntitySet Name="customers" EntityType="Sales.Customer"/>
            <EntitySet Name="clients" EntityType="Sales.Customer"/>
            <EntitySet Name="orders" EntityType="Sales.Order">
              <NavigationPropertyBinding Path="customer" Target="customers"/>
            </EntitySet>
            """#,
            #"""
            <EntitySet Name="customers" EntityType="Sales.Customer"/>
            <EntitySet Name="clients" EntityType="Sales.Customer"/>
            <EntitySet Name="orders" EntityType="Sales.Order">
              <NavigationPropertyBinding Path="customer" Target="clients"/>
            </EntitySet>
            """#
        )
    )

    /// Rules about entity containers and what they expose.
    static let containers: [Rule] = [
        .entityContainerAdded,
        .entityContainerRemoved,
        .entityContainerRenamed,
        .entityContainerExtendsChanged,
        .entitySetAdded,
        .entitySetRemoved,
        .entitySetTypeChanged,
        .entitySetHidden,
        .entitySetListed,
        .singletonAdded,
        .singletonRemoved,
        .singletonTypeChanged,
        .singletonMadeOptional,
        .singletonMadeRequired,
        .navigationBindingAdded,
        .navigationBindingRemoved,
        .navigationBindingChanged,
    ]
}
