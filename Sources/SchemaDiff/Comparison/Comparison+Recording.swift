import CSDL

/// Short ways to record what most comparisons find.
extension ComparisonRun {
    /// Where an element is that only the old side has.
    func removedSite(_ kind: SchemaElement.Kind, _ declared: SchemaIndex.Declared<some AnnotatedElement>) -> Site {
        Site(
            element: .named(kind, declared.qualifiedName),
            old: declared.element.position,
            new: schemaPosition(declared.namespace, in: new)
        )
    }

    /// Where an element is that only the new side has.
    func addedSite(_ kind: SchemaElement.Kind, _ declared: SchemaIndex.Declared<some AnnotatedElement>) -> Site {
        Site(
            element: .named(kind, declared.qualifiedName),
            old: schemaPosition(declared.namespace, in: old),
            new: declared.element.position
        )
    }

    mutating func remove(
        _ rule: Rule,
        _ site: Site,
        _ value: String,
        _ definition: String?,
        isImplied: Bool = false
    ) {
        let element = site.element
        add(
            rule,
            site,
            Values(before: value, oldDefinition: definition),
            "the \(element.kind.words) \(element.name.inQuotes) was removed",
            isImplied: isImplied
        )
    }

    mutating func insert(
        _ rule: Rule,
        _ site: Site,
        _ value: String,
        _ definition: String?,
        severity: Severity? = nil,
        isImplied: Bool = false
    ) {
        let element = site.element
        add(
            rule,
            site,
            Values(after: value, newDefinition: definition),
            "the \(element.kind.words) \(element.name.inQuotes) was added",
            severity: severity,
            isImplied: isImplied
        )
    }

    /// Records that something has another value: "the type was Edm.String and is Edm.Int32".
    mutating func change(
        _ rule: Rule,
        _ site: Site,
        _ before: String?,
        _ after: String?,
        _ subject: String,
        _ definitions: (old: String, new: String)?,
        detail: String = ""
    ) {
        let message =
            switch (before, after) {
            case (let before?, let after?): "\(subject) was \(before) and is \(after)"
            case (let before?, nil): "\(subject) was \(before) and is not stated any more"
            default: "\(subject) was not stated and is \(after ?? "not stated")"
            }
        add(
            rule,
            site,
            Values(
                before: before,
                after: after,
                oldDefinition: definitions?.old,
                newDefinition: definitions?.new
            ),
            message,
            detail: detail
        )
    }

    /// Records that a flag has become true or false.
    mutating func compareFlag(
        _ before: Bool,
        _ after: Bool,
        _ becameTrue: Rule,
        _ becameFalse: Rule,
        _ site: @autoclosure () -> Site,
        _ message: (Bool) -> String
    ) {
        guard before != after else { return }
        add(
            after ? becameTrue : becameFalse,
            site(),
            Values(before: String(before), after: String(after)),
            message(after)
        )
    }
}
