extension Rule {
    static let propertyAdded = Rule(
        "property-added",
        .safe,
        .receives,
        "A property was added",
        because: "Clients have to be prepared to receive properties that they do not know.",
        from: .versioning,
        in: .properties,
        .entityType("", #"<Property Name="note" Type="Edm.String"/>"#)
    )

    static let propertyAddedRequired = Rule(
        "property-added-required",
        .breaking,
        .sends,
        "An added property is required",
        because: "It is neither nullable nor has it a default value, so that creating without it fails.",
        from: .versioning,
        in: .properties,
        .entityType("", #"<Property Name="note" Type="Edm.String" Nullable="false"/>"#)
    )

    static let propertyRemoved = Rule(
        "property-removed",
        .breaking,
        .both,
        "A property was removed",
        because: "Selecting, filtering or sending it fails with 400, and its Swift member is gone.",
        from: .versioning,
        in: .properties,
        .entityType(#"<Property Name="note" Type="Edm.String"/>"#, "")
    )

    static let propertyTypeChanged = Rule(
        "property-type-changed",
        .breaking,
        .both,
        "A property has another type",
        because: "Values are written in another way, and the type of the Swift member changes.",
        from: .versioning,
        in: .properties,
        .entityType(
            #"<Property Name="note" Type="Edm.String"/>"#,
            #"<Property Name="note" Type="Edm.Int32"/>"#
        )
    )

    static let propertyMadeRequired = Rule(
        "property-made-required",
        .breaking,
        .sends,
        "A property may not be null any more",
        because: "Sending null, or creating without the property, is refused.",
        from: .versioning,
        in: .properties,
        .entityType(
            #"<Property Name="note" Type="Edm.String"/>"#,
            #"<Property Name="note" Type="Edm.String" Nullable="false"/>"#
        )
    )

    static let propertyMadeOptional = Rule(
        "property-made-optional",
        .risky,
        .receives,
        "A property may be null now",
        because: "A client that relied on a value receives null.",
        from: .versioning,
        in: .properties,
        .entityType(
            #"<Property Name="note" Type="Edm.String" Nullable="false"/>"#,
            #"<Property Name="note" Type="Edm.String"/>"#
        )
    )

    static let propertyDefaultAdded = Rule(
        "property-default-added",
        .safe,
        .sends,
        "A property has a default value now",
        because: "New entities that do not state the property have a value.",
        from: .versioning,
        in: .properties,
        bump: .patch,
        .entityType(
            #"<Property Name="note" Type="Edm.String"/>"#,
            #"<Property Name="note" Type="Edm.String" DefaultValue="none"/>"#
        )
    )

    static let propertyDefaultChanged = Rule(
        "property-default-changed",
        .risky,
        .both,
        "A property has another default value",
        because: "New entities that do not state the property get another value than before.",
        from: .specification,
        in: .properties,
        .entityType(
            #"<Property Name="note" Type="Edm.String" DefaultValue="none"/>"#,
            #"<Property Name="note" Type="Edm.String" DefaultValue="empty"/>"#
        )
    )

    static let propertyDefaultRemoved = Rule(
        "property-default-removed",
        .risky,
        .both,
        "A property has no default value any more",
        because: "New entities that do not state the property get no value, or are refused where it is required.",
        from: .specification,
        in: .properties,
        .entityType(
            #"<Property Name="note" Type="Edm.String" DefaultValue="none"/>"#,
            #"<Property Name="note" Type="Edm.String"/>"#
        )
    )

    static let propertyMadeReadOnly = Rule(
        "property-made-read-only",
        .breaking,
        .sends,
        "A property can only be read now",
        because: "Core.Computed or Core.Permissions says that values which are sent are ignored or refused; "
            + "Dataverse drops them silently.",
        from: .dataverse,
        in: .properties,
        .entityType(
            #"<Property Name="note" Type="Edm.String"/>"#,
            #"<Property Name="note" Type="Edm.String"><Annotation Term="Core.Computed"/></Property>"#
        )
    )

    static let propertyMadeWritable = Rule(
        "property-made-writable",
        .safe,
        .sends,
        "A property can be written now",
        because: "What could be read before can be sent too.",
        from: .versioning,
        in: .properties,
        bump: .minor,
        .entityType(
            #"<Property Name="note" Type="Edm.String"><Annotation Term="Core.Computed"/></Property>"#,
            #"<Property Name="note" Type="Edm.String"/>"#
        )
    )

    static let propertyMadeImmutable = Rule(
        "property-made-immutable",
        .breaking,
        .sends,
        "A property can only be set when an entity is created",
        because: "Core.Immutable says that updates of the property are ignored or refused.",
        from: .specification,
        in: .properties,
        .entityType(
            #"<Property Name="note" Type="Edm.String"/>"#,
            #"<Property Name="note" Type="Edm.String"><Annotation Term="Core.Immutable"/></Property>"#
        )
    )

    static let propertyMadeMutable = Rule(
        "property-made-mutable",
        .safe,
        .sends,
        "A property can be changed after creation now",
        because: "Updates may contain it.",
        from: .versioning,
        in: .properties,
        bump: .minor,
        .entityType(
            #"<Property Name="note" Type="Edm.String"><Annotation Term="Core.Immutable"/></Property>"#,
            #"<Property Name="note" Type="Edm.String"/>"#
        )
    )

    /// Rules about properties.
    static let properties: [Rule] = [
        .propertyAdded,
        .propertyAddedRequired,
        .propertyRemoved,
        .propertyTypeChanged,
        .propertyMadeRequired,
        .propertyMadeOptional,
        .propertyDefaultAdded,
        .propertyDefaultChanged,
        .propertyDefaultRemoved,
        .propertyMadeReadOnly,
        .propertyMadeWritable,
        .propertyMadeImmutable,
        .propertyMadeMutable,
    ]
}
