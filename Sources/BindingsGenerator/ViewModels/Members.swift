import CSDL

/// All properties of a type, inherited ones included; a type that declares one again replaces it.
struct Members {
    /// A property and the type that declares it.
    struct Entry<Property> {
        let property: Property
        /// The canonical name of the type that declares the property.
        let declaringType: String
    }

    private var structural: [Entry<Property>] = []
    private var navigation: [Entry<NavigationProperty>] = []
    private var structuralByName: [String: Int] = [:]
    private var navigationByName: [String: Int] = [:]

    /// - Parameter lineage: The types that declare the properties, the root first, with the canonical name of each.
    init(_ lineage: [(type: any StructuredType, qualifiedName: String)]) {
        for (type, qualifiedName) in lineage {
            for property in type.properties {
                let entry = Entry(property: property, declaringType: qualifiedName)
                if let known = structuralByName.updateValue(structural.count, forKey: property.name) {
                    structuralByName[property.name] = known
                    structural[known] = entry
                } else {
                    structural.append(entry)
                }
            }
            for property in type.navigationProperties {
                let entry = Entry(property: property, declaringType: qualifiedName)
                if let known = navigationByName.updateValue(navigation.count, forKey: property.name) {
                    navigationByName[property.name] = known
                    navigation[known] = entry
                } else {
                    navigation.append(entry)
                }
            }
        }
    }

    /// - Parameter lineage: The types that declare the properties, the root first.
    init(_ lineage: [SchemaIndex.Declared<some StructuredType>]) {
        self.init(lineage.map { ($0.element, $0.qualifiedName) })
    }

    /// The same without what is not kept. The key is kept, and the column that a kept lookup has its value in.
    func filtered(key: [String], keeps: (_ names: [String]) -> Bool) -> Members {
        var needed = Set(key.map { $0.split(separator: "/").first.map(String.init) ?? $0 })
        var kept = self
        kept.navigation = navigation.filter { keeps($0.property.selectableNames) }
        for entry in kept.navigation { needed.formUnion(entry.property.referentialConstraints.map(\.property)) }
        kept.structural = structural.filter {
            needed.contains($0.property.name) || keeps($0.property.selectableNames)
        }
        kept.structuralByName = Members.positions(kept.structural.map(\.property.name))
        kept.navigationByName = Members.positions(kept.navigation.map(\.property.name))
        return kept
    }

    private static func positions(_ names: [String]) -> [String: Int] {
        Dictionary(zip(names, names.indices)) { first, _ in first }
    }

    /// The names of all properties.
    var names: [String] { structural.map(\.property.name) + navigation.map(\.property.name) }

    /// The structural property with a name.
    func property(_ name: String) -> Property? { structuralByName[name].map { structural[$0].property } }

    /// The structural properties, those of the key first, the others by name.
    func properties(keyFirst key: [String]) -> [Entry<Property>] {
        let first = key.compactMap { structuralByName[$0] }
        let others = structural.indices.filter { !first.contains($0) }
        let sorted = others.sorted { structural[$0].property.name < structural[$1].property.name }
        return (first + sorted).map { structural[$0] }
    }

    /// The navigation properties by name.
    func navigationProperties() -> [Entry<NavigationProperty>] {
        navigation.indices.sorted { navigation[$0].property.name < navigation[$1].property.name }
            .map { navigation[$0] }
    }
}
