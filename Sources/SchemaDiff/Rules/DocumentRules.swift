extension Rule {
    static let odataVersionChanged = Rule(
        "odata-version-changed",
        .risky,
        .both,
        "The OData version of the document has changed",
        because: "Responses may use constructs that a client of the older version does not read.",
        from: .specification,
        in: .documents,
        .document(
            #"""
            <edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.0">
              <edmx:DataServices>
                <Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="Sales"/>
              </edmx:DataServices>
            </edmx:Edmx>
            """#,
            #"""
            <edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.01">
              <edmx:DataServices>
                <Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="Sales"/>
              </edmx:DataServices>
            </edmx:Edmx>
            """#
        )
    )

    static let referenceAdded = Rule(
        "reference-added",
        .safe,
        .neither,
        "A further document is referenced",
        because: "What it defines comes on top of what was there.",
        from: .versioning,
        in: .documents,
        .document(
            #"""
            <edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.0">
              <edmx:DataServices>
                <Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="Sales"/>
              </edmx:DataServices>
            </edmx:Edmx>
            """#,
            #"""
            <edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.0">
              <edmx:Reference Uri="shared.xml">
                <edmx:Include Namespace="Shared"/>
              </edmx:Reference>
              <edmx:DataServices>
                <Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="Sales"/>
              </edmx:DataServices>
            </edmx:Edmx>
            """#
        )
    )

    static let referenceRemoved = Rule(
        "reference-removed",
        .risky,
        .both,
        "A referenced document or schema is not in scope any more",
        because: "Names that were looked up there may not be found.",
        from: .specification,
        in: .documents,
        .document(
            #"""
            <edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.0">
              <edmx:Reference Uri="shared.xml">
                <edmx:Include Namespace="Shared"/>
              </edmx:Reference>
              <edmx:DataServices>
                <Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="Sales"/>
              </edmx:DataServices>
            </edmx:Edmx>
            """#,
            #"""
            <edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.0">
              <edmx:DataServices>
                <Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="Sales"/>
              </edmx:DataServices>
            </edmx:Edmx>
            """#
        )
    )

    static let schemaAdded = Rule(
        "schema-added",
        .safe,
        .receives,
        "A schema was added",
        because: "New types and operations are additions that clients have to be prepared for.",
        from: .versioning,
        in: .documents,
        .document(
            #"""
            <edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.0">
              <edmx:DataServices>
                <Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="Sales"/>
              </edmx:DataServices>
            </edmx:Edmx>
            """#,
            #"""
            <edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.0">
              <edmx:DataServices>
                <Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="Sales"/>
                <Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="Stock"/>
              </edmx:DataServices>
            </edmx:Edmx>
            """#
        )
    )

    static let schemaRemoved = Rule(
        "schema-removed",
        .breaking,
        .both,
        "A schema was removed",
        because: "Everything in it is gone, and so are the Swift types made of it.",
        from: .versioning,
        in: .documents,
        .document(
            #"""
            <edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.0">
              <edmx:DataServices>
                <Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="Sales"/>
                <Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="Stock"/>
              </edmx:DataServices>
            </edmx:Edmx>
            """#,
            #"""
            <edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.0">
              <edmx:DataServices>
                <Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="Sales"/>
              </edmx:DataServices>
            </edmx:Edmx>
            """#
        )
    )

    /// Rules about the document and its schemas.
    static let documents: [Rule] = [
        .odataVersionChanged,
        .referenceAdded,
        .referenceRemoved,
        .schemaAdded,
        .schemaRemoved,
    ]
}
