extension DocumentParser {
    /// `Action` and `Function` (OData CSDL XML 4.01, section 12).
    func operation(_ element: Element, kind: Operation.Kind) throws(Diagnostic) -> Operation? {
        var operation = Operation(kind: kind, name: "", position: element.position)
        var name: String?
        for attribute in cursor.attributes(of: element) {
            switch attribute.name {
            case .name: name = attribute.string
            case .isBound: operation.isBound = bool(attribute, of: element, default: false)
            case .entitySetPath: operation.entitySetPath = attribute.string
            case .isComposable where kind == .function:
                operation.isComposable = bool(attribute, of: element, default: false)
            default: reportUnknown(attribute, of: element)
            }
        }
        try cursor.forEachChild(of: element) { (child) throws(Diagnostic) in
            switch child.name {
            case .parameter:
                if let parameter = try parameter(child) { operation.parameters.append(parameter) }
            case .returnType:
                try returnType(child, of: &operation)
            case .annotation:
                try annotation(child, into: &operation.annotations)
            default:
                try skipUnknown(child, in: element)
            }
        }
        guard let name = require(name, .name, of: element) else { return nil }
        operation.name = name
        return operation
    }

    private func parameter(_ element: Element) throws(Diagnostic) -> Operation.Parameter? {
        var name: String?
        var type = TypeAttributes()
        for attribute in cursor.attributes(of: element) {
            switch attribute.name {
            case .name: name = attribute.string
            case .type: type.spelling = attribute.string
            default: readFacet(attribute, of: element, into: &type)
            }
        }
        let annotations = try annotations(in: element)
        guard let name = require(name, .name, of: element), let spelling = require(type.spelling, .type, of: element)
        else { return nil }
        return Operation.Parameter(
            name: name,
            type: type.reference(spelling),
            annotations: annotations,
            position: element.position
        )
    }

    private func returnType(_ element: Element, of operation: inout Operation) throws(Diagnostic) {
        var type = TypeAttributes()
        for attribute in cursor.attributes(of: element) {
            switch attribute.name {
            case .type: type.spelling = attribute.string
            default: readFacet(attribute, of: element, into: &type)
            }
        }
        operation.returnTypeAnnotations = try annotations(in: element)
        if let spelling = require(type.spelling, .type, of: element) {
            operation.returnType = type.reference(spelling)
        }
    }
}
