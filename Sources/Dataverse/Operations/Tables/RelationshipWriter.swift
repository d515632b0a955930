extension MetadataWriter {
    /// The metadata of a new one-to-many relationship with its lookup column.
    func relationship(_ relationship: OneToManyRelationship) throws(DataverseError) -> Record {
        try check(schemaName: relationship.schemaName, of: "relationship")
        var payload: Record = [
            AnnotationName.type: .string(Self.namespace + "OneToManyRelationshipMetadata"),
            "SchemaName": .string(relationship.schemaName),
            "ReferencedEntity": .string(relationship.referencedTable),
            "ReferencingEntity": .string(relationship.referencingTable),
            "ReferencedAttribute": .string(relationship.referencedColumn),
            "CascadeConfiguration": .object(cascade(relationship.cascade)),
        ]
        if let column = relationship.referencingColumn { payload["ReferencingAttribute"] = .string(column) }
        payload.merge(relationship.additionalMetadata)
        payload["Lookup"] = .object(try lookup(relationship.lookup))
        return payload
    }

    /// The metadata of a new many-to-many relationship.
    func relationship(_ relationship: ManyToManyRelationship) throws(DataverseError) -> Record {
        try check(schemaName: relationship.schemaName, of: "relationship")
        var payload: Record = [
            AnnotationName.type: .string(Self.namespace + "ManyToManyRelationshipMetadata"),
            "SchemaName": .string(relationship.schemaName),
            "Entity1LogicalName": .string(relationship.firstTable),
            "Entity2LogicalName": .string(relationship.secondTable),
            "IntersectEntityName": .string(relationship.intersectTable ?? relationship.schemaName),
        ]
        payload.merge(relationship.additionalMetadata)
        return payload
    }

    private func lookup(_ lookup: LookupDefinition) throws(DataverseError) -> Record {
        try check(schemaName: lookup.schemaName, of: "lookup column")
        var payload: Record = [
            AnnotationName.type: .string(Self.namespace + "LookupAttributeMetadata"),
            "SchemaName": .string(lookup.schemaName),
            "AttributeType": "Lookup",
            "AttributeTypeName": ["Value": "LookupType"],
            "DisplayName": try label(lookup.displayName, of: lookup.schemaName, namesUserLabel: true),
            "RequiredLevel": [
                "Value": .string(lookup.required.rawValue),
                "CanBeChanged": true,
                "ManagedPropertyLogicalName": "canmodifyrequirementlevelsettings",
            ],
        ]
        if let description = lookup.description {
            let subject = "the description of \(lookup.schemaName)"
            payload["Description"] = try label(description, of: subject, namesUserLabel: true)
        }
        payload.merge(lookup.additionalMetadata)
        return payload
    }

    private func cascade(_ cascade: CascadeConfiguration) -> Record {
        var payload: Record = [
            "Assign": .string(cascade.assign.rawValue),
            "Delete": .string(cascade.delete.rawValue),
            "Merge": .string(cascade.merge.rawValue),
            "Reparent": .string(cascade.reparent.rawValue),
            "Share": .string(cascade.share.rawValue),
            "Unshare": .string(cascade.unshare.rawValue),
        ]
        payload.merge(cascade.additionalMetadata)
        return payload
    }
}
