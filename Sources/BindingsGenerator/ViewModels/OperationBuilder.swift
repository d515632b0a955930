import CSDL

/// Builds what the templates get of actions and functions.
struct OperationBuilder {
    let mapper: TypeMapper
    let vocabulary: Vocabulary

    /// The names and signatures of one place that methods are added to.
    struct Names {
        var scope: NameScope
        private let style: NamingStyle
        private var nameOfOperation: [String: String] = [:]
        private var signatures: Set<String> = []

        init(scope: NameScope, style: NamingStyle) {
            self.scope = scope
            self.style = style
        }

        /// The name of an operation, the same for all its overloads.
        ///
        /// - Parameters:
        ///   - operation: The operation.
        ///   - source: What it is named for: an import, or the operation itself.
        mutating func name(
            of operation: SchemaIndex.Declared<Operation>,
            named source: String
        ) -> NameScope.Assignment {
            if let known = nameOfOperation[source] { return NameScope.Assignment(name: known) }
            let given = scope.assign(
                style.member(source),
                for: source,
                orRenamed: [operation.element.name, operation.qualifiedName],
                suffix: operation.element.kind.rawValue
            )
            nameOfOperation[source] = given.name
            return given
        }

        /// Whether no method has this signature yet.
        mutating func claim(_ signature: String) -> Bool { signatures.insert(signature).inserted }
    }

    /// - Parameters:
    ///   - operation: The operation.
    ///   - name: What the methods are named for: an import, or the operation.
    ///   - pathName: What the call names: an import, or the qualified name of a bound operation.
    ///   - entitySet: Where the rows of the result are, if the metadata says.
    ///   - binding: What it is called on.
    ///   - rowType: The Swift type of the row it is called on.
    ///   - names: The place that the methods are added to.
    ///   - diagnostics: Takes notes about names, and a warning where two overloads cannot be told apart.
    /// - Returns: `nil` where an overload with the same signature exists.
    func operation(
        _ operation: SchemaIndex.Declared<Operation>,
        named name: String? = nil,
        pathName: String,
        entitySet: String? = nil,
        deprecation: String? = nil,
        binding: OperationContext.Binding,
        rowType: String,
        names: inout Names,
        diagnostics: inout [Diagnostic]
    ) -> OperationContext? {
        let element = operation.element
        let given = names.name(of: operation, named: name ?? element.name)
        if let conflict = given.conflict { diagnostics.append(conflict) }
        if let reason = given.reason {
            diagnostics.append(
                Diagnostic(
                    .note,
                    "'\(name ?? element.name)' is named \(given.name), because \(reason)",
                    file: operation.sourceName,
                    position: element.position
                )
            )
        }
        var scope = NameScope(reserved: ["call", "parameters", "row", "self", "init", "inout", "var", "let"])
        let parameters = element.callParameters.map { parameter(of: element, $0, in: &scope) }
        let signature = "\(given.name) \(binding) \(parameters.map(\.declaration))"
        guard names.claim(signature) else {
            diagnostics.append(
                Diagnostic(
                    .warning,
                    "an overload of '\(element.name)' has the parameters of another one and is left out",
                    file: operation.sourceName,
                    position: element.position
                )
            )
            return nil
        }
        let result = result(of: element)
        return OperationContext(
            documentation: documentation(of: operation, entitySet: entitySet, deprecation: deprecation),
            name: given.name.escapedIdentifier,
            kind: element.kind == .action ? "action" : "function",
            pathName: SwiftLiteral.string(pathName),
            declarations: parameters.map(\.declaration),
            forwarded: parameters.map(\.forwarding),
            output: result.type,
            result: result.reading,
            parameters: parameters.map(\.context),
            binding: binding,
            rowType: rowType,
            builder:
                "\(rowType.isEmpty ? "ServiceOperations" : rowType + ".Operations").\(given.name.escapedIdentifier)"
        )
    }

    private struct SwiftParameter {
        let forwarding: String
        let declaration: String
        let context: OperationContext.Parameter
    }

    private func parameter(
        of operation: Operation,
        _ parameter: Operation.Parameter,
        in scope: inout NameScope
    ) -> SwiftParameter {
        let label = scope.assign(
            mapper.typeNames.style.member(parameter.name),
            for: parameter.name,
            suffix: "Value"
        ).name
        let name = label.escapedIdentifier
        let type = mapper.swiftType(of: parameter.type)
        let isOptional = vocabulary.isOptional(parameter)
        let mayBeNil = isOptional || (parameter.type.isNullable && !parameter.type.isCollection)
        // An action takes a parameter that is not there as null; a function's parameters choose the overload.
        let isLeftOut = mayBeNil && (isOptional || operation.kind == .action)

        var swiftType = type.name
        if type.isGeneral, !mayBeNil {
            swiftType = type.kind == .entities ? "[some ODataEntity]" : "some ODataEntity"
        }
        let argumentLabel =
            switch type.kind {
            case .entity: "row: "
            case .entities: "rows: "
            case .value, .complex, .record: ""
            }
        return SwiftParameter(
            forwarding: "\(label): \(name)",
            declaration: "\(label): \(swiftType)" + (mayBeNil ? "? = nil" : ""),
            context: OperationContext.Parameter(
                argument: "OperationParameter(\(SwiftLiteral.string(parameter.name)), \(argumentLabel)\(name))",
                unwrappedName: isLeftOut ? name : nil
            )
        )
    }

    private func result(of operation: Operation) -> (type: String?, reading: String) {
        guard let reference = operation.returnType else { return (nil, ".nothing") }
        let type = mapper.swiftType(of: reference)
        let mayBeNil = reference.isNullable && !reference.isCollection
        switch (type.kind, mayBeNil) {
        case (.value, true): return (type.name + "?", ".optionalValue()")
        case (.value, false): return (type.name, ".value()")
        case (.complex, true): return (type.name + "?", ".optionalComplex()")
        case (.complex, false): return (type.name, ".complex()")
        case (.entity, true), (.record, true): return (type.name + "?", ".optionalRow()")
        case (.entity, false), (.record, false): return (type.name, ".row()")
        case (.entities, _): return (type.name, ".rows()")
        }
    }

    private func documentation(
        of operation: SchemaIndex.Declared<Operation>,
        entitySet: String?,
        deprecation: String?
    ) -> String {
        let element = operation.element
        var paragraphs = vocabulary.descriptions(of: element, target: operation.qualifiedName)
            .map(DocumentationComment.sentence)
        let kind = element.kind == .action ? "action" : "function"
        var facts = "The \(kind) \(DocumentationComment.code(element.name))"
        if let binding = element.bindingParameter {
            facts += ", bound to \(DocumentationComment.code(binding.type.spelling))"
        }
        if element.isComposable { facts += ", composable" }
        if let entitySet { facts += ", with rows of \(DocumentationComment.code(entitySet))" }
        if let path = element.entitySetPath { facts += ", with rows of \(DocumentationComment.code(path))" }
        paragraphs.append(facts + ".")
        let described = element.callParameters.compactMap { parameter in
            vocabulary.descriptions(of: parameter, target: "\(operation.qualifiedName)/\(parameter.name)").first
                .map { "- \(DocumentationComment.code(parameter.name)): \(DocumentationComment.sentence($0))" }
        }
        if !described.isEmpty { paragraphs.append(described.joined(separator: "\n")) }
        let deprecation = deprecation ?? vocabulary.deprecation(of: element, target: operation.qualifiedName)
        return DocumentationComment.text(paragraphs, indentation: 4, deprecation: deprecation)
    }
}
