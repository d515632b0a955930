import CLibXML2

/// The elements of CSDL XML and its wrapper.
enum ElementName: String, CaseIterable {
    // The wrapper, in the edmx namespace.
    case edmx = "Edmx"
    case dataServices = "DataServices"
    case reference = "Reference"
    case include = "Include"
    case includeAnnotations = "IncludeAnnotations"
    // Schemas and types.
    case schema = "Schema"
    case entityType = "EntityType"
    case complexType = "ComplexType"
    case enumType = "EnumType"
    case typeDefinition = "TypeDefinition"
    case key = "Key"
    case propertyRef = "PropertyRef"
    case property = "Property"
    case navigationProperty = "NavigationProperty"
    case referentialConstraint = "ReferentialConstraint"
    case onDelete = "OnDelete"
    case member = "Member"
    // Operations.
    case action = "Action"
    case function = "Function"
    case parameter = "Parameter"
    case returnType = "ReturnType"
    // The container.
    case entityContainer = "EntityContainer"
    case entitySet = "EntitySet"
    case singleton = "Singleton"
    case actionImport = "ActionImport"
    case functionImport = "FunctionImport"
    case navigationPropertyBinding = "NavigationPropertyBinding"
    // Vocabularies.
    case term = "Term"
    case annotations = "Annotations"
    case annotation = "Annotation"
    case apply = "Apply"
    case cast = "Cast"
    case collection = "Collection"
    case conditional = "If"
    case isOf = "IsOf"
    case labeledElement = "LabeledElement"
    case labeledElementReference = "LabeledElementReference"
    case null = "Null"
    case record = "Record"
    case propertyValue = "PropertyValue"
    case urlRef = "UrlRef"
    case binary = "Binary"
    case bool = "Bool"
    case date = "Date"
    case dateTimeOffset = "DateTimeOffset"
    case decimal = "Decimal"
    case duration = "Duration"
    case enumMember = "EnumMember"
    case float = "Float"
    case guid = "Guid"
    case int = "Int"
    case string = "String"
    case timeOfDay = "TimeOfDay"
    case annotationPath = "AnnotationPath"
    case anyPropertyPath = "AnyPropertyPath"
    case modelElementPath = "ModelElementPath"
    case navigationPropertyPath = "NavigationPropertyPath"
    case propertyPath = "PropertyPath"
    case path = "Path"
    case and = "And"
    case or = "Or"
    case not = "Not"
    case equal = "Eq"
    case notEqual = "Ne"
    case greater = "Gt"
    case greaterOrEqual = "Ge"
    case less = "Lt"
    case lessOrEqual = "Le"
    case has = "Has"
    case isIn = "In"
    case negate = "Neg"
    case add = "Add"
    case subtract = "Sub"
    case multiply = "Mul"
    case divide = "Div"
    case divideBy = "DivBy"
    case modulo = "Mod"
}

/// The attributes of CSDL XML and its wrapper.
enum AttributeName: String, CaseIterable {
    case version = "Version"
    case uri = "Uri"
    case namespace = "Namespace"
    case alias = "Alias"
    case termNamespace = "TermNamespace"
    case qualifier = "Qualifier"
    case targetNamespace = "TargetNamespace"
    case name = "Name"
    case baseType = "BaseType"
    case abstract = "Abstract"
    case openType = "OpenType"
    case hasStream = "HasStream"
    case type = "Type"
    case nullable = "Nullable"
    case maxLength = "MaxLength"
    case precision = "Precision"
    case scale = "Scale"
    case srid = "SRID"
    case unicode = "Unicode"
    case defaultValue = "DefaultValue"
    case partner = "Partner"
    case containsTarget = "ContainsTarget"
    case property = "Property"
    case referencedProperty = "ReferencedProperty"
    case action = "Action"
    case function = "Function"
    case underlyingType = "UnderlyingType"
    case isFlags = "IsFlags"
    case value = "Value"
    case isBound = "IsBound"
    case isComposable = "IsComposable"
    case entitySetPath = "EntitySetPath"
    case extends = "Extends"
    case entityType = "EntityType"
    case entitySet = "EntitySet"
    case includeInServiceDocument = "IncludeInServiceDocument"
    case path = "Path"
    case target = "Target"
    case baseTerm = "BaseTerm"
    case appliesTo = "AppliesTo"
    case term = "Term"
    case urlRef = "UrlRef"
    case binary = "Binary"
    case bool = "Bool"
    case date = "Date"
    case dateTimeOffset = "DateTimeOffset"
    case decimal = "Decimal"
    case duration = "Duration"
    case enumMember = "EnumMember"
    case float = "Float"
    case guid = "Guid"
    case int = "Int"
    case string = "String"
    case timeOfDay = "TimeOfDay"
    case annotationPath = "AnnotationPath"
    case anyPropertyPath = "AnyPropertyPath"
    case modelElementPath = "ModelElementPath"
    case navigationPropertyPath = "NavigationPropertyPath"
    case propertyPath = "PropertyPath"
}

/// Finds the case of a name by the address of its characters.
///
/// libxml2 keeps one copy of every name of a document in a dictionary, so that two names are equal exactly when their
/// addresses are. A lookup here is a multiplication and a comparison, without a `String`.
struct InternedNames<Name: RawRepresentable & CaseIterable> where Name.RawValue == String {
    private var slots: [(address: UInt, name: Name?)]
    private let mask: Int

    /// Interns every case in the dictionary of a reader.
    init(reader: xmlTextReaderPtr) {
        var size = 64
        while size < Name.allCases.count * 4 { size *= 2 }
        mask = size - 1
        slots = Array(repeating: (0, nil), count: size)
        for name in Name.allCases {
            let address = UInt(bitPattern: xmlTextReaderConstString(reader, name.rawValue))
            var slot = slotIndex(address)
            while slots[slot].address != 0 { slot = (slot + 1) & mask }
            slots[slot] = (address, name)
        }
    }

    /// The case whose name is at an address.
    subscript(address: UnsafePointer<xmlChar>?) -> Name? {
        let address = UInt(bitPattern: address)
        var slot = slotIndex(address)
        while slots[slot].address != address {
            if slots[slot].address == 0 { return nil }
            slot = (slot + 1) & mask
        }
        return slots[slot].name
    }

    private func slotIndex(_ address: UInt) -> Int {
        Int(truncatingIfNeeded: (address &* 0x9E37_79B9_7F4A_7C15) >> 40) & mask
    }
}
