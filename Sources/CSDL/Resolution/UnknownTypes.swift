extension SchemaIndex {
    /// A warning for each property, parameter and result whose type is declared nowhere: it is generated without a
    /// type, which its reader should know.
    public var unknownTypeDiagnostics: [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        for type in entityTypes { check(type.element, type.qualifiedName, in: type.sourceName, &diagnostics) }
        for type in complexTypes { check(type.element, type.qualifiedName, in: type.sourceName, &diagnostics) }
        for operation in operations {
            let name = operation.qualifiedName
            for parameter in operation.element.parameters {
                check(
                    parameter.type,
                    "\(name)/\(parameter.name)",
                    in: operation.sourceName,
                    at: parameter.position,
                    &diagnostics
                )
            }
            if let result = operation.element.returnType {
                check(
                    result,
                    "the result of \(name)",
                    in: operation.sourceName,
                    at: operation.element.position,
                    &diagnostics
                )
            }
        }
        return diagnostics
    }

    private func check(
        _ type: some StructuredType,
        _ name: String,
        in file: String,
        _ diagnostics: inout [Diagnostic]
    ) {
        for property in type.properties {
            check(property.type, "\(name)/\(property.name)", in: file, at: property.position, &diagnostics)
        }
        for property in type.navigationProperties {
            check(property.type, "\(name)/\(property.name)", in: file, at: property.position, &diagnostics)
        }
    }

    private func check(
        _ type: TypeReference,
        _ subject: @autoclosure () -> String,
        in file: String,
        at position: SourcePosition,
        _ diagnostics: inout [Diagnostic]
    ) {
        guard self.type(named: type.name) == nil else { return }
        let message = "the type '\(type.name)' of \(subject()) is unknown; it is generated without a type"
        diagnostics.append(Diagnostic(.warning, message, file: file, position: position))
    }
}
