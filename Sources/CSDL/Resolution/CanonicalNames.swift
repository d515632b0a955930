/// Writes out the names of a document that are qualified with an alias.
struct CanonicalNames {
    let aliases: [String: String]

    func document(_ document: CSDLDocument) -> CSDLDocument {
        var document = document
        for index in document.references.indices {
            for include in document.references[index].includes.indices {
                document.references[index].includes[include].alias = nil
            }
            document.references[index].annotations = annotations(document.references[index].annotations)
        }
        document.schemas = document.schemas.map(schema)
        return document
    }

    private func schema(_ schema: Schema) -> Schema {
        var schema = schema
        schema.alias = nil
        schema.annotations = annotations(schema.annotations)
        for index in schema.entityTypes.indices { entityType(&schema.entityTypes[index]) }
        for index in schema.complexTypes.indices { complexType(&schema.complexTypes[index]) }
        for index in schema.enumTypes.indices { enumType(&schema.enumTypes[index]) }
        for index in schema.typeDefinitions.indices {
            schema.typeDefinitions[index].underlyingType = type(schema.typeDefinitions[index].underlyingType)
            schema.typeDefinitions[index].annotations = annotations(schema.typeDefinitions[index].annotations)
        }
        for index in schema.operations.indices { operation(&schema.operations[index]) }
        for index in schema.entityContainers.indices { container(&schema.entityContainers[index]) }
        for index in schema.terms.indices {
            schema.terms[index].type = type(schema.terms[index].type)
            schema.terms[index].baseTerm = schema.terms[index].baseTerm.map(name)
            schema.terms[index].annotations = annotations(schema.terms[index].annotations)
        }
        for index in schema.annotationGroups.indices {
            schema.annotationGroups[index].target = path(schema.annotationGroups[index].target)
            schema.annotationGroups[index].annotations = annotations(schema.annotationGroups[index].annotations)
        }
        return schema
    }

    // MARK: Types

    private func entityType(_ type: inout EntityType) {
        type.baseType = type.baseType.map(name)
        type.properties = type.properties.map(property)
        type.navigationProperties = type.navigationProperties.map(navigationProperty)
        type.annotations = annotations(type.annotations)
    }

    private func complexType(_ type: inout ComplexType) {
        type.baseType = type.baseType.map(name)
        type.properties = type.properties.map(property)
        type.navigationProperties = type.navigationProperties.map(navigationProperty)
        type.annotations = annotations(type.annotations)
    }

    private func enumType(_ type: inout EnumType) {
        type.annotations = annotations(type.annotations)
        for index in type.members.indices {
            type.members[index].annotations = annotations(type.members[index].annotations)
        }
    }

    private func property(_ property: Property) -> Property {
        var property = property
        property.type = type(property.type)
        property.annotations = annotations(property.annotations)
        return property
    }

    private func navigationProperty(_ property: NavigationProperty) -> NavigationProperty {
        var property = property
        property.type = type(property.type)
        property.partner = property.partner.map(path)
        property.annotations = annotations(property.annotations)
        return property
    }

    private func operation(_ operation: inout Operation) {
        operation.parameters = operation.parameters.map { parameter in
            var parameter = parameter
            parameter.type = type(parameter.type)
            parameter.annotations = annotations(parameter.annotations)
            return parameter
        }
        operation.returnType = operation.returnType.map(type)
        operation.entitySetPath = operation.entitySetPath.map(path)
        operation.returnTypeAnnotations = annotations(operation.returnTypeAnnotations)
        operation.annotations = annotations(operation.annotations)
    }

    private func container(_ container: inout EntityContainer) {
        container.extends = container.extends.map(name)
        container.annotations = annotations(container.annotations)
        for index in container.entitySets.indices {
            container.entitySets[index].entityType = name(container.entitySets[index].entityType)
            bindings(&container.entitySets[index].navigationPropertyBindings)
            container.entitySets[index].annotations = annotations(container.entitySets[index].annotations)
        }
        for index in container.singletons.indices {
            container.singletons[index].type = name(container.singletons[index].type)
            bindings(&container.singletons[index].navigationPropertyBindings)
            container.singletons[index].annotations = annotations(container.singletons[index].annotations)
        }
        for index in container.operationImports.indices {
            container.operationImports[index].operation = name(container.operationImports[index].operation)
            container.operationImports[index].annotations = annotations(container.operationImports[index].annotations)
        }
    }

    private func bindings(_ bindings: inout [NavigationPropertyBinding]) {
        for index in bindings.indices {
            bindings[index].path = path(bindings[index].path)
            bindings[index].target = path(bindings[index].target)
        }
    }

    private func type(_ reference: TypeReference) -> TypeReference {
        var reference = reference
        reference.name = name(reference.name)
        return reference
    }

    // MARK: Annotations

    private func annotations(_ annotations: [Annotation]) -> [Annotation] {
        annotations.map { annotation in
            var annotation = annotation
            annotation.term = name(annotation.term)
            annotation.value = annotation.value.map(expression)
            annotation.annotations = self.annotations(annotation.annotations)
            return annotation
        }
    }

    private func expression(_ expression: AnnotationExpression) -> AnnotationExpression {
        switch expression {
        case .constant(.enumMember, let text):
            .constant(.enumMember, text.split(separator: " ").map { path(String($0)) }.joined(separator: " "))
        case .path(let kind, let text): .path(kind, path(text))
        case .operation(let kind, let operands): .operation(kind, operands.map(self.expression))
        case .apply(let function, let arguments):
            .apply(function: function, arguments: arguments.map(self.expression))
        case .cast(let reference, let operand): .cast(type(reference), operand.map(self.expression))
        case .isOf(let reference, let operand): .isOf(type(reference), operand.map(self.expression))
        case .collection(let elements): .collection(elements.map(self.expression))
        case .conditional(let operands): .conditional(operands.map(self.expression))
        case .labeledElement(let label, let value): .labeledElement(name: label, value.map(self.expression))
        case .labeledElementReference(let text): .labeledElementReference(name(text))
        case .record(let record): .record(self.record(record))
        case .urlReference(let value): .urlReference(value.map(self.expression))
        case .constant, .null: expression
        }
    }

    private func record(_ record: AnnotationRecord) -> AnnotationRecord {
        var record = record
        record.type = record.type.map(name)
        record.annotations = annotations(record.annotations)
        for index in record.propertyValues.indices {
            record.propertyValues[index].value = record.propertyValues[index].value.map(expression)
            record.propertyValues[index].annotations = annotations(record.propertyValues[index].annotations)
        }
        return record
    }

    // MARK: Names

    /// `self.Account` → `Test.Account`.
    private func name(_ name: String) -> String {
        guard let dot = name.lastIndex(of: "."), let namespace = aliases[String(name[..<dot])] else { return name }
        return namespace + name[dot...]
    }

    /// A path whose segments may be names of types or terms: `self.Account/name`, `self.Manager/@core.Description`.
    private func path(_ path: String) -> String {
        guard path.contains(".") else { return path }
        return path.split(separator: "/", omittingEmptySubsequences: false).map { segment in
            segment.hasPrefix("@") ? "@" + name(String(segment.dropFirst())) : name(String(segment))
        }
        .joined(separator: "/")
    }
}
