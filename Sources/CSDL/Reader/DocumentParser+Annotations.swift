extension DocumentParser {
    /// `Term` (OData CSDL XML 4.01, section 14.1).
    func term(_ element: Element) throws(Diagnostic) -> Term? {
        var term = Term(name: "", type: TypeReference(""), position: element.position)
        var name: String?
        var type = TypeAttributes()
        for attribute in cursor.attributes(of: element) {
            switch attribute.name {
            case .name: name = attribute.string
            case .type: type.spelling = attribute.string
            case .baseTerm: term.baseTerm = attribute.string
            case .defaultValue: term.defaultValue = attribute.string
            case .appliesTo: term.appliesTo = attribute.string.split(separator: " ").map(String.init)
            default: readFacet(attribute, of: element, into: &type)
            }
        }
        term.annotations = try annotations(in: element)
        guard let name = require(name, .name, of: element), let spelling = require(type.spelling, .type, of: element)
        else { return nil }
        term.name = name
        term.type = type.reference(spelling)
        return term
    }

    /// `Annotations` (OData CSDL XML 4.01, section 14.2.2).
    func annotationGroup(_ element: Element) throws(Diagnostic) -> AnnotationGroup? {
        var group = AnnotationGroup(target: "", position: element.position)
        var target: String?
        for attribute in cursor.attributes(of: element) {
            switch attribute.name {
            case .target: target = attribute.string
            case .qualifier: group.qualifier = attribute.string
            default: reportUnknown(attribute, of: element)
            }
        }
        group.annotations = try annotations(in: element)
        guard let target = require(target, .target, of: element) else { return nil }
        group.target = target
        return group
    }

    /// The annotations of an element that has no other content.
    func annotations(in element: Element) throws(Diagnostic) -> [Annotation] {
        var annotations: [Annotation] = []
        try cursor.forEachChild(of: element) { (child) throws(Diagnostic) in
            if child.name == .annotation {
                try annotation(child, into: &annotations)
            } else {
                try skipUnknown(child, in: element)
            }
        }
        return annotations
    }

    /// `Annotation` (OData CSDL XML 4.01, section 14.2.3).
    func annotation(_ element: Element, into annotations: inout [Annotation]) throws(Diagnostic) {
        var annotation = Annotation(term: "", position: element.position)
        var term: String?
        for attribute in cursor.attributes(of: element) {
            switch attribute.name {
            case .term: term = attribute.string
            case .qualifier: annotation.qualifier = attribute.string
            default: readValue(attribute, of: element, into: &annotation.value)
            }
        }
        try readValue(in: element, into: &annotation.value, annotations: &annotation.annotations)
        guard let term = require(term, .term, of: element) else { return }
        annotation.term = term
        annotations.append(annotation)
    }

    /// Reads an expression written as an attribute, as in `Bool="true"`.
    private func readValue(
        _ attribute: XMLAttribute,
        of element: Element,
        into value: inout AnnotationExpression?
    ) {
        guard let name = attribute.name?.rawValue else { return reportUnknown(attribute, of: element) }
        if let kind = AnnotationExpression.ConstantKind(rawValue: name) {
            value = .constant(kind, attribute.string)
        } else if let kind = AnnotationExpression.PathKind(rawValue: name) {
            value = .path(kind, attribute.string)
        } else if attribute.name == .urlRef {
            value = .urlReference(.constant(.string, attribute.string))
        } else {
            reportUnknown(attribute, of: element)
        }
    }

    /// Reads an expression written as a child element, and the annotations beside it.
    private func readValue(
        in element: Element,
        into value: inout AnnotationExpression?,
        annotations: inout [Annotation]
    ) throws(Diagnostic) {
        try cursor.forEachChild(of: element) { (child) throws(Diagnostic) in
            if child.name == .annotation {
                try annotation(child, into: &annotations)
            } else if let expression = try expression(child, in: element) {
                if value != nil {
                    report(.warning, "a second value is ignored; an annotation has one", at: child.position)
                } else {
                    value = expression
                }
            }
        }
    }

    /// The operands of an expression: all child elements but annotations, which are left out.
    private func operands(of element: Element) throws(Diagnostic) -> [AnnotationExpression] {
        var operands: [AnnotationExpression] = []
        try cursor.forEachChild(of: element) { (child) throws(Diagnostic) in
            if child.name == .annotation {
                try cursor.skip(child)
            } else if let operand = try expression(child, in: element) {
                operands.append(operand)
            }
        }
        return operands
    }

    /// Any expression (OData CSDL XML 4.01, sections 14.3 and 14.4); `nil`, reported, where the element is none.
    private func expression(_ element: Element, in parent: Element) throws(Diagnostic) -> AnnotationExpression? {
        guard element.space == .edm, let name = element.name else {
            try skipUnknown(element, in: parent)
            return nil
        }
        switch name {
        case .record:
            return .record(try annotationRecord(element))
        case .collection:
            return .collection(try operands(of: element))
        case .null:
            try ignoreContent(of: element)
            return .null
        case .conditional:
            return .conditional(try operands(of: element))
        case .apply:
            let function = attribute(.function, of: element)
            let arguments = try operands(of: element)
            return require(function, .function, of: element).map { .apply(function: $0, arguments: arguments) }
        case .cast, .isOf:
            let type = typeAttributes(of: element)
            let operand = try operands(of: element).first
            guard let spelling = require(type.spelling, .type, of: element) else { return nil }
            return name == .cast ? .cast(type.reference(spelling), operand) : .isOf(type.reference(spelling), operand)
        case .labeledElement:
            return try labeledElement(element)
        case .labeledElementReference:
            return .labeledElementReference(try constantText(of: element))
        case .urlRef:
            return .urlReference(try operands(of: element).first)
        default:
            break
        }
        if let kind = AnnotationExpression.ConstantKind(rawValue: name.rawValue) {
            return .constant(kind, try constantText(of: element))
        }
        if let kind = AnnotationExpression.PathKind(rawValue: name.rawValue) {
            return .path(kind, try constantText(of: element))
        }
        if let kind = AnnotationExpression.Operator(rawValue: name.rawValue) {
            return .operation(kind, try operands(of: element))
        }
        try skipUnknown(element, in: parent)
        return nil
    }

    private func annotationRecord(_ element: Element) throws(Diagnostic) -> AnnotationRecord {
        var record = AnnotationRecord(position: element.position)
        for attribute in cursor.attributes(of: element) {
            switch attribute.name {
            case .type: record.type = attribute.string
            default: reportUnknown(attribute, of: element)
            }
        }
        try cursor.forEachChild(of: element) { (child) throws(Diagnostic) in
            switch child.name {
            case .propertyValue:
                if let value = try propertyValue(child) { record.propertyValues.append(value) }
            case .annotation:
                try annotation(child, into: &record.annotations)
            default:
                try skipUnknown(child, in: element)
            }
        }
        return record
    }

    private func propertyValue(_ element: Element) throws(Diagnostic) -> AnnotationRecord.PropertyValue? {
        var property: String?
        var value = AnnotationRecord.PropertyValue(property: "", value: nil, position: element.position)
        for attribute in cursor.attributes(of: element) {
            switch attribute.name {
            case .property: property = attribute.string
            default: readValue(attribute, of: element, into: &value.value)
            }
        }
        try readValue(in: element, into: &value.value, annotations: &value.annotations)
        guard let property = require(property, .property, of: element) else { return nil }
        value.property = property
        return value
    }

    private func labeledElement(_ element: Element) throws(Diagnostic) -> AnnotationExpression? {
        var name: String?
        var value: AnnotationExpression?
        for attribute in cursor.attributes(of: element) {
            switch attribute.name {
            case .name: name = attribute.string
            default: readValue(attribute, of: element, into: &value)
            }
        }
        var annotations: [Annotation] = []
        try readValue(in: element, into: &value, annotations: &annotations)
        return require(name, .name, of: element).map { .labeledElement(name: $0, value) }
    }

    private func attribute(_ name: AttributeName, of element: Element) -> String? {
        var value: String?
        for attribute in cursor.attributes(of: element) {
            if attribute.name == name { value = attribute.string } else { reportUnknown(attribute, of: element) }
        }
        return value
    }

    private func typeAttributes(of element: Element) -> TypeAttributes {
        var type = TypeAttributes()
        for attribute in cursor.attributes(of: element) {
            switch attribute.name {
            case .type: type.spelling = attribute.string
            default: readFacet(attribute, of: element, into: &type)
            }
        }
        return type
    }

    /// The text of a constant or path; white space around it is layout, except in strings.
    private func constantText(of element: Element) throws(Diagnostic) -> String {
        for attribute in cursor.attributes(of: element) { reportUnknown(attribute, of: element) }
        let text = try cursor.text(of: element) { (child) throws(Diagnostic) in try skipUnknown(child, in: element) }
        return element.name == .string ? text : text.trimmingXMLWhitespace()
    }
}

extension String {
    fileprivate func trimmingXMLWhitespace() -> String {
        let isSpace = { (scalar: Unicode.Scalar) in " \t\r\n".unicodeScalars.contains(scalar) }
        var scalars = unicodeScalars[...]
        while let first = scalars.first, isSpace(first) { scalars.removeFirst() }
        while let last = scalars.last, isSpace(last) { scalars.removeLast() }
        return String(scalars)
    }
}
