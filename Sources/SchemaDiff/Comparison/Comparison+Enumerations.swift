import CSDL

extension ComparisonRun {
    mutating func compareEnumTypes() {
        let (before, after) = (old.index.enumTypes, new.index.enumTypes)
        let matching = NameMatching(before, after, name: \.qualifiedName)
        for place in matching.removed {
            let type = before[place]
            let site = removedSite(.enumType, type)
            remove(.enumTypeRemoved, site, "EnumType", oldDefinition.text(type.element))
            for member in type.element.members { remove(member, site, isImplied: true) }
        }
        for place in matching.added {
            let type = after[place]
            let site = addedSite(.enumType, type)
            insert(.enumTypeAdded, site, "EnumType", newDefinition.text(type.element))
            for member in type.element.members { insert(member, site, isImplied: true) }
        }
        for (oldPlace, newPlace) in matching.common {
            let (left, right) = (before[oldPlace].element, after[newPlace].element)
            compare(
                left,
                right,
                Site(
                    element: .named(.enumType, before[oldPlace].qualifiedName),
                    old: left.position,
                    new: right.position
                )
            )
        }
    }

    private mutating func compare(_ before: EnumType, _ after: EnumType, _ site: Site) {
        if before.underlyingType != after.underlyingType {
            change(
                .enumTypeUnderlyingTypeChanged,
                site,
                before.underlyingType,
                after.underlyingType,
                "the underlying type",
                nil
            )
        }
        compareFlag(before.isFlags, after.isFlags, .enumTypeMadeFlags, .enumTypeFlagsRemoved, site) {
            $0 ? "several members can be selected at once now" : "only one member can be selected now"
        }
        let (left, right) = (before.members, after.members)
        let matching = NameMatching(left, right, name: \.name)
        for place in matching.removed { remove(left[place], site, isImplied: false) }
        for place in matching.added { insert(right[place], site, isImplied: false) }
        for (oldPlace, newPlace) in matching.common {
            let (oldMember, newMember) = (left[oldPlace], right[newPlace])
            func memberSite() -> Site {
                site.member(.enumMember, oldMember.name, old: oldMember.position, new: newMember.position)
            }
            if oldMember.value != newMember.value {
                change(
                    .enumMemberValueChanged,
                    memberSite(),
                    String(oldMember.value),
                    String(newMember.value),
                    "the value",
                    (oldDefinition.text(oldMember), newDefinition.text(newMember))
                )
            }
            compareAnnotations(oldMember.annotations, newMember.annotations, memberSite())
        }
        compareAnnotations(before.annotations, after.annotations, site)
    }

    private mutating func remove(_ member: EnumType.Member, _ site: Site, isImplied: Bool) {
        remove(
            .enumMemberRemoved,
            site.member(.enumMember, member.name, old: member.position, new: nil),
            String(member.value),
            oldDefinition.text(member),
            isImplied: isImplied
        )
    }

    private mutating func insert(_ member: EnumType.Member, _ site: Site, isImplied: Bool) {
        insert(
            .enumMemberAdded,
            site.member(.enumMember, member.name, old: nil, new: member.position),
            String(member.value),
            newDefinition.text(member),
            // Nobody has met values of an enumeration that did not exist.
            severity: isImplied ? .safe : nil,
            isImplied: isImplied
        )
    }
}
