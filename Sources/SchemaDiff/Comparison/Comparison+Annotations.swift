import CSDL

extension ComparisonRun {
    /// The annotations of an element: those inside it, then those that name it as their target.
    func effectiveAnnotations(
        _ inline: [Annotation],
        of element: SchemaElement,
        in version: SchemaVersion
    ) -> [Annotation] {
        version.annotations.isEmpty ? inline : inline + version.annotations[element.path]
    }

    /// Compares the annotations of an element. Those with a meaning for clients come under a rule of their own.
    mutating func compareAnnotations(
        _ before: [Annotation],
        _ after: [Annotation],
        _ site: @autoclosure () -> Site
    ) {
        if before.isEmpty, after.isEmpty, old.annotations.isEmpty, new.annotations.isEmpty { return }
        let site = site()
        let left = texts(effectiveAnnotations(before, of: site.element, in: old), old)
        let right = texts(effectiveAnnotations(after, of: site.element, in: new), new)
        if left.isEmpty && right.isEmpty { return }

        let matching = NameMatching(left, right, name: \.key)
        var differences: [Difference] = []
        for place in matching.removed { differences.append(Difference(old: left[place], new: nil)) }
        for place in matching.added { differences.append(Difference(old: nil, new: right[place])) }
        for (oldPlace, newPlace) in matching.common where left[oldPlace].text != right[newPlace].text {
            differences.append(Difference(old: left[oldPlace], new: right[newPlace]))
        }
        guard !differences.isEmpty else { return }
        let handlesWriting =
            site.element.kind == .property && compareWritability(left.map(\.annotation), right.map(\.annotation), site)
        for difference in differences {
            record(difference, site, handlesWriting: handlesWriting)
        }
    }

    /// An annotation with the name and the text that it is compared by.
    private struct AnnotationEntry {
        let key: String
        let text: String
        let annotation: Annotation
    }

    private struct Difference {
        let old: AnnotationEntry?
        let new: AnnotationEntry?

        var key: String { old?.key ?? new?.key ?? "" }
        var term: String { String(key.prefix { $0 != "#" }) }
    }

    private func texts(_ annotations: [Annotation], _ version: SchemaVersion) -> [AnnotationEntry] {
        annotations.map { annotation in
            let term = version.canonical(annotation.term)
            return AnnotationEntry(
                key: annotation.qualifier.map { term + "#" + $0 } ?? term,
                text: AnnotationText(aliases: version.aliases).text(of: annotation),
                annotation: annotation
            )
        }
    }

    private mutating func record(_ difference: Difference, _ site: Site, handlesWriting: Bool) {
        switch CoreTerm(difference.term) {
        case .alternateKeys?:
            compareAlternateKeys(difference.old?.annotation, difference.new?.annotation, site)
        case .optionalParameter?
        where site.element.kind == .parameter && (difference.old == nil || difference.new == nil):
            break
        case .computed?, .immutable?, .permissions?:
            if !handlesWriting { recordPlainly(difference, site) }
        case .description?:
            change(
                .descriptionChanged,
                site,
                difference.old?.text,
                difference.new?.text,
                "the description",
                nil,
                detail: "@" + difference.key
            )
        case .revisions?: compareRevisions(difference, site)
        case .capability?: compareCapability(difference, site)
        case .optionalParameter?, nil: recordPlainly(difference, site)
        }
    }

    private mutating func recordPlainly(_ difference: Difference, _ site: Site) {
        let (before, after) = (difference.old?.text, difference.new?.text)
        let rule: Rule = before == nil ? .annotationAdded : after == nil ? .annotationRemoved : .annotationChanged
        let subject = "the annotation \(difference.key)"
        let message =
            switch (before, after) {
            case (nil, let after): "\(subject) was added: \(after ?? "")"
            case (let before?, nil): "\(subject) was removed; it was \(before)"
            case (let before?, let after?): "\(subject) was \(before) and is \(after)"
            }
        let place = Site(
            element: site.element,
            old: difference.old?.annotation.position ?? site.old,
            new: difference.new?.annotation.position ?? site.new
        )
        add(rule, place, Values(before: before, after: after), message, detail: "@" + difference.key)
    }

    /// - Returns: whether a rule applied, so that the annotations need not be listed one by one.
    private mutating func compareWritability(_ before: [Annotation], _ after: [Annotation], _ site: Site) -> Bool {
        let (left, right) = (Writability(before, old.aliases), Writability(after, new.aliases))
        compareFlag(left.isReadOnly, right.isReadOnly, .propertyMadeReadOnly, .propertyMadeWritable, site) {
            $0 ? "the property can only be read now" : "the property can be written now"
        }
        compareFlag(left.isImmutable, right.isImmutable, .propertyMadeImmutable, .propertyMadeMutable, site) {
            $0 ? "the property can only be set on creation now" : "the property can be changed after creation now"
        }
        return left.isReadOnly != right.isReadOnly || left.isImmutable != right.isImmutable
    }

    // MARK: Deprecation

    private mutating func compareRevisions(_ difference: Difference, _ site: Site) {
        let before = difference.old.flatMap { ComparisonRun.deprecation($0.annotation) }
        let after = difference.new.flatMap { ComparisonRun.deprecation($0.annotation) }
        switch (before, after) {
        case (nil, let notice?):
            add(.elementDeprecated, site, Values(after: notice), "it is deprecated now: \(notice)")
        case (let notice?, nil):
            add(.elementNotDeprecated, site, Values(before: notice), "it is not deprecated any more")
        default:
            recordPlainly(difference, site)
        }
    }

    private static func deprecation(_ annotation: Annotation) -> String? {
        for record in (annotation.value?.elements ?? []).compactMap(\.record) {
            guard case .constant(.enumMember, let kind)? = record["Kind"], kind.hasSuffix("/Deprecated") else {
                continue
            }
            return record["Description"]?.stringValue ?? "no reason is given"
        }
        return nil
    }

    // MARK: Capabilities

    private mutating func compareCapability(_ difference: Difference, _ site: Site) {
        let before = Capability(difference.old?.annotation)
        let after = Capability(difference.new?.annotation)
        let lost = after.denied.subtracting(before.denied).sorted()
        let gained = before.denied.subtracting(after.denied).sorted()
        let values = Values(before: difference.old?.text, after: difference.new?.text)
        let term = difference.term.split(separator: ".").last.map(String.init) ?? difference.term
        func names(_ flags: [String]) -> String { flags.map { $0.isEmpty ? term : $0 }.joined(separator: ", ") }
        if !lost.isEmpty {
            add(
                .capabilityRemoved,
                site,
                values,
                "it is denied now: \(names(lost)) (\(term))",
                detail: "@" + difference.key
            )
        }
        if !gained.isEmpty {
            add(
                .capabilityAdded,
                site,
                values,
                "it is possible now: \(names(gained)) (\(term))",
                detail: "@" + difference.key
            )
        }
        if lost.isEmpty, gained.isEmpty {
            change(
                .capabilityChanged,
                site,
                values.before,
                values.after,
                term,
                nil,
                detail: "@" + difference.key
            )
        }
    }
}

/// What an annotation of the capabilities vocabulary denies: the flags that are false. A flag that is not stated is
/// true.
private struct Capability {
    var denied: Set<String> = []

    init(_ annotation: Annotation?) {
        guard let value = annotation?.value else { return }
        if value.boolValue == false { denied.insert("") }
        for member in value.record?.propertyValues ?? [] where member.value?.boolValue == false {
            denied.insert(member.property)
        }
    }
}
