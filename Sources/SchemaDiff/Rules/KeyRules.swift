extension Rule {
    static let keyAdded = Rule(
        "key-added",
        .safe,
        .both,
        "An entity type got a key",
        because: "Its entities can be addressed one by one; the generated struct becomes a row with an id.",
        from: .swift,
        in: .keys,
        bump: .minor,
        .entityType(
            #"""
            <Property Name="id" Type="Edm.Guid" Nullable="false"/>
            <Property Name="number" Type="Edm.Int32" Nullable="false"/>
            """#,
            #"""
            <Key>
              <PropertyRef Name="id"/>
            </Key>
            <Property Name="id" Type="Edm.Guid" Nullable="false"/>
            <Property Name="number" Type="Edm.Int32" Nullable="false"/>
            """#
        )
    )

    static let keyRemoved = Rule(
        "key-removed",
        .breaking,
        .sends,
        "An entity type lost its key",
        because: "Its entities cannot be addressed any more; retrieve, update and delete are not generated.",
        from: .versioning,
        in: .keys,
        .entityType(
            #"""
            <Key>
              <PropertyRef Name="id"/>
            </Key>
            <Property Name="id" Type="Edm.Guid" Nullable="false"/>
            <Property Name="number" Type="Edm.Int32" Nullable="false"/>
            """#,
            #"""
            <Property Name="id" Type="Edm.Guid" Nullable="false"/>
            <Property Name="number" Type="Edm.Int32" Nullable="false"/>
            """#
        )
    )

    static let keyChanged = Rule(
        "key-changed",
        .breaking,
        .sends,
        "The key consists of other properties",
        because: "Addresses of entities, stored or built by clients, are wrong; the Swift type of the id changes.",
        from: .versioning,
        in: .keys,
        .entityType(
            #"""
            <Key>
              <PropertyRef Name="id"/>
            </Key>
            <Property Name="id" Type="Edm.Guid" Nullable="false"/>
            <Property Name="number" Type="Edm.Int32" Nullable="false"/>
            """#,
            #"""
            <Key>
              <PropertyRef Name="number"/>
            </Key>
            <Property Name="id" Type="Edm.Guid" Nullable="false"/>
            <Property Name="number" Type="Edm.Int32" Nullable="false"/>
            """#
        )
    )

    static let keyAliasChanged = Rule(
        "key-alias-changed",
        .breaking,
        .sends,
        "A part of the key has another alias",
        because: "Key predicates name the part by its alias.",
        from: .specification,
        in: .keys,
        .entityType(
            #"""
            <Key>
              <PropertyRef Name="id" Alias="key"/>
            </Key>
            <Property Name="id" Type="Edm.Guid" Nullable="false"/>
            <Property Name="number" Type="Edm.Int32" Nullable="false"/>
            """#,
            #"""
            <Key>
              <PropertyRef Name="id" Alias="identifier"/>
            </Key>
            <Property Name="id" Type="Edm.Guid" Nullable="false"/>
            <Property Name="number" Type="Edm.Int32" Nullable="false"/>
            """#
        )
    )

    static let alternateKeyAdded = Rule(
        "alternate-key-added",
        .safe,
        .sends,
        "An alternate key was added",
        because: "There is one more way to address an entity.",
        from: .versioning,
        in: .keys,
        .entityType(
            #"<Property Name="number" Type="Edm.Int32"/>"#,
            #"""
            <Property Name="number" Type="Edm.Int32"/>
            <Annotation Term="Core.AlternateKeys">
              <Collection>
                <Record>
                  <PropertyValue Property="Key">
                    <Collection>
                      <Record>
                        <PropertyValue Property="Name" PropertyPath="number"/>
                        <PropertyValue Property="Alias" String="number"/>
                      </Record>
                    </Collection>
                  </PropertyValue>
                </Record>
              </Collection>
            </Annotation>
            """#
        )
    )

    static let alternateKeyRemoved = Rule(
        "alternate-key-removed",
        .breaking,
        .sends,
        "An alternate key was removed",
        because: "Addresses that use it fail. In Dataverse, upserts by this key fail too.",
        from: .dataverse,
        in: .keys,
        .entityType(
            #"""
            <Property Name="number" Type="Edm.Int32"/>
            <Annotation Term="Core.AlternateKeys">
              <Collection>
                <Record>
                  <PropertyValue Property="Key">
                    <Collection>
                      <Record>
                        <PropertyValue Property="Name" PropertyPath="number"/>
                        <PropertyValue Property="Alias" String="number"/>
                      </Record>
                    </Collection>
                  </PropertyValue>
                </Record>
              </Collection>
            </Annotation>
            """#,
            #"<Property Name="number" Type="Edm.Int32"/>"#
        )
    )

    /// Rules about primary and alternate keys.
    static let keys: [Rule] = [
        .keyAdded,
        .keyRemoved,
        .keyChanged,
        .keyAliasChanged,
        .alternateKeyAdded,
        .alternateKeyRemoved,
    ]
}
