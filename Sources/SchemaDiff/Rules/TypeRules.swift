extension Rule {
    static let entityTypeAdded = Rule(
        "entity-type-added",
        .safe,
        .receives,
        "An entity type was added",
        because: "Adding types is in the list of changes that need no new version.",
        from: .versioning,
        in: .types,
        .schema("", #"<EntityType Name="Order"/>"#)
    )

    static let entityTypeRemoved = Rule(
        "entity-type-removed",
        .breaking,
        .both,
        "An entity type was removed",
        because: "What the client sends and receives of this type is gone, and so is its Swift type.",
        from: .versioning,
        in: .types,
        .schema(#"<EntityType Name="Order"/>"#, "")
    )

    static let entityTypeMadeAbstract = Rule(
        "entity-type-made-abstract",
        .breaking,
        .sends,
        "An entity type was made abstract",
        because: "Nobody can create a value of exactly this type any more.",
        from: .specification,
        in: .types,
        .schema(#"<EntityType Name="Order"/>"#, #"<EntityType Name="Order" Abstract="true"/>"#)
    )

    static let entityTypeMadeConcrete = Rule(
        "entity-type-made-concrete",
        .safe,
        .both,
        "An entity type is not abstract any more",
        because: "Values of exactly this type are possible; nothing else changes.",
        from: .versioning,
        in: .types,
        .schema(#"<EntityType Name="Order" Abstract="true"/>"#, #"<EntityType Name="Order"/>"#)
    )

    static let entityTypeOpened = Rule(
        "entity-type-opened",
        .safe,
        .receives,
        "An entity type was made open",
        because: "Values may have properties that are not declared; clients have to be prepared for additional "
            + "properties anyway.",
        from: .versioning,
        in: .types,
        .schema(#"<EntityType Name="Order"/>"#, #"<EntityType Name="Order" OpenType="true"/>"#)
    )

    static let entityTypeClosed = Rule(
        "entity-type-closed",
        .breaking,
        .sends,
        "An entity type is not open any more",
        because: "Properties that are not declared are refused.",
        from: .specification,
        in: .types,
        .schema(#"<EntityType Name="Order" OpenType="true"/>"#, #"<EntityType Name="Order"/>"#)
    )

    static let entityTypeStreamAdded = Rule(
        "entity-type-stream-added",
        .safe,
        .receives,
        "Entities have a media stream now",
        because: "Responses gain annotations about the stream; properties stay as they are.",
        from: .specification,
        in: .types,
        .schema(#"<EntityType Name="Photo"/>"#, #"<EntityType Name="Photo" HasStream="true"/>"#)
    )

    static let entityTypeStreamRemoved = Rule(
        "entity-type-stream-removed",
        .breaking,
        .both,
        "Entities have no media stream any more",
        because: "Reading and writing $value of the entity fails.",
        from: .specification,
        in: .types,
        .schema(#"<EntityType Name="Photo" HasStream="true"/>"#, #"<EntityType Name="Photo"/>"#)
    )

    static let complexTypeAdded = Rule(
        "complex-type-added",
        .safe,
        .receives,
        "A complex type was added",
        because: "Adding types is in the list of changes that need no new version.",
        from: .versioning,
        in: .types,
        .schema("", #"<ComplexType Name="Order"/>"#)
    )

    static let complexTypeRemoved = Rule(
        "complex-type-removed",
        .breaking,
        .both,
        "A complex type was removed",
        because: "What the client sends and receives of this type is gone, and so is its Swift type.",
        from: .versioning,
        in: .types,
        .schema(#"<ComplexType Name="Order"/>"#, "")
    )

    static let complexTypeMadeAbstract = Rule(
        "complex-type-made-abstract",
        .breaking,
        .sends,
        "A complex type was made abstract",
        because: "Nobody can create a value of exactly this type any more.",
        from: .specification,
        in: .types,
        .schema(#"<ComplexType Name="Order"/>"#, #"<ComplexType Name="Order" Abstract="true"/>"#)
    )

    static let complexTypeMadeConcrete = Rule(
        "complex-type-made-concrete",
        .safe,
        .both,
        "A complex type is not abstract any more",
        because: "Values of exactly this type are possible; nothing else changes.",
        from: .versioning,
        in: .types,
        .schema(#"<ComplexType Name="Order" Abstract="true"/>"#, #"<ComplexType Name="Order"/>"#)
    )

    static let complexTypeOpened = Rule(
        "complex-type-opened",
        .safe,
        .receives,
        "A complex type was made open",
        because: "Values may have properties that are not declared; clients have to be prepared for additional "
            + "properties anyway.",
        from: .versioning,
        in: .types,
        .schema(#"<ComplexType Name="Order"/>"#, #"<ComplexType Name="Order" OpenType="true"/>"#)
    )

    static let complexTypeClosed = Rule(
        "complex-type-closed",
        .breaking,
        .sends,
        "A complex type is not open any more",
        because: "Properties that are not declared are refused.",
        from: .specification,
        in: .types,
        .schema(#"<ComplexType Name="Order" OpenType="true"/>"#, #"<ComplexType Name="Order"/>"#)
    )

    static let baseTypeChanged = Rule(
        "base-type-changed",
        .breaking,
        .both,
        "A type inherits from another type than before",
        because: "Inherited properties, keys and operations are other ones, and a value of this type does not fit "
            + "where the old base type is expected.",
        from: .versioning,
        in: .types,
        .schema(
            #"<EntityType Name="Base"/><EntityType Name="Order" BaseType="Sales.Base"/>"#,
            #"<EntityType Name="Base"/><EntityType Name="Order"/>"#
        )
    )

    static let typeDefinitionAdded = Rule(
        "type-definition-added",
        .safe,
        .neither,
        "A type definition was added",
        because: "Adding type definitions is in the list of changes that need no new version.",
        from: .versioning,
        in: .types,
        .schema("", #"<TypeDefinition Name="Code" UnderlyingType="Edm.String"/>"#)
    )

    static let typeDefinitionRemoved = Rule(
        "type-definition-removed",
        .breaking,
        .both,
        "A type definition was removed",
        because: "What has this type has another one now, or none.",
        from: .versioning,
        in: .types,
        .schema(#"<TypeDefinition Name="Code" UnderlyingType="Edm.String"/>"#, "")
    )

    static let typeDefinitionUnderlyingTypeChanged = Rule(
        "type-definition-underlying-type-changed",
        .breaking,
        .both,
        "A type definition has another underlying type",
        because: "All values of this type are written in another way.",
        from: .versioning,
        in: .types,
        .schema(
            #"<TypeDefinition Name="Code" UnderlyingType="Edm.String"/>"#,
            #"<TypeDefinition Name="Code" UnderlyingType="Edm.Int32"/>"#
        )
    )

    static let typeDefinitionNarrowed = Rule(
        "type-definition-narrowed",
        .breaking,
        .sends,
        "A type definition allows fewer values",
        because: "Values that were accepted before are refused.",
        from: .versioning,
        in: .types,
        .schema(
            #"<TypeDefinition Name="Code" UnderlyingType="Edm.String" MaxLength="20"/>"#,
            #"<TypeDefinition Name="Code" UnderlyingType="Edm.String" MaxLength="10"/>"#
        )
    )

    static let typeDefinitionWidened = Rule(
        "type-definition-widened",
        .risky,
        .receives,
        "A type definition allows more values",
        because: "A client may receive values that are longer or more precise than it stores.",
        from: .versioning,
        in: .types,
        .schema(
            #"<TypeDefinition Name="Code" UnderlyingType="Edm.String" MaxLength="10"/>"#,
            #"<TypeDefinition Name="Code" UnderlyingType="Edm.String" MaxLength="20"/>"#
        )
    )

    /// Rules about entity types, complex types and type definitions.
    static let types: [Rule] = [
        .entityTypeAdded,
        .entityTypeRemoved,
        .entityTypeMadeAbstract,
        .entityTypeMadeConcrete,
        .entityTypeOpened,
        .entityTypeClosed,
        .entityTypeStreamAdded,
        .entityTypeStreamRemoved,
        .complexTypeAdded,
        .complexTypeRemoved,
        .complexTypeMadeAbstract,
        .complexTypeMadeConcrete,
        .complexTypeOpened,
        .complexTypeClosed,
        .baseTypeChanged,
        .typeDefinitionAdded,
        .typeDefinitionRemoved,
        .typeDefinitionUnderlyingTypeChanged,
        .typeDefinitionNarrowed,
        .typeDefinitionWidened,
    ]
}
