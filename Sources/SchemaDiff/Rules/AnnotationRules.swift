extension Rule {
    static let termAdded = Rule(
        "term-added",
        .safe,
        .neither,
        "A term was added",
        because: "Annotations that use it are additions.",
        from: .versioning,
        in: .annotations,
        .schema("", #"<Term Name="Rank" Type="Edm.Int32"/>"#)
    )

    static let termRemoved = Rule(
        "term-removed",
        .risky,
        .neither,
        "A term was removed",
        because: "Tools that evaluate its annotations do not find its definition.",
        from: .specification,
        in: .annotations,
        bump: .patch,
        .schema(#"<Term Name="Rank" Type="Edm.Int32"/>"#, "")
    )

    static let termTypeChanged = Rule(
        "term-type-changed",
        .risky,
        .neither,
        "A term has another type",
        because: "Tools that evaluate its annotations meet other values.",
        from: .specification,
        in: .annotations,
        bump: .patch,
        .schema(#"<Term Name="Rank" Type="Edm.Int32"/>"#, #"<Term Name="Rank" Type="Edm.String"/>"#)
    )

    static let termBaseTermChanged = Rule(
        "term-base-term-changed",
        .risky,
        .neither,
        "A term is based on another term",
        because: "It applies in other places than before.",
        from: .specification,
        in: .annotations,
        bump: .patch,
        .schema(
            #"<Term Name="Rank" Type="Edm.Int32"/>"#,
            #"<Term Name="Rank" Type="Edm.Int32" BaseTerm="Core.Tag"/>"#
        )
    )

    static let termDefaultChanged = Rule(
        "term-default-changed",
        .risky,
        .neither,
        "A term has another default value",
        because: "Annotations without a value mean something else.",
        from: .specification,
        in: .annotations,
        bump: .patch,
        .schema(
            #"<Term Name="Rank" Type="Edm.Int32" DefaultValue="1"/>"#,
            #"<Term Name="Rank" Type="Edm.Int32" DefaultValue="2"/>"#
        )
    )

    static let termAppliesToChanged = Rule(
        "term-applies-to-changed",
        .safe,
        .neither,
        "A term may be applied to other kinds of elements",
        because: "Annotations that are there keep their meaning.",
        from: .specification,
        in: .annotations,
        .schema(
            #"<Term Name="Rank" Type="Edm.Int32"/>"#,
            #"<Term Name="Rank" Type="Edm.Int32" AppliesTo="EntityType"/>"#
        )
    )

    static let annotationAdded = Rule(
        "annotation-added",
        .safe,
        .neither,
        "An annotation was added",
        because: "Adding annotations that a client need not understand needs no new version.",
        from: .versioning,
        in: .annotations,
        bump: .patch,
        .schema(
            #"<EntityType Name="Order"/>"#,
            #"<EntityType Name="Order"><Annotation Term="Sales.Rank" Int="1"/></EntityType>"#
        )
    )

    static let annotationRemoved = Rule(
        "annotation-removed",
        .risky,
        .neither,
        "An annotation was removed",
        because: "A client or tool may have evaluated it.",
        from: .specification,
        in: .annotations,
        bump: .patch,
        .schema(
            #"<EntityType Name="Order"><Annotation Term="Sales.Rank" Int="1"/></EntityType>"#,
            #"<EntityType Name="Order"/>"#
        )
    )

    static let annotationChanged = Rule(
        "annotation-changed",
        .risky,
        .neither,
        "An annotation has another value",
        because: "A client or tool may evaluate it.",
        from: .specification,
        in: .annotations,
        bump: .patch,
        .schema(
            #"<EntityType Name="Order"><Annotation Term="Sales.Rank" Int="1"/></EntityType>"#,
            #"<EntityType Name="Order"><Annotation Term="Sales.Rank" Int="2"/></EntityType>"#
        )
    )

    static let descriptionChanged = Rule(
        "description-changed",
        .safe,
        .neither,
        "A description was added, removed or changed",
        because: "It becomes a documentation comment in generated Swift; nothing else follows from it.",
        from: .swift,
        in: .annotations,
        .schema(
            #"""
            <EntityType Name="Order">
              <Annotation Term="Core.Description" String="An order."/>
            </EntityType>
            """#,
            #"""
            <EntityType Name="Order">
              <Annotation Term="Core.Description" String="A customer order."/>
            </EntityType>
            """#
        )
    )

    static let elementDeprecated = Rule(
        "element-deprecated",
        .risky,
        .both,
        "An element is marked as deprecated",
        because: "Core.Revisions says so: it goes on working and will be removed.",
        from: .specification,
        in: .annotations,
        bump: .patch,
        .schema(
            #"<EntityType Name="Order"/>"#,
            #"""
            <EntityType Name="Order">
              <Annotation Term="Core.Revisions">
                <Collection>
                  <Record>
                    <PropertyValue Property="Kind" EnumMember="Core.RevisionKind/Deprecated"/>
                    <PropertyValue Property="Description" String="Use Invoice."/>
                  </Record>
                </Collection>
              </Annotation>
            </EntityType>
            """#
        )
    )

    static let elementNotDeprecated = Rule(
        "element-not-deprecated",
        .safe,
        .both,
        "An element is not marked as deprecated any more",
        because: "It is going to stay.",
        from: .specification,
        in: .annotations,
        .schema(
            #"""
            <EntityType Name="Order">
              <Annotation Term="Core.Revisions">
                <Collection>
                  <Record>
                    <PropertyValue Property="Kind" EnumMember="Core.RevisionKind/Deprecated"/>
                    <PropertyValue Property="Description" String="Use Invoice."/>
                  </Record>
                </Collection>
              </Annotation>
            </EntityType>
            """#,
            #"<EntityType Name="Order"/>"#
        )
    )

    /// Rules about terms and annotations.
    static let annotations: [Rule] = [
        .termAdded,
        .termRemoved,
        .termTypeChanged,
        .termBaseTermChanged,
        .termDefaultChanged,
        .termAppliesToChanged,
        .annotationAdded,
        .annotationRemoved,
        .annotationChanged,
        .descriptionChanged,
        .elementDeprecated,
        .elementNotDeprecated,
    ]
}
