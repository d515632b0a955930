import CSDL

/// The rules that changes of facets come under.
enum FacetRules {
    /// A rule for each facet and direction.
    case property
    /// A rule for each direction.
    case coarse(narrowed: Rule, widened: Rule)

    fileprivate func rule(_ facet: Facet, isNarrower: Bool) -> Rule {
        switch self {
        case .coarse(let narrowed, let widened): isNarrower ? narrowed : widened
        case .property:
            switch facet {
            case .maxLength: isNarrower ? .propertyMaxLengthNarrowed : .propertyMaxLengthWidened
            case .precision: isNarrower ? .propertyPrecisionNarrowed : .propertyPrecisionWidened
            case .scale: isNarrower ? .propertyScaleNarrowed : .propertyScaleWidened
            case .unicode: isNarrower ? .propertyUnicodeNarrowed : .propertyUnicodeWidened
            case .srid: .propertySridChanged
            }
        }
    }
}

private enum Facet: String, CaseIterable {
    case maxLength = "MaxLength"
    case precision = "Precision"
    case scale = "Scale"
    case unicode = "Unicode"
    case srid = "SRID"

    /// How much a facet allows, so that two can be compared; a facet that is not stated has its default.
    func room(_ type: TypeReference) -> Int {
        switch self {
        case .maxLength:
            if case .limited(let length)? = type.facets.maxLength { return length }
            return .max
        case .precision:
            return type.facets.precision ?? (Facet.timeTypes.contains(type.name) ? 0 : .max)
        case .scale:
            switch type.facets.scale {
            case .fixed(let scale)?: return scale
            case .variable?: return .max - 1
            case .floating?: return .max
            case nil: return 0
            }
        case .unicode: return type.facets.isUnicode == false ? 0 : 1
        case .srid: return 0
        }
    }

    func text(_ type: TypeReference) -> String? {
        switch self {
        case .maxLength: type.facets.maxLength?.text
        case .precision: type.facets.precision.map(String.init)
        case .scale: type.facets.scale?.text
        case .unicode: type.facets.isUnicode.map(String.init)
        case .srid: type.facets.srid
        }
    }

    /// The spatial reference system, or the one that is meant where none is stated.
    static func srid(_ type: TypeReference) -> String {
        type.facets.srid?.lowercased() ?? (type.name.hasPrefix("Edm.Geography") ? "4326" : "0")
    }

    private static let timeTypes: Set<String> = ["Edm.DateTimeOffset", "Edm.Duration", "Edm.TimeOfDay"]
}

extension ComparisonRun {
    /// Compares the facets of two references to the same type. A facet that is stated on one side with the value it has
    /// by default is no change.
    mutating func compareFacets(
        _ before: TypeReference,
        _ after: TypeReference,
        _ site: Site,
        _ rules: FacetRules,
        _ definitions: () -> (old: String, new: String)
    ) {
        for facet in Facet.allCases {
            let (left, right) = (facet.room(before), facet.room(after))
            guard left != right || (facet == .srid && Facet.srid(before) != Facet.srid(after)) else { continue }
            change(
                rules.rule(facet, isNarrower: right < left || facet == .srid),
                site,
                facet.text(before),
                facet.text(after),
                facet.rawValue,
                definitions()
            )
        }
    }
}
