extension Rule {
    static let enumTypeAdded = Rule(
        "enum-type-added",
        .safe,
        .neither,
        "An enumeration was added",
        because: "Adding enumerations is in the list of changes that need no new version.",
        from: .versioning,
        in: .enumerations,
        .schema("", #"<EnumType Name="Color"/>"#)
    )

    static let enumTypeRemoved = Rule(
        "enum-type-removed",
        .breaking,
        .both,
        "An enumeration was removed",
        because: "What has this type has another one now, and the Swift type is gone.",
        from: .versioning,
        in: .enumerations,
        .schema(#"<EnumType Name="Color"/>"#, "")
    )

    static let enumTypeUnderlyingTypeChanged = Rule(
        "enum-type-underlying-type-changed",
        .breaking,
        .both,
        "An enumeration has another underlying type",
        because: "Numeric values may not fit any more.",
        from: .versioning,
        in: .enumerations,
        .schema(
            #"""
            <EnumType Name="Color">
              <Member Name="Red" Value="1"/>
              <Member Name="Green" Value="2"/>
            </EnumType>
            """#,
            #"""
            <EnumType Name="Color" UnderlyingType="Edm.Int64">
              <Member Name="Red" Value="1"/>
              <Member Name="Green" Value="2"/>
            </EnumType>
            """#
        )
    )

    static let enumTypeMadeFlags = Rule(
        "enum-type-made-flags",
        .breaking,
        .both,
        "Several members can be selected at once now",
        because: "Values may be combinations; the generated enumeration becomes an OptionSet.",
        from: .swift,
        in: .enumerations,
        .schema(
            #"""
            <EnumType Name="Color">
              <Member Name="Red" Value="1"/>
              <Member Name="Green" Value="2"/>
            </EnumType>
            """#,
            #"""
            <EnumType Name="Color" IsFlags="true">
              <Member Name="Red" Value="1"/>
              <Member Name="Green" Value="2"/>
            </EnumType>
            """#
        )
    )

    static let enumTypeFlagsRemoved = Rule(
        "enum-type-flags-removed",
        .breaking,
        .both,
        "Only one member can be selected now",
        because: "Combinations are refused; the generated OptionSet becomes an enumeration.",
        from: .swift,
        in: .enumerations,
        .schema(
            #"""
            <EnumType Name="Color" IsFlags="true">
              <Member Name="Red" Value="1"/>
              <Member Name="Green" Value="2"/>
            </EnumType>
            """#,
            #"""
            <EnumType Name="Color">
              <Member Name="Red" Value="1"/>
              <Member Name="Green" Value="2"/>
            </EnumType>
            """#
        )
    )

    static let enumMemberAdded = Rule(
        "enum-member-added",
        .risky,
        .receives,
        "An enumeration has one more member",
        because: "It is not in the list of safe changes: a switch over the members meets one it does not know. "
            + "Generated enumerations keep it as unrecognized.",
        from: .versioning,
        in: .enumerations,
        .schema(
            #"""
            <EnumType Name="Color">
              <Member Name="Red" Value="1"/>
              <Member Name="Green" Value="2"/>
            </EnumType>
            """#,
            #"""
            <EnumType Name="Color">
              <Member Name="Red" Value="1"/>
              <Member Name="Green" Value="2"/>
              <Member Name="Blue" Value="3"/>
            </EnumType>
            """#
        )
    )

    static let enumMemberRemoved = Rule(
        "enum-member-removed",
        .breaking,
        .both,
        "An enumeration lost a member",
        because: "Sending it fails, and its Swift member is gone.",
        from: .versioning,
        in: .enumerations,
        .schema(
            #"""
            <EnumType Name="Color">
              <Member Name="Red" Value="1"/>
              <Member Name="Green" Value="2"/>
            </EnumType>
            """#,
            #"<EnumType Name="Color"><Member Name="Red" Value="1"/></EnumType>"#
        )
    )

    static let enumMemberValueChanged = Rule(
        "enum-member-value-changed",
        .breaking,
        .both,
        "A member of an enumeration has another value",
        because: "Stored numbers mean another member.",
        from: .versioning,
        in: .enumerations,
        .schema(
            #"""
            <EnumType Name="Color">
              <Member Name="Red" Value="1"/>
              <Member Name="Green" Value="2"/>
            </EnumType>
            """#,
            #"""
            <EnumType Name="Color">
              <Member Name="Red" Value="1"/>
              <Member Name="Green" Value="4"/>
            </EnumType>
            """#
        )
    )

    /// Rules about enumeration types.
    static let enumerations: [Rule] = [
        .enumTypeAdded,
        .enumTypeRemoved,
        .enumTypeUnderlyingTypeChanged,
        .enumTypeMadeFlags,
        .enumTypeFlagsRemoved,
        .enumMemberAdded,
        .enumMemberRemoved,
        .enumMemberValueChanged,
    ]
}
