import ODataCore

/// CSDL XML for what is defined while the service runs.
struct EdmxFragment {
    /// The namespace of the types, with a dot at its end.
    let namespace: String

    static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
        return result
    }

    /// The properties of a column; none for lookups, which their relationships bring.
    func properties(_ column: Record) -> String {
        guard let name = column.text("LogicalName"), let type = column.text("AttributeType") else { return "" }
        let computed = "<Annotation Term=\"Org.OData.Core.V1.Computed\" Bool=\"true\"/>"
        switch column.text("@odata.type")?.split(separator: ".").last {
        case "FileAttributeMetadata":
            return property(name, "Edm.Stream") + property(name + "_name", "Edm.String", inside: computed)
        case "ImageAttributeMetadata":
            return property(name, "Edm.Binary") + property(name + "id", "Edm.Guid", inside: computed)
                + property(name + "_url", "Edm.String", inside: computed)
                + property(name + "_timestamp", "Edm.Int64", inside: computed)
        case "MultiSelectPicklistAttributeMetadata": return property(name, "Edm.String")
        default: break
        }
        switch type {
        case "String", "Memo":
            let length = column["MaxLength"]?.integerValue.map { " MaxLength=\"\($0)\"" } ?? ""
            return property(name, "Edm.String", facets: length)
        case "Integer", "Picklist", "State", "Status": return property(name, "Edm.Int32")
        case "BigInt": return property(name, "Edm.Int64")
        case "Boolean": return property(name, "Edm.Boolean")
        case "Decimal": return property(name, "Edm.Decimal", facets: " Scale=\"Variable\"")
        case "Money":
            return property(name, "Edm.Decimal", facets: " Scale=\"Variable\"")
                + property(name + "_base", "Edm.Decimal", facets: " Scale=\"Variable\"", inside: computed)
        case "Double": return property(name, "Edm.Double")
        case "DateTime":
            let isDate = column["DateTimeBehavior"]?.objectValue?.text("Value") == "DateOnly"
            return property(name, isDate ? "Edm.Date" : "Edm.DateTimeOffset")
        case "Uniqueidentifier": return property(name, "Edm.Guid")
        default: return ""
        }
    }

    func property(_ name: String, _ type: String, facets: String = "", inside: String = "") -> String {
        let start = "<Property Name=\"\(Self.escaped(name))\" Type=\"\(type)\"\(facets)"
        return inside.isEmpty ? start + "/>\n" : start + ">\(inside)</Property>\n"
    }

    func lookup(property: String, name: String, target: String, targetKey: String, partner: String?) -> String {
        let partnerAttribute = partner.map { " Partner=\"\(Self.escaped($0))\"" } ?? ""
        return """
            <NavigationProperty Name="\(Self.escaped(name))" Type="\(namespace)\(target)"\(partnerAttribute)>\
            <ReferentialConstraint Property="\(property)" ReferencedProperty="\(targetKey)"/></NavigationProperty>

            """
    }

    func collection(name: String, target: String, partner: String) -> String {
        """
        <NavigationProperty Name="\(Self.escaped(name))" Type="Collection(\(namespace)\(target))" \
        Partner="\(Self.escaped(partner))"/>

        """
    }

    /// A record of the annotation with a table's alternate keys.
    func alternateKey(_ columns: [String]) -> String {
        let parts = columns.map { name in
            """
            <Record Type="OData.Community.Keys.V1.PropertyRef">\
            <PropertyValue Property="Alias" String="\(name)"/>\
            <PropertyValue Property="Name" PropertyPath="\(name)"/></Record>
            """
        }
        return """
            <Record Type="OData.Community.Keys.V1.AlternateKey"><PropertyValue Property="Key"><Collection>\
            \(parts.joined())</Collection></PropertyValue></Record>

            """
    }

    func alternateKeys(_ records: String) -> String {
        """
        <Annotation Term="OData.Community.Keys.V1.AlternateKeys"><Collection>
        \(records)</Collection></Annotation>

        """
    }
}
