extension Rule {
    static let capabilityRemoved = Rule(
        "capability-removed",
        .breaking,
        .sends,
        "A capability that was there is denied",
        because: "Requests that were answered before are refused.",
        from: .specification,
        in: .capabilities,
        .container(
            #"""
            <EntitySet Name="orders" EntityType="Sales.Order">
              <Annotation Term="Org.OData.Capabilities.V1.InsertRestrictions">
                <Record>
                  <PropertyValue Property="Insertable" Bool="true"/>
                </Record>
              </Annotation>
            </EntitySet>
            """#,
            #"""
            <EntitySet Name="orders" EntityType="Sales.Order">
              <Annotation Term="Org.OData.Capabilities.V1.InsertRestrictions">
                <Record>
                  <PropertyValue Property="Insertable" Bool="false"/>
                </Record>
              </Annotation>
            </EntitySet>
            """#
        )
    )

    static let capabilityAdded = Rule(
        "capability-added",
        .safe,
        .sends,
        "A capability that was denied is there now",
        because: "Requests that were refused before are answered.",
        from: .versioning,
        in: .capabilities,
        bump: .patch,
        .container(
            #"""
            <EntitySet Name="orders" EntityType="Sales.Order">
              <Annotation Term="Org.OData.Capabilities.V1.InsertRestrictions">
                <Record>
                  <PropertyValue Property="Insertable" Bool="false"/>
                </Record>
              </Annotation>
            </EntitySet>
            """#,
            #"""
            <EntitySet Name="orders" EntityType="Sales.Order">
              <Annotation Term="Org.OData.Capabilities.V1.InsertRestrictions">
                <Record>
                  <PropertyValue Property="Insertable" Bool="true"/>
                </Record>
              </Annotation>
            </EntitySet>
            """#
        )
    )

    static let capabilityChanged = Rule(
        "capability-changed",
        .risky,
        .sends,
        "What can be done is described in another way",
        because: "Some requests may be refused that were answered before.",
        from: .specification,
        in: .capabilities,
        bump: .patch,
        .container(
            #"""
            <EntitySet Name="orders" EntityType="Sales.Order">
              <Annotation Term="Org.OData.Capabilities.V1.ExpandRestrictions">
                <Record>
                  <PropertyValue Property="MaxLevels" Int="5"/>
                </Record>
              </Annotation>
            </EntitySet>
            """#,
            #"""
            <EntitySet Name="orders" EntityType="Sales.Order">
              <Annotation Term="Org.OData.Capabilities.V1.ExpandRestrictions">
                <Record>
                  <PropertyValue Property="MaxLevels" Int="2"/>
                </Record>
              </Annotation>
            </EntitySet>
            """#
        )
    )

    /// Rules about what the capabilities vocabulary says can be done.
    static let capabilities: [Rule] = [
        .capabilityRemoved,
        .capabilityAdded,
        .capabilityChanged,
    ]
}
