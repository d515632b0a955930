import CSDL

extension ComparisonRun {
    mutating func compareParameters(_ before: Operation, _ after: Operation, _ site: Site) {
        let (left, right) = (Array(before.callParameters), Array(after.callParameters))
        let matching = NameMatching(left, right, name: \.name)
        for place in matching.removed {
            let parameter = left[place]
            remove(
                .parameterRemoved,
                site.member(.parameter, parameter.name, old: parameter.position, new: nil),
                old.spelling(parameter.type),
                oldDefinition.text(parameter)
            )
        }
        for place in matching.added {
            let parameter = right[place]
            let member = site.member(.parameter, parameter.name, old: nil, new: parameter.position)
            let mayBeLeftOut =
                isMarkedOptional(parameter, member, new) || (after.kind == .action && parameter.type.isNullable)
            insert(
                mayBeLeftOut ? .parameterAdded : .parameterAddedRequired,
                member,
                new.spelling(parameter.type),
                newDefinition.text(parameter)
            )
        }
        for (oldPlace, newPlace) in matching.common { compare(left[oldPlace], right[newPlace], site) }
        compareOrder(left, right, matching, site)
    }

    private mutating func compareOrder(
        _ left: [Operation.Parameter],
        _ right: [Operation.Parameter],
        _ matching: NameMatching,
        _ site: Site
    ) {
        let oldOrder = matching.common.sorted { $0.old < $1.old }.map { left[$0.old].name }
        let newOrder = matching.common.sorted { $0.new < $1.new }.map { left[$0.old].name }
        guard oldOrder != newOrder else { return }
        change(
            .parametersReordered,
            site,
            oldOrder.joined(separator: ", "),
            newOrder.joined(separator: ", "),
            "the order of the parameters",
            nil
        )
    }

    private mutating func compare(_ before: Operation.Parameter, _ after: Operation.Parameter, _ owner: Site) {
        func site() -> Site {
            owner.member(.parameter, before.name, old: before.position, new: after.position)
        }
        let definitions = { [oldDefinition, newDefinition] in
            (oldDefinition.text(before), newDefinition.text(after))
        }
        if !areSame(before.type, after.type) {
            change(
                .parameterTypeChanged,
                site(),
                old.spelling(before.type),
                new.spelling(after.type),
                "the type",
                definitions()
            )
        } else if before.type.facets != after.type.facets {
            compareFacets(
                before.type,
                after.type,
                site(),
                .coarse(narrowed: .parameterNarrowed, widened: .parameterWidened),
                definitions
            )
        }
        if before.type.isNullable != after.type.isNullable {
            add(
                after.type.isNullable ? .parameterMadeOptional : .parameterMadeRequired,
                site(),
                nullability(before.type, after.type, definitions()),
                after.type.isNullable ? "the parameter may be null now" : "the parameter may not be null any more"
            )
        }
        compareMarks(before, after, site())
        compareAnnotations(before.annotations, after.annotations, site())
    }

    /// Whether a parameter may be left out because Core.OptionalParameter says so.
    private func isMarkedOptional(
        _ parameter: Operation.Parameter,
        _ site: Site,
        _ version: SchemaVersion
    ) -> Bool {
        guard !parameter.annotations.isEmpty || !version.annotations.isEmpty else { return false }
        return effectiveAnnotations(parameter.annotations, of: site.element, in: version)
            .contains { CoreTerm($0, version.aliases) == .optionalParameter }
    }

    private mutating func compareMarks(
        _ before: Operation.Parameter,
        _ after: Operation.Parameter,
        _ site: @autoclosure () -> Site
    ) {
        if before.annotations.isEmpty, after.annotations.isEmpty, old.annotations.isEmpty, new.annotations.isEmpty {
            return
        }
        let site = site()
        let (was, isNow) = (isMarkedOptional(before, site, old), isMarkedOptional(after, site, new))
        guard was != isNow else { return }
        add(
            isNow ? .parameterMadeOptional : .parameterMadeRequired,
            site,
            Values(before: was ? "optional" : "required", after: isNow ? "optional" : "required"),
            isNow ? "the parameter may be left out now" : "the parameter may not be left out any more"
        )
    }

    // MARK: Results

    mutating func compareResults(_ before: Operation, _ after: Operation, _ owner: Site) {
        let site = owner.member(.result, "$ReturnType", old: nil, new: nil)
        switch (before.returnType, after.returnType) {
        case (nil, nil): break
        case (let result?, nil):
            add(
                .returnTypeRemoved,
                site,
                Values(before: old.spelling(result), oldDefinition: oldDefinition.text(result: result)),
                "there is no result any more; it was \(old.spelling(result))"
            )
        case (nil, let result?):
            add(
                .returnTypeAdded,
                site,
                Values(after: new.spelling(result), newDefinition: newDefinition.text(result: result)),
                "there is a result now: \(new.spelling(result))"
            )
        case (let left?, let right?):
            compare(left, right, site)
        }
        compareAnnotations(before.returnTypeAnnotations, after.returnTypeAnnotations, site)
    }

    private mutating func compare(_ before: TypeReference, _ after: TypeReference, _ site: Site) {
        let definitions = { [oldDefinition, newDefinition] in
            (oldDefinition.text(result: before), newDefinition.text(result: after))
        }
        if !areSame(before, after) {
            change(
                .returnTypeChanged,
                site,
                old.spelling(before),
                new.spelling(after),
                "the type of the result",
                definitions()
            )
        } else if before.facets != after.facets {
            compareFacets(
                before,
                after,
                site,
                .coarse(narrowed: .returnTypeNarrowed, widened: .returnTypeWidened),
                definitions
            )
        }
        if before.isNullable != after.isNullable {
            add(
                after.isNullable ? .returnTypeMadeOptional : .returnTypeMadeRequired,
                site,
                nullability(before, after, definitions()),
                after.isNullable ? "the result may be null now" : "the result is never null any more"
            )
        }
    }
}
