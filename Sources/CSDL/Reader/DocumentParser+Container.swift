extension DocumentParser {
    /// `EntityContainer` (OData CSDL XML 4.01, section 13).
    func entityContainer(_ element: Element) throws(Diagnostic) -> EntityContainer? {
        var container = EntityContainer(name: "", position: element.position)
        var name: String?
        for attribute in cursor.attributes(of: element) {
            switch attribute.name {
            case .name: name = attribute.string
            case .extends: container.extends = attribute.string
            default: reportUnknown(attribute, of: element)
            }
        }
        try cursor.forEachChild(of: element) { (child) throws(Diagnostic) in
            switch child.name {
            case .entitySet:
                if let entitySet = try entitySet(child) { container.entitySets.append(entitySet) }
            case .singleton:
                if let singleton = try singleton(child) { container.singletons.append(singleton) }
            case .actionImport:
                if let value = try operationImport(child, kind: .action) { container.operationImports.append(value) }
            case .functionImport:
                if let value = try operationImport(child, kind: .function) { container.operationImports.append(value) }
            case .annotation:
                try annotation(child, into: &container.annotations)
            default:
                try skipUnknown(child, in: element)
            }
        }
        guard let name = require(name, .name, of: element) else { return nil }
        container.name = name
        return container
    }

    private func entitySet(_ element: Element) throws(Diagnostic) -> EntitySet? {
        var entitySet = EntitySet(name: "", entityType: "", position: element.position)
        var name: String?
        var type: String?
        for attribute in cursor.attributes(of: element) {
            switch attribute.name {
            case .name: name = attribute.string
            case .entityType: type = attribute.string
            case .includeInServiceDocument:
                entitySet.includeInServiceDocument = bool(attribute, of: element, default: true)
            default: reportUnknown(attribute, of: element)
            }
        }
        try bindings(
            in: element,
            into: &entitySet.navigationPropertyBindings,
            annotations: &entitySet.annotations
        )
        guard let name = require(name, .name, of: element), let type = require(type, .entityType, of: element)
        else { return nil }
        entitySet.name = name
        entitySet.entityType = type
        return entitySet
    }

    private func singleton(_ element: Element) throws(Diagnostic) -> Singleton? {
        var singleton = Singleton(name: "", type: "", position: element.position)
        var name: String?
        var type: String?
        for attribute in cursor.attributes(of: element) {
            switch attribute.name {
            case .name: name = attribute.string
            case .type: type = attribute.string
            case .nullable: singleton.isNullable = bool(attribute, of: element, default: false)
            default: reportUnknown(attribute, of: element)
            }
        }
        try bindings(
            in: element,
            into: &singleton.navigationPropertyBindings,
            annotations: &singleton.annotations
        )
        guard let name = require(name, .name, of: element), let type = require(type, .type, of: element)
        else { return nil }
        singleton.name = name
        singleton.type = type
        return singleton
    }

    private func bindings(
        in element: Element,
        into bindings: inout [NavigationPropertyBinding],
        annotations: inout [Annotation]
    ) throws(Diagnostic) {
        try cursor.forEachChild(of: element) { (child) throws(Diagnostic) in
            switch child.name {
            case .navigationPropertyBinding:
                if let binding = try navigationPropertyBinding(child) { bindings.append(binding) }
            case .annotation:
                try annotation(child, into: &annotations)
            default:
                try skipUnknown(child, in: element)
            }
        }
    }

    private func navigationPropertyBinding(_ element: Element) throws(Diagnostic) -> NavigationPropertyBinding? {
        var path: String?
        var target: String?
        for attribute in cursor.attributes(of: element) {
            switch attribute.name {
            case .path: path = attribute.string
            case .target: target = attribute.string
            default: reportUnknown(attribute, of: element)
            }
        }
        try ignoreContent(of: element)
        guard let path = require(path, .path, of: element), let target = require(target, .target, of: element)
        else { return nil }
        return NavigationPropertyBinding(path: path, target: target, position: element.position)
    }

    private func operationImport(_ element: Element, kind: Operation.Kind) throws(Diagnostic) -> OperationImport? {
        var value = OperationImport(kind: kind, name: "", operation: "", position: element.position)
        var name: String?
        var operation: String?
        for attribute in cursor.attributes(of: element) {
            switch attribute.name {
            case .name: name = attribute.string
            case .action where kind == .action: operation = attribute.string
            case .function where kind == .function: operation = attribute.string
            case .entitySet: value.entitySet = attribute.string
            case .includeInServiceDocument:
                value.includeInServiceDocument = bool(attribute, of: element, default: false)
            default: reportUnknown(attribute, of: element)
            }
        }
        value.annotations = try annotations(in: element)
        guard let name = require(name, .name, of: element),
            let operation = require(operation, kind == .action ? .action : .function, of: element)
        else { return nil }
        value.name = name
        value.operation = operation
        return value
    }
}
