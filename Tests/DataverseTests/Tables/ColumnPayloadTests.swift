import TestSupport
import Testing

@testable import Dataverse

/// The bodies were observed from Microsoft's Python SDK 1.1.0, except where it has no such type of column.
@Suite("The metadata of new columns")
struct ColumnPayloadTests {
    private let writer = MetadataWriter(language: .english)

    private func payload(_ column: ColumnDefinition, isComplex: Bool = false) throws -> Value {
        Value.object(try writer.column(column, isComplex: isComplex)).withPlainNumbers
    }

    private func expected(_ type: String, _ members: String = "") throws -> Value {
        try .json(
            """
            {"@odata.type":"Microsoft.Dynamics.CRM.\(type)AttributeMetadata","SchemaName":"new_A",
            "DisplayName":\(MetadataFixtures.label("A")),"RequiredLevel":{"Value":"None"}\(members)}
            """
        )
    }

    @Test("text")
    func text() throws {
        #expect(
            try payload(.string("new_A"))
                == expected("String", #","MaxLength":200,"FormatName":{"Value":"Text"},"IsPrimaryName":false"#)
        )
        #expect(
            try payload(.memo("new_A"))
                == expected("Memo", #","MaxLength":4000,"FormatName":{"Value":"Text"},"ImeMode":"Auto""#)
        )
        #expect(
            try payload(.string("new_A", maxLength: 100, format: .email, autoNumberFormat: "A-{SEQNUM:4}"))
                == expected(
                    "String",
                    #","MaxLength":100,"FormatName":{"Value":"Email"},"AutoNumberFormat":"A-{SEQNUM:4}","IsPrimaryName":false"#
                )
        )
    }

    @Test("numbers")
    func numbers() throws {
        #expect(
            try payload(.integer("new_A"))
                == expected("Integer", #","Format":"None","MinValue":-2147483648,"MaxValue":2147483647"#)
        )
        #expect(
            try payload(.integer("new_A", in: 1...5, format: .duration))
                == expected("Integer", #","Format":"Duration","MinValue":1,"MaxValue":5"#)
        )
        #expect(
            try payload(.decimal("new_A"))
                == expected("Decimal", #","MinValue":-100000000000.0,"MaxValue":100000000000.0,"Precision":2"#)
        )
        #expect(
            try payload(.double("new_A"))
                == expected("Double", #","MinValue":-100000000000.0,"MaxValue":100000000000.0,"Precision":5"#)
        )
        #expect(try payload(.bigInteger("new_A")) == expected("BigInt"))
        #expect(
            try payload(.money("new_A", in: 0...10, precision: 4))
                == expected("Money", #","MinValue":0,"MaxValue":10,"PrecisionSource":0,"Precision":4"#)
        )
        #expect(try payload(.money("new_A")) == expected("Money", #","PrecisionSource":2"#))
    }

    @Test("dates")
    func dates() throws {
        #expect(try payload(.date("new_A")) == expected("DateTime", #","Format":"DateOnly","ImeMode":"Inactive""#))
        #expect(
            try payload(.dateTime("new_A", behavior: .userLocal))
                == expected(
                    "DateTime",
                    #","Format":"DateAndTime","ImeMode":"Inactive","DateTimeBehavior":{"Value":"UserLocal"}"#
                )
        )
    }

    @Test("yes and no")
    func boolean() throws {
        let (yes, no) = (MetadataFixtures.label("True"), MetadataFixtures.label("False"))
        #expect(
            try payload(.boolean("new_A"))
                == expected(
                    "Boolean",
                    """
                    ,"OptionSet":{"@odata.type":"Microsoft.Dynamics.CRM.BooleanOptionSetMetadata",
                    "TrueOption":{"Value":1,"Label":\(yes)},"FalseOption":{"Value":0,"Label":\(no)},"IsGlobal":false}
                    """
                )
        )
    }

    @Test("files and images")
    func files() throws {
        #expect(try payload(.file("new_A")) == expected("File"))
        #expect(try payload(.file("new_A", maximumKilobytes: 2048)) == expected("File", #","MaxSizeInKB":2048"#))
        #expect(
            try payload(.image("new_A", storesFullImage: true)) == expected("Image", #","CanStoreFullImage":true"#)
        )
    }

    private func options(_ labels: [(Int, String)]) -> String {
        labels.map { value, label in
            #"{"@odata.type":"Microsoft.Dynamics.CRM.OptionMetadata","Value":\#(value),"Label":\#(label)}"#
        }.joined(separator: ",")
    }

    @Test("a choice from a Swift enumeration, with labels in the client's language too")
    func choice() throws {
        let options = options([
            (1, MetadataFixtures.label([(1033, "low"), (1036, "Basse")])),
            (2, MetadataFixtures.label([(1033, "high"), (1036, "Haute")])),
        ])
        #expect(
            try payload(.choice("new_A", of: Priority.self))
                == expected(
                    "Picklist",
                    """
                    ,"IsPrimaryName":false,"OptionSet":{"@odata.type":"Microsoft.Dynamics.CRM.OptionSetMetadata",
                    "IsGlobal":false,"Options":[\(options)]}
                    """
                )
        )
        let complex = try payload(.choice("new_A", of: Priority.self), isComplex: true).objectValue
        #expect(complex?["@odata.type"] == "Microsoft.Dynamics.CRM.ComplexPicklistAttributeMetadata")
        #expect(
            complex?["OptionSet"]?.objectValue?["@odata.type"] == "Microsoft.Dynamics.CRM.ComplexOptionSetMetadata"
        )
    }

    @Test("a choice of several values, and one of the environment")
    func otherChoices() throws {
        let options = options([(1, MetadataFixtures.label("draft")), (2, MetadataFixtures.label("done"))])
        #expect(
            try payload(.multipleChoice("new_A", of: Stage.self))
                == expected(
                    "MultiSelectPicklist",
                    """
                    ,"OptionSet":{"@odata.type":"Microsoft.Dynamics.CRM.OptionSetMetadata",
                    "IsGlobal":false,"Options":[\(options)]}
                    """
                )
        )
        #expect(
            try payload(.choice("new_A", global: "new_colours"))
                == expected(
                    "Picklist",
                    #","IsPrimaryName":false,"GlobalOptionSet@odata.bind":"/GlobalOptionSetDefinitions(Name='new_colours')""#
                )
        )
        let withDefault = try payload(.choice("new_A", of: Stage.self, defaultValue: .done)).objectValue
        #expect(withDefault?["DefaultFormValue"]?.integerValue == 2)
    }

    @Test("labels, requirement, description and further properties")
    func common() throws {
        var column = ColumnDefinition.memo(
            "new_A",
            maxLength: 2000,
            format: .richText,
            displayName: "Comment",
            description: "What else",
            required: .recommended
        )
        column.additionalMetadata = ["IsAuditEnabled": ["Value": true]]
        #expect(
            try payload(column)
                == .json(
                    """
                    {"@odata.type":"Microsoft.Dynamics.CRM.MemoAttributeMetadata","SchemaName":"new_A",
                    "DisplayName":\(MetadataFixtures.label("Comment")),"RequiredLevel":{"Value":"Recommended"},
                    "Description":\(MetadataFixtures.label("What else")),"MaxLength":2000,
                    "FormatName":{"Value":"RichText"},"ImeMode":"Auto","IsAuditEnabled":{"Value":true}}
                    """
                )
        )
    }

    @Test("labels are written in the client's language unless they name theirs")
    func language() throws {
        let label = try MetadataWriter(language: .german).label(
            LocalizedLabel([(.french, "Produit"), (.french, "Produits")]),
            of: "it"
        )
        #expect(label.withPlainNumbers == (try .json(MetadataFixtures.label([(1036, "Produits")]))))
        let plain = try MetadataWriter(language: .german).label("Produkt", of: "it")
        #expect(plain.withPlainNumbers == (try .json(MetadataFixtures.label([(1031, "Produkt")]))))
    }

    @Test(
        "definitions that the service would refuse are refused with what to do",
        arguments: [
            (ColumnDefinition.string("new A"), "letters, digits"), (.string(""), "letters, digits"),
            (.string("new_A", maxLength: 4001), "1 to 4000"), (.memo("new_A", maxLength: 0), "1 to 1048576"),
            (.decimal("new_A", precision: 11), "0 to 10"), (.double("new_A", precision: 6), "0 to 5"),
            (.money("new_A", precision: -1), "0 to 4"), (.file("new_A", maximumKilobytes: 0), "1 to 10485760"),
            (.choice("new_A", options: []), "at least one"),
            (.choice("new_A", options: [.init(value: 1, label: "a"), .init(value: 1, label: "b")]), "of its own"),
            (.choice("new_A", options: [.init(value: 1, label: "a")], defaultValue: 2), "one of them"),
            (.choice("new_A", options: [.init(value: 1 << 40, label: "a")]), "smaller"),
            (.choice("new_A", options: [.init(value: 1, label: " ")]), "blank"),
            (.string("new_A", displayName: ""), "blank"), (.string("new_A", displayName: [:]), "Give one"),
        ]
    )
    func refused(column: ColumnDefinition, advice: String) throws {
        let error = #expect(throws: DataverseError.self) { try writer.column(column) }
        #expect(error?.kind == .invalidRequest)
        #expect(error?.message.contains(advice) == true, "\(error?.message ?? "")")
    }
}
