extension ServiceStyles {
    /// A service that names everything by words that mean something to Swift, to the runtime or to generated code.
    static let words: String = {
        let types = """
            String Array Error Result Date Type Protocol Any AnyObject Self Never Optional Int Bool Data Decimal UUID URL Set \
            Dictionary Character Float Double Task Actor Sendable Hashable Codable Identifiable Record Value Column Columns \
            Lookup EntitySet AsyncEntitySet Reference RowKey Filter Page Choices Dataverse ODataCore DataverseClient \
            AsyncDataverseClient OperationCall ServiceOperations EntitySchema Singleton Principal Swift Foundation KeyPath \
            StaticString MemberKey ColumnName StoredValue ChoiceSet Duration TimeOfDay DateOnly Void Other Schema Subtype Lookups
            """.split(separator: " ").map(String.init)
        let members = """
            self init Type Self description debugDescription hashValue hash id record schema columns reference etag formatted \
            expanded key name value default class struct enum func var let in is as operator protocol where while switch \
            case break return throw throws try catch async await actor rawValue allCases none some any other 1st _ __ a-b \
            名前 é customMirror encode initialize read update create delete with run send call close context tables table \
            count first all pages query changes bulk columnName memberName expressionText consume copy borrow each repeat \
            unsafe yield macro package open lazy weak left right get set willSet didSet convenience dynamic final infix
            """.split(separator: " ").map(String.init)
        let columnTypes = [
            "Edm.String", "Edm.Int32", "s.Color", "s.Address", "Collection(Edm.String)", "Edm.Decimal",
            "Collection(s.Address)",
        ]
        var text = ""
        for (number, name) in types.enumerated() {
            text += "<EntityType Name=\"\(name)\"><Key><PropertyRef Name=\"key\(number)\"/></Key>"
            text += "<Property Name=\"key\(number)\" Type=\"Edm.Guid\" Nullable=\"false\"/>"
            for place in 0..<20 {
                let member = members[(number * 5 + place) % members.count]
                text += "<Property Name=\"\(member)\" Type=\"\(columnTypes[place % columnTypes.count])\"/>"
            }
            for place in 0..<3 {
                let target = types[(number + 1 + place) % types.count]
                text += "<NavigationProperty Name=\"nav\(place)\" Type=\"s.\(target)\"/>"
                text += "<NavigationProperty Name=\"\(target)\" Type=\"Collection(s.\(target))\"/>"
            }
            text += "</EntityType>\n"
        }
        let flags = [
            "none", "some", "default", "self", "init", "rawValue", "allCases", "members", "typeName", "isEmpty",
            "contains", "union",
        ]
        text += "<EnumType Name=\"Color\" IsFlags=\"true\">"
        for (bit, name) in flags.enumerated() { text += "<Member Name=\"\(name)\" Value=\"\(1 << bit)\"/>" }
        text += "</EnumType>\n<EnumType Name=\"Kind\">"
        for name in flags + ["memberName", "unknown", "other", "hash", "Type", "json"] {
            text += "<Member Name=\"\(name)\"/>"
        }
        text += "</EnumType>\n<ComplexType Name=\"Address\" OpenType=\"true\">"
        for name in members { text += "<Property Name=\"\(name)\" Type=\"Edm.String\"/>" }
        text += "</ComplexType>\n"
        var container = ""
        for (number, name) in members.enumerated() {
            let parameters = (0..<6).map { members[(number + $0) % members.count] }
            text += "<Action Name=\"\(name)\" IsBound=\"true\"><Parameter Name=\"bindingParameter\" Type=\"s.Record\"/>"
            for parameter in parameters { text += "<Parameter Name=\"\(parameter)\" Type=\"Edm.String\"/>" }
            text += "<ReturnType Type=\"s.Kind\"/></Action>\n"
            text += "<Function Name=\"f\(number)\"><Parameter Name=\"\(name)\" Type=\"Collection(s.Color)\"/>"
            text += "<ReturnType Type=\"Collection(s.Address)\"/></Function>\n<Action Name=\"u_\(name)\">"
            for parameter in parameters.prefix(3) { text += "<Parameter Name=\"\(parameter)\" Type=\"s.Kind\"/>" }
            text += "</Action>\n"
            container += "<Singleton Name=\"\(name)\" Type=\"s.\(types[number % types.count])\"/>"
            container += "<FunctionImport Name=\"f\(number)\" Function=\"s.f\(number)\"/>"
            container += "<ActionImport Name=\"u_\(name)\" Action=\"s.u_\(name)\"/>\n"
        }
        for name in types { container += "<EntitySet Name=\"\(name)\" EntityType=\"s.\(name)\"/>" }
        var derived = ""
        for name in types.prefix(20) {
            derived +=
                "<EntityType Name=\"\(name)\" BaseType=\"s.\(name)\"><Property Name=\"extra\" Type=\"s.Kind\"/></EntityType>"
            derived += "<ComplexType Name=\"\(name)_\"><Property Name=\"x\" Type=\"c.d.\(name)_\"/></ComplexType>\n"
        }
        return """
            <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
            <Schema Namespace="a.b" Alias="s" xmlns="http://docs.oasis-open.org/odata/ns/edm">
            \(text)</Schema>
            <Schema Namespace="c.d" xmlns="http://docs.oasis-open.org/odata/ns/edm">
            \(derived)<EntityContainer Name="Container">\(container)</EntityContainer></Schema>
            </edmx:DataServices></edmx:Edmx>
            """
    }()
}
