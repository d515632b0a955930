extension Rule {
    static let propertyMaxLengthNarrowed = Rule(
        "property-max-length-narrowed",
        .breaking,
        .sends,
        "A property takes shorter values only",
        because: "Longer values, which were accepted before, are refused.",
        from: .versioning,
        in: .facets,
        .entityType(
            #"<Property Name="note" Type="Edm.String" MaxLength="100"/>"#,
            #"<Property Name="note" Type="Edm.String" MaxLength="50"/>"#
        )
    )

    static let propertyMaxLengthWidened = Rule(
        "property-max-length-widened",
        .risky,
        .receives,
        "A property may have longer values",
        because: "Columns of a local store or fields of a form may be too short for them.",
        from: .versioning,
        in: .facets,
        .entityType(
            #"<Property Name="note" Type="Edm.String" MaxLength="50"/>"#,
            #"<Property Name="note" Type="Edm.String" MaxLength="100"/>"#
        )
    )

    static let propertyPrecisionNarrowed = Rule(
        "property-precision-narrowed",
        .breaking,
        .sends,
        "A property takes fewer digits",
        because: "Values with more digits, or finer times, are rounded or refused.",
        from: .versioning,
        in: .facets,
        .entityType(
            #"<Property Name="total" Type="Edm.Decimal" Precision="18"/>"#,
            #"<Property Name="total" Type="Edm.Decimal" Precision="10"/>"#
        )
    )

    static let propertyPrecisionWidened = Rule(
        "property-precision-widened",
        .risky,
        .receives,
        "A property may have more digits",
        because: "A client may receive values that its own type does not hold.",
        from: .versioning,
        in: .facets,
        .entityType(
            #"<Property Name="total" Type="Edm.Decimal" Precision="10"/>"#,
            #"<Property Name="total" Type="Edm.Decimal" Precision="18"/>"#
        )
    )

    static let propertyScaleNarrowed = Rule(
        "property-scale-narrowed",
        .breaking,
        .sends,
        "A property takes fewer decimal places",
        because: "Values with more decimal places are rounded or refused.",
        from: .versioning,
        in: .facets,
        .entityType(
            #"<Property Name="total" Type="Edm.Decimal" Scale="4"/>"#,
            #"<Property Name="total" Type="Edm.Decimal" Scale="2"/>"#
        )
    )

    static let propertyScaleWidened = Rule(
        "property-scale-widened",
        .risky,
        .receives,
        "A property may have more decimal places",
        because: "A client that formats or stores a fixed number of places loses some.",
        from: .versioning,
        in: .facets,
        .entityType(
            #"<Property Name="total" Type="Edm.Decimal" Scale="2"/>"#,
            #"<Property Name="total" Type="Edm.Decimal" Scale="4"/>"#
        )
    )

    static let propertyUnicodeNarrowed = Rule(
        "property-unicode-narrowed",
        .risky,
        .sends,
        "A property is declared to hold ASCII only",
        because: "Other characters may be refused or replaced. Dataverse declares Unicode='false' without "
            + "enforcing it, hence not breaking.",
        from: .dataverse,
        in: .facets,
        .entityType(
            #"<Property Name="note" Type="Edm.String"/>"#,
            #"<Property Name="note" Type="Edm.String" Unicode="false"/>"#
        )
    )

    static let propertyUnicodeWidened = Rule(
        "property-unicode-widened",
        .risky,
        .receives,
        "A property may hold any character",
        because: "A client that counted on ASCII receives other characters.",
        from: .specification,
        in: .facets,
        .entityType(
            #"<Property Name="note" Type="Edm.String" Unicode="false"/>"#,
            #"<Property Name="note" Type="Edm.String"/>"#
        )
    )

    static let propertySridChanged = Rule(
        "property-srid-changed",
        .breaking,
        .both,
        "A spatial property has another reference system",
        because: "The same coordinates mean another place.",
        from: .specification,
        in: .facets,
        .entityType(
            #"<Property Name="place" Type="Edm.GeographyPoint"/>"#,
            #"<Property Name="place" Type="Edm.GeographyPoint" SRID="3857"/>"#
        )
    )

    /// Rules about the facets of properties.
    static let facets: [Rule] = [
        .propertyMaxLengthNarrowed,
        .propertyMaxLengthWidened,
        .propertyPrecisionNarrowed,
        .propertyPrecisionWidened,
        .propertyScaleNarrowed,
        .propertyScaleWidened,
        .propertyUnicodeNarrowed,
        .propertyUnicodeWidened,
        .propertySridChanged,
    ]
}
