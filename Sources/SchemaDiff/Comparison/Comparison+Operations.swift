import CSDL

extension ComparisonRun {
    mutating func compareOperations() {
        let before = OperationGroups(old)
        let after = OperationGroups(new)
        for name in before.names {
            compareOverloads(before, after, name)
        }
        for name in after.names where before.byName[name] == nil {
            compareOverloads(before, after, name)
        }
    }

    /// The operations of one side by kind and name.
    private struct OperationGroups {
        /// Kind and qualified name.
        struct Name: Hashable {
            let kind: Operation.Kind
            let qualifiedName: String
        }

        var names: [Name] = []
        var byName: [Name: [SchemaIndex.Declared<Operation>]] = [:]

        init(_ version: SchemaVersion) {
            for operation in version.index.operations {
                let name = Name(kind: operation.element.kind, qualifiedName: operation.qualifiedName)
                if byName[name] == nil { names.append(name) }
                byName[name, default: []].append(operation)
            }
        }
    }

    private mutating func compareOverloads(
        _ before: OperationGroups,
        _ after: OperationGroups,
        _ name: OperationGroups.Name
    ) {
        let (left, right) = (before.byName[name] ?? [], after.byName[name] ?? [])
        let isOverloaded = left.count > 1 || right.count > 1
        let kind: SchemaElement.Kind = name.kind == .action ? .action : .function
        func element(_ operation: Operation, _ version: SchemaVersion) -> SchemaElement {
            guard isOverloaded else { return .named(kind, name.qualifiedName) }
            let types = operation.parameters.map { version.spelling($0.type) }
            return .named(kind, name.qualifiedName + "(" + types.joined(separator: ",") + ")")
        }
        let matching = OverloadMatching(
            left.map { OverloadMatching.Overload($0.element, in: old) },
            right.map { OverloadMatching.Overload($0.element, in: new) }
        )
        let isKept = !matching.common.isEmpty
        let isAction = name.kind == .action
        for place in matching.removed {
            let operation = left[place]
            let stays = isKept || !right.isEmpty
            remove(
                stays
                    ? (isAction ? .actionOverloadRemoved : .functionOverloadRemoved)
                    : (isAction ? .actionRemoved : .functionRemoved),
                Site(
                    element: element(operation.element, old),
                    old: operation.element.position,
                    new: right.first?.element.position ?? schemaPosition(operation.namespace, in: new)
                ),
                signature(operation.element, old),
                oldDefinition.text(operation.element)
            )
        }
        for place in matching.added {
            let operation = right[place]
            let wasThere = isKept || !left.isEmpty
            insert(
                wasThere
                    ? (isAction ? .actionOverloadAdded : .functionOverloadAdded)
                    : (isAction ? .actionAdded : .functionAdded),
                Site(
                    element: element(operation.element, new),
                    old: left.first?.element.position ?? schemaPosition(operation.namespace, in: old),
                    new: operation.element.position
                ),
                signature(operation.element, new),
                newDefinition.text(operation.element)
            )
        }
        for (oldPlace, newPlace) in matching.common {
            let (oldOperation, newOperation) = (left[oldPlace].element, right[newPlace].element)
            let site = Site(
                element: element(oldOperation, old),
                old: oldOperation.position,
                new: newOperation.position
            )
            compare(oldOperation, newOperation, site)
        }
    }

    /// `(Edm.String) → Edm.Boolean`
    private func signature(_ operation: Operation, _ version: SchemaVersion) -> String {
        let types = operation.parameters.map { version.spelling($0.type) }
        let result = operation.returnType.map { " → " + version.spelling($0) } ?? ""
        return "(" + types.joined(separator: ", ") + ")" + result
    }

    private mutating func compare(_ before: Operation, _ after: Operation, _ site: Site) {
        let (oldBinding, newBinding) = (before.bindingParameter?.type, after.bindingParameter?.type)
        let bindings = (oldBinding.map(old.spelling), newBinding.map(new.spelling))
        if bindings.0 != bindings.1 {
            add(
                .operationBindingChanged,
                site,
                Values(
                    before: bindings.0,
                    after: bindings.1,
                    oldDefinition: oldDefinition.text(before),
                    newDefinition: newDefinition.text(after)
                ),
                "it was \(bindings.0.map { "bound to " + $0 } ?? "not bound") and is "
                    + (bindings.1.map { "bound to " + $0 } ?? "not bound")
            )
        }
        compareFlag(
            before.isComposable,
            after.isComposable,
            .functionMadeComposable,
            .functionComposabilityRemoved,
            site
        ) { "further segments \($0 ? "may" : "may not") follow a call" }
        if before.entitySetPath != after.entitySetPath {
            change(
                .operationEntitySetPathChanged,
                site,
                before.entitySetPath,
                after.entitySetPath,
                "the path to the entity set of the result",
                nil
            )
        }
        compareParameters(before, after, site)
        compareResults(before, after, site)
        compareAnnotations(before.annotations, after.annotations, site)
    }
}
